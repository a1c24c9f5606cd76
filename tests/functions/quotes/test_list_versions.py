"""GET /api/quotes/{quote_id}/versions."""

from tests.functions.quotes.boxes import add_quote, box
from tests.support.client import Client, Request


def example(owner: Client) -> Request:
    return Request("GET", f"/api/quotes/{add_quote(owner)['id']}/versions")


def test_versions_are_listed_newest_first_with_their_totals(owner: Client) -> None:
    first = add_quote(owner)
    path = f"/api/quotes/{first['id']}/versions"
    second = owner.post(path, {"items": [box(), box()], "transport_charge": 5}).json
    listed = owner.get(path).json["items"]
    about = [(one["version_no"], one["is_archived"], one["item_count"]) for one in listed]
    assert about == [(2, False, 2), (1, True, 1)]
    for one, quote in zip(listed, (second, first), strict=True):
        for name in ("subtotal", "gst_percent", "gst_amount", "transport_charge", "round_off_value", "final_total"):
            assert one[name] == quote[name]


def test_pages_follow_each_other(owner: Client) -> None:
    request = example(owner)
    for _ in range(2):
        owner.post(request.path, {"items": [box()]})
    page = owner.get(request.path, limit=2).json
    rest = owner.get(request.path, limit=2, cursor=page["next_cursor"]).json
    assert [one["version_no"] for one in page["items"] + rest["items"]] == [3, 2, 1]
    assert rest["next_cursor"] is None


def test_a_deleted_quote_has_no_versions_to_show(owner: Client) -> None:
    request = example(owner)
    owner.delete(request.path.removesuffix("/versions"))
    assert owner.send(request).status == 404
