"""POST /api/public/ratings/{token}."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from shared.core import db
from shared.core.call import Actor, Call
from shared.domains.support.errors import RatingLinkGone
from shared.domains.support.schemas.tickets import TicketRatingIn
from shared.domains.support.service import ratings
from tests.functions.support.desk import behind, open_ticket, path, resolved, seen, superior, survey_token, told
from tests.support.client import Client, Request
from tests.support.database import Database

CALLERS = 10


def example(owner: Client) -> Request:
    ticket = open_ticket(owner)
    resolved(superior(owner), ticket)
    token = survey_token(behind(owner), ticket)
    return Request("POST", f"/api/public/ratings/{token}", {"rating": 5, "feedback": "Quick and friendly."})


def rate(token: str, rating: int = 3) -> tuple[int, str]:
    answer = Client().post(f"/api/public/ratings/{token}", {"rating": rating})
    return answer.status, answer.json.get("type", "")


def test_the_link_of_the_mail_rates_once(owner: Client, admin: Client, database: Database) -> None:
    ticket = open_ticket(owner)
    resolved(admin, ticket)
    token = survey_token(database, ticket)
    assert rate(token) == (200, "")
    assert rate(token, 1) == (410, "/problems/rating-link-gone")
    assert seen(owner, ticket)["rating"] == 3
    assert told(database, ticket).count("TicketRated") == 1
    assert rate("x" * 43) == (410, "/problems/rating-link-gone")
    assert Client().post("/api/public/ratings/short", {"rating": 1}).status == 404


def test_it_works_while_the_ticket_has_ended_and_no_newer_one_came(
    owner: Client, admin: Client, database: Database
) -> None:
    ticket = open_ticket(owner)
    resolved(admin, ticket)
    older = survey_token(database, ticket)
    assert owner.post(path(ticket, "/reopen"), {"reason": "It is wrong again."}).status == 200
    assert rate(older)[0] == 410, "it goes on"
    resolved(admin, ticket)
    newer = survey_token(database, ticket)
    assert newer != older
    assert rate(older)[0] == 410
    assert admin.post(path(ticket, "/close"), {}).status == 200
    assert rate(newer)[0] == 200, "closing mails no other"


def test_what_staff_have_entered_leaves_the_word_to_the_requester(
    owner: Client, admin: Client, database: Database
) -> None:
    ticket = open_ticket(owner)
    resolved(admin, ticket)
    assert admin.post(path(ticket, "/rating"), {"rating": 5}).status == 200
    assert rate(survey_token(database, ticket), 2) == (200, "")
    assert seen(owner, ticket)["rating"] == 2
    for client in (admin, owner):
        again = client.post(path(ticket, "/rating"), {"rating": 5})
        assert (again.status, again.json["type"]) == (409, "/problems/ticket-already-rated")


def test_what_was_rated_and_re_opened_is_rated_anew(owner: Client, admin: Client, database: Database) -> None:
    ticket = open_ticket(owner)
    resolved(admin, ticket)
    assert rate(survey_token(database, ticket), 1)[0] == 200
    assert owner.post(path(ticket, "/reopen"), {"reason": "It is wrong again."}).status == 200
    assert seen(owner, ticket)["rating"] == 1, "until there is another"
    resolved(admin, ticket)
    newer = survey_token(database, ticket)
    assert (rate(newer, 5)[0], rate(newer, 5)[0]) == (200, 410)
    assert seen(owner, ticket)["rating"] == 5
    assert owner.post(path(ticket, "/rating"), {"rating": 2}).status == 409


def test_the_database_holds_no_link(owner: Client, admin: Client, database: Database) -> None:
    ticket = open_ticket(owner)
    resolved(admin, ticket)
    token = survey_token(database, ticket)
    for table in ("support_tickets", "support_messages", "outbox"):
        [[found]] = database.run(
            f"select count(*) from {table} where {table}::text like '%' || :token || '%'", token=token
        )
        assert found == 0


def test_of_many_at_once_one_rates(owner: Client, admin: Client, database: Database) -> None:
    ticket, together = open_ticket(owner), threading.Barrier(CALLERS, timeout=60)
    resolved(admin, ticket)
    token = survey_token(database, ticket)

    def one(rating: int) -> int | None:
        call = Call(Actor(), datetime.now(UTC))
        together.wait()
        try:
            with db.transaction(db.Scope(staff=True)) as call.connection:
                return ratings.rate_by_link(call, token, TicketRatingIn(rating=rating % 5 + 1)).rating
        except RatingLinkGone:
            return None
        finally:
            db.hang_up()

    with ThreadPoolExecutor(CALLERS) as callers:
        given = [rating for rating in callers.map(one, range(CALLERS)) if rating is not None]
    assert given == [seen(owner, ticket)["rating"]]
