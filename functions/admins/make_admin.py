"""Make a super admin, or a new link for one who lost his password: invoked by hand, by who runs the platform."""

from shared.core.call import Call
from shared.domains.admins.schemas.accounts import NewAdmin, SetPasswordLink
from shared.domains.admins.service import passwords
from shared.entry.task import task


@task(NewAdmin, across_tenants=True, needs=("session_secret",))
def handler(call: Call, given: NewAdmin) -> SetPasswordLink:
    return passwords.make_admin(call, given)
