"""Every query of the product, with the function it was made from."""

import importlib.util
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from shared.core import compiling, query

ROOT = Path(__file__).resolve().parents[2]


class Written(NamedTuple):
    """As it stands in the source: `fetch` is all, one, maybe, count, later or ahead."""

    name: str
    fetch: str
    row: Any
    function: Callable[..., Any]

    @property
    def texts(self) -> query.Texts:
        return compiling.texts(self.function, self.row)


def files() -> list[Path]:
    """`queries.py`, and the files of a package `queries/`."""
    found = (ROOT / "shared").rglob("*.py")
    return sorted(path for path in found if "queries" in (path.stem, path.parent.name))


@cache
def written() -> list[Written]:
    """The files are read once more, with a decorator that only notes what it was given."""
    found: list[Written] = []

    def note(fetch: str, row: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        def wrap(function: Callable[..., Any]) -> Callable[..., Any]:
            found.append(Written(f"{name}.{function.__name__}", fetch, row, function))
            return function

        return wrap

    names = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in files()}
    for name in names:
        importlib.import_module(name)  # before: one that another imports would else be read with our decorator for good
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(query, "_source", note)
        for name, path in names.items():
            spec = importlib.util.spec_from_file_location(f"{name}_again", path)
            assert spec and spec.loader
            spec.loader.exec_module(importlib.util.module_from_spec(spec))
    return found
