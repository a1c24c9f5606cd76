"""The HTTP server in front of the gateway and the control application."""

import socket
import threading
from typing import Any

from waitress.channel import HTTPChannel  # type: ignore[import-untyped]
from waitress.server import create_server  # type: ignore[import-untyped]
from waitress.task import ErrorTask  # type: ignore[import-untyped]

from local.gateway import problem

MOST_BYTES = 64 * 1024 * 1024  # never kept in memory; what a Lambda takes is for the gateway to say


class Server:
    """Serves a WSGI application on a bound socket, in threads, until stopped."""

    def __init__(self, application: Any, bound: socket.socket, threads: int) -> None:
        self._server = create_server(
            application,
            sockets=[bound],
            threads=threads,
            ident="",
            backlog=1024,
            connection_limit=1000,
            max_request_body_size=MOST_BYTES,
            channel_timeout=300,
            clear_untrusted_proxy_headers=False,
            asyncore_use_poll=True,
        )
        self._server.channel_class = _Channel
        threading.Thread(target=self._server.run, name="server", daemon=True).start()

    def stop(self) -> None:
        self._server.close()


class _ProblemTask(ErrorTask):  # type: ignore[misc]
    """What is no HTTP at all, or far too large, is answered as a problem too."""

    def execute(self) -> None:
        error = self.request.error
        reply = problem(error.code, error.reason, str(error.body))
        self.status = f"{error.code} {error.reason}"
        self.response_headers.extend(reply.headers)
        self.set_close_on_finish()
        self.content_length = len(reply.body)
        self.write(reply.body)


class _Channel(HTTPChannel):  # type: ignore[misc]
    error_task_class = _ProblemTask
