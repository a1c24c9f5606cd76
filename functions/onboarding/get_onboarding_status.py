"""How far the company is with setting up, and how the platform decided upon it."""

from shared.domains.onboarding.schemas import OnboardingStatus
from shared.domains.onboarding.service import progress
from shared.entry.http import Api

api = Api(scope="tenant:read", per_minute=10)


@api.get("/api/onboarding/status")
def get_onboarding_status() -> OnboardingStatus:
    return progress.get_status(api.call)


handler = api.handler
