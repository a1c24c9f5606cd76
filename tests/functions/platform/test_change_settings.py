"""PATCH /api/admin/settings."""

from tests.support.client import Client, Request, sign_up

PATH = "/api/admin/settings"


def example(admin: Client) -> Request:
    return Request("PATCH", PATH, {"onboarding_approval": "auto"})


def test_new_companies_stand_as_it_says(admin: Client) -> None:
    try:
        assert admin.patch(PATH, {"onboarding_approval": "manual"}).json == {"onboarding_approval": "manual"}
        assert admin.get(PATH).json == {"onboarding_approval": "manual"}
        assert sign_up().get("/api/onboarding/status").json["status"] == "not_submitted"
    finally:
        admin.patch(PATH, {"onboarding_approval": "auto"})
    assert sign_up().get("/api/onboarding/status").json["status"] == "approved"


def test_what_is_not_given_stays(admin: Client) -> None:
    assert admin.patch(PATH, {}).json == {"onboarding_approval": "auto"}


def test_it_takes_what_it_knows(admin: Client) -> None:
    for value in ("never", None):
        answer = admin.patch(PATH, {"onboarding_approval": value})
        assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "#/onboarding_approval")
