"""What can be refused here."""

from shared.core.errors import Conflict, Forbidden, Unauthenticated


class FactorAlreadyEnabled(Conflict):
    title = "A second factor is enabled already; disable it before you set up another"


class FactorNotEnabled(Conflict):
    title = "No second factor is enabled"


class SetUpMissing(Conflict):
    title = "There is no set-up to confirm, or it is over 15 minutes old; begin again under /api/v1/2fa/setup"


class CodeWrong(Unauthenticated):
    title = "This code is wrong"
    keeps = True  # the counted failure


class CodeSpent(Unauthenticated):
    title = "This code has been used; wait for the next one"


class ChallengeOver(Unauthenticated):
    title = "This sign-in is over: it was completed, is older than 5 minutes, or had 5 wrong codes; sign in again"


class FactorBlocked(Forbidden):
    title = "Too many wrong codes in a row: codes of the app are refused until you use a backup code"
