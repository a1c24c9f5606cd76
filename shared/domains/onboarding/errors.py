"""What can be refused here."""

from shared.core.errors import Conflict, NotFound


class SetupIncomplete(Conflict):
    title = "Steps are open: finish those that open_steps names, see GET /api/onboarding/status"


class AlreadySubmitted(Conflict):
    title = "The company waits or is approved already, as standing says"


class NotSubmitted(Conflict):
    title = "There is nothing to decide: the company is not submitted, or was decided upon, as standing says"


class TenantIsClosed(Conflict):
    title = "This tenant is closed, and will be erased: nobody joins it, and nothing is decided about it any more"


class CandidateNotFound(NotFound):
    title = "There is no such user"


class AddressHasAccount(Conflict):
    title = "Somebody has signed up with this address: there is nobody to invite"
