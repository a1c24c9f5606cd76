"""Statements on the tables that the core keeps: idempotency keys, outbox, inbox, audit, limits, failed attempts."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CTE,
    Column,
    ColumnElement,
    Delete,
    Insert,
    Update,
    and_,
    any_,
    case,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import insert

from shared.core import query
from shared.core.rows import KeptAnswer, OutboxRow, ReceivedRow
from shared.core.tables import (
    Rows,
    admin_audit_logs,
    audit_logs,
    idempotency_keys,
    inbox,
    one_of,
    outbox,
    rate_limits,
    signin_failures,
)

SLICE = 1000  # rows of one table that a pruning statement deletes at the most


@query.ahead
def claim_key(*, tenant: UUID, user: UUID, operation: str, key: str, digest: bytes, now: datetime) -> Insert:
    return idempotency_keys.insert().values(
        tenant_id=tenant, user_id=user, operation=operation, key=key, digest=digest, created_at=now
    )


@query.ahead
def claim_answered(
    *, tenant: UUID, user: UUID, operation: str, key: str, digest: bytes, now: datetime, status: int, body: str
) -> Insert:
    """Claim a key together with its answer, where that is known before anything was sent."""
    return idempotency_keys.insert().values(
        tenant_id=tenant,
        user_id=user,
        operation=operation,
        key=key,
        digest=digest,
        created_at=now,
        status=status,
        body=body,
    )


def _is_key(tenant: UUID, user: UUID, operation: str, key: str) -> ColumnElement[bool]:
    """The whole primary key: staff see every tenant's rows, so nothing else adds the tenant."""
    mine = idempotency_keys.c.tenant_id == tenant, idempotency_keys.c.user_id == user
    return and_(*mine, idempotency_keys.c.operation == operation, idempotency_keys.c.key == key)


@query.later
def keep_answer(*, tenant: UUID, user: UUID, operation: str, key: str, status: int, body: str) -> Update:
    mine = _is_key(tenant, user, operation, key)
    return idempotency_keys.update().where(mine).values(status=status, body=body)


@query.later
def release_key(*, tenant: UUID, user: UUID, operation: str, key: str) -> Delete:
    return idempotency_keys.delete().where(_is_key(tenant, user, operation, key))


@query.maybe(KeptAnswer)
def kept_answer(*, tenant: UUID, user: UUID, operation: str, key: str) -> Rows:
    kept = select(idempotency_keys.c.digest, idempotency_keys.c.status, idempotency_keys.c.body)
    return kept.where(_is_key(tenant, user, operation, key))


def _slice_before(time: Column[datetime], before: datetime) -> Delete:
    """Delete the oldest rows, at most SLICE of those before, and none that somebody else holds: two could lock rows in
    different orders. An index has to serve the time."""
    place: ColumnElement[Any] = literal_column("ctid")  # joined by key and `in`, the whole table may be read
    over = select(place).select_from(time.table).where(time < before).order_by(time).limit(SLICE)
    some = func.array(over.with_for_update(skip_locked=True).scalar_subquery())
    return time.table.delete().where(place == any_(some))


@query.count
def prune_keys(*, before: datetime) -> Delete:
    return _slice_before(idempotency_keys.c.created_at, before)


@query.later
def note_change(
    *,
    id: UUID,
    tenant: UUID,
    user: UUID,
    api_key: query.Nullable[UUID],
    admin: query.Nullable[UUID],
    operation: str,
    target: str,
    request_id: str,
    client_ip: str,
    now: datetime,
) -> Insert:
    return audit_logs.insert().values(
        id=id,
        tenant_id=tenant,
        user_id=user,
        api_key_id=api_key,
        admin_id=admin,
        operation=operation,
        target=target,
        request_id=request_id,
        client_ip=client_ip,
        at=now,
    )


