"""PATCH /api/admin/tenants/{tenant_id}."""

from uuid import uuid4

from tests.functions.directory.people import tenant_path
from tests.support.client import Client, Request, sign_up


def example(admin: Client) -> Request:
    return Request("PATCH", tenant_path(sign_up(admin.transport)), {"phone": "+91 98765 43210"})


def test_what_is_given_is_changed_and_the_rest_stays(admin: Client, owner: Client) -> None:
    admin.patch(tenant_path(owner), {"phone": "+91 98765 43210"})
    changed = admin.patch(tenant_path(owner), {"gst_no": "27AAPFU0939F1ZV", "name": "Sharma Boxes"}).json
    assert (changed["name"], changed["phone"], changed["state_code"]) == ("Sharma Boxes", "+91 98765 43210", "27")
    assert owner.get("/api/tenant").json["name"] == "Sharma Boxes"


def test_no_other_tenant_changes(admin: Client, owner: Client) -> None:
    other = sign_up()
    admin.patch(tenant_path(owner), {"name": "Sharma Boxes"})
    assert other.get("/api/tenant").json["name"] == "Sharma Packaging"


def test_one_that_does_not_exist_is_not_found(admin: Client) -> None:
    assert admin.patch(f"/api/admin/tenants/{uuid4()}", {"name": "Boxes"}).status == 404
