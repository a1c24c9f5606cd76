"""PATCH /api/user-profile."""

from tests.support.client import Client, Request


def example(owner: Client) -> Request:
    return Request("PATCH", "/api/user-profile", {"full_name": "Asha S. Sharma", "phone": "+91 98765 43210"})


def test_only_what_is_given_changes(owner: Client) -> None:
    before = owner.get("/api/user-profile").json
    changed = owner.send(example(owner))
    assert changed.status == 200
    assert changed.json == before | {"full_name": "Asha S. Sharma", "phone": "+91 98765 43210"}
    assert owner.patch("/api/user-profile", {}).json == changed.json
    assert owner.patch("/api/user-profile", {"phone": None}).json["phone"] is None
    assert owner.get("/api/user-profile").json["full_name"] == "Asha S. Sharma"


def test_a_name_cannot_be_taken_away(owner: Client) -> None:
    answer = owner.patch("/api/user-profile", {"full_name": None, "locale": "english"})
    assert answer.status == 422
    assert {error["pointer"] for error in answer.json["errors"]} == {"#/full_name", "#/locale"}


def test_what_is_not_ours_to_change_is_refused(owner: Client) -> None:
    for field in ("id", "email", "role", "email_verified", "tenant_id", "password_hash"):
        assert owner.patch("/api/user-profile", {field: "x"}).json["errors"][0]["pointer"] == f"#/{field}"
