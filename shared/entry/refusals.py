"""What open_transaction, meter and a busy or absent database refuse, told to the caller."""

import logging
from collections.abc import Generator
from contextlib import contextmanager

from shared.core import db, meters
from shared.core.call import Actor, Call
from shared.core.errors import Forbidden, Limited, Unauthenticated, Unavailable
from shared.domains.admins.errors import AddressNotAllowed

BUSY = frozenset(
    {db.SIGNIN_REFUSED, "40001", "40P01", "53300", "55P03", "57014", "57P01", "57P02", "57P03"}
)  # sqlstates that pass

STEP_UP = {"user": "/api/v1/2fa/step-up", "admin": "/api/admin/2fa/verify"}


class RateLimited(Limited):
    title = "Too many requests: wait as long as retry_after says (seconds)"


class StepUpRequired(Forbidden):
    title = "This wants a second factor shown within the last five minutes: show it under step_up, then call again"


class OnboardingIncomplete(Forbidden):
    title = "Finish setting up and submit it under /api/onboarding/submit first"


class VerificationPending(Forbidden):
    title = "Your company is being verified; you get a mail when that is done"


class VerificationRejected(Forbidden):
    title = "Your company was not approved: see /api/onboarding/status for the reason, correct it and submit again"


class DatabaseUnavailable(Unavailable):
    title = "The database is busy or away; try again"


STANDINGS: dict[str, tuple[type[Forbidden], str]] = {  # of a tenant that is not approved
    "not_submitted": (OnboardingIncomplete, "ONBOARDING_INCOMPLETE"),
    "pending": (VerificationPending, "VERIFICATION_PENDING"),
    "rejected": (VerificationRejected, "VERIFICATION_REJECTED"),
}


@contextmanager
def explained(call: Call) -> Generator[None]:
    """What the database refuses on behalf of a call, as problems."""
    try:
        yield
    except db.DatabaseError as error:
        code = db.sqlstate(error)
        if (constraint := db.violated(error)) in call.refusals:
            raise call.refusals[constraint] from None
        if code == db.SESSION_ENDED:
            raise Unauthenticated(_ended(call.actor)) from None
        if code == db.FACTOR_TOO_OLD:
            kind = "admin" if call.actor.is_admin else "user"
            raise StepUpRequired(step_up=STEP_UP[kind]) from None
        if code == db.ADDRESS_REFUSED:
            raise AddressNotAllowed from None
        if code == db.NOT_APPROVED:
            problem, name = STANDINGS[db.detail(error)]
            raise problem(code=name) from None
        if code == db.LIMITED:
            used_up, seconds = meters.used_up(error, call.scope.limits)
            raise RateLimited(retry_after=seconds, limit=used_up.name, quota=used_up.units) from None
        if code in BUSY:
            raise DatabaseUnavailable(retry_after=1) from error
        raise
    except db.InterfaceError as error:
        logging.getLogger("http").warning("no database: %s", error)
        raise DatabaseUnavailable(retry_after=5) from error


def _ended(actor: Actor) -> str:
    """A key may work again later; a session never does."""
    if actor.key_id:
        return "this key was revoked or has expired, or its user or company may not call now: sign in to learn which"
    if actor.is_impersonated:
        return "this impersonation has ended: start another"
    return "this session has ended: sign in again"
