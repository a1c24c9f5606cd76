"""The process from which every worker is forked: it has the third-party libraries loaded, and nothing of ours.

One JSON line in (environment, handler, folders, log), the number of the new process out.
"""

import gc
import importlib
import json
import os
import signal
import sys
import time
from collections.abc import Mapping
from contextlib import suppress

from local.children import die_with_parent

PRELOADED = (
    "argon2", "boto3", "cryptography.hazmat.primitives.asymmetric.ec", "cryptography.hazmat.primitives.serialization",
    "email.message", "email_validator", "fpdf", "http.client", "multipart", "pg8000.core", "pydantic",
    "simplejson", "smtplib", "sqlalchemy.dialects.postgresql.pg8000", "uharfbuzz",
)  # fmt: skip


def main() -> None:
    die_with_parent()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # ended workers are reaped by the kernel
    for name in PRELOADED:
        with suppress(ImportError):  # a project without this library
            importlib.import_module(name)
    gc.collect()
    gc.freeze()
    while line := sys.stdin.readline():
        number = os.fork()
        if number == 0:
            _become_worker(json.loads(line))
        print(number, flush=True)


def _become_worker(job: Mapping[str, str]) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    die_with_parent()
    log = os.open(job["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.environ.clear()
    os.environ.update(json.loads(job["environment"]))
    time.tzset()
    os.chdir(job["folder"])
    sys.path[:] = [job["folder"], job["root"], *(path for path in sys.path[1:] if path)]
    sys.pycache_prefix, sys.dont_write_bytecode = job["pycache"], False
    for name in [name for name in sys.modules if name == "local" or name.startswith("local.")]:
        del sys.modules[name]
    runtime = importlib.import_module("awslambdaric.__main__")
    try:
        runtime.main(["bootstrap", job["handler"]])
    finally:
        os._exit(1)


if __name__ == "__main__":
    main()
