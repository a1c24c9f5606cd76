"""Reminding those who have signed up and not submitted their company."""

from shared.core.call import Call
from shared.domains.onboarding import rules
from shared.domains.onboarding.queries import companies as queries
from shared.domains.platform import public as platform

SLICE = 50  # companies a transaction


def remind(call: Call) -> int:
    """Ask for the mails to the owners of some companies that are due; how many. None while approval is automatic."""
    owners = queries.remind(call.connection, now=call.now, before=call.now - rules.REMINDED_AFTER, limit=SLICE)
    for owner in owners:
        platform.remind_of_onboarding(
            call, to=owner.email, full_name=owner.full_name, company_name=owner.company_name, tenant_id=owner.tenant_id
        )
    return len(owners)
