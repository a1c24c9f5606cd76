"""Statements on who is told of a ticket."""

from uuid import UUID

from sqlalchemy import Text, Uuid, and_, case, cast, func, literal, or_, select, true, union_all

from shared.core import query
from shared.core.query import Nullable
from shared.core.tables import Rows
from shared.domains.support.queries.agents import works
from shared.domains.support.rows.agents import Workers
from shared.domains.support.rows.people import PersonRow
from shared.domains.support.tables import (
    admin_sessions,
    admins,
    notification_preferences,
    support_messages,
    support_tickets,
    tenant_users,
    tenants,
    users,
)

MOST_TOLD = 20
OF_TICKET = tuple(support_tickets.c[name] for name in ("number", "subject", "priority"))
TOLD = *OF_TICKET, tenants.c.name.label("company_name")
of_tenants = support_tickets.join(tenants, tenants.c.id == support_tickets.c.tenant_id)


@query.all_(PersonRow)
def people(*, ticket: UUID, wish: Nullable[str], message: Nullable[UUID], workers: Workers) -> Rows:
    """The requester, if he can sign in, has confirmed his address and wants such mails; its assignee; who works on
    tickets, of each part the MOST_TOLD who were at work last. Without who wrote the `message`."""
    author = select(support_messages.c.sender_id).where(support_messages.c.id == cast(message, Uuid)).scalar_subquery()
    choice = select(notification_preferences.c.email).where(
        notification_preferences.c.user_id == users.c.id, notification_preferences.c.event == cast(wish, Text)
    )
    member = (
        tenant_users.c.user_id == support_tickets.c.user_id,
        tenant_users.c.tenant_id == support_tickets.c.tenant_id,
    )
    asked = of_tenants.join(tenant_users, and_(*member)).join(users, users.c.id == tenant_users.c.user_id)
    requester = (
        select(cast(literal("requester"), Text).label("part"), users.c.id, users.c.email, users.c.full_name, *TOLD)
        .select_from(asked)
        .where(
            support_tickets.c.id == ticket,
            users.c.id.is_distinct_from(author),
            users.c.email_verified,
            users.c.disabled_at.is_(None),
            tenants.c.closed_at.is_(None),
            tenants.c.suspended_at.is_(None),
            func.coalesce(choice.scalar_subquery(), True),
        )
    )
    assigned, superior = support_tickets.c.assigned_to == admins.c.id, admins.c.role == "super_admin"
    part = case((assigned, "assignee"), (superior, "super_admin"), else_="desk")
    seen = select(func.max(admin_sessions.c.last_seen_at)).where(admin_sessions.c.admin_id == admins.c.id)
    place = func.row_number().over(partition_by=part, order_by=seen.scalar_subquery().desc().nulls_last())
    working = (
        select(
            cast(part, Text).label("part"), admins.c.id, admins.c.email, admins.c.full_name, *TOLD, place.label("place")
        )
        .select_from(of_tenants.join(admins, true()))
        .where(
            support_tickets.c.id == ticket,
            admins.c.disabled_at.is_(None),
            admins.c.id.is_distinct_from(author),
            or_(assigned, works(workers)),
        )
        .subquery("working")
    )
    staff = select(*(working.c[name] for name in PersonRow._fields)).where(working.c.place <= MOST_TOLD)
    told = union_all(requester, staff).subquery("told")
    return select(*(told.c[name] for name in PersonRow._fields)).order_by(told.c.email)
