"""What `make check` refuses besides lint: files that have grown too long, and names that say nothing."""

import sys
from pathlib import Path

from tools.functions import ROOT

LINES = {"functions": 40, "shared": 300, "local": 300, "tools": 300}
FREE = Path("shared/migrations/versions")
VAGUE = {"utils", "helpers", "common", "manager", "base"}


def complaints(root: Path = ROOT) -> list[str]:
    found = []
    for folder, limit in LINES.items():
        for path in sorted((root / folder).rglob("*.py")):
            lines = len(path.read_text().splitlines())
            name = path.relative_to(root)
            if lines > limit and not name.is_relative_to(FREE):
                found.append(f"{name} has {lines} lines; {limit} are allowed here")
            if VAGUE & {part.removesuffix(".py") for part in name.parts}:
                found.append(f"{name}: the name does not say what it is for")
    return found


if __name__ == "__main__":
    print(*complaints(), sep="\n", end="\n" if complaints() else "")
    sys.exit(bool(complaints()))
