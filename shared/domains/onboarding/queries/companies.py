"""Statements on how tenants stand. All name theirs: most of them see every tenant's rows."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CTE, ColumnElement, Insert, Update, and_, exists, func, null, or_, select

from shared.core import query
from shared.core.query import Nullable
from shared.core.tables import Rows, one_of
from shared.domains.onboarding.rows import OwnerRow, StandingRow, SubmittedRow
from shared.domains.onboarding.tables import (
    admins,
    fluting_settings,
    onboarding_decisions,
    paper_bf_prices,
    platform_settings,
    quote_versions,
    tenant_users,
    tenants,
    users,
)

MOST_DECIDERS = 20  # of whom each gets a mail

manual = exists().where(platform_settings.c.key == "onboarding_approval", platform_settings.c.value == "manual")


@query.one(StandingRow)
def standing(*, tenant: UUID, flutes: list[str]) -> Rows:
    """`flutes` are the letters that are to be set."""
    return select(*_standing(flutes)).where(tenants.c.id == tenant)


@query.maybe(StandingRow)
def standing_of_user(*, user: UUID, flutes: list[str]) -> Rows:
    """Of the tenant that he is in."""
    return select(*_standing(flutes)).where(tenants.c.id == _tenant_of(user))


@query.maybe(SubmittedRow)
def submit(*, tenant: UUID, flutes: list[str], roles: list[str], permitted: list[str], now: datetime) -> Update:
    """Of a tenant that has done its steps and does not wait. Who has one of `roles`, or was `permitted`, decides."""
    not_waiting = or_(tenants.c.verification == "not_submitted", tenants.c.verification == "rejected")
    submitted = tenants.update().where(tenants.c.id == tenant, not_waiting, _complete(flutes))
    values = {"verification": "pending", "submitted_at": now, "decided_at": null(), "decision_note": null()}
    may_decide = or_(one_of(admins.c.role, roles), admins.c.granted.bool_op("@>")(permitted))
    deciders = select(admins.c.email).where(admins.c.disabled_at.is_(None), may_decide)
    some = deciders.order_by(admins.c.created_at).limit(MOST_DECIDERS).subquery()
    addresses = select(func.array_agg(some.c.email)).scalar_subquery().label("deciders")
    return submitted.values(**values).returning(*_standing(flutes), addresses)


@query.all_(OwnerRow)
def approve(*, user: UUID, flutes: list[str], now: datetime) -> Rows:
    """The owners of the user's tenant, if it waits and still has done its steps; else none, and nothing is changed."""
    return _owners(_waiting(user).where(_complete(flutes)).values(verification="approved", decided_at=now))


@query.all_(OwnerRow)
def reject(*, user: UUID, reason: str, now: datetime) -> Rows:
    """The owners of the user's tenant, if it waits; else none, and nothing is changed."""
    return _owners(_waiting(user).values(verification="rejected", decided_at=now, decision_note=reason))


@query.later
def log_decision(*, id: UUID, tenant: UUID, admin: UUID, decision: str, reason: Nullable[str], now: datetime) -> Insert:
    return onboarding_decisions.insert().values(
        id=id, tenant_id=tenant, admin_id=admin, decision=decision, reason=reason, at=now
    )


@query.all_(OwnerRow)
def remind(*, now: datetime, before: datetime, limit: int) -> Rows:
    """The owners of so many tenants that signed up, and were reminded, before that, where approval is by hand."""
    has_owner = exists().where(tenant_users.c.tenant_id == tenants.c.id, tenant_users.c.role == "owner")
    due = select(tenants.c.id).where(
        tenants.c.verification == "not_submitted",
        tenants.c.created_at <= before,
        or_(tenants.c.reminded_at.is_(None), tenants.c.reminded_at <= before),
        tenants.c.closed_at.is_(None),
        tenants.c.suspended_at.is_(None),
        has_owner,
        manual,
    )
    locked = due.order_by(tenants.c.created_at).limit(limit).with_for_update(skip_locked=True)
    return _owners(tenants.update().where(tenants.c.id.in_(locked)).values(reminded_at=now))


def _standing(flutes: Any) -> list[ColumnElement[Any]]:
    return [tenants.c.verification, tenants.c.decision_note, tenants.c.closed_at, *_steps(flutes)]


def _steps(flutes: Any) -> list[ColumnElement[bool]]:
    """Of a row of tenants, in the order of rules.STEPS."""
    named = (tenants.c.address, tenants.c.phone, tenants.c.email, tenants.c.gst_no)
    letters = select(func.count()).select_from(fluting_settings)
    letters = letters.where(fluting_settings.c.tenant_id == tenants.c.id, one_of(fluting_settings.c.flute, flutes))
    terms = or_(quote_versions.c.payment_terms.is_not(None), quote_versions.c.delivery_days.is_not(None))
    return [
        and_(*(func.coalesce(column, "") != "" for column in named)).label("business_profile"),
        exists().where(paper_bf_prices.c.tenant_id == tenants.c.id).label("paper_pricing"),
        (letters.scalar_subquery() == func.cardinality(flutes)).label("flute_settings"),
        tenants.c.state_code.is_not(None).label("tax_defaults"),
        exists().where(quote_versions.c.tenant_id == tenants.c.id, terms).label("quote_terms"),
    ]


def _complete(flutes: Any) -> ColumnElement[bool]:
    """Whether the steps are done that it takes to be submitted (rules.REQUIRED)."""
    return and_(*_steps(flutes)[:3])


def _tenant_of(user: Any) -> ColumnElement[UUID]:
    return select(tenant_users.c.tenant_id).where(tenant_users.c.user_id == user).scalar_subquery()


def _waiting(user: Any) -> Update:
    """Of the tenant that he is in, if it waits and is not closed."""
    open_ = tenants.c.id == _tenant_of(user), tenants.c.closed_at.is_(None)
    return tenants.update().where(*open_, tenants.c.verification == "pending")


def _owners(changing: Update) -> Rows:
    """Of the tenants that this update changes."""
    changed: CTE = changing.returning(tenants.c.id, tenants.c.name).cte("changed")
    found = changed.join(tenant_users, tenant_users.c.tenant_id == changed.c.id)
    found = found.join(users, users.c.id == tenant_users.c.user_id)
    about = changed.c.id.label("tenant_id"), changed.c.name.label("company_name"), users.c.email, users.c.full_name
    return select(*about).select_from(found).where(tenant_users.c.role == "owner")
