"""Log out: the session of an admin ends at once."""

from shared.domains.admins.service import session_ends
from shared.entry.http import Api

api = Api(audience="admin", enrolling=True)


@api.post("/api/admin/logout", status=204)
def log_out() -> None:
    session_ends.log_out(api.call)


handler = api.handler
