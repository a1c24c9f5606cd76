"""What can be refused here."""

from shared.core.errors import Conflict, NotFound


class NobodyToImpersonate(NotFound):
    title = "There is no such user; admins are none"


class AccountInactive(Conflict):
    title = "This user is disabled, or the company suspended or closed: nobody acts in their name"


class AlreadyImpersonating(Conflict):
    title = "You act in a user's name already: end that under /api/admin/impersonate/end first"
