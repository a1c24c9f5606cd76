"""The floor: the least work that gives the right answer with the same driver; one prepared statement, JSON from SQL."""

import json
from collections.abc import Callable
from urllib.parse import urlsplit

import pg8000.native

SHOWN = "id, person_name, designation, company_name, mobile_no, email, gst_no, address, created_at"
PAGE = f"""
    select json_build_object('items', coalesce(json_agg(p), '[]'))::text from (
        select {SHOWN} from party_profiles where tenant_id = cast(:tenant as uuid) and deleted_at is null
        order by created_at desc, id desc limit 20
    ) p
"""  # noqa: S608
ADD = f"""
    with kept as (
        insert into idempotency_keys (tenant_id, user_id, operation, key, digest, created_at)
        values (cast(:tenant as uuid), cast(:user as uuid), 'floor', gen_random_uuid()::text, '', now())
    ), p as (
        insert into party_profiles
            (id, tenant_id, created_at, person_name, company_name, mobile_no, email, gst_no, address)
        values (gen_random_uuid(), cast(:tenant as uuid), now(), :person_name, :company_name, :mobile_no, :email,
            :gst_no, :address)
        returning {SHOWN}
    ) select to_json(p)::text from p
"""  # noqa: S608


def connect(url: str) -> pg8000.native.Connection:
    to = urlsplit(url)
    return pg8000.native.Connection(
        to.username, password=to.password, host=to.hostname, port=to.port, database=to.path[1:]
    )


def lister(connection: pg8000.native.Connection, tenant: str) -> Callable[[], str]:
    prepared = connection.prepare(PAGE)
    return lambda: str(prepared.run(tenant=tenant)[0][0])


def creator(connection: pg8000.native.Connection, tenant: str, user: str) -> Callable[[str], str]:
    prepared = connection.prepare(ADD)
    return lambda body: str(prepared.run(tenant=tenant, user=user, **json.loads(body))[0][0])
