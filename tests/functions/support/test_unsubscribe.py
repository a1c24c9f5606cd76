"""POST /api/public/unsubscribe/{token}."""

import uuid

import pytest

from tests.functions.support.wishes import choose, link, wishes
from tests.support.client import Client, Request
from tests.support.database import Database

ONE_CLICK = b"List-Unsubscribe=One-Click"


def example(owner: Client) -> Request:
    return Request("POST", link(owner))


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (ONE_CLICK, "application/x-www-form-urlencoded"),
        (b'--x\r\ncontent-disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n',
         "multipart/form-data; boundary=x"),
        (b"", "application/x-www-form-urlencoded"),
        (None, ""),
    ],
)  # fmt: skip
def test_one_click_of_a_mail_program_or_the_button_is_enough(
    owner: Client, nobody: Client, body: bytes | None, content_type: str
) -> None:
    page = nobody.send(Request("POST", link(owner), body=body, content_type=content_type))
    assert (page.status, page.headers["content-type"]) == (200, "text/html")
    assert "location" not in page.headers, "RFC 8058 forbids to redirect"
    assert wishes(owner) == {"ticket_created": True, "ticket_reply": False, "ticket_resolved": True}


def test_again_is_no_mistake_and_the_choice_can_be_taken_back(owner: Client, nobody: Client) -> None:
    assert [nobody.post(link(owner)).status for _ in range(2)] == [200, 200]
    choose(owner, {"ticket_reply": {"email": True}})
    assert wishes(owner)["ticket_reply"]
    nobody.post(link(owner))
    assert not wishes(owner)["ticket_reply"]


def test_of_somebody_who_has_left_nothing_is_kept(nobody: Client, database: Database) -> None:
    gone = str(uuid.uuid4())
    assert nobody.post(link(Client(account={"user": {"id": gone}}))).status == 200
    assert database.run("select from notification_preferences where user_id = :id", id=gone) == []
