"""A TCP proxy before PostgreSQL that counts round trips, may delay them, end TLS, and cut every connection."""

import socket
import ssl
import threading
import time
from contextlib import suppress


class Proxy:
    """One round trip = the client sent something after the server last spoke."""

    def __init__(self, port: int, *, certificate: tuple[str, str] | None = None, delay: float = 0) -> None:
        self.round_trips, self.connections, self.delay = 0, 0, delay
        self._open: list[socket.socket] = []
        self.upstream, self._tls = port, None
        if certificate:
            self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._tls.load_cert_chain(*certificate)
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listener.close()
        self.cut()

    def cut(self) -> None:
        """Every open connection is lost."""
        for sock in self._open:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
        self._open.clear()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        if self._tls:
            client.recv(8)  # SSLRequest
            client.sendall(b"S")
            try:
                client = self._tls.wrap_socket(client, server_side=True)
            except OSError:
                client.close()
                return
        try:
            server = socket.create_connection(("127.0.0.1", self.upstream))
        except OSError:
            client.close()
            return
        for sock in (client, server):
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.connections += 1
        self._open += [client, server]
        state = {"asked": False}
        threading.Thread(target=self._pump, args=(server, client, state, False), daemon=True).start()
        self._pump(client, server, state, True)

    def _pump(self, source: socket.socket, sink: socket.socket, state: dict[str, bool], asking: bool) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                if asking and not state["asked"] and data[:1] != b"X":
                    self.round_trips += 1
                    if self.delay:
                        time.sleep(self.delay)
                state["asked"] = asking
                sink.sendall(data)
        for sock in (source, sink):
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)  # a close alone says nothing while the other thread still reads from it
            sock.close()
