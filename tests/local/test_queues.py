"""Outbox, relay, bus, rule, queue and consumer, end to end; failures go around again, then to the dead letters."""

from urllib.parse import urlsplit

from pg8000.native import Connection

from local import children
from tests.local.small import Stack


def log_of(stack: Stack, ending: str) -> list[str]:
    url = urlsplit(stack.facts["database_url"])
    with Connection(
        str(url.username), password=url.password, host=str(url.hostname), port=int(url.port or 0)
    ) as connection:
        return [entry for (entry,) in connection.run("select entry from log where entry like :like", like=f"%{ending}")]


def test_an_event_reaches_its_consumer_once(stack: Stack) -> None:
    stack.write("first")
    assert stack.control("POST", "/drain").json == {"drained": True}
    assert log_of(stack, " first") == ["tried first", "done first"]


def test_a_nudge_wakes_the_relay(stack: Stack) -> None:
    stack.write("nudged", nudge=True)
    assert children.wait_until(lambda: "done nudged" in log_of(stack, " nudged"), seconds=5)


def test_only_the_reported_part_of_a_batch_comes_again(stack: Stack) -> None:
    stack.write("good one", "second time", "good two")
    assert stack.control("POST", "/drain").status == 200
    assert log_of(stack, "good one") == ["tried good one", "done good one"]
    assert log_of(stack, "second time") == ["tried second time", "tried second time", "done second time"]


def test_a_consumer_that_was_killed_gets_its_message_again(stack: Stack) -> None:
    stack.write("deadly")
    assert stack.control("POST", "/drain").status == 200
    assert log_of(stack, "deadly") == ["tried deadly", "tried deadly", "done deadly"]


def test_what_always_fails_ends_among_the_dead_letters(stack: Stack) -> None:
    before = stack.control("GET", "/queues").json["demo-Things"]["dead"]
    stack.write("poison")
    assert stack.control("POST", "/drain").status == 200
    assert log_of(stack, "poison") == ["tried poison"] * 2
    queues = stack.control("GET", "/queues").json
    assert queues["demo-Things"] == {"visible": 0, "in_flight": 0, "delayed": 0, "dead": before + 1}
    assert set(queues) == {"demo-Things", "root-OutboxQueue"}  # neither dead letters nor what only production has
