"""The authorizer: who it lets pass as whom, and every published forgery that it must not believe."""

import base64
import json
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from functions.authorizer import verify_token
from shared.core import clock, tokens
from tests.support import cases
from tests.support.client import Client
from tests.support.database import Database

USER, TENANT, SESSION = (UUID(int=number) for number in (1, 2, 3))
WYCHEPROOF = ("json_web_signature", "json_web_crypto", "json_web_key")

# Cases whose fault is in the key alone: the token is well signed by it. They are refused all the same, because a key is
# ours by configuration, not by what a key set says of it, and because the header is not ours.
FAULT_OF_THE_KEY = {
    "ec_key_for_encryption": "the JWK says use=enc or key_ops=encrypt; a PEM has no such field",
    "wrong_algorithm": "the JWK says alg=ES521",
    "invalid_algorithm": "the JWK says alg=ES224",
    "invalid_use": "the JWK says use=enc",
}


class Case(NamedTuple):
    source: str
    group: str
    jwk: dict[str, Any]
    token: str
    valid: bool


def test_the_claims_of_a_good_token_pass() -> None:
    now = clock.now()
    answer = authorize(f"Bearer {token(now)}")
    assert answer == {
        "isAuthorized": True,
        "context": {
            "auth": "ok",
            "audience": "user",
            "user_id": str(USER),
            "tenant_id": str(TENANT),
            "session_id": str(SESSION),
            "role": "staff",
            "expires_at": str(int(now.timestamp()) + 900),
        },
    }


def test_the_scheme_is_read_in_any_case() -> None:
    assert auth(f"bEARER {token(clock.now())}") == "ok"


@pytest.mark.parametrize("before", ["", "Basic ", "Bearer", "Bearer  ", "Bearer Bearer ", "Bearer x,Bearer "])
def test_a_good_token_under_another_scheme_is_invalid(before: str) -> None:
    assert auth(before + token(clock.now())) == "invalid"


def test_an_expired_token_says_so_with_its_claims() -> None:
    context = authorize(f"Bearer {token(clock.now() - timedelta(minutes=16))}")["context"]
    assert (context["auth"], context["user_id"]) == ("expired", str(USER))


def test_a_key_is_known_by_its_digest(owner: Client) -> None:
    made = owner.post("/api/api-keys", {"name": "shop", "scopes": ["quotes:read", "parties:read"]}).json
    context = authorize(f"Bearer {made['key']}")["context"]
    soon = int(clock.now().timestamp()) + 900
    assert soon - 60 < int(context.pop("expires_at")) <= soon
    assert context == {
        "auth": "ok",
        "audience": "user",
        "user_id": owner.account["user"]["id"],
        "tenant_id": owner.account["tenant"]["id"],
        "role": "owner",
        "key_id": made["id"],
        "key_scopes": "parties:read quotes:read",
    }


def test_a_key_is_asked_for_with_one_round_trip_and_garbage_with_none(owner: Client, database: Database) -> None:
    key = owner.post("/api/api-keys", {"name": "shop", "scopes": ["quotes:read"]}).json["key"]
    for header, round_trips in ((key, 1), (f"bcp_{'x' * 8}_{'y' * 43}", 1), (f"{key}x", 0), ("bcp_", 0)):
        before = database.proxy.round_trips
        assert auth(f"Bearer {header}") == ("ok" if header == key else "invalid")
        assert database.proxy.round_trips - before == round_trips


def test_the_answer_for_a_key_ends_with_the_key(owner: Client) -> None:
    ends = clock.now().replace(microsecond=0) + timedelta(minutes=5)
    given = {"name": "shop", "scopes": ["quotes:read"], "expires_at": ends.isoformat()}
    key = owner.post("/api/api-keys", given).json["key"]
    assert authorize(f"Bearer {key}")["context"]["expires_at"] == str(int(ends.timestamp()))


def test_the_sample_event_is_answered() -> None:
    sample = Path(__file__).parents[3] / "events/authorizer/verify_token.json"
    answer = verify_token.handler(json.loads(sample.read_text()), None)
    assert answer == {"isAuthorized": True, "context": {"auth": "invalid"}}


@pytest.mark.parametrize(
    "header",
    ["", " ", "Bearer", "Bearer ", "Bearer  x", "Basic dXNlcjpwYXNz", "Bearer a.b", "Bearer a.b.c.d", "Bearer ..",
     "Token", "Bearer \ud800.\ud800.\ud800", "Bearer ä.ö.ü", "Bearer \0", "Bearer " + "." * 9999, "Bearer " + "a" * 99],
)  # fmt: skip
def test_garbage_is_invalid(header: str) -> None:
    assert auth(header) == "invalid"


