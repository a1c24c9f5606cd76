"""Identifiers that sort by time."""

from datetime import UTC, datetime, timedelta

from shared.core.ids import new_id

NOW = datetime(2026, 11, 20, 7, 15, 0, 999_000, UTC)


def test_an_id_is_a_uuid_of_version_7() -> None:
    for id in (new_id(NOW) for _ in range(1000)):
        assert (id.version, id.variant) == (7, "specified in RFC 4122")


def test_an_id_holds_the_milliseconds_it_was_made_at() -> None:
    assert new_id(NOW).int >> 80 == 1_795_158_900_999


def test_ids_of_later_times_sort_later() -> None:
    times = [NOW + timedelta(milliseconds=n) for n in range(2000)]
    ids = [new_id(time) for time in times]
    assert ids == sorted(ids)
    assert [str(id) for id in ids] == sorted(str(id) for id in ids)


def test_ids_of_one_moment_differ_in_every_random_bit() -> None:
    ids = [new_id(NOW).int for _ in range(20_000)]
    assert len(set(ids)) == len(ids)
    fixed = {bit for bit in range(128) if len({id >> bit & 1 for id in ids}) == 1}
    assert fixed == {62, 63, 76, 77, 78, 79, *range(80, 128)}
