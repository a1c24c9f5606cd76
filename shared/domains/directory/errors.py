"""What can be refused here."""

from shared.core.errors import Conflict, NotFound


class UserNotFound(NotFound):
    title = "There is no such user"


class TenantNotFound(NotFound):
    title = "There is no such tenant"


class TenantIsClosed(Conflict):
    title = "This tenant is closed, and will be erased: nobody joins it, and nothing is decided about it any more"


class UserAlreadyDisabled(Conflict):
    title = "This user is disabled already"


class UserNotDisabled(Conflict):
    title = "This user is not disabled"


class TenantAlreadySuspended(Conflict):
    title = "This tenant is suspended already"


class TenantNotSuspended(Conflict):
    title = "This tenant is not suspended"


class AlreadyWelcomed(Conflict):
    title = "This user has confirmed the address already, and can ask for a link himself where he signs in"
