"""Reading the calendars at the door: what is in doubt is said, with what a person can do about it."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.cli.conftest import ANA, Door


def ended_series(door: Door) -> None:
    """Eight weekly hours, of which only the one that is over is left."""
    door.ready()
    door("clients", "add", "Jo Bloggs")
    start = datetime.now(UTC).replace(microsecond=0) - timedelta(days=2)
    door.put("Jo Bloggs", start, recurrence=["RRULE:FREQ=WEEKLY;COUNT=8"])
    door("pull")
    coming = door.world.truth(ANA, start + timedelta(days=6), start + timedelta(days=8))
    door.world.delete_following(ANA, coming[0]["id"])


def statuses(door: Door) -> list[str]:
    return [each["status"] for each in door("sessions", "--json").json]


def test_a_calendar_that_is_rightly_empty_is_doubted_and_believed_at_a_persons_word(door: Door) -> None:
    ended_series(door)

    doubted = door("pull")
    waiting = statuses(door)
    believed = door("pull", "--accept-empty")
    again = door("pull", "--full")

    assert "practice-sync pull --accept-empty" in doubted.err
    assert (1, 0) == (waiting.count("held"), waiting.count("cancelled"))
    assert 7 == statuses(door).count("cancelled")
    assert (0, "", 0, "") == (believed.code, believed.err, again.code, again.err)
    assert max(len(line) for line in (doubted.out + doubted.err).splitlines()) <= 80


@pytest.mark.parametrize("command", ["pull", "once"])
def test_a_paused_calendar_is_said_to_be_paused(door: Door, command: str) -> None:
    door.ready()
    [calendar] = door("connections", "--json").json
    door("connections", "pause", calendar["id"])

    said = door(command)

    assert "The calendar is paused, so nothing was read." in said.err
    assert f"practice-sync connections resume {calendar['id'][:8]}" in said.err
    assert "No calendar is linked" not in said.err


def test_a_reading_says_how_many_questions_wait(door: Door) -> None:
    door.ready()
    door("clients", "add", "Jo Bloggs")
    start = datetime.now(UTC).replace(microsecond=0) - timedelta(days=2)
    events = [door.put("Jo Bloggs", start), door.put("Jo Bloggs", start - timedelta(days=1))]
    nothing = door("once")
    for event in events:
        door.world.delete(ANA, event)

    rehearsed = door("pull", "--dry-run")
    said = door("pull")
    in_json = door("once", "--json").json

    assert "for your word" not in nothing.out
    assert "2 wait for your word: practice-sync sessions flags" in rehearsed.out
    assert "2 wait for your word: practice-sync sessions flags" in said.out
    assert (2, 0) == (in_json["flags"], in_json["missing"])
