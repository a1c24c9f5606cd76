"""Generated files are committed: written by a make target, compared by `make check`."""

import sys
from collections.abc import Mapping
from pathlib import Path

from tools.functions import ROOT


def write(texts: Mapping[Path, str], target: str) -> int:
    """Write what differs. With `--check` on the command line only say so, and answer 1 if anything differs."""
    check = "--check" in sys.argv
    stale = [path for path, text in texts.items() if not path.exists() or path.read_text() != text]
    for path in stale:
        name = path.relative_to(ROOT)
        if check:
            print(f"{name} differs from the code: run `{target}`")
        else:
            path.write_text(texts[path])
            print(f"written: {name}")
    return int(check and bool(stale))
