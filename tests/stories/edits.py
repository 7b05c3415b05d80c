"""What people do to the appointments of a story: each edit is typed in, and noted in the truth."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from tests.practice import ANA
from tests.stories.additions import (
    DAY,
    add_a_stranger,
    add_one,
    add_one_afterwards,
    add_one_soon,
    times,
)
from tests.stories.life import Life
from tests.stories.truth import Hour

HOUR = timedelta(hours=1)


def open_hours(life: Life, within: timedelta, *, lost: bool = False) -> list[Hour]:
    """The hours that an edit may touch: ahead, not too soon, and agreed (or lost, one by one)."""
    gone = {hour.series for hour in life.hours if hour.lost == "series"}
    return [
        hour
        for hour in life.hours
        if life.free_from < hour.starts_at < life.now + within
        and bool(hour.lost) is lost
        and hour.lost != "series"
        and not hour.meddled
        and (hour.series is None or hour.series not in gone)
        and hour.entered
    ]


def patch(life: Life, hour: Hour, changes: Mapping[str, Any]) -> None:
    """Change the hour's event."""
    life.practice.world.patch(ANA, hour.event_id, changes)


# One edit each.


def move(life: Life, hour: Hour) -> None:
    """To another day."""
    _move_to(life, hour, life.slot())


def move_nearby(life: Life, hour: Hour) -> None:
    """To a time inside the lead time."""
    start = life.slot_soon()
    if start is not None:
        _move_to(life, hour, start)


def _move_to(life: Life, hour: Hour, start: datetime) -> None:
    life.practice.world.move(ANA, hour.event_id, start, start + timedelta(minutes=hour.minutes))
    hour.move(start, life.now, life.seen_at)
    life.expect(hour)


def lengthen(life: Life, hour: Hour) -> None:
    """The same start, another end."""
    hour.minutes = 80 if hour.minutes == 50 else 50
    patch(life, hour, times(life, hour.starts_at, hour.minutes))


def retitle(life: Life, hour: Hour) -> None:
    """Other words, which are nobody's name."""
    patch(life, hour, {"summary": "Our usual hour", "location": "Room 3"})


def delete(life: Life, hour: Hour) -> None:
    """One hour goes into the bin."""
    life.practice.world.delete(ANA, hour.event_id)
    hour.cancel("deleted", life.now, life.seen_at)


def delete_for_a_while(life: Life, hour: Hour) -> None:
    """One hour goes into the bin, and comes back within the half hour."""
    delete(life, hour)
    life.plan(life.now + timedelta(minutes=21), lambda: life.edit(lambda _: _bring_back_if_lost(life, hour)))


def _bring_back_if_lost(life: Life, hour: Hour) -> None:
    if life.is_calm and hour in open_hours(life, DAY, lost=True):
        bring_back(life, hour)


def ana_declines(life: Life, hour: Hour) -> None:
    """Ana says no to the invitation."""
    patch(life, hour, {"attendees": [{"email": ANA, "responseStatus": "declined"}]})
    hour.cancel("declined", life.now, life.seen_at)


def client_answers(life: Life, hour: Hour) -> None:
    """The client declines the invitation, or accepts it again: no cancellation."""
    hour.client_declined = not hour.client_declined
    answer = "declined" if hour.client_declined else "accepted"
    guest = {"email": "guest@clients.example", "responseStatus": answer}
    patch(life, hour, {"attendees": [{"email": ANA, "responseStatus": "accepted"}, guest]})


def make_all_day(life: Life, hour: Hour) -> None:
    """It becomes a day without an hour."""
    day = hour.starts_at.astimezone(life.zone).date()
    patch(life, hour, {"start": {"date": f"{day}"}, "end": {"date": f"{day + DAY}"}})
    hour.cancel("all_day", life.now, life.seen_at)


def make_free(life: Life, hour: Hour) -> None:
    """It no longer blocks the time."""
    patch(life, hour, {"transparency": "transparent"})
    hour.cancel("free", life.now, life.seen_at)


def bring_back(life: Life, hour: Hour) -> None:
    """What took the hour away is undone."""
    match hour.lost:
        case "deleted":
            life.practice.world.restore(ANA, hour.event_id)
        case "declined":
            hour.client_declined = False
            patch(life, hour, {"attendees": [{"email": ANA, "responseStatus": "accepted"}]})
        case "all_day":
            patch(life, hour, times(life, hour.starts_at, hour.minutes))
        case "free":
            patch(life, hour, {"transparency": "opaque"})
    hour.agree(life.now, life.seen_at)
    life.expect(hour)


