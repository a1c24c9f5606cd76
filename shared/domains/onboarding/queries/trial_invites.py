"""Statements on trial invites."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Insert, Update, exists, select
from sqlalchemy.dialects.postgresql import insert

from shared.core import query
from shared.core.paging import After
from shared.core.query import Nullable
from shared.core.tables import Rows, newest_first
from shared.domains.onboarding.rows import AcceptedRow, KnownRow, TrialInviteRow
from shared.domains.onboarding.tables import trial_invites, users

invite = tuple(trial_invites.c[name] for name in TrialInviteRow._fields)
open_ = trial_invites.c.accepted_at.is_(None)


@query.one(KnownRow)
def has_account(*, email: str) -> Rows:
    return select(exists().where(users.c.email == email).label("known"))


@query.later
def save_invite(
    *,
    id: UUID,
    email: str,
    company_name: Nullable[str],
    trial_days: int,
    digest: bytes,
    admin: UUID,
    now: datetime,
    expires_at: datetime,
) -> Insert:
    """A new one replaces the one before to the same address, if that was not accepted."""
    values = {
        "id": id,
        "company_name": company_name,
        "trial_days": trial_days,
        "digest": digest,
        "invited_by": admin,
        "created_at": now,
        "expires_at": expires_at,
    }
    added = insert(trial_invites).values(email=email, **values)
    return added.on_conflict_do_update(index_elements=["email"], index_where=open_, set_=values)


@query.all_(TrialInviteRow)
def invites_page(*, after: After | None, limit: int) -> Rows:
    """Newest first."""
    return newest_first(select(*invite), trial_invites.c.created_at, trial_invites.c.id, after, limit)


@query.maybe(AcceptedRow)
def use_invite(*, digest: bytes, tenant: UUID, now: datetime) -> Update:
    """Accept an invite, once, with this tenant."""
    live = trial_invites.c.digest == digest, open_, trial_invites.c.expires_at > now
    used = trial_invites.update().where(*live).values(accepted_at=now, tenant_id=tenant)
    return used.returning(trial_invites.c.email, trial_invites.c.trial_days)
