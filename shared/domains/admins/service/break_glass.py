"""Break-glass codes: in an emergency one lets its admin past the list of allowed addresses, once."""

from uuid import UUID

from shared.core import keyed
from shared.core.call import Call
from shared.domains.admins.queries import break_glass as queries
from shared.domains.admins.schemas.staff import BreakGlassCode
from shared.domains.admins.service.login_log import note
from shared.domains.platform import public as platform


def make_code(call: Call) -> BreakGlassCode:
    """The caller's new code, 256 random bits; the former one dies."""
    code = keyed.new_secret()
    queries.save_code(call.connection, admin_id=call.admin_id, digest=_digest(code), now=call.now)
    note(call, "break_glass_made", call.admin_id)
    return BreakGlassCode(code=code)


def use_code(call: Call, admin_id: UUID, code: str | None) -> bool:
    """Spend a code; every super admin gets a mail. False for one that is not right, not his, or was used."""
    if code is None:
        return False
    told = queries.use_code(call.connection, admin_id=admin_id, digest=_digest(code), now=call.now)
    for super_admin in told:
        platform.break_glass_used(call, **super_admin._asdict())
    if told:
        note(call, "break_glass_used", admin_id)
    return bool(told)


def _digest(code: str) -> bytes:
    return keyed.digest(f"break glass {code}")
