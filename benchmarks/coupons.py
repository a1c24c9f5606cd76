"""A hundred callers take uses of one coupon: the product's statements against SELECT … FOR UPDATE, in pgbench.

The statements are the texts that the product sends, with pgbench's values in place of the arguments. A round trip of
1 ms is a pause of the caller before each thing it sends; a commit of 3 ms is PostgreSQL's own `commit_delay`.
"""

# ruff: noqa: S608  (the statements are made of constants)
import os
import re
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch
from urllib.parse import urlsplit

from benchmarks.report import Report, ratios
from local import database as embedded
from shared.core.query import Query
from shared.domains.coupons.queries import offers, uses
from shared.domains.coupons.rows import Use
from tests.support.database import PASSWORD, Database, port_of, started

CALLERS, ROUNDS, SECONDS, SLOTS = 100, 7, 3, 100_000  # the seconds include those of signing in
VARIABLES = f"""
\\set redemption random(1, 9000000000000000000)
\\set user random(1, 9000000000000000000)
\\set start random(1, {SLOTS})
"""
COUPON, HOT = "'01a1f7d8-0000-7000-8000-000000000001'::uuid", "'01a1f7d8-0000-7000-8000-000000000002'::uuid"
VALUES = {
    "redemption_id": "lpad(to_hex(:redemption::bigint), 32, '0')::uuid",
    "user_id": "lpad(to_hex(:user::bigint), 32, '0')::uuid",
    "tenant_id": "lpad(to_hex(:client_id::bigint + 1), 32, '0')::uuid",
    "applied_to_type": "'invoice'::text",
    "applied_to_id": "lpad(to_hex(:redemption::bigint), 32, '0')::uuid",
    "plan_id": "null::text",
    "currency": "'INR'::text",
    "purchase_amount": "99900::bigint",
    "discount_amount": "19980::bigint",
    "final_amount": "79920::bigint",
    "created_at": "now()",
    "expires_at": "now() + interval '15 minutes'",
    "start": ":start::integer",
    "code": "'COUNTED'::text",
    "guesses": "'address'::bytea",
    "now": "now()",
}
VALUES |= {"tenant": VALUES["tenant_id"], "user": VALUES["user_id"]}
ROWS = f"""
    insert into tenants (id, name, time_zone, currency, created_at)
    select lpad(to_hex(n), 32, '0')::uuid, 'Tenant ' || n, 'Asia/Kolkata', 'INR', now()
    from generate_series(1, {CALLERS}) n;
    insert into coupons (
        id, code, name, coupon_type, discount_value, max_uses, max_uses_per_user, plan_ids, applies_to, duration,
        first_subscription_only, is_public, stackable, hot, valid_from, status, uses, created_by, created_at,
        updated_at)
    select id, name, name, 'percentage', 20, {SLOTS}, 1, '{{}}', 'all', 'once', false, true, false, name = 'HOT', now(),
        'active', 0, id, now(), now()
    from (values ({COUPON}, 'COUNTED'), ({HOT}, 'HOT')) as made (id, name);
"""
ANEW = f"""
    truncate coupon_holds, coupon_usages, coupon_slots;
    update coupons set uses = 0;
    insert into coupon_slots (coupon_id, number) select {HOT}, n from generate_series(1, {SLOTS}) n;
    vacuum analyze coupons, coupon_slots;
"""
AGREE = f"""
    select uses, (select count(*) from coupon_holds where coupon_id = {COUPON}),
        (select count(*) from coupon_usages where coupon_id = {COUPON}) from coupons where id = {COUPON}
"""


class Side(NamedTuple):
    name: str
    sent: tuple[str, ...]  # what waits for an answer each time


def run() -> Report:
    report = Report()
    locking, counted, slots = for_update(), Side("one statement", (text(uses.take_use),)), hot()
    with serving() as bench:
        compare(report, bench, "at once", 0, locking, {counted: 1.8})
        compare(report, bench, "at 1 ms", 1, locking, {counted: 6, as_redeemed(): 6})
    with patch.dict(embedded.SETTINGS, fsync="on", commit_delay="3000", commit_siblings="0"), serving() as bench:
        compare(report, bench, "3 ms commit", 0, locking, {counted: None, slots: 20})
    return report


