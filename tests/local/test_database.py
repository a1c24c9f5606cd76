"""The embedded PostgreSQL keeps what was committed, whoever starts it and however it ended."""

import os
import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from pg8000.native import Connection

from local import children, database


def rows(server: database.Server) -> list[int]:
    """The numbers stored so far, one more each time."""
    url = urlsplit(server.url)
    with Connection("postgres", password=url.password, host=str(url.hostname), port=int(url.port or 0)) as connection:
        connection.run("create table if not exists numbers (number int)")
        connection.run("insert into numbers select count(*) from numbers")
        return [number for (number,) in connection.run("select number from numbers order by number")]


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Of a database that is new, also where one of an earlier run was left outside it."""
    made = tmp_path / "postgres"
    shutil.rmtree(database.outside_folder(made), ignore_errors=True)
    yield made
    shutil.rmtree(database.outside_folder(made), ignore_errors=True)


def test_a_restart_keeps_the_rows(folder: Path) -> None:
    for expected in ([0], [0, 1]):
        with database.running(folder) as server:
            assert rows(server) == expected


def test_a_kill_loses_nothing_that_was_committed(folder: Path) -> None:
    server = database.start(folder)
    assert rows(server) == [0]
    children.stop(server.process, signal.SIGKILL)
    with database.running(folder) as again:
        assert rows(again) == [0, 1]


def test_a_lock_file_that_names_another_process_is_no_obstacle(folder: Path) -> None:
    with database.running(folder) as server:
        rows(server)
        lock = Path(server.process.args[server.process.args.index("-D") + 1]) / "postmaster.pid"  # type: ignore[union-attr, arg-type]
        text = lock.read_text()
    lock.write_text(text.replace(text.split("\n", 1)[0], str(os.getpid()), 1))
    with database.running(folder) as server:
        assert rows(server) == [0, 1]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to become somebody else")
@pytest.mark.parametrize("reachable", [True, False])
def test_root_without_user_namespaces_runs_it_as_nobody(
    folder: Path, reachable: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not reachable:  # an environment under /root, say
        monkeypatch.setattr(database, "_runs", lambda _binaries: False)
    elif not all(above.stat().st_mode & 0o001 for above in Path(sys.prefix, "bin").resolve().parents):
        pytest.skip("this environment stands in a folder that is root's alone")
    for expected in ([0], [0, 1]):
        with database.running(folder, namespaces=False) as server:
            assert rows(server) == expected
            assert Path(f"/proc/{server.process.pid}").stat().st_uid == database.UNPRIVILEGED
    assert not (folder / "data").exists()
    assert (database.outside_folder(folder) / "binaries").exists() is not reachable
