"""Reading the calendars at the door: what is in doubt is said, with what a person can do about it."""

from datetime import UTC, datetime, timedelta

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
