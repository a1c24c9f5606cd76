"""What can be refused here."""

from shared.core.errors import Conflict, Forbidden, Gone, Limited, NotFound


class MemberNotFound(NotFound):
    title = "There is no such member"


class OwnRole(Forbidden):
    title = "Nobody changes his own role: ask another owner or admin"


class OwnersOnly(Forbidden):
    title = "Only an owner makes, changes or removes owners"


class LastOwner(Conflict):
    title = "The last owner stays: make another member an owner first"


class AlreadyMember(Conflict):
    title = "The user belongs to a company already"


class InviteSentRecently(Limited):
    title = "This address was mailed within the last minute: wait as long as retry_after says (seconds)"


class InviteNotFound(NotFound):
    title = "There is no such invite"


class InviteGone(Gone):
    title = "This invite no longer works: it was used, replaced or withdrawn, or its 7 days are over; ask for another"


class InviteForAnother(Forbidden):
    title = "This invite is for another address: sign in, or sign up, with the address that got the mail"


class EmailNotVerified(Forbidden):
    title = "Confirm your e-mail address first: POST /api/auth/resend-verification sends the link again"


class KeyNotFound(NotFound):
    title = "There is no such API key"


class ScopeNotYours(Forbidden):
    title = "A key is given no more than its maker may do"
