"""Queries written with SQLAlchemy Core, executed without it.

`queries.py` holds functions that return a Core statement. Their *call* is separated here from their *text*: the text
is compiled once per set of absent optional arguments (`X | None`), when first needed. Both go through
`Query.__call__`, so a deployment may carry texts that were compiled ahead of time and run the same path.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, Concatenate, NamedTuple, ParamSpec, TypeVar

from shared.core.postgres import Connection

P = ParamSpec("P")
R = TypeVar("R")
Nullable = Annotated[R | None, "a value that may be null; `X | None` alone is an argument that may be left out"]


class Text(NamedTuple):
    """SQL, where each `$n` comes from, and which positions travel as JSON."""

    sql: str
    binds: tuple[tuple[str | None, Any], ...] = ()  # (argument, field of a NamedTuple or None), or (None, constant)
    json: frozenset[int] = frozenset()


Texts = Mapping[frozenset[str], Text]


class Query:
    """`fetch` is one of all, one, maybe, count, later, ahead; `row` the NamedTuple of an answer."""

    def __init__(self, fetch: str, row: Any, optional: Sequence[str], texts: Texts) -> None:
        self.fetch, self.row, self.optional, self.texts = fetch, row, tuple(optional), texts

    def __call__(self, connection: Connection, /, **given: Any) -> Any:
        absent = frozenset(name for name in self.optional if given[name] is None)
        sql, binds, encoded = self.texts[absent]
        values = [
            field if name is None else given[name] if field is None else given[name][field] for name, field in binds
        ]
        for position in encoded:
            values[position] = None if values[position] is None else json.dumps(values[position], default=str)
        if self.fetch == "later":
            return connection.defer(sql, values)
        if self.fetch == "ahead":
            return connection.put_ahead(sql, values)
        found = connection.execute(sql, values)
        if self.fetch == "count":
            return found.row_count
        rows = found.rows or ()
        if self.fetch == "all":
            return [self.row(*row) for row in rows]
        if self.fetch == "one" and len(rows) != 1:
            raise LookupError(f"{len(rows)} rows instead of one")
        return self.row(*rows[0]) if rows else None


def all_(row: type[R]) -> Callable[[Callable[P, Any]], Callable[Concatenate[Connection, P], list[R]]]:
    """Every row."""
    return _source("all", row)


def one(row: type[R]) -> Callable[[Callable[P, Any]], Callable[Concatenate[Connection, P], R]]:
    """Exactly one row; LookupError otherwise."""
    return _source("one", row)


def maybe(row: type[R]) -> Callable[[Callable[P, Any]], Callable[Concatenate[Connection, P], R | None]]:
    """The first row or None."""
    return _source("maybe", row)


def count(function: Callable[P, Any]) -> Callable[Concatenate[Connection, P], int]:
    """How many rows were touched."""
    counted: Callable[Concatenate[Connection, P], int] = _source("count", None)(function)
    return counted


def later(function: Callable[P, Any]) -> Callable[Concatenate[Connection, P], None]:
    """Travels with the next flush, at the latest with the commit; nobody reads its result."""
    deferred: Callable[Concatenate[Connection, P], None] = _source("later", None)(function)
    return deferred


def ahead(function: Callable[P, Any]) -> Callable[Concatenate[Connection, P], None]:
    """Travels before everything else of the transaction; the last one put ahead before anything is sent counts."""
    first: Callable[Concatenate[Connection, P], None] = _source("ahead", None)(function)
    return first


class _Compiled(dict[frozenset[str], Text]):
    """The texts of a function of the source tree, each compiled when it is first asked for."""

    def __init__(self, function: Callable[..., Any], row: Any) -> None:
        super().__init__()
        self._function, self._row = function, row

    def __missing__(self, absent: frozenset[str]) -> Text:
        from shared.core import compiling

        text = self[absent] = compiling.text(self._function, self._row, absent)
        return text


def _source(fetch: str, row: Any) -> Callable[[Callable[..., Any]], Any]:
    def wrap(function: Callable[..., Any]) -> Query:
        from shared.core import compiling  # SQLAlchemy enters here, and only here

        return Query(fetch, row, compiling.optional(function), _Compiled(function, row))

    return wrap
