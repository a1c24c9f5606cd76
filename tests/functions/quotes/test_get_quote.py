"""GET /api/quotes/{quote_id}."""

from tests.functions.quotes.boxes import add_quote, box
from tests.support.client import Client, Request


def example(owner: Client) -> Request:
    return Request("GET", f"/api/quotes/{add_quote(owner)['id']}?version_no=1")


def test_items_come_in_their_order_with_all_their_digits(owner: Client) -> None:
    quote = add_quote(owner, items=[box(name=str(number), length=f"{300 + number}.123456789") for number in range(30)])
    found = owner.get(f"/api/quotes/{quote['id']}").json
    assert found == quote
    assert [item["name"] for item in found["items"]] == [str(number) for number in range(30)]
    assert len(found["items"][1]["cost_per_box"].partition(".")[2]) == 12


def test_what_is_no_id_of_a_quote_is_not_found(owner: Client) -> None:
    for id in ("00000000-0000-7000-8000-000000000000", "QT-20261120-001"):
        assert owner.get(f"/api/quotes/{id}").status == 404


def test_a_version_is_a_number(owner: Client) -> None:
    request = example(owner)
    for version in (0, "x", 10**20):
        assert owner.get(request.path.partition("?")[0], version_no=version).status == 422
