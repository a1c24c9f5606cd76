"""Approve the company that a user is in; its tokens of before open everything at once."""

from uuid import UUID

from shared.domains.onboarding.errors import CandidateNotFound, NotSubmitted, SetupIncomplete, TenantIsClosed
from shared.domains.onboarding.schemas import OnboardingDecision
from shared.domains.onboarding.service import decisions
from shared.entry.http import Api

api = Api(
    audience="admin",
    permission="manage_users",
    needs=("outbox",),
    problems=(CandidateNotFound, NotSubmitted, SetupIncomplete, TenantIsClosed),
)


@api.post("/api/admin/users/{user_id}/approve")
def approve_company(user_id: UUID) -> OnboardingDecision:
    return decisions.approve(api.call, user_id)


handler = api.handler
