"""What a benchmark found: lines to print, figures to keep, and for each ratio whether it reached its goal."""

import json
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Report:
    lines: list[str] = field(default_factory=list)
    figures: dict[str, dict[str, object]] = field(default_factory=dict)

    def measured(self, name: str, values: Sequence[float], unit: str) -> None:
        """Median and quartiles."""
        low, median, high = quartiles(values)
        self.lines.append(f"  {name:<34}{median:>10,.1f} {unit:<8}[{low:,.1f} … {high:,.1f}]")
        self.figures[name] = {"unit": unit, "median": median, "quartiles": [low, high], "values": list(values)}

    def ratio(self, name: str, values: Sequence[float], goal: float | None = None, *, at_most: bool = False) -> None:
        """How many times; one value per round, so that what disturbs a round disturbs both sides of it."""
        low, median, high = quartiles(values)
        verdict = ""
        if goal is not None:
            reached = median <= goal if at_most else median >= goal
            verdict = f"  goal {'at most ' if at_most else ''}{goal:g}x  {'ok' if reached else 'MISSED'}"
        self.lines.append(f"  {name:<34}{median:>10.2f} x       [{low:.2f} … {high:.2f}]{verdict}")
        self.figures[name] = {"unit": "x", "median": median, "quartiles": [low, high], "goal": goal}

    def note(self, line: str) -> None:
        self.lines.append(f"  {line}")

    def write(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({"lines": self.lines, "figures": self.figures}, indent=1) + "\n")


def quartiles(values: Sequence[float]) -> tuple[float, float, float]:
    if len(values) == 1:
        return values[0], values[0], values[0]
    low, median, high = statistics.quantiles(values, n=4, method="inclusive")
    return low, median, high


def ratios(slow: Sequence[float], fast: Sequence[float]) -> list[float]:
    return [one / other for one, other in zip(slow, fast, strict=True)]
