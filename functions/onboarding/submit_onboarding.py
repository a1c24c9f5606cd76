"""Submit the company for approval, once the first three steps are done; again after a rejection."""

from shared.domains.onboarding.errors import AlreadySubmitted, SetupIncomplete
from shared.domains.onboarding.schemas import OnboardingStatus
from shared.domains.onboarding.service import progress
from shared.entry.http import Api

api = Api(
    scope="tenant:write", across_tenants=True, needs=("outbox",), problems=(SetupIncomplete, AlreadySubmitted), cost=10
)


@api.post("/api/onboarding/submit")
def submit_onboarding() -> OnboardingStatus:
    return progress.submit(api.call)


handler = api.handler
