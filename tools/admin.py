"""`make admin EMAIL=…`: a super admin of the running stack, or a new link for one who lost his password.

On AWS the same Lambda, admins/make_admin, is invoked by hand (docs/operations.md).
"""

import json
import sys

from tools.api import Caller, running_stack


def invite_admin(control_url: str, email: str) -> dict[str, str]:
    """His address, and the link by which he chooses a password, once."""
    caller = Caller(control_url)
    invited: dict[str, str] = caller.post("/functions/admins/make_admin", {"email": email})
    return invited


if __name__ == "__main__":
    if len(sys.argv) != 2 or "@" not in sys.argv[1]:
        raise SystemExit("make admin EMAIL=somebody@example.com")
    print(json.dumps(invite_admin(running_stack()["control_url"], sys.argv[1]), indent=2))
    print("Where no page is behind it: POST /api/admin/set-password with its token and a password", file=sys.stderr)
