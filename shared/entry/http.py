"""One endpoint: everything a request passes through, in order, on one screen."""

import base64
import logging
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, Literal, TypeVar
from uuid import UUID

from shared.core import audit, clock, db, idempotency
from shared.core.call import SCOPES, Actor, Call
from shared.core.errors import BadRequest, Forbidden, Limited, Problem, Unauthenticated, Unavailable
from shared.core.files import File
from shared.entry import answer, limits, wiring
from shared.entry.answer import Answer
from shared.entry.route import Route, arguments, declare

F = TypeVar("F", bound=Callable[..., Any])
Event = Mapping[str, Any]

BUSY = frozenset(
    {db.SIGNIN_REFUSED, "40001", "40P01", "53300", "55P03", "57014", "57P01", "57P02", "57P03"}
)  # sqlstates that pass

FACTOR_FRESH = timedelta(minutes=5)


class WrongAudience(Forbidden):
    title = "This token is for another kind of user"


class IdempotencyKeyRequired(BadRequest):
    title = "Send an Idempotency-Key header of 1 to 255 characters"


class StepUpRequired(Forbidden):
    title = "This wants a fresh second factor: show it under /api/v1/2fa/step-up, then call again"


class RateLimited(Limited):
    title = "Too many requests: wait as long as retry_after says (seconds)"


class DatabaseUnavailable(Unavailable):
    title = "The database is busy or away; try again"


class Api:
    """Declares the one operation of a Lambda; SAM template, OpenAPI document and generated tests are read from it.

    `scope=None` without `public` asks only for a signed-in user. `reads`: the operation stores nothing, each statement
    is its own transaction; without `database` it makes none. `across_tenants` sees every tenant's rows. `needs`: see
    tools/needs.py. `problems`: what it may answer besides the usual. `step_up` wants a second factor shown in the last
    five minutes, of whom has one. `secret`: its answer holds one, so it is never stored to be repeated. `cost`: what a
    call takes of the rate limits, 0 for nothing; `guessable`: it has one of its own, per address, because it checks a
    secret.
    """

    call: Call
    route: Route

    def __init__(
        self,
        *,
        scope: str | None = None,
        public: bool = False,
        audience: Literal["user", "admin", "both"] = "user",
        idempotency: Literal["accepted", "required"] = "accepted",
        reads: bool = False,
        database: bool = True,
        across_tenants: bool = False,
        step_up: bool = False,
        secret: bool = False,
        cost: int = 1,
        guessable: bool = False,
        needs: tuple[str, ...] = (),
        problems: tuple[type[Problem], ...] = (),
        timeout: int = 15,
        memory: int = 512,
    ) -> None:
        if scope is not None and not any(scope in scopes for scopes in SCOPES.values()):
            raise ValueError(f"no role has the scope {scope}")
        self.scope, self.public, self.audience, self.idempotency = scope, public, audience, idempotency
        self.reads, self.database, self.across_tenants = reads, database, across_tenants
        self.step_up, self.secret, self.cost, self.guessable = step_up, secret, cost, guessable
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
                return route.render(shown[0])

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
            return answer.problem(problem, event)
        except Exception:
            logging.getLogger("http").exception("%s failed, request %s", route.operation, answer.request_id(event))
            return answer.unexpected(event)

    def _receive(self, event: Event) -> Call:
        """401 without an actor whom the authorizer has verified, 403 without the scope; the body is not judged yet."""
        now = clock.now()
        actor = Actor() if self.public else self._actor(event, now.timestamp())
        if actor.key_id and self.scope is None:
            raise Forbidden("an API key cannot do this: sign in")
        if self.scope is not None and self.scope not in actor.scopes:
            holder = "this API key" if actor.key_id else f"your role, {actor.role},"
            raise Forbidden(f"{holder} does not include {self.scope}", scope=self.scope)
        raw = event.get("body") or ""
        body = base64.b64decode(raw) if event.get("isBase64Encoded") else raw.encode("utf-8", "surrogatepass")
        headers = {name.lower(): value for name, value in event.get("headers", {}).items()}
        client_ip = event["requestContext"]["http"]["sourceIp"]
        scope = db.Scope(
            actor.tenant_id,
            staff=self.across_tenants,
            guard="key" if actor.key_id else "session" if actor.session_id else "",
            guard_id=actor.key_id or actor.session_id,
            at=now,
            factor_after=now - FACTOR_FRESH if self.step_up else None,
            limits=limits.of(actor, client_ip, self.route.operation if self.guessable else None) if self.cost else (),
            cost=self.cost,
        )
        target = f"{event['rawPath']}?{event.get('rawQueryString', '')}"
        return Call(actor, now, headers, body, target, client_ip, answer.request_id(event), scope)

    def _actor(self, event: Event, now: float) -> Actor:
        claims: Mapping[str, str] = (event["requestContext"].get("authorizer") or {}).get("lambda") or {}
        if claims.get("auth") == "expired" or (
            float(claims.get("expires_at") or 0) <= now and claims.get("auth") == "ok"
        ):
            raise Unauthenticated("the access token has expired: refresh it")
        if claims.get("auth") != "ok":
            raise Unauthenticated("send a valid access token as Authorization: Bearer …")
        if self.audience not in ("both", claims["audience"]):
            raise WrongAudience
        user_id, tenant_id = UUID(claims["user_id"]), UUID(claims["tenant_id"])
        if "key_id" in claims:
            given = frozenset(claims["key_scopes"].split())
            return Actor(user_id, tenant_id, role=claims["role"], key_id=UUID(claims["key_id"]), key_scopes=given)
        return Actor(user_id, tenant_id, UUID(claims["session_id"]), claims["role"])

    def _perform(self, work: Callable[[], bytes]) -> tuple[int, bytes, bool]:
        """Run `work` in transactions bound to the tenant, at most once per Idempotency-Key: status, body, replayed?"""
        call, operation, status = self.call, self.route.operation, self.route.status
        key = call.headers.get("idempotency-key") if self.takes_key else None
        if self.takes_key and (key == "" or (key and len(key) > 255) or (self.idempotency == "required" and not key)):
            raise IdempotencyKeyRequired
        if not self.database:
            return status, work(), False
        try:
            if self.reads:
                with db.reading(call.scope) as call.connection:
                    body = work()
                    self._check_session()
                return status, body, False
            refusal = None
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
            if refusal:
                raise refusal
            return status, body, False
        except db.DatabaseError as error:
            if key and db.violated(error) == idempotency.CONSTRAINT:
                return *idempotency.replay(call, call.scope.unmetered(), operation, key), True
            if db.sqlstate(error) == db.SESSION_ENDED:
                raise Unauthenticated("this session has ended, or the key was revoked: sign in again") from None
            if db.sqlstate(error) == db.FACTOR_TOO_OLD:
                raise StepUpRequired from None
            if db.sqlstate(error) == db.LIMITED:
                place, seconds = map(int, db.detail(error).split())
                used_up = call.scope.limits[place - 1]
                raise RateLimited(retry_after=seconds, limit=used_up.name, quota=used_up.units) from None
            if db.sqlstate(error) in BUSY:
                raise DatabaseUnavailable(retry_after=1) from error
            raise
        except db.InterfaceError as error:
            logging.getLogger("http").warning("no database: %s", error)
            raise DatabaseUnavailable(retry_after=5) from error

    def _check_session(self) -> None:
        """What a request sends first finds a revoked session, at the latest its commit; a request without any
        statement makes this one."""
        if self.call.connection.untouched and self.call.scope.guard:
            self.call.connection.execute("select")
