"""Set up a second factor: its secret, for an authenticator app.

It counts for nothing until a code confirms it; a new set-up replaces it, and after 15 minutes it is forgotten.
"""

from shared.domains.identity.service import second_step
from shared.domains.second_factor.errors import FactorAlreadyEnabled
from shared.domains.second_factor.schemas import SetUp
from shared.entry import wiring
from shared.entry.http import Api

api = Api(secret=True, needs=("factor_key",), problems=(FactorAlreadyEnabled,))


@api.post("/api/v1/2fa/setup")
def set_up_second_factor() -> SetUp:
    return second_step.set_up(api.call, wiring.vault())


handler = api.handler
