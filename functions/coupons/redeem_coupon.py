"""Reserve a use of a coupon for 15 minutes; unless it is consumed by then, it lapses.

Every refusal is a 409, and leaves nothing behind. Unknown codes count as guesses.
"""

from shared.core.guesses import TooManyGuesses
from shared.domains.coupons.errors import REFUSALS
from shared.domains.coupons.schemas.redemptions import Redemption, RedemptionIn
from shared.domains.coupons.service import redemptions
from shared.entry.http import Api

api = Api(scope="coupons:write", idempotency="required", problems=(*REFUSALS.values(), TooManyGuesses))


@api.post("/api/coupons/redeem", status=201)
def redeem_coupon(given: RedemptionIn) -> Redemption:
    return redemptions.redeem(api.call, given)


handler = api.handler
