"""A Docker Engine API just large enough for an unmodified `sam local`: `python dockershim.py shim.sock`.

A "container" is a local process: the aws-lambda-rie that SAM CLI itself brings along in the build context, running
AWS's awslambdaric on this interpreter, with the build's folders as task and layers. It proves SAM, template and
handler; it does not prove a container.
"""

import io
import json
import os
import re
import shutil
import signal
import socket
import socketserver
import subprocess
import sys
import tarfile
import tempfile
import time
import urllib.parse
import uuid
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(tempfile.mkdtemp(prefix="dockershim-"))


class Image(NamedTuple):
    emulator: Path  # aws-lambda-rie
    layers: list[Path]


class Container:
    def __init__(self, settings: dict[str, Any]) -> None:
        self.id = uuid.uuid4().hex * 2
        self.settings = settings
        self.process: subprocess.Popen[bytes] | None = None
        self.log = ROOT / f"{self.id[:12]}.log"
        self.log.touch()

    def start(self) -> None:
        host = self.settings["HostConfig"]
        task = next(bind.rsplit(":", 2)[0] for bind in host["Binds"] if bind.rsplit(":", 2)[1] == "/var/task")
        port = next(iter(host["PortBindings"].values()))[0]["HostPort"]
        image = images[self.settings["Image"]]
        assert image
        environment = dict(variable.split("=", 1) for variable in self.settings["Env"])
        handler = environment["AWS_LAMBDA_FUNCTION_HANDLER"]
        environment |= {
            "_HANDLER": handler, "LAMBDA_TASK_ROOT": task,
            "PYTHONPATH": os.pathsep.join([task, *(f"{layer}/python" for layer in image.layers)]),
            "PATH": os.environ["PATH"], "PYTHONUNBUFFERED": "1", "TZ": ":UTC",
            "PYTHONDONTWRITEBYTECODE": "1",  # a new __pycache__ in the build would look like an edit to SAM
        }  # fmt: skip
        command = [
            str(image.emulator), "--log-level", "error", "--runtime-interface-emulator-address", f"127.0.0.1:{port}",
            "--runtime-api-address", f"127.0.0.1:{free_port()}", sys.executable, "-m", "awslambdaric", handler,
        ]  # fmt: skip
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command,
                cwd=task,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def stop(self) -> None:
        if self.process and self.running:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def inspected(self) -> dict[str, Any]:
        code = self.process.returncode if self.process else None
        state = {"Running": self.running, "Status": "running" if self.running else "exited", "ExitCode": code or 0}
        return {
            "Id": self.id, "Name": f"/{self.id[:12]}", "Image": self.settings["Image"], "Config": self.settings,
            "HostConfig": self.settings["HostConfig"], "State": state, "Mounts": [],
            "NetworkSettings": {"Ports": {}, "Networks": {}},
        }  # fmt: skip


images: dict[str, Image | None] = {}  # None: a base image, of which nothing is needed
containers: dict[str, Container] = {}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def build(context: bytes, dockerfile: str) -> Image:
    """Unpack the build context; the layers are the folders that the Dockerfile adds."""
    folder = Path(tempfile.mkdtemp(dir=ROOT))
    with tarfile.open(fileobj=io.BytesIO(context)) as archive:
        archive.extractall(folder, filter="data")
    emulator = next(path for path in folder.rglob("aws-lambda-rie*") if path.is_file())
    emulator.chmod(0o755)
    added = re.findall(r"^ADD (\S+) (?:/opt|/tmp/layer\d+)$", (folder / dockerfile).read_text(), re.MULTILINE)
    return Image(emulator, [folder / source for source in added])


