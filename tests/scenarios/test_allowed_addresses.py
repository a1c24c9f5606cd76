"""Admins come only from where the list says, whatever their headers say; nobody locks himself out, and break glass."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import UUID

import pytest

from shared.core import db
from shared.core.call import Actor, Call
from shared.core.errors import Problem
from shared.domains.admins.queries import allow_list as queries
from shared.domains.admins.queries import break_glass as codes
from shared.domains.admins.rows import ToldRow
from shared.domains.admins.schemas.accounts import AdminCredentials
from shared.domains.admins.service import allow_list, sessions
from tests.functions.admins.colleagues import ALLOWED, invited, listed, problem
from tests.support import admins
from tests.support.admins import log_in
from tests.support.client import PASSWORD, Answer, Client, Request, Transport
from tests.support.database import Database
from tests.support.stack import Stack

OFFICE, IN_OFFICE = "203.0.113.0/24", "203.0.113.7"
HERE, ELSEWHERE = "127.0.0.0/8", "198.51.100.9"
REFUSED = 403, "address-not-allowed"
PROFILE = "/api/admin/profile"
AUTHORS, USERS = 8, 8


@pytest.fixture(autouse=True)
def cleared(database: Database) -> Iterator[None]:
    """Entries about everybody would keep out the admins of other tests."""
    database.run("delete from admin_ip_whitelist")
    yield
    database.run("delete from admin_ip_whitelist")


def sent(headers: dict[str, str], transport: Transport, request: Request) -> Answer:
    given = dict(request.headers) | headers
    return transport(Request(request.method, request.path, request.json, headers=given))


def coming(admin: Client, address: str = "", **headers: str) -> Client:
    """The same, from an address that the gateway sees, or with headers that say something."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    more = named | ({"x-test-ip": address} if address else {})
    return Client(partial(sent, more, admin.transport), admin.token, admin.account)


def own_id(admin: Client) -> str:
    return str(admin.account["admin"]["id"])


# Who is admitted


def test_an_entry_about_one_admin_keeps_him_in_it_at_once_and_nobody_else(admin: Client) -> None:
    support = invited(admin)
    listed(admin, OFFICE, admin_id=own_id(support))
    assert problem(support.get(PROFILE)) == problem(log_in(support)) == REFUSED
    inside = coming(support, IN_OFFICE)
    assert inside.get(PROFILE).status == log_in(inside).status == 200, "the same session, from there"
    assert admin.get(PROFILE).status == log_in(coming(admin, ELSEWHERE)).status == 200


def test_entries_about_everybody_and_about_one_add_up(admin: Client) -> None:
    support, finance = invited(admin), invited(admin, "finance_admin")
    assert admin.post(ALLOWED, {"cidr": HERE}).status == 201
    listed(admin, OFFICE, admin_id=own_id(support))
    for who, address, status in (
        (support, IN_OFFICE, 200), (support, "127.0.0.1", 200), (support, ELSEWHERE, 403),
        (finance, IN_OFFICE, 403), (finance, "127.0.0.1", 200),
    ):  # fmt: skip
        assert coming(who, address).get(PROFILE).status == log_in(coming(who, address)).status == status, address


def test_an_entry_that_is_switched_off_does_not_count(admin: Client) -> None:
    support = invited(admin)
    made = listed(admin, OFFICE, admin_id=own_id(support))
    for enabled, status in ((False, 200), (True, 403)):
        assert admin.patch(f"{ALLOWED}/{made['id']}", {"enabled": enabled}).status == 200
        assert support.get(PROFILE).status == status


@pytest.mark.parametrize(
    ("cidr", "address", "status"),
    [
        ("2001:db8::/32", "2001:db8:1::7", 200),
        ("2001:db8::/32", "2001:DB8::0:7", 200),
        ("2001:db8::/32", "2001:db9::7", 403),
        ("2001:db8::7", "2001:db8::7", 200),
        (OFFICE, "::ffff:203.0.113.7", 200),
        ("::ffff:203.0.113.7", IN_OFFICE, 200),
        ("::ffff:203.0.113.7", "203.0.113.8", 403),
        (OFFICE, "2001:db8::7", 403),
        ("::/0", IN_OFFICE, 403),
        ("0.0.0.0/0", "2001:db8::7", 403),
        ("0.0.0.0/0", "", 200),
        (OFFICE, "unknown", 403),
    ],
)
def test_ipv6_and_ipv4_in_ipv6(cidr: str, address: str, status: int, admin: Client) -> None:
    support = invited(admin)
    listed(admin, cidr, admin_id=own_id(support))
    who = coming(support, address)
    assert who.get(PROFILE).status == log_in(who).status == status


