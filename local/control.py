"""What only a local stack offers: move the clock, run a job, drain, look at queues and mails."""

import json
import math
import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs

from local import outbox
from local.background import Background, drain
from local.clock import Clock
from local.gateway import Environment, StartResponse
from local.mail import Mailbox
from local.queues import Queues
from local.schedules import Ticker
from local.templates import SCHEDULED, Project, last_part
from local.workers import Answer

Reply = tuple[int, Any]
DRAIN_SECONDS = 90


class Control:
    """The WSGI application behind `control_url`."""

    def __init__(
        self,
        project: Project,
        background: Background,
        queues: Queues,
        ticker: Ticker,
        clock: Clock,
        mailbox: Mailbox,
        database_url: str,
    ) -> None:
        self.project, self.background, self.queues, self.ticker = project, background, queues, ticker
        self.clock, self.mailbox, self.database_url = clock, mailbox, database_url
        self._routes: list[tuple[str, str, Callable[..., Reply]]] = [
            ("POST", "/clock", self._move_clock),
            ("POST", "/jobs/([^/]+)/([^/]+)", self._run_job),
            ("POST", "/functions/([^/]+)/([^/]+)", self._invoke),
            ("POST", "/drain", self._drain),
            ("GET", "/queues", self._show_queues),
            ("GET", "/mail", self._show_mail),
        ]

    def __call__(self, environment: Environment, start_response: StartResponse) -> list[bytes]:
        status, answer = self._answer(environment)
        body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        start_response(f"{status} {HTTPStatus(status).phrase}", [("Content-Type", "application/json")])
        return [body]

    def _answer(self, environment: Environment) -> Reply:
        body = environment["wsgi.input"].read()
        for method, path, answer in self._routes:
            if method == environment["REQUEST_METHOD"] and (found := re.fullmatch(path, environment["PATH_INFO"])):
                return answer(body if method == "POST" else environment.get("QUERY_STRING", ""), *found.groups())
        return 404, {"error": "there are " + ", ".join(f"{method} {path}" for method, path, _ in self._routes)}

    def _move_clock(self, body: bytes) -> Reply:
        match _parsed(body):
            case {"reset": True}:
                offset = 0.0
            case {"advance_seconds": int(seconds) | float(seconds)} if not isinstance(seconds, bool) and math.isfinite(
                seconds
            ):
                offset = self.clock.offset + seconds
            case _:
                return 422, {"error": 'send {"advance_seconds": 60} or {"reset": true}'}
        backwards = offset < self.clock.offset
        try:
            self.clock.move_to(offset)
        except OverflowError:
            return 422, {"error": "there is no such date"}
        if backwards and self._relay():
            outbox.forgive(self.database_url)
        (self.ticker.restart if backwards else self.ticker.tick)()
        return 200, {"now": self.clock.now().isoformat(), "offset_seconds": offset}

    def _run_job(self, _: bytes, domain: str, stem: str) -> Reply:
        jobs = {schedule.function: schedule for schedule in self.project.schedules}
        found = jobs.get(f"{domain}/{stem}") or jobs.get(f"{domain}/job_{stem}")
        if not found:
            return 404, {"error": f"there are {', '.join(sorted(jobs))}"}
        return _reply(self.background.call(found.function, found.payload.encode()))

    def _invoke(self, event: bytes, domain: str, stem: str) -> Reply:
        if f"{domain}/{stem}" not in self.project.functions:
            return 404, {"error": f"there are {', '.join(sorted(self.project.functions))}"}
        return _reply(self.background.call(f"{domain}/{stem}", event or b"{}"))

    def _drain(self, _: bytes) -> Reply:
        def unsent() -> int:
            return outbox.unsent(self.database_url) if self._relay() else 0

        def relay() -> Answer:
            return self.background.call(self._relay(), SCHEDULED.encode())

        remains = drain(self.background, unsent, self.queues.depths, relay, seconds=DRAIN_SECONDS)
        return (504, {"drained": False, "remains": remains}) if remains else (200, {"drained": True})

    def _relay(self) -> str:
        """The function that the outbox queue wakes."""
        urls = {function.environment.get("OUTBOX_QUEUE_URL", "") for function in self.project.functions.values()}
        names = {url.rsplit("/", 1)[-1] for url in urls}
        return next((trigger.function for trigger in self.project.triggers if last_part(trigger.queue) in names), "")

    def _show_queues(self, _: str) -> Reply:
        return 200, {name: depth._asdict() for name, depth in self.queues.depths().items()}

    def _show_mail(self, query: str) -> Reply:
        return 200, self.mailbox.received(parse_qs(query).get("to", [""])[-1])


def _parsed(body: bytes) -> Any:
    try:
        return json.loads(body or b"{}")
    except ValueError:
        return None


def _reply(answer: Answer) -> Reply:
    return (500 if answer.error else 200), answer.payload
