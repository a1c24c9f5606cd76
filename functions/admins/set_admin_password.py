"""Choose a password by the link that an admin was given; it works once.

Every session of the admin ends.
"""

from shared.domains.admins.errors import SetPasswordLinkInvalid
from shared.domains.admins.schemas.accounts import AdminPassword
from shared.domains.admins.service import passwords
from shared.entry.http import Api

api = Api(
    public=True, guessable=True, across_tenants=True, needs=("session_secret",), problems=(SetPasswordLinkInvalid,)
)


@api.post("/api/admin/set-password", status=204)
def set_admin_password(given: AdminPassword) -> None:
    passwords.set_password(api.call, given)


handler = api.handler
