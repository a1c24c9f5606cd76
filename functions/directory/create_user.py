"""Make a user, in a tenant that exists or as the owner of a new one.

There is no password: a mail holds the link by which the user chooses one, once and within 7 days. The owners of a
tenant that exists get a mail too.
"""

from shared.domains.directory.errors import TenantIsClosed, TenantNotFound
from shared.domains.directory.schemas import DirectoryUserDetail, NewUser
from shared.domains.directory.service import users
from shared.entry.http import Api

api = Api(
    audience="admin",
    permission="manage_users",
    step_up=True,  # an owner may do everything in the tenant
    needs=("outbox", "session_secret"),
    problems=(users.EmailTaken, TenantIsClosed, TenantNotFound),
)


@api.post("/api/admin/users", status=201)
def create_user(given: NewUser) -> DirectoryUserDetail:
    return users.create_user(api.call, given)


handler = api.handler
