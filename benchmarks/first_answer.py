"""A fresh process up to its first answer. What to call comes as JSON on stdin; status and body go to stdout.

Each side imports only what it needs, so imports stand inside the functions.
"""

import json
import os
import sys


def answered(status: int, body: str) -> None:
    """The process ends here: taking an interpreter down is no part of an answer."""
    print(status, body, flush=True)
    os._exit(0)


def ours() -> None:
    import importlib

    given = json.load(sys.stdin)
    answer = importlib.import_module(given["function"]).handler(given["event"], None)
    answered(answer["statusCode"], answer["body"])


def peer() -> None:
    import asyncio

    from benchmarks.asgi import call
    from benchmarks.peer import app, connect

    given = json.load(sys.stdin)
    connect(given["url"])
    scope = given["scope"]
    scope["headers"] = [(name.encode(), value.encode()) for name, value in scope["headers"]]
    status, answer = asyncio.run(call(app, scope | {"query_string": b""}, given["body"].encode()))
    answered(status, answer.decode())


def floor() -> None:
    from benchmarks.floor import connect, lister

    given = json.load(sys.stdin)
    answered(200, lister(connect(given["url"]), given["tenant"])())
