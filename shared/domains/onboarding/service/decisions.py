"""What the platform's own people decide upon a company that was submitted: once, and on record."""

from typing import Literal, NoReturn
from uuid import UUID

from shared.core.call import Call
from shared.core.ids import new_id
from shared.domains.onboarding import rules
from shared.domains.onboarding.errors import CandidateNotFound, NotSubmitted, SetupIncomplete, TenantIsClosed
from shared.domains.onboarding.queries import companies as queries
from shared.domains.onboarding.rows import OwnerRow
from shared.domains.onboarding.schemas import OnboardingDecision, Rejection
from shared.domains.onboarding.service.progress import FLUTES
from shared.domains.platform import public as platform


def approve(call: Call, user_id: UUID) -> OnboardingDecision:
    """Of the company that the user is in: from the next request on it may do everything, with the tokens it has.

    NotSubmitted where it does not wait, SetupIncomplete where a step was undone meanwhile, TenantIsClosed.
    """
    owners = queries.approve(call.connection, user=user_id, flutes=FLUTES, now=call.now)
    return _decided(call, user_id, owners, "approved")


def reject(call: Call, user_id: UUID, given: Rejection) -> OnboardingDecision:
    """Of the company that the user is in: it may correct what the reason says and submit again. NotSubmitted,
    TenantIsClosed."""
    owners = queries.reject(call.connection, user=user_id, reason=given.reason, now=call.now)
    return _decided(call, user_id, owners, "rejected", given.reason)


def _decided(
    call: Call,
    user_id: UUID,
    owners: list[OwnerRow],
    decision: Literal["approved", "rejected"],
    reason: str | None = None,
) -> OnboardingDecision:
    if not owners:
        _refuse(call, user_id)
    tenant = owners[0].tenant_id
    queries.log_decision(
        call.connection,
        id=new_id(call.now),
        tenant=tenant,
        admin=call.admin_id,
        decision=decision,
        reason=reason,
        now=call.now,
    )
    for owner in owners:
        platform.approval_decided(
            call,
            to=owner.email,
            full_name=owner.full_name,
            company_name=owner.company_name,
            tenant_id=tenant,
            reason=reason,
        )
    return OnboardingDecision(tenant_id=tenant, status=decision, reason=reason, decided_at=call.now)


def _refuse(call: Call, user_id: UUID) -> NoReturn:
    found = queries.standing_of_user(call.connection, user=user_id, flutes=FLUTES)
    if found is None:
        raise CandidateNotFound
    if found.closed_at is not None:
        raise TenantIsClosed
    if found.verification != "pending":
        raise NotSubmitted(standing=found.verification)
    raise SetupIncomplete(open_steps=rules.open_steps(found._asdict()))
