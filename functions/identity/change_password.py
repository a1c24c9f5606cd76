"""Change the password, knowing the current one.

The other sessions of the user end. Five wrong answers refuse every further one for 30 minutes.
"""

from shared.domains.identity.errors import PasswordWrong, SigninLocked
from shared.domains.identity.schemas import PasswordChange
from shared.domains.identity.service import password_changes
from shared.entry.http import Api

api = Api(
    impersonation="never",
    step_up=True,
    secret=True,
    needs=("outbox", "session_secret"),
    problems=(PasswordWrong, SigninLocked),
    memory=1024,
)


@api.post("/api/auth/change-password", status=204)
def change_password(given: PasswordChange) -> None:
    password_changes.change(api.call, given)


handler = api.handler
