"""GET /api/tenant."""

from tests.support.client import Client, Request


def example(owner: Client) -> Request:
    return Request("GET", "/api/tenant")


def test_a_new_tenant_is_indian_until_told_otherwise(owner: Client) -> None:
    tenant = owner.send(example(owner)).json
    assert (tenant["name"], tenant["time_zone"], tenant["currency"]) == ("Sharma Packaging", "Asia/Kolkata", "INR")
    assert tenant["gst_no"] is None
