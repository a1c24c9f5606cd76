"""GET /api/support/tickets/{id}/attachments/{attachment_id}."""

import base64
import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import parse_qs

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from tests.functions.support.desk import open_ticket, path, ticket_for, upload
from tests.functions.support.files import PNG, Shelf, ask, attach, named, put, seen, store
from tests.support.client import Client, Request, sign_up
from tests.support.database import Database
from tests.support.examples import member

OWN = True


def example(caller: Client) -> Request:
    ticket = ticket_for(caller)
    return Request("GET", path(ticket, f"/attachments/{upload(caller, ticket)}"))


@pytest.fixture(scope="module")
def shelf() -> Iterator[Shelf]:
    with store() as found:
        yield found


def test_nothing_is_downloaded_before_it_is_judged(owner: Client, shelf: Shelf) -> None:
    ticket = open_ticket(owner)
    made = ask(owner, ticket).json
    put(made, PNG)
    waiting = seen(owner, ticket, made["attachment_id"])
    assert (waiting["state"], waiting["download_url"], waiting["expires_at"]) == ("uploading", None, None)
    ready = named(owner, ticket, made["attachment_id"])
    assert (ready["state"], ready["reason"], ready["filename"], ready["size"]) == ("ready", None, "box.png", len(PNG))


def test_the_link_is_signed_as_cloudfront_checks_it(owner: Client, shelf: Shelf) -> None:
    ticket = open_ticket(owner)
    file = attach(owner, ticket)
    url, _, query = file["download_url"].partition("?")
    assert url == f"{os.environ['FILES_URL']}/{owner.account['tenant']['id']}/{file['id']}"
    said = {name: values[0] for name, values in parse_qs(query).items()}
    ends = datetime.fromisoformat(file["expires_at"])
    assert said["Key-Pair-Id"] == "KEY1"
    assert int(said["Expires"]) == int(ends.timestamp())
    assert timedelta(minutes=14) < ends - datetime.now().astimezone() <= timedelta(minutes=15)
    policy = (
        f'{{"Statement":[{{"Resource":"{url}","Condition":{{"DateLessThan":{{"AWS:EpochTime":{said["Expires"]}}}}}}}]}}'
    )
    signature = base64.b64decode(said["Signature"].translate(str.maketrans("-_~", "+=/")))
    private = load_pem_private_key(os.environ["FILES_SIGNING_KEY"].encode(), None)
    assert isinstance(private, RSAPrivateKey)
    key = private.public_key()
    key.verify(signature, policy.encode(), PKCS1v15(), SHA1())
    with pytest.raises(InvalidSignature):
        key.verify(signature, policy.replace("files.", "other.").encode(), PKCS1v15(), SHA1())


def test_it_is_seen_by_who_sees_the_ticket(owner: Client, admin: Client, database: Database, shelf: Shelf) -> None:
    ticket = open_ticket(owner)
    file = attach(owner, ticket)
    assert seen(admin, ticket, file["id"])["download_url"]
    for stranger in (sign_up(), member(owner, "staff", database)):
        assert stranger.get(path(ticket, f"/attachments/{file['id']}")).status == 404
    assert owner.get(path(open_ticket(owner), f"/attachments/{file['id']}")).status == 404, "of another ticket"


def test_what_staff_attach_to_a_note_no_user_sees(owner: Client, admin: Client, shelf: Shelf) -> None:
    ticket = open_ticket(owner)
    for is_internal, status in ((True, 404), (False, 200)):
        made = ask(admin, ticket).json
        put(made, PNG)
        assert owner.get(path(ticket, f"/attachments/{made['attachment_id']}")).status == 404
        assert named(admin, ticket, made["attachment_id"], is_internal=is_internal)["state"] == "ready"
        assert owner.get(path(ticket, f"/attachments/{made['attachment_id']}")).status == status
