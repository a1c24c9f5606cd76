"""GET /api/admin/settings."""

from tests.support.client import Client, Request


def example(admin: Client) -> Request:
    return Request("GET", "/api/admin/settings")


def test_companies_are_approved_at_once_unless_told_otherwise(admin: Client) -> None:
    assert admin.send(example(admin)).json == {"onboarding_approval": "auto"}
