"""docs/permissions.md, which admin may do what, from the functions: `python -m tools.permissions [--check]`."""

import sys

from shared.core.permissions import PERMISSIONS, ROLES
from shared.entry.http import Api
from tools import generated
from tools.functions import ROOT, functions

DOCUMENT = ROOT / "docs" / "permissions.md"
TEXT = """\
# What the platform's admins may do

Written by `make openapi` from the functions and `shared/core/permissions.py`; each cell of the first table is asserted
over HTTP by `tests/operations/test_permissions.py`. An admin may be granted permissions besides those of his role
(`PUT /api/admin/staff/{{admin_id}}/permissions`). Where an operation asks for more in some cases, as another role of an
admin does for configure_roles, its description says so.

## Operations that want a permission

{asked}

## Operations of every admin

{of_everybody}

## Permissions without an operation

{idle}
"""


def document() -> str:
    """Role × operation, what needs no permission, and role × permission of what no operation asks for yet."""
    apis = [function.spec for function in functions() if isinstance(function.spec, Api)]
    of_admins = sorted(
        (api for api in apis if api.audience != "user"), key=lambda api: api.route.operation.split()[::-1]
    )
    asked = [(f"`{api.route.operation}` | {api.permission}", api.permission) for api in of_admins if api.permission]
    idle = sorted(PERMISSIONS - {permission for _, permission in asked})
    return TEXT.format(
        asked=table("operation | permission", asked),
        of_everybody="\n".join(f"* `{api.route.operation}`" for api in of_admins if api.permission is None),
        idle=table("permission", [(name, name) for name in idle]),
    )


def table(head: str, rows: list[tuple[str, str]]) -> str:
    """A column a role; a row is what it is called and the permission that it takes."""
    columns = [*head.split(" | "), *(role.replace("_", " ") for role in ROLES)]
    lines = [" | ".join(columns), " | ".join("---" for _ in columns)]
    lines += [" | ".join([name, *("✓" if wanted in ROLES[role] else "" for role in ROLES)]) for name, wanted in rows]
    return "\n".join(f"| {line} |" for line in lines)


if __name__ == "__main__":
    sys.exit(generated.write({DOCUMENT: document()}, "make openapi"))
