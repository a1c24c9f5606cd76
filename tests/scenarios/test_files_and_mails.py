"""A ticket with a file, and the mails about it: over HTTP, through queues, storage and the distribution of files."""

import re
import urllib.request
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit

import pytest

from tests.functions.members.people import verified
from tests.functions.support.desk import QUESTION, TICKETS, path
from tests.support import client
from tests.support.admins import new_admin
from tests.support.client import Client
from tests.support.stack import Stack

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 34


def attach(stack: Stack, owner: Client, ticket: dict[str, Any], content: bytes) -> dict[str, Any]:
    """Upload it as a picture, name it in a message, and wait until it is judged."""
    given = {"filename": "डिब्बा.png", "content_type": "image/png", "size": len(content)}
    upload = owner.post(path(ticket, "/attachments"), given).json
    put = urllib.request.Request(upload["upload_url"], content, upload["headers"], method="PUT")
    with urllib.request.urlopen(put, timeout=10) as answer:
        assert answer.status == 200
    said = {"message": "See the picture.", "attachment_ids": [upload["attachment_id"]]}
    assert owner.post(path(ticket, "/messages"), said).status == 201
    stack.control("/drain")
    return dict(owner.get(path(ticket, f"/attachments/{upload['attachment_id']}")).json)


def subjects(stack: Stack, to: str) -> list[str]:
    stack.control("/drain")
    return [mail["subject"] for mail in stack.mails(to)]


def test_a_file_is_downloaded_by_its_link_alone_and_not_shown(stack: Stack) -> None:
    owner = client.sign_up(stack.transport)
    ticket = owner.post(TICKETS, QUESTION).json
    file = attach(stack, owner, ticket, PNG)
    assert file["state"] == "ready"
    with urllib.request.urlopen(file["download_url"], timeout=10) as answer:
        assert answer.read() == PNG
        headers = answer.headers
    assert (headers["content-type"], headers["x-content-type-options"]) == ("image/png", "nosniff")
    assert headers["content-disposition"].startswith("attachment; filename=")
    assert urlsplit(file["download_url"]).netloc != urlsplit(stack.base_url).netloc, "an origin of its own"
    with pytest.raises(HTTPError, match="403"):
        urllib.request.urlopen(file["download_url"].partition("?")[0], timeout=10)
    refused = attach(stack, owner, ticket, b"<svg onload='alert(1)'>")
    assert (refused["state"], refused["download_url"]) == ("refused", None)


def test_each_mail_comes_once_until_its_recipient_wants_no_more(stack: Stack) -> None:
    owner, admin = verified(client.sign_up(stack.transport)), new_admin(stack.database, transport=stack.transport)
    to = owner.account["user"]["email"]
    ticket = owner.post(TICKETS, QUESTION).json
    number = ticket["number"]
    assert f"{number}: we have your ticket" in subjects(stack, to)
    answered = f"{number}: there is an answer"
    assert admin.post(path(ticket, "/messages"), {"message": "Which paper is it?"}).status == 201
    assert subjects(stack, to).count(answered) == 1
    [mail] = [mail for mail in stack.mails(to) if mail["subject"] == answered]
    [link] = re.findall(r"https?://\S+", mail["text"])
    assert mail["headers"]["list-unsubscribe"] == f"<{link}>"
    with urllib.request.urlopen(link, timeout=10) as page:
        assert b'<form method="post">' in page.read()
    assert admin.post(path(ticket, "/messages"), {"message": "And which flute?"}).status == 201
    assert subjects(stack, to).count(answered) == 2, "who only looked gets them still"
    with urllib.request.urlopen(link, b"List-Unsubscribe=One-Click", timeout=10) as page:
        assert page.status == 200
    assert admin.post(path(ticket, "/messages"), {"message": "And which size?"}).status == 201
    assert subjects(stack, to).count(answered) == 2
    assert admin.patch(path(ticket), {"status": "resolved"}).status == 200
    assert subjects(stack, to).count(f"{number} is resolved") == 1
    assert admin.patch(path(ticket), {"status": "closed"}).status == 200
    assert f"{number} is closed" not in subjects(stack, to)
    [mail] = [mail for mail in stack.mails(to) if mail["subject"] == f"{number} is resolved"]
    [token] = re.findall(r"/support/rating\?token=([\w-]+)", mail["text"])
    assert Client(stack.transport).post(f"/api/public/ratings/{token}", {"rating": 5}).status == 200
