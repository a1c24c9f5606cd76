"""The table of endpoints in README.md, from the functions: `python -m tools.endpoints [--check]`."""

import sys

from shared.entry.http import Api
from tools import generated
from tools.functions import ROOT, functions

README = ROOT / "README.md"
BEGIN, END = "<!-- endpoints: written by `make openapi` -->\n", "<!-- /endpoints -->"


def table() -> str:
    """One row an operation, by domain."""
    lines = ["", "| domain | operation | | who |", "|---|---|---|---|"]
    for function in functions():
        if isinstance(function.spec, Api):
            route = function.spec.route
            lines.append(
                f"| {function.domain} | `{route.operation}` | {route.summary.rstrip('.')} | {who(function.spec)} |"
            )
    return "\n".join([*lines, "", ""])


def who(api: Api) -> str:
    """Who may call it: by a scope of users and API keys, or by a permission of the platform's admins."""
    if api.public:
        return "everybody"
    callers = {"user": api.scope or "any user", "admin": f"admin: {api.permission}" if api.permission else "any admin"}
    return " · ".join(text for audience, text in callers.items() if api.audience in (audience, "both"))


def readme() -> str:
    """README.md with the table of today."""
    before, _, rest = README.read_text().partition(BEGIN)
    return before + BEGIN + table() + END + rest.partition(END)[2]


if __name__ == "__main__":
    sys.exit(generated.write({README: readme()}, "make openapi"))
