"""What can be refused here."""

from shared.core.errors import Conflict, Forbidden, Gone, Invalid, Limited, Locked, NotFound, Unauthenticated


class EmailTaken(Conflict):
    title = "Somebody has signed up with this e-mail address; sign in instead"


class WrongCredentials(Unauthenticated):
    title = "E-mail address or password is wrong"
    keeps = True  # the counted attempt


class SigninLocked(Locked):
    title = "Too many failed attempts to sign in; wait as long as retry_after says (seconds)"
    keeps = True


class TenantClosed(Forbidden):
    title = "Your company's account is closed; its owners have a mail with the link that reopens it until erase_at"
    keeps = True  # the password was right: its count starts anew


class UserDisabled(Forbidden):
    title = "Your account is disabled; the mail you got about it says why"
    keeps = True


class TenantSuspended(Forbidden):
    title = "Your company's account is suspended for the reason given; write to us"
    keeps = True


class RefreshTokenInvalid(Unauthenticated):
    title = "This refresh token is not valid, or was used before; sign in again"
    keeps = True  # the end of its session


class UserNotFound(NotFound):
    title = "There is no such user"


class SessionNotFound(NotFound):
    title = "You have no such session, or it has ended"


class TrialInviteInvalid(Gone):
    title = "This invite was used, was replaced by a newer one, or is too old; sign up without it, or ask for another"


class LinkInvalid(Gone):
    title = "This link was used, was replaced by a newer one, or is too old: ask for another"


class PasswordWrong(Invalid):
    title = "The current password is wrong"
    keeps = True  # the counted attempt


class VerificationSentRecently(Limited):
    title = "A mail went out within the last minute: look for it, or wait as long as retry_after says (seconds)"
