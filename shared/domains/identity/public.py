"""What other domains may ask of identity."""

from uuid import UUID

from shared.core.call import Call
from shared.domains.identity.errors import EmailTaken
from shared.domains.identity.rows import MemberRow
from shared.domains.identity.schemas import SignedIn, TenantChanges, TenantSummary, User
from shared.domains.identity.service.auth_log import note
from shared.domains.identity.service.closing import close_abandoned
from shared.domains.identity.service.new_users import add_member, add_user, welcome
from shared.domains.identity.service.session_ends import end_sessions_of, end_sessions_of_tenant, revoke_keys_of
from shared.domains.identity.service.session_rows import add_session
from shared.domains.identity.service.verification import ask_again

__all__ = [
    "EmailTaken",
    "MemberRow",
    "SignedIn",
    "TenantChanges",
    "TenantSummary",
    "User",
    "add_member",
    "add_session",
    "add_user",
    "ask_again",
    "close_abandoned",
    "end_sessions_of",
    "end_sessions_of_tenant",
    "found_tenant",
    "note",
    "open_session",
    "revoke_keys_of",
    "welcome",
]


def open_session(call: Call, member: MemberRow, event: str = "signed_in") -> SignedIn:
    """As sessions.open_session, which loads what signs tokens: only for who opens one."""
    from shared.domains.identity.service import sessions

    return sessions.open_session(call, member, event)


def found_tenant(call: Call, *, name: str, time_zone: str = "Asia/Kolkata", currency: str = "INR") -> UUID:
    """As founding.found_tenant, which loads pricing."""
    from shared.domains.identity.service import founding

    return founding.found_tenant(call, name=name, time_zone=time_zone, currency=currency)
