"""Have another code sent, to show the second factor again or to confirm a set-up: by mail or text, once a minute."""

from shared.domains.identity.service import second_step
from shared.domains.second_factor.errors import CodeJustSent, FactorBlocked, FactorNotEnabled, NothingToSend
from shared.domains.second_factor.schemas import CodeSent
from shared.entry.http import Api

api = Api(
    impersonation="never",
    needs=("outbox",),
    problems=(FactorNotEnabled, NothingToSend, FactorBlocked, CodeJustSent),
)


@api.post("/api/v1/2fa/send-code")
def send_second_factor_code() -> CodeSent:
    return second_step.send_code(api.call)


handler = api.handler
