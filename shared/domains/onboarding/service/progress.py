"""How far a company is, and the word of its people that it is ready to be looked at."""

from typing import NoReturn

from shared.core import permissions
from shared.core.call import Call
from shared.domains.onboarding import rules
from shared.domains.onboarding.errors import AlreadySubmitted, SetupIncomplete
from shared.domains.onboarding.queries import companies as queries
from shared.domains.onboarding.rows import StandingRow
from shared.domains.onboarding.schemas import OnboardingStatus
from shared.domains.platform import public as platform
from shared.domains.pricing import public as pricing

FLUTES = list(pricing.USUAL_FLUTES)
DECIDES = "manage_users"  # the permission of who approves and rejects


def get_status(call: Call) -> OnboardingStatus:
    """Of the caller's company."""
    return _shown(queries.standing(call.connection, tenant=call.tenant_id, flutes=FLUTES))


def submit(call: Call) -> OnboardingStatus:
    """Have the company looked at: who may decide gets a mail. A rejection of before no longer counts.

    SetupIncomplete where a required step is open, AlreadySubmitted where the company waits or is approved.
    """
    roles = [role for role, allowed in permissions.ROLES.items() if DECIDES in allowed]
    submitted = queries.submit(
        call.connection, tenant=call.tenant_id, flutes=FLUTES, roles=roles, permitted=[DECIDES], now=call.now
    )
    if submitted is None:
        _refuse(queries.standing(call.connection, tenant=call.tenant_id, flutes=FLUTES))
    for email in submitted.deciders or ():
        platform.approval_submitted(call, to=email, user_id=call.user_id)
    return _shown(StandingRow._make(submitted[:-1]))


def _refuse(found: StandingRow) -> NoReturn:
    if found.verification in ("pending", "approved"):
        raise AlreadySubmitted(standing=found.verification)
    raise SetupIncomplete(open_steps=rules.open_steps(found._asdict()))


def _shown(found: StandingRow) -> OnboardingStatus:
    done = found._asdict()
    return OnboardingStatus.model_validate(
        {
            "status": found.verification,
            "steps": {step: done[step] for step in rules.STEPS},
            "progress": rules.progress(done),
            "reason": found.decision_note,
        }
    )
