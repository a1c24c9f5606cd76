"""What both applications are measured on: one database with 20 tenants of 500 parties, and the same two calls."""

import json
import os
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import jwt

from local.settings import make_secrets
from tests.support.database import Database, app_url, port_of, started

ROWS = """
    insert into tenants (id, name, time_zone, currency, created_at)
    select gen_random_uuid(), 'Tenant ' || n, 'Asia/Kolkata', 'INR', now() from generate_series(1, 20) n;
    insert into party_profiles (id, tenant_id, person_name, company_name, mobile_no, email, gst_no, address, created_at)
    select gen_random_uuid(), tenants.id, 'Asha Sharma ' || n, 'Sharma Packaging ' || n, '+91 98765 43210',
        'buyer' || n || '@example.com', '27AAPFU0939F1ZV', E'12 Industrial Estate\nPune 411001',
        now() - n * interval '1 minute'
    from tenants, generate_series(1, 500) n;
    insert into users (id, email, password_hash, full_name, locale, email_verified, created_at)
    values (gen_random_uuid(), 'bench@example.com', '', 'Asha Sharma', 'en-IN', true, now());
    insert into tenant_users (tenant_id, user_id, role, created_at)
    select (select id from tenants order by id limit 1), id, 'owner', now() from users;
    insert into user_sessions (id, tenant_id, user_id, user_agent, client_ip, created_at, last_seen_at, expires_at)
    select gen_random_uuid(), tenant_id, user_id, '', '', now(), now(), now() + interval '1 day' from tenant_users;
    analyze;
"""
GIVEN = {
    "person_name": "Ravi Kumar",
    "company_name": "Kumar Foods",
    "mobile_no": "+91 98765 43210",
    "email": "ravi@example.com",
    "gst_no": "27AAPFU0939F1ZV",
    "address": "7 Market Road\nNashik 422001",
}


class Operation(NamedTuple):
    name: str
    method: str
    path: str
    function: str  # the module of ours
    status: int


LIST = Operation("list", "GET", "/api/parties", "functions.quotes.list_parties", 200)
CREATE = Operation("create", "POST", "/api/parties", "functions.quotes.create_party", 201)
OPERATIONS = LIST, CREATE


class Stage(NamedTuple):
    database: Database
    claims: dict[str, str]  # of the owner, as the authorizer passes them on
    token: str  # of the same owner, for the peer

    @property
    def app_url(self) -> str:
        """Of the functions, past the proxy that counts."""
        return app_url(self.database.url, port_of(self.database.url))

    def event(self, operation: Operation) -> dict[str, Any]:
        """The call as API Gateway hands it to our function; each creation has a key of its own."""
        headers, body = _content(operation)
        return {
            "version": "2.0",
            "routeKey": f"{operation.method} {operation.path}",
            "rawPath": operation.path,
            "rawQueryString": "",
            "headers": headers | {"authorization": "Bearer …"},
            "requestContext": {
                "requestId": str(uuid.uuid4()),
                "stage": "$default",
                "http": {"method": operation.method, "path": operation.path, "sourceIp": "127.0.0.1"},
                "authorizer": {"lambda": self.claims},
            },
            "body": body,
            "isBase64Encoded": False,
        }

    def request(self, operation: Operation) -> tuple[dict[str, Any], bytes]:
        """The call as an ASGI server hands it to the peer: scope and body."""
        headers, body = _content(operation)
        sent = {"host": "localhost", "authorization": f"Bearer {self.token}"} | headers
        return {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": operation.method,
            "scheme": "http",
            "path": operation.path,
            "raw_path": operation.path.encode(),
            "root_path": "",
            "query_string": b"",
            "headers": [(name.encode(), value.encode()) for name, value in sent.items()],
            "client": ("127.0.0.1", 50000),
            "server": ("127.0.0.1", 8000),
        }, body.encode()


@contextmanager
def set_up() -> Iterator[Stage]:
    with tempfile.TemporaryDirectory() as folder, started(Path(folder) / "postgres") as database:
        secrets = make_secrets(Path(folder))
        os.environ |= {
            "SESSION_SECRET": secrets.session_secret,
            "SIGNING_KEY": secrets.signing_key,
            "PEER_SECRET": secrets.session_secret,
            "RATE_LIMIT_FACTOR": "1000",
            "FACTOR_KEY": secrets.factor_key,
        }
        for statement in ROWS.split(";\n")[:-1]:
            database.run(statement)
        ((user, tenant, session, role),) = database.run(
            "select u.user_id, u.tenant_id, s.id, u.role from tenant_users u join user_sessions s using (user_id)"
        )
        ends = datetime.now(UTC) + timedelta(hours=12)
        claims = {"auth": "ok", "audience": "user", "role": str(role), "expires_at": str(int(ends.timestamp()))}
        claims |= {"user_id": str(user), "tenant_id": str(tenant), "session_id": str(session)}
        token = jwt.encode({"sub": str(user), "aud": "user", "exp": ends}, secrets.session_secret, "HS256")
        yield Stage(database, claims, token)


def _content(operation: Operation) -> tuple[dict[str, str], str]:
    if operation.method == "GET":
        return {"accept": "application/json"}, ""
    headers = {"content-type": "application/json", "idempotency-key": str(uuid.uuid4())}
    return headers, json.dumps(GIVEN)
