"""Modules that a function has loaded when its handler is ready, each counted in a fresh process."""

import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks.report import Report

ROOT = Path(__file__).parent.parent
FLOOR = "pg8000.native, json"


def run() -> Report:
    report = Report()
    loaded = modules([FLOOR, *names()])
    counts = {name: float(len(found)) for name, found in loaded.items() if name != FLOOR}
    report.measured(f"{len(counts)} functions", list(counts.values()), "modules")
    report.measured("floor: driver and json", [len(loaded[FLOOR])], "modules")
    ordered = sorted(counts, key=lambda name: counts[name])
    report.note(
        ", ".join(f"{name} {counts[name]:.0f}" for name in [*ordered[:3], "…", *ordered[-3:]] if name in counts)
    )
    report.figures["modules"] = dict(counts)
    return report


def names() -> list[str]:
    """The functions' modules, the authorizer's among them."""
    paths = sorted((ROOT / "functions").glob("*/*.py"))
    return [f"functions.{path.parent.name}.{path.stem}" for path in paths]


def modules(imported: Sequence[str], **environment: str) -> dict[str, frozenset[str]]:
    """What `import …` of each has loaded, as many processes at a time as there are cores."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return dict(zip(imported, pool.map(lambda name: _modules(name, environment), imported), strict=True))


def _modules(imported: str, environment: dict[str, str]) -> frozenset[str]:
    code = f"import sys, {imported}\nprint(*sys.modules)\nsys.stdout.flush()\nimport os\nos._exit(0)"
    command = [sys.executable, "-c", code]
    ran = subprocess.run(command, cwd=ROOT, env=os.environ | environment, check=True, capture_output=True, text=True)
    return frozenset(ran.stdout.split())