def move_in_the_bin_and_back(life: Life, hour: Hour) -> None:
    """Brought back for another time."""
    if hour.lost == "deleted":
        start = life.slot()
        life.practice.world.restore(ANA, hour.event_id)
        life.practice.world.move(ANA, hour.event_id, start, start + timedelta(minutes=hour.minutes))
        hour.starts_at = start
        hour.agree(life.now, life.seen_at)
        life.expect(hour)


CHANGES: tuple[Callable[[Life, Hour], None], ...] = (
    move,
    move,
    move,
    delete,
    delete,
    lengthen,
    retitle,
    ana_declines,
    client_answers,
    make_all_day,
    make_free,
)
SOON: tuple[Callable[[Life, Hour], None], ...] = (
    move,
    move_nearby,
    delete,
    delete_for_a_while,
    delete_for_a_while,
    ana_declines,
    lengthen,
)


def change_one(life: Life) -> None:
    """Something about an hour of the next three weeks."""
    _some(life, open_hours(life, 21 * DAY), life.random.choice(CHANGES))


def change_one_soon(life: Life) -> None:
    """Something about an hour whose briefing is out already."""
    _some(life, open_hours(life, HOUR), life.random.choice(SOON))


def undo_one(life: Life) -> None:
    """An hour comes back; the service has long seen that it was gone."""
    if life.is_calm:
        seen = life.now - timedelta(minutes=20)
        lost = [
            hour
            for hour in open_hours(life, 40 * DAY, lost=True)
            if hour.standings[-1].until_seen is not None and hour.standings[-1].until_seen < seen
        ]
        lost.sort(key=lambda hour: hour.starts_at)
        _some(life, lost[:3], life.random.choice((bring_back, bring_back, move_in_the_bin_and_back)))


def _some(life: Life, hours: list[Hour], edit: Callable[[Life, Hour], None]) -> None:
    if hours:
        edit(life, life.random.choice(hours))


def delete_series(life: Life) -> None:
    """A whole series goes into the bin."""
    series = _touchable_series(life, gone=False)
    if series:
        chosen = life.random.choice(series)
        life.practice.world.delete(ANA, chosen)
        for hour in life.hours:
            if hour.series == chosen and not hour.lost and hour.starts_at > life.now:
                hour.cancel("series", life.now, life.seen_at)


def restore_series(life: Life) -> None:
    """And comes back: of the hours that began meanwhile only those are met that the service never saw."""
    series = _touchable_series(life, gone=True)
    if series:
        chosen = life.random.choice(series)
        life.practice.world.restore(ANA, chosen)
        for hour in life.hours:
            met = not hour.entered and hour.ends_at > life.seen_from
            if hour.series == chosen and hour.lost == "series" and (hour.starts_at > life.now or met):
                hour.agree(life.now, life.seen_at)
                life.expect(hour)


def _touchable_series(life: Life, *, gone: bool) -> list[str]:
    if not life.is_calm:
        return []
    soon = {h.series for h in life.hours if life.now < h.starts_at < life.now + timedelta(minutes=30)}
    lost = {h.series for h in life.hours if h.lost == "series" and h.starts_at > life.now}
    seen = {h.standings[-1].until_seen for h in life.hours if h.series in lost and h.lost == "series"}
    if gone and any(at is not None and at > life.now - timedelta(minutes=20) for at in seen):
        return []
    every = (
        lost
        if gone
        else {h.series for h in life.hours} - {h.series for h in life.hours if h.lost == "series"}
    )
    return sorted(name for name in every - soon if name)


def tidy_the_past(life: Life) -> None:
    """An hour that has begun is deleted or moved: the record stays as it is."""
    gone = {hour.series for hour in life.hours if hour.lost == "series"}
    begun = [
        hour
        for hour in life.hours
        if life.now - 10 * DAY < hour.starts_at <= life.now
        and hour.entered
        and not hour.lost
        and not hour.meddled
        and (hour.series is None or hour.series not in gone)
    ]
    if begun:
        hour = life.random.choice(begun)
        hour.meddled = True
        if life.random.random() < 0.5:
            life.practice.world.delete(ANA, hour.event_id)
        else:
            start = life.slot(-5, 5)
            life.practice.world.move(ANA, hour.event_id, start, start + HOUR)


def expire_token(life: Life) -> None:
    """Google forgets our sync token (410)."""
    life.practice.world.expire_tokens(ANA)


EDITS: tuple[tuple[Callable[[Life], None], int], ...] = (
    (change_one, 30),
    (change_one_soon, 40),
    (undo_one, 18),
    (add_one, 8),
    (add_one_soon, 6),
    (add_one_afterwards, 2),
    (add_a_stranger, 5),
    (delete_series, 2),
    (restore_series, 12),
    (tidy_the_past, 5),
    (expire_token, 3),
)


def any_edit(life: Life) -> None:
    """One edit of any kind."""
    edits, weights = zip(*EDITS, strict=True)
    life.random.choices(edits, weights)[0](life)
