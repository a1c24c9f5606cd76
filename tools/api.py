"""A caller of a running product, for the seed and the demo."""

import json
import os
import re
import urllib.error
import urllib.request
import uuid
from pathlib import Path
from typing import Any

from tools.functions import ROOT


class Refused(Exception):
    """The product answered with a problem."""

    def __init__(self, status: int, body: bytes) -> None:
        super().__init__(f"{status}: {body.decode(errors='replace')}")
        self.status, self.body = status, body

    @property
    def document(self) -> dict[str, Any]:
        """RFC 9457."""
        found: dict[str, Any] = json.loads(self.body)
        return found


class Caller:
    """Calls `base_url`, with the token of the last sign-up or sign-in."""

    def __init__(self, base_url: str) -> None:
        self.base_url, self.token = base_url.rstrip("/"), ""

    def get(self, path: str) -> Any:
        return json.loads(self.fetch("GET", path))

    def post(self, path: str, body: Any, **headers: str) -> Any:
        return json.loads(self.fetch("POST", path, json.dumps(body).encode(), "application/json", **headers))

    def patch(self, path: str, body: Any) -> Any:
        return json.loads(self.fetch("PATCH", path, json.dumps(body).encode(), "application/json"))

    def refused(self, path: str, body: Any = None, **headers: str) -> dict[str, Any]:
        """The problem with which a call that must not succeed is refused: a GET, or a POST of `body`."""
        try:
            self.get(path) if body is None else self.post(path, body, **headers)
        except Refused as problem:
            return problem.document
        raise SystemExit(f"{path} was not refused")

    def upload(self, path: str, filename: str, content: bytes, fields: dict[str, str]) -> Any:
        """A multipart form with one `file`."""
        boundary = uuid.uuid4().hex
        parts = [_part(boundary, f'name="{name}"', value.encode()) for name, value in fields.items()]
        parts.append(_part(boundary, f'name="file"; filename="{filename}"', content))
        body = b"".join(parts) + f"--{boundary}--\r\n".encode()
        return json.loads(self.fetch("POST", path, body, f"multipart/form-data; boundary={boundary}"))

    def sign_in(self, path: str, body: dict[str, str]) -> Any:
        """`path` is that of sign-up or sign-in."""
        account = self.post(path, body)
        if "access_token" not in account:
            raise SystemExit(f"{body['email']} has a second factor by now: `make clean` and `make run` make it anew")
        self.token = account["access_token"]
        return account

    def fetch(self, method: str, path: str, body: bytes | None = None, content_type: str = "", **headers: str) -> bytes:
        """The body of the answer; Refused if it is a problem. `idempotency_key=` sends that header."""
        request = urllib.request.Request(self.base_url + path, body, method=method)  # noqa: S310
        for name, value in headers.items():
            request.add_header(name.replace("_", "-"), value)
        if content_type:
            request.add_header("Content-Type", content_type)
        if self.token:
            request.add_header("Authorization", f"Bearer {self.token}")
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
                content: bytes = answer.read()
                return content
        except urllib.error.HTTPError as error:
            raise Refused(error.code, error.read()) from None


def confirm_address(user: Caller, control: Caller, email: str) -> None:
    """By the link of the mail that greets a new user."""
    control.post("/drain", {})
    [token] = re.findall(r"token=([\w-]+)", control.get(f"/mail?to={email}")[-1]["text"])
    user.fetch("POST", "/api/auth/verify-email", json.dumps({"token": token}).encode(), "application/json")


def running_stack() -> dict[str, Any]:
    """What `make run` wrote for its users."""
    path = local_home() / "stack.json"
    if not path.exists():
        raise SystemExit("nothing runs here: start it with `make run` in another terminal")
    found: dict[str, Any] = json.loads(path.read_text())
    return found


def local_home() -> Path:
    """Where the local stack keeps its state."""
    return ROOT / os.environ.get("LOCAL_HOME", ".local")


def _part(boundary: str, disposition: str, content: bytes) -> bytes:
    return f"--{boundary}\r\nContent-Disposition: form-data; {disposition}\r\n\r\n".encode() + content + b"\r\n"