def for_update() -> Side:
    """The same rows, written by whoever has locked the coupon and looked what is left."""
    names = ", ".join(Use._fields).replace("redemption_id", "id", 1)
    row = ", ".join(COUPON if name == "coupon_id" else VALUES[name] for name in Use._fields)
    hold = f"{VALUES['redemption_id']}, {COUPON}, {VALUES['user_id']}, {VALUES['expires_at']}"
    sent = (
        "begin;",
        f"select uses, max_uses, max_uses_per_user from coupons where id = {COUPON} for update;",
        f"update coupons set uses = uses + 1 where id = {COUPON};",
        f"with held as (insert into coupon_holds (redemption_id, coupon_id, user_id, held_until) values ({hold}))"
        f" insert into coupon_usages ({names}, state) values ({row}, 'reserved');",
        "commit;",
    )
    return Side("for update", sent)


def hot() -> Side:
    return Side("hot, slots", (text(uses.take_slot).replace(COUPON, HOT),))


def as_redeemed() -> Side:
    """As the endpoint sends it: what the coupon offers, then, with the commit, a use of it."""
    return Side(
        "as redeemed",
        (flush("begin;", text(offers.offer)), flush(text(uses.lock_user), text(uses.take_use), "commit;")),
    )


def flush(*statements: str) -> str:
    return "\n".join(["\\startpipeline", *statements, "\\endpipeline"])


def text(query: Any) -> str:
    """What the product sends, for a pgbench script: on one line, with values."""
    assert isinstance(query, Query)
    found = query.texts[frozenset()]

    def value(place: re.Match[str]) -> str:
        name, field = found.binds[int(place[1]) - 1]
        if name is None:
            return f"'{field}'"
        named = name if field is None else Use._fields[field]
        return f"({COUPON if named == 'coupon_id' else VALUES[named]})"

    return re.sub(r"\$(\d+)", value, " ".join(found.sql.split())) + ";"


class Bench(NamedTuple):
    database: Database
    folder: Path

    def per_second(self, side: Side, pause: int) -> float:
        """Uses taken, by as many as there are callers; `pause` is in ms. Afterwards the counts agree."""
        for statement in ANEW.split(";\n")[:-1]:
            self.database.run(statement)
        wait = f"\\sleep {pause} ms\n" if pause else ""
        script = self.folder / "script.sql"
        script.write_text(VARIABLES + "".join(f"{wait}{part}\n" for part in side.sent))
        pgbench = embedded.place(self.folder, embedded.user_namespaces()).binaries / "bin/pgbench"
        url = f"postgresql://app@127.0.0.1:{port_of(self.database.url)}{urlsplit(self.database.url).path}"
        ran = subprocess.run(
            [pgbench, "-n", "-M", "prepared", "-c", str(CALLERS), "-j", "2", "-T", str(SECONDS), "-f", script, url],
            env=os.environ | {"PGPASSWORD": PASSWORD, "PGOPTIONS": "-c role=app_staff -c lock_timeout=0"},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        found = re.search(r"tps = ([\d.]+) \(without", ran.stdout)
        if ran.returncode or not found:
            raise SystemExit(f"pgbench failed: {ran.stdout[-500:]} {ran.stderr[:2000]}")
        [[counted, held, recorded]] = self.database.run(AGREE)
        assert counted == held == recorded, (side.name, counted, held, recorded)
        return float(found[1])


@contextmanager
def serving() -> Iterator[Bench]:
    with tempfile.TemporaryDirectory() as folder, started(Path(folder) / "postgres") as database:
        for statement in ROWS.split(";\n")[:-1]:
            database.run(statement)
        yield Bench(database, Path(folder))


def compare(
    report: Report, bench: Bench, when: str, pause: int, locking: Side, others: dict[Side, float | None]
) -> None:
    """Interleaved rounds; a ratio within each."""
    took: dict[str, list[float]] = {side.name: [] for side in (locking, *others)}
    for _ in range(ROUNDS):
        for side in (locking, *others):
            took[side.name].append(bench.per_second(side, pause))
    for name, values in took.items():
        report.measured(f"{when}, {name}", values, "uses/s")
    for side, goal in others.items():
        report.ratio(f"{when}: {side.name}", ratios(took[side.name], took[locking.name]), goal)
