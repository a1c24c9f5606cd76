"""Set up a second factor: the secret for an authenticator app, or a code that is mailed or texted.

It counts for nothing until a code confirms it; a new set-up replaces it, and after 15 minutes it is forgotten. Without
a body it is an app.
"""

from shared.domains.identity.service import second_step
from shared.domains.second_factor.errors import CodeJustSent, FactorAlreadyEnabled
from shared.domains.second_factor.schemas import CodeSent, NewFactor, SetUp
from shared.entry import wiring
from shared.entry.http import Api

api = Api(
    impersonation="never",
    secret=True,
    needs=("outbox", "factor_key"),
    problems=(FactorAlreadyEnabled, CodeJustSent),
)


@api.post("/api/v1/2fa/setup")
def set_up_second_factor(wanted: NewFactor = NewFactor()) -> SetUp | CodeSent:  # noqa: B008
    return second_step.set_up(api.call, wanted, wiring.vault())


handler = api.handler
