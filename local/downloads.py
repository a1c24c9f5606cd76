"""The distribution that gives out attached files: checks the signed link, answers with the headers of its policy."""

import base64
import json
from collections.abc import Callable, Iterable
from datetime import datetime
from http.client import responses
from urllib.parse import parse_qs, unquote

import boto3
from botocore.client import Config
from botocore.exceptions import ClientError
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from local.cloudformation import REGION
from local.gateway import Environment, Headers, Reply, StartResponse
from local.templates import Downloads

ALPHABET = str.maketrans("-_~", "+=/")  # CloudFront's own


class Distribution:
    """The WSGI application behind FILES_URL. `key_pem` is the private key, of which only the public half is used."""

    def __init__(self, given: Downloads, aws_url: str, origin: str, key_pem: str, now: Callable[[], datetime]) -> None:
        key = load_pem_private_key(key_pem.encode(), None)
        assert isinstance(key, RSAPrivateKey)
        self._given, self._origin, self._now = given, origin, now
        self._key: RSAPublicKey = key.public_key()
        session = boto3.Session(aws_access_key_id="local", aws_secret_access_key="local", region_name=REGION)
        self._s3 = session.client("s3", endpoint_url=aws_url, config=Config(retries={"max_attempts": 1}))

    def __call__(self, environment: Environment, start_response: StartResponse) -> Iterable[bytes]:
        reply = self._reply(environment)
        start_response(f"{reply.status} {responses[reply.status]}", self._with_policy(reply.headers))
        return [reply.body if environment["REQUEST_METHOD"] == "GET" else b""]

    def _reply(self, environment: Environment) -> Reply:
        if environment["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return _refused(405, "this gives out files")
        path, _, query = environment["REQUEST_URI"].partition("?")
        if not self._is_signed(path, {name: values[-1] for name, values in parse_qs(query).items()}):
            return _refused(403, "this link is not signed by us, or has ended")
        try:
            found = self._s3.get_object(Bucket=self._given.bucket, Key=f"{self._given.folder}{unquote(path)}")
        except ClientError:
            return _refused(403, "there is no such file")  # who may not list a bucket is not told more
        headers = [("content-type", found["ContentType"]), ("content-length", str(found["ContentLength"]))]
        if "ContentDisposition" in found:
            headers.append(("content-disposition", found["ContentDisposition"]))
        return Reply(200, headers, found["Body"].read())

    def _is_signed(self, path: str, said: dict[str, str]) -> bool:
        try:
            ends, signature = int(said["Expires"]), base64.b64decode(said["Signature"].translate(ALPHABET))
            statement = {"Resource": self._origin + path, "Condition": {"DateLessThan": {"AWS:EpochTime": ends}}}
            policy = json.dumps({"Statement": [statement]}, separators=(",", ":")).encode()
            self._key.verify(signature, policy, PKCS1v15(), SHA1())  # noqa: S303 (CloudFront's)
        except (LookupError, ValueError, InvalidSignature):
            return False
        return self._now().timestamp() < ends

    def _with_policy(self, headers: Headers) -> Headers:
        policy = self._given.headers
        kept = [(name, value) for name, value in headers if name not in policy or not policy[name][1]]
        there = {name for name, _ in kept}
        return kept + [(name, value) for name, (value, _) in policy.items() if name not in there]


def _refused(status: int, reason: str) -> Reply:
    return Reply(status, [("content-type", "text/plain"), ("content-length", str(len(reason)))], reason.encode())
