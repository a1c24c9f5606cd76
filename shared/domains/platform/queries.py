"""Statements of this domain."""

from sqlalchemy import literal, select

from shared.core import query
from shared.core.tables import Rows
from shared.domains.platform.rows import AliveRow


@query.one(AliveRow)
def alive() -> Rows:
    return select(literal(1).label("alive"))
