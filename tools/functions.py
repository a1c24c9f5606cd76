"""Every function of the product, read from `functions/<domain>/<stem>.py`, whose decorator alone says what it is."""

import importlib
from pathlib import Path
from typing import NamedTuple

from shared.entry.http import Api
from shared.entry.job import job
from shared.entry.queue import consumer
from shared.entry.task import task

ROOT = Path(__file__).resolve().parent.parent
Spec = Api | job | consumer | task


class Function(NamedTuple):
    domain: str
    stem: str
    summary: str  # first line of the module's docstring
    spec: Spec

    @property
    def name(self) -> str:
        return f"{self.domain}/{self.stem}"

    @property
    def logical_id(self) -> str:
        """Its name in the template: `save_paper_price` -> `SavePaperPrice`."""
        return camel_case(self.stem)


def camel_case(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))


def functions(domain: str = "*") -> list[Function]:
    """The functions of one domain, or of all. The authorizer belongs to no domain and has no spec."""
    paths = sorted((ROOT / "functions").glob(f"{domain}/*.py"))
    return [load(path.parent.name, path.stem) for path in paths if path.parent.name != "authorizer"]


def load(domain: str, stem: str) -> Function:
    module = importlib.import_module(f"functions.{domain}.{stem}")
    spec = module.handler.__self__
    if not isinstance(spec, Spec):
        raise SystemExit(f"functions/{domain}/{stem}.py: its handler belongs to no Api, job, consumer or task")
    return Function(domain, stem, (module.__doc__ or "").partition("\n")[0], spec)
