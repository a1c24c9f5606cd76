"""What can be refused here."""

from shared.core.errors import Conflict, Locked, NotFound, Unauthenticated


class EmailTaken(Conflict):
    title = "Somebody has signed up with this e-mail address; sign in instead"


class WrongCredentials(Unauthenticated):
    title = "E-mail address or password is wrong"
    keeps = True  # the counted attempt


class SigninLocked(Locked):
    title = "Too many failed attempts to sign in; wait as long as retry_after says (seconds)"
    keeps = True


class RefreshTokenInvalid(Unauthenticated):
    title = "This refresh token is not valid, or was used before; sign in again"
    keeps = True  # the end of its session


class UserNotFound(NotFound):
    title = "There is no such user"
