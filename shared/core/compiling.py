"""From a function that returns a Core statement to SQL text.

The function is traced with bind parameters in place of values. What such a trace could not see (a branch on a value,
a value computed inside, a conversion SQLAlchemy would do in Python) is refused, so that the text means what the
function says.
"""

import inspect
import itertools
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin
from uuid import UUID

from sqlalchemy import ARRAY, JSON, BigInteger, Boolean, Date, DateTime, LargeBinary, Numeric, Text, Uuid, bindparam
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql.base import PGCompiler
from sqlalchemy.dialects.postgresql.pg8000 import PGDialect_pg8000
from sqlalchemy.sql.type_api import TypeEngine

from shared.core import query

MOST_OPTIONAL = 4  # sixteen texts
TYPES: dict[Any, TypeEngine[Any]] = {
    int: BigInteger(),
    str: Text(),
    bool: Boolean(),
    UUID: Uuid(),
    datetime: DateTime(timezone=True),
    date: Date(),
    Decimal: Numeric(),
    bytes: LargeBinary(),
    dict: JSONB(),
}
SENT_AS_IS = (Boolean, Numeric)  # their processors only coerce what is no bool or Decimal
READ_AS_IS = (Numeric, JSON)  # pg8000 gives Decimal and parsed JSON without SQLAlchemy's processors


class _Dialect(PGDialect_pg8000):
    supports_statement_cache = True
    statement_compiler = PGCompiler  # type: ignore[assignment]  # pg8000's own doubles "%", which only its "format" style undoes


@cache
def dialect() -> Any:
    made = _Dialect(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]
    made.server_version_info = (16, 0)
    made._supports_jsonb_subscripting = True
    return made


def optional(function: Callable[..., Any]) -> tuple[str, ...]:
    """The arguments that may be absent: those annotated `X | None`."""
    found = _arguments(function).items()
    return tuple(name for name, kind in found if isinstance(kind, UnionType) and NoneType in get_args(kind))


def texts(function: Callable[..., Any], row: Any) -> query.Texts:
    """Every text, one per set of absent arguments, each traced twice, to see whether the function computes a value."""
    names = optional(function)
    if len(names) > MOST_OPTIONAL:
        raise TypeError(f"{_where(function)}: {len(names)} optional arguments make {2 ** len(names)} statements")
    sets = itertools.chain.from_iterable(itertools.combinations(names, n) for n in range(len(names) + 1))
    found = {absent: text(function, row, absent) for absent in map(frozenset, sets)}
    if found != {absent: text(function, row, absent) for absent in found}:
        raise TypeError(f"{_where(function)}: computes a value inside (a time, an id); pass it in")
    return found


def text(function: Callable[..., Any], row: Any, absent: frozenset[str]) -> query.Text:
    """The text without these arguments. TypeError, naming the function, for what cannot be compiled truthfully."""
    where, arguments = _where(function), _arguments(function)
    traced = {name: None if name in absent else _bound(name, kind) for name, kind in arguments.items()}
    statement = function(**traced)
    compiled = statement.compile(dialect=dialect())
    if "POSTCOMPILE" in compiled.string:
        raise TypeError(f"{where}: in_() has no fixed text; write one_of(column, values)")
    if getattr(compiled, "insert_prefetch", None) or getattr(compiled, "update_prefetch", None):
        raise TypeError(f"{where}: a Python-side default of a column is not run; pass the value")
    binds = []
    encoded = set()
    for position, key in enumerate(compiled.positiontup or ()):
        bind = compiled.binds[key]
        binds.append(_path(bind.key) or (None, bind.effective_value))
        plain = _plain(bind.type)
        if isinstance(plain, JSON):
            encoded.add(position)
        elif plain.bind_processor(dialect()) is not None and not isinstance(plain, SENT_AS_IS):
            raise TypeError(f"{where}: values of {bind.type!r} are converted by SQLAlchemy; use a plain type")
    if unused := set(traced) - absent - {name for name, _ in binds}:
        raise TypeError(f"{where}: an argument is not used: {unused}")
    if row is not None:
        _check_row(where, statement, row)
    return query.Text(compiled.string, tuple(binds), frozenset(encoded))


def _check_row(where: str, statement: Any, row: Any) -> None:
    columns = [(column.key, column.type) for column in statement.exported_columns]
    if [name for name, _ in columns] != list(row._fields):
        raise TypeError(f"{where}: selects {[name for name, _ in columns]}, {row.__name__} has {list(row._fields)}")
    for name, kind in columns:
        plain = _plain(kind)
        if not isinstance(plain, READ_AS_IS) and plain.result_processor(dialect(), None) is not None:
            raise TypeError(f"{where}: column {name} ({kind!r}) is converted by SQLAlchemy; use a plain type")


def _plain(kind: TypeEngine[Any]) -> TypeEngine[Any]:
    return (kind.item_type if isinstance(kind, ARRAY) else kind).dialect_impl(dialect())


def _bound(name: str, annotation: Any) -> Any:
    kind = _value_type(annotation)
    if hasattr(kind, "_fields"):
        parts = enumerate(kind._fields)
        return kind(
            *(bindparam(f"arg:{name}:{n}", type_=_type(_value_type(kind.__annotations__[part]))) for n, part in parts)
        )
    if get_origin(kind) is list and not _is_json(kind):
        return _Several(bindparam(f"arg:{name}", type_=_type(kind)))
    return bindparam(f"arg:{name}", type_=JSONB() if _is_json(kind) else None)  # else it takes its column's type


def _value_type(annotation: Any) -> Any:
    """`X` of `X | None`, `Nullable[X]` and `X`."""
    if get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    if isinstance(annotation, UnionType) or get_origin(annotation) is Union:
        return next(part for part in get_args(annotation) if part is not NoneType)
    return annotation


def _is_json(kind: Any) -> bool:
    """A dict, or a list of dicts, travels as one jsonb value."""
    return dict in (kind, get_origin(kind)) or (get_origin(kind) is list and _is_json(get_args(kind)[0]))


class _Several:
    """A list argument: an SQL expression, but nothing a `for` could walk (an array bind would be walked for ever)."""

    def __init__(self, bind: Any) -> None:
        self._bind = bind

    def __clause_element__(self) -> Any:
        return self._bind


def _type(kind: Any) -> TypeEngine[Any]:
    if get_origin(kind) is list:
        return ARRAY(_type(get_args(kind)[0]))
    return TYPES[get_origin(kind) or kind]


def _path(key: str) -> tuple[str, int | None] | None:
    if not key.startswith("arg:"):
        return None
    _, name, *field = key.split(":")
    return name, int(field[0]) if field else None


def _arguments(function: Callable[..., Any]) -> dict[str, Any]:
    return {name: given.annotation for name, given in inspect.signature(function, eval_str=True).parameters.items()}


def _where(function: Callable[..., Any]) -> str:
    return f"{function.__module__}.{function.__qualname__}"
