"""At most one effect per `Idempotency-Key`: the key is written in the transaction of the effect.

The insert goes ahead of all other statements, so it travels with the first of them and costs no round trip. A key that
exists already, also one that a racing twin is just committing, fails that flush before anything else of it has run.
"""

import hashlib
from datetime import datetime
from typing import TypedDict
from uuid import UUID

from shared.core import db, queries
from shared.core.call import Call
from shared.core.errors import Conflict, Invalid

CONSTRAINT = "idempotency_keys_pkey"
NOBODYS = UUID(int=0)  # the tenant of an admin's keys


class _Key(TypedDict):
    tenant: UUID
    user: UUID
    operation: str
    key: str


class _Claim(_Key):
    digest: bytes
    now: datetime


class IdempotencyKeyReused(Invalid):
    title = "This idempotency key came with another request before; take a new one"


class IdempotencyKeyInUse(Conflict):
    title = "A request with this idempotency key is still at work; try again"


def claim(call: Call, operation: str, key: str) -> None:
    """Goes ahead of all statements of the transaction; a key that is taken shows as a violation of CONSTRAINT."""
    queries.claim_key(call.connection, **_claimed(call, operation, key))


def keep(call: Call, operation: str, key: str, status: int, body: bytes) -> None:
    """The answer to repeat: beside the claim, or with it if that is still here."""
    text = body.decode()
    if call.connection.is_sent:
        queries.keep_answer(call.connection, **_named(call, operation, key), status=status, body=text)
    else:
        queries.claim_answered(call.connection, **_claimed(call, operation, key), status=status, body=text)


def release(call: Call, operation: str, key: str) -> None:
    """Give back the key of a request that was refused although what it wrote stays. Deferred."""
    queries.release_key(call.connection, **_named(call, operation, key))


def replay(call: Call, scope: db.Scope, operation: str, key: str) -> tuple[int, bytes]:
    """The answer given before; a key that came with another request is refused."""
    with db.reading(scope) as connection:
        found = queries.kept_answer(connection, **_named(call, operation, key))
    if found is None or found.status is None or found.body is None:  # the twin that held it was refused
        raise IdempotencyKeyInUse(retry_after=1)
    if found.digest != _digest(call):
        raise IdempotencyKeyReused
    return found.status, found.body.encode()


def _digest(call: Call) -> bytes:
    """Of what makes a request another one: its path and query, which hold the ids it is about, and its body, without
    the boundary between the parts of a form, which clients draw anew each time."""
    kind, _, boundary = call.headers.get("content-type", "").partition("boundary=")
    boundary = boundary.partition(";")[0].strip(' "') if kind.startswith("multipart/") else ""
    body = call.body.replace(boundary.encode("utf-8", "surrogatepass"), b"") if boundary else call.body
    return hashlib.sha256(call.target.encode("utf-8", "surrogatepass") + b"\n" + body).digest()


def _named(call: Call, operation: str, key: str) -> _Key:
    """A user's keys are apart from those of an admin who impersonates him, and an admin's by whom he impersonates."""
    actor = call.actor
    holder = (actor.session_id if actor.is_impersonated else actor.admin_id) or call.user_id
    return {"tenant": actor.tenant_id or NOBODYS, "user": holder, "operation": operation, "key": key}


def _claimed(call: Call, operation: str, key: str) -> _Claim:
    return {**_named(call, operation, key), "digest": _digest(call), "now": call.now}
