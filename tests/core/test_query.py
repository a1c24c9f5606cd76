"""Typed queries: what is refused, what each shape becomes, and every query of the product against the database."""

import enum
import re
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple, get_args, get_origin
from uuid import UUID

import pytest
from sqlalchemy import (
    ARRAY,
    Column,
    DateTime,
    Enum,
    Insert,
    Integer,
    MetaData,
    Numeric,
    Select,
    Table,
    Text,
    TypeDecorator,
    Update,
    Uuid,
    func,
    literal,
    or_,
    select,
    tuple_,
)
from sqlalchemy.dialects.postgresql import JSONB, insert

from shared.core import compiling, db, query
from shared.core.paging import After
from shared.core.query import Nullable
from shared.core.tables import one_of
from tests.support import notes
from tests.support.database import Database, superuser
from tests.support.notes import ASHA
from tests.support.product_queries import Written, written

DOMAINS = Path(__file__).resolve().parents[2] / "shared" / "domains"


class Colour(enum.Enum):
    RED = "red"


class Shouting(TypeDecorator[str]):
    """A conversion that only SQLAlchemy would do."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: object) -> str | None:
        return value and value.upper()

    def process_result_value(self, value: str | None, dialect: object) -> str | None:
        return value and value.lower()


boxes = Table(
    "boxes",
    MetaData(),
    Column("id", Uuid, primary_key=True),
    Column("name", Text),
    Column("pieces", Integer),
    Column("colour", Enum(Colour)),
    Column("loud", Shouting),
    Column("facts", JSONB),
    Column("price", Numeric(24, 12)),
    Column("created_at", DateTime(timezone=True)),
)
defaulted = Table("defaulted", MetaData(), Column("id", Uuid, default=uuid.uuid4), Column("name", Text))
touched = Table("touched", MetaData(), Column("name", Text), Column("at", DateTime, onupdate=datetime.now))


class IdRow(NamedTuple):
    id: UUID


class NameRow(NamedTuple):
    name: str


class ColourRow(NamedTuple):
    colour: Colour


class LoudRow(NamedTuple):
    loud: str


class PricedRow(NamedTuple):
    price: Decimal
    facts: dict[str, object]


ids_only = select(boxes.c.id)


# What is refused: the text of such a function would not mean what the function says


def uses_in(*, ids: list[UUID]) -> Select[Any]:
    return ids_only.where(boxes.c.id.in_(ids))


def asks_for_truth(*, name: str) -> Select[Any]:
    return ids_only.where(boxes.c.name == name) if name else ids_only


def compares_an_argument(*, pieces: int) -> Select[Any]:
    return ids_only.where(boxes.c.pieces == (1 if pieces > 3 else 2))


def formats_an_argument(*, name: str) -> Select[Any]:
    return ids_only.where(boxes.c.name == f"%{name}%")


def calls_a_method(*, name: str) -> Select[Any]:
    return ids_only.where(boxes.c.name == name.strip())


def chooses_a_column(*, by: str) -> Select[Any]:
    return ids_only.order_by(boxes.c[by])


def walks_a_list(*, ids: list[UUID]) -> Select[Any]:
    return ids_only.where(or_(*[boxes.c.id == id for id in ids]))


def forgets_an_argument(*, name: str) -> Select[Any]:
    return ids_only


def makes_an_id(*, name: str) -> Insert:
    return boxes.insert().values(id=uuid.uuid4(), name=name)


def reads_the_time(*, id: UUID) -> Update:
    return boxes.update().where(boxes.c.id == id).values(created_at=datetime.now(UTC))


def leaves_a_default_to_python(*, name: str) -> Insert:
    return defaulted.insert().values(name=name)


def leaves_an_update_to_python(*, name: str) -> Update:
    return touched.update().values(name=name)


def reads_an_enum(*, pieces: int) -> Select[Any]:
    return select(boxes.c.colour).where(boxes.c.pieces == pieces)


def writes_an_enum(*, id: UUID) -> Insert:
    return boxes.insert().values(id=id, colour=Colour.RED)


def reads_a_decorated_type(*, pieces: int) -> Select[Any]:
    return select(boxes.c.loud).where(boxes.c.pieces == pieces)


def writes_a_decorated_type(*, loud: str) -> Update:
    return boxes.update().values(loud=loud)


def selects_another_column(*, pieces: int) -> Select[Any]:
    return select(boxes.c.name).where(boxes.c.pieces == pieces)


def may_leave_out_five(*, a: str | None, b: str | None, c: str | None, d: str | None, e: str | None) -> Select[Any]:
    return ids_only


@pytest.mark.parametrize(
    ("function", "row", "said"),
    [
        (uses_in, IdRow, "one_of"),
        (asks_for_truth, IdRow, "Boolean value of this clause is not defined"),
        (compares_an_argument, IdRow, "Boolean value of this clause is not defined"),
        (formats_an_argument, IdRow, "not used"),
        (calls_a_method, IdRow, "strip"),
        (chooses_a_column, IdRow, "arg:by"),
        (walks_a_list, IdRow, "not iterable"),
        (forgets_an_argument, IdRow, "not used"),
        (makes_an_id, None, "computes a value inside"),
        (reads_the_time, None, "computes a value inside"),
        (leaves_a_default_to_python, None, "default of a column"),
        (leaves_an_update_to_python, None, "default of a column"),
        (reads_an_enum, ColourRow, "use a plain type"),
        (writes_an_enum, None, "use a plain type"),
        (reads_a_decorated_type, LoudRow, "use a plain type"),
        (writes_a_decorated_type, None, "use a plain type"),
        (selects_another_column, IdRow, "selects"),
        (may_leave_out_five, IdRow, "optional arguments"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_what_has_no_truthful_text_is_refused(function: Callable[..., Any], row: Any, said: str) -> None:
    with pytest.raises(Exception, match=said) as caught:
        compiling.texts(function, row)
    assert isinstance(caught.value, TypeError | AttributeError | LookupError), caught.value


# What each shape becomes


class Half(NamedTuple):
    text: str
    present: dict[str, object]


def page(*, name: str | None, after: After | None, limit: int) -> Select[Any]:
    found = ids_only.order_by(boxes.c.created_at, boxes.c.id).limit(limit)
    if name is not None:
        found = found.where(boxes.c.name == name)
    if after is not None:
        found = found.where(tuple_(boxes.c.created_at, boxes.c.id) > tuple_(after.created_at, after.id))
    return found


def by_ids(*, ids: list[UUID]) -> Select[Any]:
    return ids_only.where(one_of(boxes.c.id, ids))


def contains(*, name: str) -> Select[Any]:
    return ids_only.where(boxes.c.name.contains(name, autoescape=False), boxes.c.name.like("%s"))


def modulo(*, pieces: int) -> Select[Any]:
    return ids_only.where(boxes.c.pieces % 4 == pieces)


def priced(*, key: str, price: Decimal) -> Select[Any]:
    return select(boxes.c.price, boxes.c.facts).where(boxes.c.facts.op("->>")("a") == key, boxes.c.price > price)


def upsert(*, id: UUID, name: Nullable[str], facts: dict[str, object]) -> Insert:
    row = insert(boxes).values(id=id, name=name, facts=facts)
    return row.on_conflict_do_update(index_elements=["id"], set_={"name": row.excluded.name}).returning(boxes.c.id)


def change(*, id: UUID, name: str | None) -> Update:
    values: dict[str, Any] = {"pieces": boxes.c.pieces + 1}
    if name is not None:
        values["name"] = name
    return boxes.update().where(boxes.c.id == id).values(values).returning(boxes.c.id)


def add_many(*, rows: list[dict[str, object]]) -> Insert:
    given = (
        func.jsonb_to_recordset(rows)
        .table_valued(Column("id", Uuid), Column("name", Text))
        .render_derived(with_types=True)
    )
    return insert(boxes).from_select(["id", "name"], select(given.c.id, given.c.name)).returning(boxes.c.id)


SHAPES = [
    (page, IdRow),
    (by_ids, IdRow),
    (contains, IdRow),
    (modulo, IdRow),
    (priced, PricedRow),
    (upsert, IdRow),
    (change, IdRow),
    (add_many, IdRow),
]


def sample(annotation: Any) -> Any:
    """A value of the annotated type, as Core takes it."""
    kind = compiling._value_type(annotation)
    if hasattr(kind, "_fields"):
        return kind(*(sample(kind.__annotations__[name]) for name in kind._fields))
    if compiling._is_json(kind):
        return literal([{}] if get_origin(kind) is list else {}, JSONB())
    if get_origin(kind) is list:
        return literal([sample(get_args(kind)[0])], ARRAY(compiling.TYPES[get_args(kind)[0]]))
    values: dict[Any, Any] = {
        int: 3,
        str: "text",
        bool: True,
        UUID: UUID(int=1),
        datetime: datetime(2026, 11, 20, tzinfo=UTC),
        date: date(2026, 11, 20),
        Decimal: Decimal("1.5"),
        bytes: b"1",
    }
    return values[kind]


def structure(sql: str) -> str:
    """Without numbers and casts of parameters: a traced argument keeps one number, a value takes its own type."""
    return re.sub(r"\$\d+(::[A-Z]+( WITH TIME ZONE|\(\d+, \d+\))?(\[\])?)?", "$", sql)


def core_text(function: Callable[..., Any], absent: frozenset[str]) -> str:
    """What Core writes when it is given values instead of traced arguments."""
    given = {
        name: None if name in absent else sample(annotation)
        for name, annotation in compiling._arguments(function).items()
    }
    return str(function(**given).compile(dialect=compiling.dialect()).string)


@pytest.mark.parametrize(("function", "row"), SHAPES, ids=lambda value: getattr(value, "__name__", ""))
def test_the_text_is_the_one_core_writes_for_values(function: Callable[..., Any], row: Any) -> None:
    for absent, text in compiling.texts(function, row).items():
        assert structure(text.sql) == structure(core_text(function, absent))


def test_there_is_a_text_for_each_set_of_absent_arguments() -> None:
    texts = compiling.texts(page, IdRow)
    assert set(texts) == {frozenset(names) for names in ((), ("name",), ("after",), ("name", "after"))}
    assert ("after", 1) in texts[frozenset()].binds
    assert {name for name, _ in texts[frozenset({"name", "after"})].binds} == {"limit"}


def test_a_nullable_argument_is_always_there() -> None:
    [text] = compiling.texts(upsert, IdRow).values()
    assert {name for name, _ in text.binds} == {"id", "name", "facts"}
    assert len(text.json) == 1


def test_a_percent_sign_stays_single() -> None:
    [modulus] = compiling.texts(modulo, IdRow).values()
    assert "%%" not in modulus.sql
    [pattern] = compiling.texts(contains, IdRow).values()
    assert (None, "%s") in pattern.binds


# How they run


@pytest.fixture
def three(noted: Database) -> list[UUID]:
    """Ids of the notes a, b and c of one tenant."""
    made = []
    with db.transaction(ASHA) as connection:
        for body in "abc":
            made.append(notes.add(connection, id=uuid.uuid4(), tenant=UUID(int=1), body=body, amount=None).id)
    return made


def test_all_gives_rows_and_absent_arguments_no_condition(three: list[UUID]) -> None:
    with db.reading(ASHA) as connection:
        assert len(notes.page(connection, body=None, after=None, limit=10)) == 3
        assert len(notes.page(connection, body=None, after=None, limit=2)) == 2
        [found] = notes.page(connection, body="b", after=None, limit=10)
        assert found == notes.NoteRow(three[1], "b", None)
        later = After(datetime.now(UTC), three[0])
        assert notes.page(connection, body=None, after=later, limit=10) == []


def test_one_of_takes_any_number_of_values(three: list[UUID]) -> None:
    with db.reading(ASHA) as connection:
        for number in range(4):
            assert [row.id for row in notes.by_ids(connection, ids=three[:number])] == three[:number]


def test_maybe_gives_a_row_or_none(three: list[UUID]) -> None:
    with db.reading(ASHA) as connection:
        found = notes.by_body(connection, body="a")
        assert found is not None
        assert found.id == three[0]
        assert notes.by_body(connection, body="z") is None


def test_one_insists_on_one(three: list[UUID]) -> None:
    named = query.one(notes.NoteRow)(lambda: select(*notes.shown))
    none = query.one(notes.NoteRow)(lambda: select(*notes.shown).where(notes.table.c.body == "z"))
    with db.reading(ASHA) as connection:
        for refused in (named, none):
            with pytest.raises(LookupError):
                refused(connection)


def test_count_tells_how_many_were_touched(three: list[UUID]) -> None:
    with db.transaction(ASHA) as connection:
        assert notes.rename(connection, id=three[0], body="A") == 1
        assert notes.rename(connection, id=UUID(int=9), body="B") == 0


def test_later_waits_for_the_next_flush(noted: Database) -> None:
    db.connected()
    before = noted.proxy.round_trips
    with db.transaction(ASHA) as connection:
        notes.add_later(connection, id=uuid.uuid4(), tenant=UUID(int=1), body="later")
        assert noted.proxy.round_trips == before
        assert notes.by_body(connection, body="later") is not None


def test_a_function_is_traced_once() -> None:
    calls = []

    def counted(*, body: str) -> Select[Any]:
        calls.append(body)
        return select(*notes.shown).where(notes.table.c.body == body)

    found = query.all_(notes.NoteRow)(counted)
    assert calls == []
    texts: query.Texts = found.texts  # type: ignore[attr-defined]
    assert texts[frozenset()] is texts[frozenset()]
    assert len(calls) == 1


# Every query of the product

ANSWERED: dict[Any, set[int]] = {  # the types of PostgreSQL (OID) whose values arrive as this one
    bool: {16},
    bytes: {17},
    int: {20, 21, 23},
    str: {25},
    date: {1082},
    datetime: {1184},
    Decimal: {1700},
    UUID: {2950},
    dict: {3802},
    list: {3802, 1001, 1009, 2951, 1016},
}

EVERY = pytest.mark.parametrize("found", written(), ids=lambda found: found.name)


@EVERY
def test_its_text_is_the_one_core_writes_for_values(found: Written) -> None:
    for absent, text in found.texts.items():
        assert structure(text.sql) == structure(core_text(found.function, absent))


@EVERY
def test_the_database_prepares_it_and_answers_what_its_row_says(found: Written, database: Database) -> None:
    with superuser(database.url) as connection:
        for text in found.texts.values():
            _, columns, _ = connection.prepare_statement(text.sql, ())
            if found.row is None:
                continue
            annotations = found.row.__annotations__
            assert [column["name"] for column in columns] == list(annotations)
            for column, annotation in zip(columns, annotations.values(), strict=True):
                assert column["type_oid"] in ANSWERED[value_type(annotation)], f"{column['name']}: {annotation}"
                if type(None) not in get_args(annotation):
                    assert not may_be_null(connection, column), f"{column['name']} may be null"


def value_type(annotation: Any) -> Any:
    """`dict` of `dict[str, object] | None`, `str` of a Literal."""
    kind = compiling._value_type(annotation)
    if get_origin(kind) is not None and all(isinstance(value, str) for value in get_args(kind)):
        return str  # a Literal
    return get_origin(kind) or kind


def may_be_null(connection: Any, column: dict[str, Any]) -> bool:
    """Whether it is a table's column that takes nulls; of an expression nobody can tell."""
    found = connection.run(
        "select attnotnull from pg_attribute where attrelid = :relation and attnum = :number",
        relation=column["table_oid"],
        number=column["column_attrnum"],
    )
    return found == [[False]]


def test_the_queries_of_the_core_and_of_every_domain_are_among_them() -> None:
    looked_at = {".".join(found.name.split(".")[:3]).removesuffix(".queries") for found in written()}
    assert looked_at == {"shared.core", *(f"shared.domains.{path.name}" for path in DOMAINS.iterdir() if path.is_dir())}
