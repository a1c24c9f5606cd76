"""Imports point one way: the contracts of .importlinter hold, and each of them catches what it forbids."""

import configparser
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOMAINS = sorted(path.name for path in (ROOT / "shared" / "domains").iterdir() if path.is_dir())
VAGUE = {"utils", "helpers", "common", "manager", "base"}

# What breaks each contract when it is planted in a copy of the tree: a file, and the line added to it.
PLANTED = {
    "stack": ("shared/core/clock.py", "import shared.entry.answer"),
    "inside_a_domain": ("shared/domains/identity/tables.py", "import shared.domains.identity.service"),
    "no_cycles_of_domains": ("shared/domains/platform/public.py", "import shared.domains.identity.errors"),
    "lambdas_are_apart": ("functions/identity/sign_in.py", "import functions.identity.sign_up"),
    "public_is_for_domains": ("functions/quotes/create_quote.py", "import shared.domains.pricing.public"),
    "adapters_see_ports": ("shared/adapters/secrets.py", "import shared.domains.platform.service"),
    "inside_admins": ("functions/identity/sign_in.py", "import shared.domains.admins.errors"),
    "inside_coupons": ("functions/quotes/get_party.py", "import shared.domains.coupons.rules"),
    "inside_directory": ("functions/members/list_members.py", "import shared.domains.directory.rules"),
    "inside_identity": ("functions/pricing/price_box.py", "import shared.domains.identity.queries"),
    "inside_impersonation": ("functions/identity/end_session.py", "import shared.domains.impersonation.errors"),
    "inside_members": ("functions/identity/sign_in.py", "import shared.domains.members.errors"),
    "inside_onboarding": ("functions/identity/sign_up.py", "import shared.domains.onboarding.errors"),
    "inside_platform": ("shared/domains/identity/service.py", "import shared.domains.platform.rules"),
    "inside_pricing": ("shared/domains/quotes/rules/totals.py", "import shared.domains.pricing.rows"),
    "inside_quotes": ("functions/platform/check_health.py", "import shared.domains.quotes.tables"),
    "inside_second_factor": ("functions/identity/step_up.py", "import shared.domains.second_factor.queries"),
    "inside_support": ("functions/quotes/get_party.py", "import shared.domains.support.rules.tickets"),
    "inside_tenancy": ("functions/quotes/get_party.py", "import shared.domains.tenancy.rules"),
    "statements_in_queries": ("shared/domains/members/rules.py", "import sqlalchemy"),
    "libraries_in_adapters": ("shared/entry/answer.py", "import boto3"),
    "driver_in_postgres": ("shared/core/queries.py", "import pg8000"),
}


def contracts() -> configparser.ConfigParser:
    found = configparser.ConfigParser()
    found.read(ROOT / ".importlinter")
    return found


def lint(folder: Path, *arguments: str) -> str:
    """What lint-imports says; its exit code comes last."""
    ran = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-logo", "--no-cache", *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder), "COLUMNS": "500"},
        capture_output=True,
        text=True,
        check=False,
    )
    return f"{ran.stdout}{ran.stderr}\nexit code {ran.returncode}"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The tree that is judged, to plant something in."""
    for name in ("functions", "shared"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "fonts", "*.txt"))
    shutil.copy(ROOT / ".importlinter", tmp_path)
    return tmp_path


def test_every_contract_is_kept() -> None:
    said = lint(ROOT)
    assert said.endswith("exit code 0"), said
    assert " 0 broken" in said


def test_every_contract_catches_what_it_forbids(copy: Path) -> None:
    for file, line in PLANTED.values():
        with (copy / file).open("a") as opened:
            opened.write(f"\n{line}\n")
    said = lint(copy)
    assert said.endswith("exit code 1")
    for contract in PLANTED:
        assert f"{contracts()[f'importlinter:contract:{contract}']['name']} BROKEN" in said


def test_a_file_outside_of_the_vocabulary_of_a_domain_is_caught(copy: Path) -> None:
    (copy / "shared/domains/pricing/helpers.py").write_text('"""Anything."""\n')
    said = lint(copy, "--contract", "inside_a_domain")
    assert "shared.domains.pricing.helpers" in said
    assert said.endswith("exit code 1")


def test_every_contract_has_its_planted_violation() -> None:
    written = {name.rpartition(":")[2] for name in contracts().sections() if ":" in name}
    assert written == set(PLANTED)


@pytest.mark.parametrize("domain", DOMAINS)
def test_everything_of_a_domain_but_public_and_ports_is_protected(domain: str) -> None:
    protected = contracts()[f"importlinter:contract:inside_{domain}"]["protected_modules"].split()
    modules = {path.stem for path in (ROOT / "shared/domains" / domain).iterdir() if path.name != "__pycache__"}
    assert {name.rpartition(".")[2] for name in protected} == modules - {"public", "ports"}


def test_names_say_what_is_inside() -> None:
    named = [
        path
        for folder in ("functions", "shared", "local", "tools", "tests", "layers")
        for path in (ROOT / folder).rglob("*")
        if path.stem in VAGUE
    ]
    assert named == []


def test_packages_are_namespaces() -> None:
    found = [path for folder in ("functions", "shared", "tests") for path in (ROOT / folder).rglob("__init__.py")]
    assert found == []


def test_the_time_is_read_in_one_place() -> None:
    reads = re.compile(r"datetime\.now\(|utcnow\(|\.today\(|time\.time\(|perf_counter\(|monotonic\(")
    found = {
        str(path.relative_to(ROOT))
        for folder in ("functions", "shared")
        for path in (ROOT / folder).rglob("*.py")
        if reads.search(path.read_text("utf-8"))
    }
    assert found == {"shared/core/clock.py"}
