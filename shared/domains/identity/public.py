"""What other domains may ask of identity."""

from shared.core.call import Call
from shared.domains.identity.errors import EmailTaken, SigninLocked
from shared.domains.identity.rows import MemberRow
from shared.domains.identity.schemas import Role, SignedIn
from shared.domains.identity.service.auth_log import note
from shared.domains.identity.service.new_users import add_user
from shared.domains.identity.service.password_checks import password_is_right
from shared.domains.identity.service.session_ends import end_sessions_of

__all__ = [
    "EmailTaken",
    "MemberRow",
    "Role",
    "SignedIn",
    "SigninLocked",
    "add_user",
    "end_sessions_of",
    "note",
    "open_session",
    "password_is_right",
]


def open_session(call: Call, member: MemberRow, event: str = "signed_in") -> SignedIn:
    """As sessions.open_session, which loads what signs tokens: only for who opens one."""
    from shared.domains.identity.service import sessions

    return sessions.open_session(call, member, event)
