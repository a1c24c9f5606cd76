"""Cases kept outside the repository, in the folder CASES_DIR: read at test time, counted, printed when a run ends."""

import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(os.environ.get("CASES_DIR") or Path(__file__).resolve().parents[3] / "shared")
_ran: Counter[str] = Counter()


def load(path: str) -> Any:
    """A JSON file of the folder. Skips the test where there is no folder at all; a missing file is an error."""
    if not FOLDER.is_dir():
        pytest.skip(f"no cases: {FOLDER} is absent (CASES_DIR)", allow_module_level=True)
    return json.loads((FOLDER / path).read_text("utf-8"))


def ran(name: str, number: int) -> None:
    """Note that so many cases of a set were judged."""
    _ran[name] += number


def pytest_sessionfinish(session: pytest.Session) -> None:
    if hasattr(session.config, "workeroutput"):  # under xdist: on its way to the process that prints
        session.config.workeroutput["cases"] = dict(_ran)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    _ran.update(getattr(node, "workeroutput", {}).get("cases", {}))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if _ran:
        sets = ", ".join(f"{name} {number:,}" for name, number in sorted(_ran.items()))
        terminalreporter.write_line(f"cases: {sets}; {sum(_ran.values()):,} in all")
