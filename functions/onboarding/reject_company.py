"""Reject the company that a user is in, for a reason that its owners are told; they may submit it again."""

from uuid import UUID

from shared.domains.onboarding.errors import CandidateNotFound, NotSubmitted, TenantIsClosed
from shared.domains.onboarding.schemas import OnboardingDecision, Rejection
from shared.domains.onboarding.service import decisions
from shared.entry.http import Api

api = Api(
    audience="admin",
    permission="manage_users",
    needs=("outbox",),
    problems=(CandidateNotFound, NotSubmitted, TenantIsClosed),
)


@api.post("/api/admin/users/{user_id}/reject")
def reject_company(user_id: UUID, given: Rejection) -> OnboardingDecision:
    return decisions.reject(api.call, user_id, given)


handler = api.handler
