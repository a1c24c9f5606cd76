"""Statements on rules."""

from uuid import UUID

from sqlalchemy import Delete, Insert, Update, select

from shared.core import query
from shared.core.paging import After
from shared.core.tables import Rows, newest_first
from shared.domains.support.rows.sla import SlaRuleRow
from shared.domains.support.tables import sla_rules

columns = tuple(sla_rules.c[name] for name in SlaRuleRow._fields)


@query.later
def add_rule(*, rule: SlaRuleRow) -> Insert:
    return sla_rules.insert().values(rule._asdict())


@query.maybe(SlaRuleRow)
def rule_to_change(*, id: UUID) -> Rows:
    """Locked."""
    return select(*columns).where(sla_rules.c.id == id).with_for_update()


@query.later
def change_rule(*, rule: SlaRuleRow) -> Update:
    values = {name: value for name, value in rule._asdict().items() if name != "id"}
    return sla_rules.update().where(sla_rules.c.id == rule.id).values(values)


@query.count
def delete_rule(*, id: UUID) -> Delete:
    return sla_rules.delete().where(sla_rules.c.id == id)


@query.all_(SlaRuleRow)
def rules_page(*, after: After | None, limit: int) -> Rows:
    """Newest first."""
    found = select(*columns)
    return newest_first(found, sla_rules.c.created_at, sla_rules.c.id, after, limit)