class Engine(BaseHTTPRequestHandler):
    """The calls that SAM CLI makes, each a method named by its pattern in ROUTES."""

    protocol_version = "HTTP/1.1"

    def handle_any(self) -> None:
        url = urllib.parse.urlsplit(self.path)
        path, self.query = re.sub(r"^/v[\d.]+", "", url.path), dict(urllib.parse.parse_qsl(url.query))
        self.body = self._read()
        for pattern, answer in ROUTES:
            if found := re.fullmatch(pattern, f"{self.command} {path}"):
                answer(self, *map(urllib.parse.unquote, found.groups()))
                return
        self._send(501, {"message": f"dockershim knows no {self.command} {path}"})

    do_GET = do_POST = do_DELETE = do_HEAD = handle_any  # noqa: N815

    def ping(self) -> None:
        self._send(200, "OK")

    def version(self) -> None:
        self._send(
            200, {"ApiVersion": "1.43", "MinAPIVersion": "1.24", "Version": "24.0.0", "Os": "linux", "Arch": "amd64"}
        )

    def nothing(self) -> None:
        self._send(200, [])

    def pull_image(self) -> None:
        images.setdefault(f"{self.query['fromImage']}:{self.query.get('tag', 'latest')}", None)
        self._send(200, {"status": "Pull complete"})

    def build_image(self) -> None:
        name = self.query["t"]
        images[name] = images[f"{name}:latest"] = build(self.body, self.query.get("dockerfile", "Dockerfile"))
        self._send(200, {"stream": "Successfully built\n"})

    def inspect_image(self, name: str) -> None:
        if name not in images:
            self._send(404, {"message": f"No such image: {name}"})
            return
        id_ = f"sha256:{uuid.uuid5(uuid.NAMESPACE_URL, name).hex}"
        self._send(200, {"Id": id_, "RepoTags": [name], "Config": {}, "Architecture": "amd64", "Os": "linux"})

    def distribution(self, name: str) -> None:
        self._send(404, {"message": f"not found: {name}"})

    def create_container(self) -> None:
        made = Container(json.loads(self.body))
        containers[made.id] = made
        self._send(201, {"Id": made.id, "Warnings": []})

    def on_container(self, id_: str, action: str | None = None) -> None:
        container = containers.get(id_)
        if container is None:
            self._send(404, {"message": f"No such container: {id_}"})
        elif action == "json":
            self._send(200, container.inspected())
        elif action in ("logs", "attach"):
            self._stream(container, upgraded=action == "attach")
        elif action == "wait":
            assert container.process
            self._send(200, {"StatusCode": container.process.wait()})
        elif action == "start":
            container.start()
            self._send(204)
        else:  # stop, kill, DELETE
            container.stop()
            if action is None:
                del containers[id_]
            self._send(204)

    def _stream(self, container: Container, *, upgraded: bool) -> None:
        """The log as Docker's multiplexed stream, a frame per line: SAM looks for REPORT at the start of a frame."""
        self.close_connection = True
        self.send_response(101 if upgraded else 200)
        self.send_header("Content-Type", "application/vnd.docker.multiplexed-stream")
        if upgraded:
            self.send_header("Connection", "Upgrade")
            self.send_header("Upgrade", "tcp")
        self.end_headers()
        with container.log.open("rb") as log:
            while True:
                if line := log.readline():
                    self.wfile.write(b"\x02\0\0\0" + len(line).to_bytes(4, "big") + line)
                elif container.id not in containers or (container.process and not container.running):
                    return
                else:
                    time.sleep(0.003)

    def _read(self) -> bytes:
        if self.headers.get("Transfer-Encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = []
        while size := int(self.rfile.readline(), 16):
            parts.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(parts)

    def _send(self, status: int, answer: Any = None) -> None:
        content = b"" if answer is None else answer.encode() if isinstance(answer, str) else json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Api-Version", "1.43")
        if status != 204:
            self.send_header("Content-Type", "text/plain" if isinstance(answer, str) else "application/json")
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def address_string(self) -> str:
        return "unix"

    def log_message(self, format: str, *args: object) -> None:
        """Silent."""


ROUTES = [
    (r"(?:GET|HEAD) /_ping", Engine.ping),
    (r"GET /version", Engine.version),
    (r"GET /(?:info|images/json|containers/json)", Engine.nothing),
    (r"POST /images/create", Engine.pull_image),
    (r"POST /build", Engine.build_image),
    (r"GET /images/(.+)/json", Engine.inspect_image),
    (r"GET /distribution/(.+)/json", Engine.distribution),
    (r"POST /containers/create", Engine.create_container),
    (r"DELETE /containers/(\w+)", Engine.on_container),
    (r"(?:GET|POST) /containers/(\w+)/(json|logs|attach|wait|start|stop|kill)", Engine.on_container),
]


class Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads, request_queue_size = True, 128


def terminate(*_: object) -> None:
    raise SystemExit


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, terminate)
    try:
        Server(sys.argv[1], Engine).serve_forever()
    finally:
        for container in list(containers.values()):
            container.stop()
        shutil.rmtree(ROOT, ignore_errors=True)