@query.later
def note_act_of_admin(
    *,
    id: UUID,
    admin: UUID,
    user: query.Nullable[UUID],
    tenant: query.Nullable[UUID],
    operation: str,
    target: str,
    outcome: str,
    request_id: str,
    client_ip: str,
    now: datetime,
) -> Insert:
    return admin_audit_logs.insert().values(
        id=id,
        admin_id=admin,
        user_id=user,
        tenant_id=tenant,
        operation=operation,
        target=target,
        outcome=outcome,
        request_id=request_id,
        client_ip=client_ip,
        at=now,
    )


def counted_attempt(digest: bytes, account: bytes, now: datetime, until: datetime, most: int) -> CTE:
    """Part of a statement: counts an attempt at a password before it is judged.

    The count starts again when its time is over; from `most` failures on the time is no longer extended. The counter's
    row stays locked to the end of the transaction, so that parallel guesses are judged one after the other.
    """
    counted = insert(signin_failures).values(digest=digest, account=account, failures=1, until=until)
    over = signin_failures.c.until <= now
    locked = signin_failures.c.failures >= most
    return (
        counted.on_conflict_do_update(
            index_elements=["digest"],
            set_={
                "failures": case((over, 1), else_=signin_failures.c.failures + 1),
                "until": case((over, until), (locked, signin_failures.c.until), else_=until),
            },
        )
        .returning(signin_failures.c.failures, signin_failures.c.until)
        .cte("attempt")
    )


@query.later
def forget_failures(*, digest: bytes) -> Delete:
    return signin_failures.delete().where(signin_failures.c.digest == digest)


@query.later
def forget_accounts(*, accounts: list[bytes]) -> Delete:
    """Whatever the network that the failures came from."""
    return signin_failures.delete().where(one_of(signin_failures.c.account, accounts))


@query.count
def prune_failures(*, now: datetime) -> Delete:
    return _slice_before(signin_failures.c.until, now)


@query.count
def prune_limits(*, now: datetime) -> Delete:
    """Those paid back, but none that a request is just charging."""
    return _slice_before(rate_limits.c.until, now)


@query.later
def announce(*, id: UUID, tenant: query.Nullable[UUID], name: str, event: dict[str, object], now: datetime) -> Insert:
    return outbox.insert().values(id=id, tenant_id=tenant, name=name, event=event, created_at=now)


@query.all_(OutboxRow)
def lease_unsent(*, limit: int, now: datetime, until: datetime) -> Update:
    """Take the oldest events that are neither sent nor leased by another relay."""
    free = or_(outbox.c.leased_until.is_(None), outbox.c.leased_until < now)
    oldest = select(outbox.c.id).where(outbox.c.sent_at.is_(None), free).order_by(outbox.c.created_at, outbox.c.id)
    taken = oldest.limit(limit).with_for_update(skip_locked=True).scalar_subquery()
    leased = outbox.update().where(outbox.c.id.in_(taken)).values(leased_until=until)
    return leased.returning(outbox.c.id, outbox.c.tenant_id, outbox.c.name, outbox.c.event)


@query.count
def mark_sent(*, ids: list[UUID], now: datetime) -> Update:
    return outbox.update().where(one_of(outbox.c.id, ids)).values(sent_at=now)


@query.count
def prune_outbox(*, before: datetime) -> Delete:
    return _slice_before(outbox.c.sent_at, before)


@query.later
def receive(*, tenant: query.Nullable[UUID], consumer: str, event_id: UUID, now: datetime) -> Insert:
    return inbox.insert().values(tenant_id=tenant, consumer=consumer, event_id=event_id, received_at=now)


@query.maybe(ReceivedRow)
def received(*, consumer: str, event_id: UUID) -> Rows:
    return select(inbox.c.event_id).where(inbox.c.consumer == consumer, inbox.c.event_id == event_id)


@query.count
def prune_inbox(*, before: datetime) -> Delete:
    return _slice_before(inbox.c.received_at, before)
