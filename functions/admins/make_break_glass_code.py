"""Make the code that in an emergency lets the caller log in from an address that is not on the list, once.

The former code no longer works. Every super admin gets a mail when it is used.
"""

from shared.domains.admins.schemas.staff import BreakGlassCode
from shared.domains.admins.service import break_glass
from shared.entry.http import Api

api = Api(audience="admin", permission="manage_ip_whitelist", step_up=True, secret=True, needs=("session_secret",))


@api.post("/api/admin/ip-whitelist/break-glass", status=201)
def make_break_glass_code() -> BreakGlassCode:
    return break_glass.make_code(api.call)


handler = api.handler
