"""`python -m benchmarks [name …]`: ratios of one run; a goal that is missed is said to be."""

import importlib
import sys
import time
from pathlib import Path

from benchmarks.report import Report

NAMES = "warm", "cold", "imports", "pricing", "coupons", "support"
KEPT = Path(__file__).parent.parent / ".local" / "bench"


def main(names: list[str]) -> None:
    if unknown := set(names) - set(NAMES):
        raise SystemExit(f"no benchmark is called {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}")
    missed = []
    for name in names or NAMES:
        started = time.monotonic()
        report: Report = importlib.import_module(f"benchmarks.{name}").run()
        print(name, *report.lines, f"  ({time.monotonic() - started:.0f} s)", "", sep="\n", flush=True)
        report.write(KEPT / f"{name}.json")
        missed += [line for line in report.lines if "MISSED" in line]
    print(f"goals missed: {len(missed)}", *missed, sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
