"""End every session of the admin but this one."""

from shared.domains.admins.service import session_ends
from shared.entry.http import Api

api = Api(audience="admin")


@api.delete("/api/admin/sessions")
def end_other_admin_sessions() -> None:
    session_ends.end_other_sessions(api.call)


handler = api.handler
