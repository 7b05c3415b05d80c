"""What a reading says to somebody who has only begun: how to find her clients."""

from tests.cli.conftest import Door, in_hours

HINT = "practice-sync clients suggest"


def fill(door: Door) -> None:
    for day in range(4):
        door.put(f"Somebody {day}", in_hours(24 + day), recurrence=["RRULE:FREQ=WEEKLY;COUNT=6"])


def test_where_hardly_anybody_is_known_the_reading_says_how_to_find_them(door: Door) -> None:
    door.ready()
    fill(door)

    assert HINT in door("pull").out


def test_who_has_clients_is_not_told_how_to_find_them(door: Door) -> None:
    door.ready()
    fill(door)
    for name in ("Jo Bloggs", "Kim Mori", "Lou Marsh", "Ada Hart", "Mo Finch"):
        assert 0 == door("clients", "add", name).code

    assert HINT not in door("pull").out
