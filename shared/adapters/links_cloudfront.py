"""Signed links of Amazon CloudFront to what a distribution gives nobody else."""

import base64
import json
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.serialization import load_pem_private_key

URL_SAFE = bytes.maketrans(b"+=/", b"-_~")  # CloudFront's own alphabet


class CloudFront:
    """`Links` with a canned policy. SHA-1 is the one digest that CloudFront takes with RSA."""

    def __init__(self, origin: str, key_id: str, key_pem: str) -> None:
        self._origin, self._key_id = origin, key_id
        key = load_pem_private_key(key_pem.encode(), None)
        if not isinstance(key, RSAPrivateKey):
            raise ValueError("FILES_SIGNING_KEY is not the PEM of a private RSA key")
        self._key = key

    def link(self, path: str, until: datetime) -> str:
        url, ends = self._origin + path, int(until.timestamp())
        signature = self._key.sign(policy(url, ends), PKCS1v15(), SHA1())  # noqa: S303 (CloudFront's)
        signed = base64.b64encode(signature).translate(URL_SAFE).decode()
        return f"{url}?Expires={ends}&Signature={signed}&Key-Pair-Id={self._key_id}"


def policy(url: str, ends: int) -> bytes:
    """What is signed, to the byte: CloudFront makes the same of the link. `ends` in epoch seconds."""
    statement = {"Resource": url, "Condition": {"DateLessThan": {"AWS:EpochTime": ends}}}
    return json.dumps({"Statement": [statement]}, separators=(",", ":")).encode()
