"""What can be refused here."""

from shared.core.errors import Conflict, Forbidden, Gone, Locked, NotFound, Unauthenticated


class LoginRefused(Unauthenticated):
    title = "E-mail address or password is wrong"
    keeps = True  # the counted attempt


class LoginLocked(Locked):
    title = "Too many failed attempts to log in; wait as long as retry_after says (seconds)"
    keeps = True


class AdminDisabled(Forbidden):
    title = "This account is disabled; ask a super admin"
    keeps = True  # the password was right: its count starts anew


class AddressNotAllowed(Forbidden):
    title = "Admins may not come from this address; ask a super admin, or log in with a break-glass code"
    keeps = True


class AdminRefreshTokenInvalid(Unauthenticated):
    title = "This refresh token is not valid, was used before, or its session is over; log in again"
    keeps = True  # the end of its session


class AdminNotFound(NotFound):
    title = "There is no such admin"


class SetPasswordLinkInvalid(Gone):
    title = "This link was used, was replaced by a newer one, or is too old: ask for another"


class AdminEmailTaken(Conflict):
    title = "Somebody on the staff has this e-mail address"


class OwnRights(Forbidden):
    title = "Nobody changes his own role, permissions or status: ask another super admin"


class OwnFactor(Forbidden):
    title = "Nobody resets his own second factor: ask another super admin, or use /api/admin/2fa/disable"


class RolesNotYours(Forbidden):
    title = "Only who has configure_roles changes roles, or anything of an admin who may do more than himself"


class LastSuperAdmin(Conflict):
    title = "The last active super admin stays: make another one first"


class StaffDisabled(Conflict):
    title = "This account is disabled: enable it first"


class AllowedAddressNotFound(NotFound):
    title = "There is no such entry"


class AddressListed(Conflict):
    title = "This network is on the list already, for the same admin or for everybody"


class WouldLockYouOut(Conflict):
    title = "You could no longer come from where you are: put your own address on the list first"
