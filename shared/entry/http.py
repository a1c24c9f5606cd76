"""One endpoint: everything a request passes through, in order, on one screen."""

import base64
import logging
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, Literal, TypeVar

from shared.core import audit, clock, db, idempotency
from shared.core.addresses import plain
from shared.core.call import SCOPES, Actor, Call
from shared.core.errors import BadRequest, Kind, Problem
from shared.core.files import File
from shared.core.permissions import PERMISSIONS
from shared.entry import answer, caller, limits, wiring
from shared.entry.answer import Answer
from shared.entry.refusals import explained
from shared.entry.route import Route, arguments, declare

F = TypeVar("F", bound=Callable[..., Any])
Event = Mapping[str, Any]

FACTOR_FRESH = timedelta(minutes=5)


class IdempotencyKeyRequired(BadRequest):
    title = "Send an Idempotency-Key header of 1 to 255 characters"


class Api:
    """Declares the one operation of a Lambda; SAM template, OpenAPI document and generated tests are read from it.

    `scope` is what a user's role needs for it, `permission` what an admin's does; without one, and not `public`, it is
    enough to be signed in. `impersonation`: whether an admin may do it in a user's name, "always" also where he may
    only read. `approved` wants a tenant that the platform has approved. `enrolling`: for an admin who still has to set
    up his second factor. `step_up` wants a second factor shown in the last five minutes, of whom has one.

    `reads`: the operation stores nothing, each statement is its own transaction; without `database` it makes none.
    `across_tenants` sees every tenant's rows, as an admin does. `secret`: its answer holds one, or its body a password,
    so neither is stored for a repeat. `cost`: what a call takes of the rate limits, 0 for nothing; `per_minute`: how
    often one caller may make it; `guessable`: it has a limit of its own, per address, because it checks a secret.
    `needs`: see tools/needs.py. `problems`: what it may answer besides the usual.
    """

    call: Call
    route: Route

    def __init__(
        self,
        *,
        scope: str | None = None,
        permission: str | None = None,
        public: bool = False,
        audience: Literal["user", "admin", "both"] = "user",
        impersonation: Literal["allowed", "never", "always"] = "allowed",
        approved: bool = False,
        enrolling: bool = False,
        idempotency: Literal["accepted", "required"] = "accepted",
        reads: bool = False,
        database: bool = True,
        across_tenants: bool = False,
        step_up: bool = False,
        secret: bool = False,
        cost: int = 1,
        per_minute: int = 0,
        guessable: bool = False,
        needs: tuple[str, ...] = (),
        problems: tuple[type[Problem], ...] = (),
        timeout: int = 15,
        memory: int = 512,
    ) -> None:
        if scope is not None and not any(scope in scopes for scopes in SCOPES.values()):
            raise ValueError(f"no role has the scope {scope}")
        if permission is not None and permission not in PERMISSIONS:
            raise ValueError(f"there is no permission {permission}")
        self.scope, self.permission, self.public, self.audience = scope, permission, public, audience
        self.impersonation, self.approved, self.enrolling = impersonation, approved, enrolling
        self.idempotency = idempotency
        self.reads, self.database, self.across_tenants = reads, database, across_tenants
        self.step_up, self.secret = step_up, secret
        self.cost, self.per_minute, self.guessable = cost, per_minute, guessable
        self.needs, self.problems = needs, problems
        self.timeout, self.memory = timeout, memory

    def get(self, path: str) -> Callable[[F], F]:
        self.reads = True
        return self._register("GET", path, 200)

    def post(self, path: str, *, status: int = 200) -> Callable[[F], F]:
        return self._register("POST", path, status)

    def put(self, path: str) -> Callable[[F], F]:
        return self._register("PUT", path, 200)

    def patch(self, path: str) -> Callable[[F], F]:
        return self._register("PATCH", path, 200)

    def delete(self, path: str) -> Callable[[F], F]:
        return self._register("DELETE", path, 204)

    def _register(self, method: str, path: str, status: int) -> Callable[[F], F]:
        def register(function: F) -> F:
            self.route = declare(method, path, status, function)
            return function

        return register

    @property
    def changes(self) -> bool:
        """Whether it is a write by somebody known, and so audited."""
        return not (self.reads or self.public)

    @property
    def takes_key(self) -> bool:
        """Whether an Idempotency-Key means something here: a change whose answer may be kept."""
        return self.changes and not self.secret

    def handler(self, event: Event, context: object) -> Answer:
        """The Lambda's entry point: API Gateway's payload 2.0 in, its answer out."""
        route = self.route
        try:
            self.call = self._receive(event)
            self._permit()
            given = arguments(
                route,
                event.get("pathParameters") or {},
                event.get("queryStringParameters") or {},
                self.call.headers.get("content-type", ""),
                self.call.body,
            )
            shown: list[Any] = []

            def work() -> bytes:
                shown.append(route.function(**given))
                return answer.sendable(route.render(shown[0]), shown[0])

            try:
                status, body, replayed = self._perform(work)
            finally:
                if self.call.delay:  # even a sleep of 0 takes 75 µs
                    time.sleep(self.call.delay)
            if self.call.announced:
                wiring.nudge_relay()
            file = shown[0] if shown and isinstance(shown[0], File) else None
            return answer.success(status, body, file=file, replayed=replayed)
        except Problem as problem:
            if problem.kind is Kind.FORBIDDEN:
                self._note_refusal()
            return answer.problem(problem, event)
        except Exception:
            logging.getLogger("http").exception("%s failed, request %s", route.operation, answer.request_id(event))
            return answer.unexpected(event)

    def _receive(self, event: Event) -> Call:
        """401 without an actor whom the authorizer has verified."""
        now = clock.now()
        actor = Actor() if self.public else caller.actor(event, now.timestamp())
        raw = event.get("body") or ""
        body = base64.b64decode(raw) if event.get("isBase64Encoded") else raw.encode("utf-8", "surrogatepass")
        headers = {name.lower(): value for name, value in event.get("headers", {}).items()}
        client_ip = caller.address(event, headers)
        scope = db.Scope(
            actor.tenant_id,
            staff=self.across_tenants or actor.is_admin,
            guard="key" if actor.key_id else "admin" if actor.is_admin else "session" if actor.session_id else "",
            guard_id=actor.key_id or actor.session_id,
            at=now,
            factor_after=now - FACTOR_FRESH if self.step_up else None,
            address=plain(client_ip) if actor.is_admin else "",
            approved=self.approved and "unapproved" in actor.marks,
            limits=self._limits(actor, client_ip) if self.cost else (),
            cost=self.cost,
        )
        target = f"{event['rawPath']}?{event.get('rawQueryString', '')}"
        return Call(actor, now, headers, body, target, client_ip, answer.request_id(event), scope)

    def _limits(self, actor: Actor, client_ip: str) -> tuple[db.Limit, ...]:
        operation, guessable, per_minute = self.route.operation, self.guessable, self.per_minute
        return limits.of(actor, client_ip, operation, guessable=guessable, per_minute=per_minute)

    def _permit(self) -> None:
        """403 where the caller may not; the body is not judged yet.

        The admins' log keeps what an admin was refused, and whatever he asks in a user's name.
        """
        call = self.call
        refused = None if self.public else caller.refusal(self, call.actor)
        if call.actor.admin_id and (refused or call.actor.is_impersonated):
            address = plain(call.client_ip)  # an admin's, be it in a user's name
            scope = call.scope._replace(staff=True, approved=False, factor_after=None, address=address)
            with explained(call), db.transaction(scope) as call.connection:
                audit.note_act(call, self.route.operation, "refused" if refused else "asked")
            call.scope, call.noted = call.scope._replace(limits=()), True
        if refused:
            raise refused

    def _note_refusal(self) -> None:
        """What a use case or the database refused to an admin is in his log too, if it can be written."""
        call = self.call
        if call.actor.is_admin and not call.noted:
            try:
                with db.transaction(call.scope.unmetered()) as call.connection:
                    audit.note_act(call, self.route.operation, "refused")
            except Exception:
                logging.getLogger("http").exception("the refusal of request %s was not noted", call.request_id)

    def _perform(self, work: Callable[[], bytes]) -> tuple[int, bytes, bool]:
        """Run `work` in transactions bound to the tenant, at most once per Idempotency-Key: status, body, replayed?"""
        call, status = self.call, self.route.status
        key = call.headers.get("idempotency-key") if self.takes_key else None
        if self.takes_key and (key == "" or (key and len(key) > 255) or (self.idempotency == "required" and not key)):
            raise IdempotencyKeyRequired
        if not self.database:
            return status, work(), False
        with explained(call):
            if self.reads:
                with db.reading(call.scope) as call.connection:
                    body = work()
                    self._check_session()
                return status, body, False
            return self._change(work, key)

    def _change(self, work: Callable[[], bytes], key: str | None) -> tuple[int, bytes, bool]:
        call, operation, status = self.call, self.route.operation, self.route.status
        refusal = None
        try:
            with db.transaction(call.scope) as call.connection:
                if key:
                    idempotency.claim(call, operation, key)
                try:
                    body = work()
                    if self.changes:
                        audit.note(call, operation)
                    if key:
                        idempotency.keep(call, operation, key, status, body)
                except Problem as problem:
                    if not problem.keeps:
                        raise
                    refusal = problem
                    if key:
                        idempotency.release(call, operation, key)
                self._check_session()
        except db.DatabaseError as error:
            if key and db.violated(error) == idempotency.CONSTRAINT:
                return *idempotency.replay(call, call.scope.unmetered(), operation, key), True
            raise
        if refusal:
            raise refusal
        return status, body, False

    def _check_session(self) -> None:
        """What a request sends first finds a revoked session, at the latest its commit; a request without any
        statement makes this one."""
        if self.call.connection.untouched and self.call.scope.guard:
            self.call.connection.execute("select")
