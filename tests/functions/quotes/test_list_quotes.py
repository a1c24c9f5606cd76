"""GET /api/quotes."""

from datetime import date, timedelta

from tests.functions.quotes.boxes import add_party, add_quote, box
from tests.support.client import Client, Request, sign_up
from tests.support.database import Database


def example(owner: Client) -> Request:
    quote = add_quote(owner)
    path = f"/api/quotes?status=draft&party_id={quote['party']['id']}&q=pune&from=2020-01-01&to=2099-12-31"
    return Request("GET", path)


def numbers(owner: Client, **query: object) -> list[str]:
    answer = owner.get("/api/quotes", **query)
    assert answer.status == 200, answer.body
    return [quote["quote_no"][-3:] for quote in answer.json["items"]]


def test_a_quote_is_listed_with_the_total_of_its_active_version(owner: Client) -> None:
    quote = add_quote(owner)
    second = owner.post(f"/api/quotes/{quote['id']}/versions", {"items": [box(quantity=5)]}).json
    [listed] = owner.get("/api/quotes").json["items"]
    names = ("id", "quote_no", "status", "version_no", "final_total", "currency", "created_at")
    party = {name: quote["party"][name] for name in ("id", "person_name", "company_name")}
    assert listed == {name: second[name] for name in names} | {"party": party}


def test_filters_narrow_the_list_and_work_together(owner: Client) -> None:
    one, other = add_party(owner, company_name="Nagpur 100%"), add_party(owner, company_name=None, person_name="Zoya")
    for party_id in (one, other, one):
        add_quote(owner, party_id=party_id)
    assert numbers(owner) == ["003", "002", "001"]
    assert numbers(owner, party_id=one) == ["003", "001"]
    assert numbers(owner, q="zoya") == ["002"]
    assert numbers(owner, q="100%") == ["003", "001"]
    assert numbers(owner, q="-003") == ["003"]
    assert numbers(owner, party_id=other, q="-003") == []
    assert numbers(owner, status="draft", party_id=other) == ["002"]
    assert numbers(owner, status="sent") == []


def test_days_are_the_tenants_and_included(owner: Client, database: Database) -> None:
    quote = add_quote(owner)
    day = date.fromisoformat("2026-03-10")
    late = "2026-03-10T18:00:00Z"  # 23:30 in Kolkata
    database.run("update quotes set created_at = :at where id = :id", at=late, id=quote["id"])
    before, after = str(day - timedelta(days=1)), str(day + timedelta(days=1))
    assert numbers(owner, **{"from": str(day)}, to=str(day)) == ["001"]
    assert numbers(owner, **{"from": after}) == []
    assert numbers(owner, to=before) == []
    owner.patch("/api/tenant", {"time_zone": "Asia/Tokyo"})  # where it was the next day already
    assert numbers(owner, **{"from": after}, to=after) == ["001"]
    assert numbers(owner, to=str(day)) == []


def test_pages_follow_each_other_without_gap_or_repeat(owner: Client) -> None:
    party_id = add_party(owner)
    for _ in range(5):
        add_quote(owner, party_id=party_id)
    first = owner.get("/api/quotes", limit=3).json
    rest = owner.get("/api/quotes", limit=3, cursor=first["next_cursor"]).json
    seen = [quote["quote_no"][-3:] for quote in first["items"] + rest["items"]]
    assert seen == ["005", "004", "003", "002", "001"]
    assert rest["next_cursor"] is None


def test_a_query_that_makes_no_sense_is_refused(owner: Client) -> None:
    for query in ({"status": "lost"}, {"party_id": "x"}, {"from": "yesterday"}, {"to": "1"}, {"limit": 0}):
        answer = owner.get("/api/quotes", **query)
        assert answer.status == 422, query
        assert answer.json["errors"][0]["pointer"] == f"#/query/{next(iter(query))}"


def test_another_tenants_quotes_are_not_listed(owner: Client) -> None:
    add_quote(sign_up())
    assert numbers(owner) == []
