"""Remind owners who signed up more than a day ago and have not submitted their company, at most once a day."""

from shared.core.call import Call
from shared.domains.onboarding.service import reminders
from shared.entry.job import job


@job("rate(6 hours)", across_tenants=True, needs=("outbox",))
def handler(call: Call) -> int:
    return reminders.remind(call)
