"""`make new` in a copy of the repository: what it writes is clean, and fails until somebody has done the work."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools.functions import ROOT
from tools.new import files

ENDPOINT, NAME = "POST /api/quotes/{quote_id}/archive", "quotes/archive_quote"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The repository, as far as the tools look at it."""
    for name in ("functions", "shared", "tools", "tests", "local", "events", "docs"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("template.yaml", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    return subprocess.run(
        [sys.executable, "-m", *arguments], cwd=folder, env=environment, capture_output=True, text=True
    )


def test_a_new_endpoint_is_clean_and_its_test_fails_until_it_does_its_work(copy: Path) -> None:
    made = run(copy, "tools.new", ENDPOINT, NAME)
    assert made.returncode == 0, made.stderr
    written = [line.removeprefix("written: ") for line in made.stdout.splitlines() if line.startswith("written")]
    assert written == list(files(ENDPOINT, NAME))
    assert all(len((copy / path).read_text().splitlines()) <= 40 for path in written)
    sources = [path for path in written if path.endswith(".py")]
    for check in (["ruff", "check", *sources], ["ruff", "format", "--check", *sources], ["mypy", sources[0]]):
        done = run(copy, *check)
        assert done.returncode == 0, done.stdout + done.stderr
    assert run(copy, "tools.templates").stdout == "written: functions/quotes/template.yaml\n"
    assert "ArchiveQuote" in (copy / "functions/quotes/template.yaml").read_text()
    assert run(copy, "tools.templates", "--check").returncode == 0
    failed = run(copy, "pytest", "-q", "-p", "no:cacheprovider", sources[1])
    assert failed.returncode == 1
    assert "say here what holds after archive_quote" in failed.stdout
    assert run(copy, "tools.new", ENDPOINT, NAME).returncode == 1, "nothing is written over"


@pytest.mark.parametrize(
    ("endpoint", "name"), [("", ""), ("FETCH /api/x", NAME), (ENDPOINT, "archive"), ("POST api", NAME)]
)
def test_what_is_no_endpoint_or_no_name_is_refused(endpoint: str, name: str) -> None:
    with pytest.raises(SystemExit, match="make new ENDPOINT="):
        files(endpoint, name)