def test_no_identity_source_is_invalid() -> None:
    assert verify_token.handler({}, None)["context"] == {"auth": "invalid"}


def test_naughty_strings_are_invalid() -> None:
    strings = cases.load("conformance/naughty_strings.json")["strings"]
    for string in strings:
        headers = string, f"Bearer {string}", f"Bearer {token(clock.now())}{string or ' '}"
        assert {auth(header) for header in headers} == {"invalid"}, string
    cases.ran("naughty strings as Authorization", len(strings))


def test_no_invalid_case_of_wycheproof_and_jose_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    judged = [case for case in [*wycheproof(), *jose_cookbook()] if not case.valid]
    for case in judged:
        try:
            monkeypatch.setattr(verify_token, "VERIFYING_KEY", pem(case.jwk))
            assert auth(f"Bearer {case.token}") == "invalid", case
        except ValueError:
            assert case.group in ("invalid_point", "wrong_curve"), case  # no such key can be configured
    cases.ran("forged tokens at the authorizer", len(judged))


def test_even_valid_cases_are_no_tokens_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are signed well, but by other algorithms, under other headers, or for no audience at all."""
    judged = [case for case in [*wycheproof(), *jose_cookbook()] if case.valid]
    for case in judged:
        monkeypatch.setattr(verify_token, "VERIFYING_KEY", pem(case.jwk))
        assert auth(f"Bearer {case.token}") == "invalid", case
    cases.ran("foreign tokens at the authorizer", len(judged))


def test_signatures_are_judged_as_wycheproof_judges_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """With each case's own header taken for ours, its ES256 signature alone decides."""
    judged, exceptions = [*wycheproof(), *jose_cookbook()], set()
    for case in judged:
        monkeypatch.setattr(tokens, "_HEADER", case.token.partition(".")[0])
        try:
            tokens._payload(case.token, tokens._public_key(pem(case.jwk)))
            believed = True
        except (tokens.TokenInvalid, ValueError):
            believed = False
        if believed and not case.valid:
            exceptions.add(case.group)
        else:
            assert believed == (case.valid and case.jwk.get("alg") == "ES256"), case
    assert exceptions == set(FAULT_OF_THE_KEY)
    cases.ran("tokens judged by their signature alone", len(judged))


def authorize(header: str) -> Any:
    return verify_token.handler({"identitySource": [header]}, None)


def auth(header: str) -> str:
    answer = authorize(header)
    assert answer["isAuthorized"] is True
    return str(answer["context"]["auth"])


def token(issued_at: Any) -> str:
    return tokens.issue(USER, TENANT, SESSION, "staff", issued_at, os.environ["SIGNING_KEY"])


def wycheproof() -> Iterator[Case]:
    for name in WYCHEPROOF:
        for group in cases.load(f"conformance/wycheproof_{name}_test.json")["testGroups"]:
            key = group.get("public") or group["private"]
            jwk = next((one for one in key.get("keys", [key]) if one["kty"] != "oct"), key)
            for test in group["tests"]:
                said = test.get("jws") or test.get("jwe") or ""
                text = said if isinstance(said, str) else json.dumps(said)
                yield Case(name, group["comment"], jwk, text, test["result"] == "valid")


def jose_cookbook() -> Iterator[Case]:
    """None of them is ES256 in one signature, so none may be believed."""
    for case in cases.load("conformance/jose_cookbook_jws.json")["cases"]:
        for form in case["output"].values():
            text = form if isinstance(form, str) else json.dumps(form)
            yield Case("jose_cookbook", case["title"], {}, text, False)


def pem(jwk: dict[str, Any]) -> str:
    """The elliptic curve key as PEM, of the curve it names; our own key instead of any other kind.

    ValueError where the point is not on that curve: no PEM can say this.
    """
    curve = {"P-256": ec.SECP256R1(), "P-384": ec.SECP384R1()}.get(jwk.get("crv", ""))
    if jwk.get("kty") != "EC" or curve is None:
        return os.environ["VERIFYING_KEY"]
    x, y = (int.from_bytes(base64.urlsafe_b64decode(jwk[axis] + "==")) for axis in "xy")
    key = ec.EllipticCurvePublicNumbers(x, y, curve).public_key()
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
