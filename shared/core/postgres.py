"""pg8000 with fewer round trips: everything that is due travels in one flush.

`begin` and the opening statement wait for the first statement; deferred statements wait for the next flush, at the
latest `commit`. A flush is one extended-protocol batch up to a single Sync: the server runs the whole batch or, after
the first error, none of the rest, so that no statement can ever run outside the transaction that was to hold it.
"""

import select
import socket
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, NamedTuple

from pg8000.converters import PY_TYPES, TIMESTAMPTZ, make_param, make_params
from pg8000.core import (
    COMMAND_COMPLETE,
    DATA_ROW,
    IDLE,
    IN_FAILED_TRANSACTION,
    READY_FOR_QUERY,
    SYNC_MSG,
    TERMINATE_MSG,
    Context,
    CoreConnection,
    _flush,
    _read,
    _write,
    ci_unpack,
)
from pg8000.exceptions import DatabaseError, InterfaceError

__all__ = ["Connection", "DatabaseError", "InterfaceError", "Statement"]

MOST_DUE = 200  # answers pile up unread until the flush ends: keep them far below a socket's buffer
PATIENCE = 3000  # ms without an acknowledgement after which a peer that vanished counts as gone


class Statement(NamedTuple):
    sql: str
    values: Sequence[object] = ()


