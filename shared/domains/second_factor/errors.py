"""What can be refused here."""

from shared.core.errors import Conflict, Forbidden, Limited, Unauthenticated


class FactorAlreadyEnabled(Conflict):
    title = "A second factor is enabled already; disable it before you set up another"


class FactorNotEnabled(Conflict):
    title = "No second factor is enabled"


class SetUpMissing(Conflict):
    title = "There is no set-up to confirm: it is over 15 minutes old, or had 5 wrong codes; begin again"


class CodeWrong(Unauthenticated):
    title = "This code is wrong"
    keeps = True  # the counted failure


class CodeSpent(Unauthenticated):
    title = "This code has been used, or is older than 5 minutes; take the next one"


class ChallengeOver(Unauthenticated):
    title = "This sign-in is over: it was completed, is older than 5 minutes, or had 5 wrong codes; sign in again"


class FactorBlocked(Forbidden):
    title = "Too many wrong codes in a row: only backup codes are taken until you have used one"


class NothingToSend(Conflict):
    title = "An app makes the codes of this second factor: none is sent"


class CodeJustSent(Limited):
    title = "A code was sent just now; another one may be asked for after a minute"
