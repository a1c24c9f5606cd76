"""Envelope encryption: each secret under a data key of its own, the data key under the key of the deployment."""

import hashlib
import os
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE, KEY, TAG = 12, 32, 16  # octets
VERSION = b"\1"


class Envelope:
    """`shared.domains.second_factor.ports.Vault` with AES-256-GCM; the owner's id is authenticated with both layers.

    Sealed: VERSION, the sealed data key, the sealed secret. `key` is any text of 256 bits of chance or more.
    """

    def __init__(self, key: str) -> None:
        self._key = AESGCM(hashlib.sha256(f"envelope {key}".encode()).digest())

    def seal(self, secret: bytes, owner: UUID) -> bytes:
        data_key = AESGCM.generate_key(8 * KEY)
        return VERSION + _sealed(self._key, data_key, owner) + _sealed(AESGCM(data_key), secret, owner)

    def open(self, sealed: bytes, owner: UUID) -> bytes:
        """cryptography's InvalidTag where it was sealed for somebody else, under another key, or was damaged."""
        wrapped, rest = len(VERSION), len(VERSION) + NONCE + KEY + TAG
        if not sealed.startswith(VERSION):
            raise ValueError("sealed in a form that this version does not know")
        return _opened(AESGCM(_opened(self._key, sealed[wrapped:rest], owner)), sealed[rest:], owner)


def _sealed(key: AESGCM, plain: bytes, owner: UUID) -> bytes:
    nonce = os.urandom(NONCE)
    return nonce + key.encrypt(nonce, plain, owner.bytes)


def _opened(key: AESGCM, sealed: bytes, owner: UUID) -> bytes:
    return key.decrypt(sealed[:NONCE], sealed[NONCE:], owner.bytes)