# What a header says


@pytest.mark.parametrize(
    "header", ["x-forwarded-for", "x-real-ip", "forwarded", "true-client-ip", "cf-connecting-ip", "x-viewer-address"]
)
@pytest.mark.parametrize("deployed", [False, True])
def test_no_header_brings_anybody_in(
    header: str, deployed: bool, admin: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VIEWER_SECRET", "known to the edge" if deployed else "")
    support = invited(admin)
    listed(admin, OFFICE, admin_id=own_id(support))
    for proof in ({}, {"x-viewer-secret": ""}, {"x-viewer-secret": "guessed"}):
        who = coming(support, **{header: IN_OFFICE}, **proof)
        assert problem(who.get(PROFILE)) == problem(log_in(who)) == REFUSED


def test_the_edge_that_proves_itself_is_believed_both_ways(admin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIEWER_SECRET", "known to the edge")
    support = invited(admin)
    listed(admin, OFFICE, admin_id=own_id(support))
    edge = partial(coming, support, x_viewer_secret="known to the edge")
    assert edge(x_viewer_address=IN_OFFICE).get(PROFILE).status == 200
    assert edge(x_viewer_address=ELSEWHERE, x_forwarded_for=IN_OFFICE).get(PROFILE).status == 403
    assert edge(IN_OFFICE).get(PROFILE).status == 403, "an edge that names nobody admits nobody"


def test_over_http_too(stack: Stack) -> None:
    admin = admins.new_admin(stack.database, transport=stack.transport)
    support = admins.new_admin(stack.database, "support_staff", stack.transport)
    listed(admin, OFFICE, admin_id=own_id(support))
    proof = {"x_viewer_secret": stack.json["viewer_secret"]}
    assert coming(support, x_viewer_address=IN_OFFICE, **proof).get(PROFILE).status == 200
    for spoofed in ({"x_forwarded_for": IN_OFFICE}, {"x_real_ip": IN_OFFICE}, {"x_viewer_address": IN_OFFICE}):
        assert problem(coming(support, **spoofed).get(PROFILE)) == REFUSED


# Locking oneself out


def test_a_first_entry_must_admit_its_author(admin: Client) -> None:
    for about in ({}, {"admin_id": own_id(admin)}):
        assert problem(admin.post(ALLOWED, {"cidr": OFFICE, **about})) == (409, "would-lock-you-out")
        assert coming(admin, IN_OFFICE).post(ALLOWED, {"cidr": "::ffff:203.0.113.7", **about}).status == 201
        assert problem(admin.get(PROFILE)) == REFUSED
        assert admins_entries(coming(admin, IN_OFFICE)) == ["203.0.113.7/32"], "and the refused one is not there"
        remove_all(coming(admin, IN_OFFICE))


def admins_entries(admin: Client) -> list[str]:
    return [entry["cidr"] for entry in admin.get(ALLOWED, limit=100).json["items"]]


def remove_all(admin: Client) -> None:
    for entry in admin.get(ALLOWED, limit=100).json["items"]:
        assert admin.delete(f"{ALLOWED}/{entry['id']}").status == 204


def test_no_change_or_removal_locks_its_author_out(admin: Client) -> None:
    about = {"admin_id": own_id(admin)}
    mine, other = listed(admin, HERE, **about), listed(admin, OFFICE, **about)
    for changes in ({"cidr": "127.0.0.2"}, {"enabled": False}, {"cidr": ELSEWHERE, "enabled": True}):
        answer = admin.patch(f"{ALLOWED}/{mine['id']}", changes)
        assert problem(answer) == (409, "would-lock-you-out"), changes
    assert problem(admin.delete(f"{ALLOWED}/{mine['id']}")) == (409, "would-lock-you-out")
    assert admins_entries(admin) == [OFFICE, HERE], "all is as it was"
    assert admin.delete(f"{ALLOWED}/{other['id']}").status == 204
    assert admin.delete(f"{ALLOWED}/{mine['id']}").status == 204, "without any entry he comes from everywhere"
    assert coming(admin, ELSEWHERE).get(PROFILE).status == 200


def test_another_may_be_locked_out(admin: Client, database: Database) -> None:
    colleague = admins.new_admin(database)
    listed(admin, OFFICE, admin_id=own_id(colleague))
    assert problem(colleague.get(PROFILE)) == REFUSED


def remove(author: UUID, entry: UUID, together: threading.Barrier) -> str:
    """What became of one author's removal, on a connection of his own."""
    call = Call(Actor(admin_id=author, role="super_admin"), datetime.now(UTC), client_ip="127.0.0.1")
    together.wait()
    try:
        with db.transaction(db.Scope(staff=True, at=call.now)) as call.connection:
            call.connection.execute("set local lock_timeout = '60s'")
            allow_list.remove_address(call, entry)
        return "removed"
    except Problem as problem:
        return problem.slug
    finally:
        db.hang_up()


def race(database: Database) -> list[str]:
    """Each of several authors removes another of the entries that admit them all; one more admits none of them."""
    authors = [admins.new_admin(database) for _ in range(AUTHORS)]
    entries = [listed(authors[0], f"127.0.0.0/{8 + n}", admin_id=None)["id"] for n in range(AUTHORS)]
    listed(authors[0], OFFICE, admin_id=None)
    together = threading.Barrier(AUTHORS, timeout=60)
    with ThreadPoolExecutor(AUTHORS) as pool:
        jobs = zip(authors, entries, strict=True)
        return sorted(pool.map(lambda job: remove(UUID(own_id(job[0])), UUID(job[1]), together), jobs))


def test_authors_who_change_the_list_at_once_do_not_lock_one_another_out(database: Database) -> None:
    assert race(database) == ["removed"] * (AUTHORS - 1) + ["would-lock-you-out"]


def test_the_race_catches_a_check_that_is_made_before_it_holds(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted fault: look at the list without the lock, then commit."""
    everybody_has_looked, admitted = threading.Barrier(AUTHORS, timeout=60), queries.admitted

    def look(connection: db.Connection, **given: Any) -> object:
        found = admitted(connection, **given)
        everybody_has_looked.wait()
        return found

    monkeypatch.setattr(allow_list, "lock_staff", lambda _: None)
    monkeypatch.setattr(queries, "admitted", look)
    assert race(database) == ["removed"] * AUTHORS


# Break glass


def code_of(admin: Client) -> str:
    return str(admin.post(f"{ALLOWED}/break-glass").json["code"])


def told(database: Database, by: str) -> list[str]:
    rows = database.run(
        "select event->>'to' from outbox where event->>'template' = 'BREAK_GLASS_USED'"
        " and created_at >= (select max(at) from admin_login_audit_logs where event = 'break_glass_used'"
        " and admin_id = :by)", by=by,
    )  # fmt: skip
    return sorted(str(row[0]) for row in rows)


def test_a_code_lets_its_admin_in_from_anywhere_once_and_every_super_admin_is_told(
    admin: Client, database: Database
) -> None:
    code = code_of(admin)
    listed(admin, HERE, admin_id=own_id(admin))
    outside = coming(admin, ELSEWHERE)
    assert problem(log_in(outside)) == REFUSED
    answer = log_in(outside, break_glass_code=code)
    assert answer.status == 200
    inside = Client(outside.transport, answer.json["access_token"])
    assert inside.get(PROFILE).status == 200
    assert Client(token=answer.json["access_token"]).get(PROFILE).status == 200, "from wherever"
    assert problem(outside.get(PROFILE)) == REFUSED, "the session of before is not let out"
    assert problem(log_in(outside, break_glass_code=code)) == REFUSED
    supers = database.run(
        "select email from admins where role = 'super_admin' and disabled_at is null order by email collate \"C\""
    )
    assert told(database, own_id(admin)) == [row[0] for row in supers]


def test_who_came_in_so_mends_the_list(admin: Client) -> None:
    code, about = code_of(admin), {"admin_id": own_id(admin)}
    wrong = listed(admin, HERE, **about)
    outside = coming(admin, ELSEWHERE)
    outside.token = log_in(outside, break_glass_code=code).json["access_token"]
    assert problem(outside.patch(f"{ALLOWED}/{wrong['id']}", {"cidr": OFFICE})) == (409, "would-lock-you-out")
    assert outside.post(ALLOWED, {"cidr": ELSEWHERE, **about}).status == 201
    assert log_in(outside).status == 200


def test_a_code_is_its_admins_alone_and_the_newest_counts(admin: Client, database: Database) -> None:
    other, codes = admins.new_admin(database), [code_of(admin), code_of(admin)]
    for who in (admin, other):
        listed(admin, HERE, admin_id=own_id(who))
    for who, code in ((admin, codes[0]), (other, codes[1]), (admin, "x"), (admin, codes[1][:-1])):
        assert problem(log_in(coming(who, ELSEWHERE), break_glass_code=code)) == REFUSED
    assert log_in(coming(admin, ELSEWHERE), break_glass_code=codes[1]).status == 200


def test_it_takes_the_right_password_and_is_not_spent_where_it_is_not_needed(admin: Client) -> None:
    code = code_of(admin)
    listed(admin, HERE, admin_id=own_id(admin))
    wrong = {"email": admin.account["admin"]["email"], "password": "x", "break_glass_code": code}
    assert coming(Client(), ELSEWHERE).post("/api/admin/login", wrong).status == 401
    assert log_in(admin, break_glass_code=code).status == 200
    assert log_in(coming(admin, ELSEWHERE), break_glass_code=code).status == 200


def test_it_does_not_open_for_who_is_disabled(admin: Client, database: Database) -> None:
    code, about = code_of(admin), own_id(admin)
    listed(admin, HERE, admin_id=about)
    database.run("update admins set disabled_at = created_at where id = :id", id=about)
    answer = log_in(coming(admin, ELSEWHERE), break_glass_code=code)
    assert problem(answer) == (403, "admin-disabled")


def use(admin: Client, code: str, number: int, together: threading.Barrier) -> str:
    """What became of one log-in, from an address of its own on a connection of its own."""
    call = Call(Actor(), datetime.now(UTC), client_ip=f"198.51.100.{number}")
    given = AdminCredentials(email=admin.account["admin"]["email"], password=PASSWORD, break_glass_code=code)
    together.wait()
    try:
        with db.transaction(db.Scope(staff=True, at=call.now)) as call.connection:
            call.connection.execute("set local lock_timeout = '60s'")
            sessions.log_in(call, given)
        return "in"
    except Problem as problem:
        return problem.slug
    finally:
        db.hang_up()


def uses(admin: Client) -> list[str]:
    """One code, used by many at once."""
    code = code_of(admin)
    listed(admin, HERE, admin_id=own_id(admin))
    together = threading.Barrier(USERS, timeout=60)
    with ThreadPoolExecutor(USERS) as pool:
        return sorted(pool.map(lambda n: use(admin, code, n, together), range(USERS)))


def test_of_many_who_use_a_code_at_once_one_is_let_in(admin: Client) -> None:
    assert uses(admin) == ["address-not-allowed"] * (USERS - 1) + ["in"]


def test_the_race_catches_a_code_that_is_looked_up_before_it_is_spent(
    admin: Client, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted fault: see that the code was not used, then spend it."""
    everybody_has_looked = threading.Barrier(USERS, timeout=60)

    def look_and_spend(_: db.Connection, *, admin_id: UUID, digest: bytes, now: datetime) -> list[ToldRow]:
        about = {"id": str(admin_id), "digest": digest}
        right = "admin_id = :id and digest = :digest and used_at is null"
        found = database.run(f"select from admin_break_glass_codes where {right}", **about)
        everybody_has_looked.wait()
        database.run(f"update admin_break_glass_codes set used_at = now() where {right}", **about)
        return [ToldRow("boss@example.com", "Nikhil Rao", "Nikhil Rao")] if found else []

    monkeypatch.setattr(codes, "use_code", look_and_spend)
    assert uses(admin) == ["in"] * USERS