class Connection(CoreConnection):  # type: ignore[misc]  # pg8000 has no types
    """One connection, used for one transaction (or one series of single reads) after the other."""

    def __init__(self, **arguments: Any) -> None:
        self._arguments = arguments
        self._opening: Sequence[Statement] = ()
        self._due: list[Statement] = []
        self._meters: Sequence[Statement] = ()
        self._ahead: list[Statement] = []
        self._each = self._begun = self._open = False
        self.untouched = True  # nothing was executed or deferred since `start`
        self._connect()

    def start(self, opening: Sequence[Statement], *, each: bool, meters: Sequence[Statement] = ()) -> None:
        """Costs nothing. `each`: every statement is a transaction of its own, preceded by `opening`; else `opening`
        follows the `begin` that travels with the first statement. `meters` go before all that in the same flush and
        commit themselves: what they count stays whatever comes of the rest, and where one fails nothing else runs.
        RuntimeError inside an open transaction."""
        if self._open:
            raise RuntimeError("transactions do not nest")
        self._open = not each
        self._opening, self._each, self._begun, self._due, self._meters = opening, each, False, [], meters
        self._ahead = []
        self.untouched = True

    def execute(self, sql: str, values: Sequence[object] = ()) -> Context:
        """Run all that is due and this; one round trip. The context has `rows` (lists) and `row_count`."""
        first, self.untouched = not self._begun, False
        batch = [*self._before(), *self._due, Statement(sql, values)]
        self._due = []
        self._begun = not self._each
        return self._flush_safely(batch, again=first)

    def defer(self, sql: str, values: Sequence[object] = ()) -> None:
        """Send with the next flush; its rows are not read, its error appears there."""
        if self._each:
            raise RuntimeError("a deferred statement needs a transaction")
        self.untouched = False
        if len(self._due) < MOST_DUE:
            self._due.append(Statement(sql, values))
        else:
            self.execute(sql, values)

    @property
    def is_sent(self) -> bool:
        """Whether anything of this transaction is with the server already."""
        return self._begun

    def put_ahead(self, sql: str, values: Sequence[object] = ()) -> None:
        """Send before everything else of this transaction; replaces what was put ahead. RuntimeError once `is_sent`."""
        if self._begun or self._each:
            raise RuntimeError("it is too late to go ahead")
        self.untouched = False
        self._ahead = [Statement(sql, values)]

    def commit(self) -> None:
        """One round trip, none if nothing was executed or deferred."""
        if self._begun and self._transaction_status == IN_FAILED_TRANSACTION:
            raise DatabaseError("a statement of this transaction failed: it cannot be committed")
        if self._due or self._begun or self._ahead:
            batch = [*self._before(), *self._due, Statement("commit")]
            self._due, self._begun = [], False
            self._flush_safely(batch, again=False)
        self._open = False

    def rollback(self) -> None:
        self._due, self._ahead, self._begun, self._open = [], [], False, False
        if self._transaction_status != IDLE:
            self.execute_simple("rollback")

    def close(self) -> None:
        """Tell the server, if it still listens, and close."""
        with suppress(OSError, AttributeError, ValueError, InterfaceError):
            _write(self._sock, TERMINATE_MSG)
            _flush(self._sock)
        self._hang_up()

    def is_stale(self) -> bool:
        """Readable while idle: the server has hung up or is saying that it will. Costs no round trip."""
        try:
            return bool(select.select([self._usock], [], [], 0)[0])
        except (OSError, ValueError, TypeError):  # closed on our side
            return True

    def _connect(self) -> None:
        given = self._arguments
        try:
            sock = socket.create_connection((given["host"], given["port"]), given["timeout"])
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if hasattr(socket, "TCP_USER_TIMEOUT"):
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, PATIENCE)
            super().__init__(**given, sock=sock)
        except OSError as error:
            raise InterfaceError(f"network error: {error}") from error
        self.pg_types[TIMESTAMPTZ] = datetime.fromisoformat  # pg8000's own goes through strptime
        self.py_types[list] = _array  # pg8000's own takes the text "null" for no value

    def _before(self) -> list[Statement]:
        if self._begun:
            return []
        meters, ahead, self._meters, self._ahead = self._meters, self._ahead, (), []
        return [*meters, *([] if self._each else [Statement("begin")]), *self._opening, *ahead]

    def _flush_safely(self, batch: Sequence[Statement], *, again: bool) -> Context:
        """`again`: nothing of this transaction can have been committed, so a lost connection is replaced and the batch
        sent once more. Never after our own time-out: the statement may still be at work there."""
        try:
            context = self._exchange(batch)
        except (OSError, InterfaceError) as error:
            cause = error.__cause__ or error
            waited = isinstance(cause, TimeoutError) and cause.errno is None
            self._hang_up()
            if not again or waited:
                raise InterfaceError(f"network error: {cause}") from error
            self._connect()
            context = self._exchange(batch)
        if context.error is not None:
            raise context.error
        return context

    def _hang_up(self) -> None:
        """Whatever was under way is over; both are closed, for the file keeps the socket open."""
        for part in (self._sock, self._usock):
            with suppress(OSError, AttributeError, ValueError):
                part.close()
        self._sock: Any = None
        self._transaction_status = IDLE

    def _exchange(self, batch: Sequence[Statement]) -> Context:
        written = bytearray()
        for left, (sql, values) in zip(range(len(batch) - 1, -1, -1), batch, strict=True):
            written += _message(b"P", b"\0" + sql.encode() + b"\0\0\0")
            written += b"" if left else _message(b"D", b"S\0")
            written += _message(b"B", b"\0\0\0\0" + _encoded(make_params(self.py_types, values)) + b"\0\0")
            written += _message(b"E", b"\0\0\0\0\0")
        if self._sock is None:
            raise InterfaceError("the connection is closed")
        _write(self._sock, bytes(written) + SYNC_MSG)
        _flush(self._sock)
        context, unread, code = Context(batch[-1].sql), len(batch) - 1, None
        while code != READY_FOR_QUERY:
            code, length = ci_unpack(_read(self._sock, 5))
            data = _read(self._sock, length - 4)
            if unread and code in (COMMAND_COMPLETE, DATA_ROW):  # answers of all but the last statement
                unread -= code == COMMAND_COMPLETE
            else:
                self.message_types[code](data, context)
        return context


def _message(code: bytes, body: bytes) -> bytes:
    return code + (len(body) + 4).to_bytes(4, "big") + body


def _array(values: Sequence[object]) -> str:
    return "{" + ",".join(_element(value) for value in values) + "}"


def _element(value: object) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, list):
        return _array(value)
    escaped = str(make_param(PY_TYPES, value)).replace("\\", r"\\").replace('"', r"\"")
    return f'"{escaped}"'


def _encoded(parameters: Sequence[str | None]) -> bytes:
    texts = [None if text is None else text.encode() for text in parameters]
    sized = (b"\xff\xff\xff\xff" if text is None else len(text).to_bytes(4, "big") + text for text in texts)
    return len(texts).to_bytes(2, "big") + b"".join(sized)
