"""The edits of a history: what people and tools do to a calendar, each chosen at random."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from math import inf

from sync.sandbox.entries import Entry
from sync.sandbox.moments import instant
from tests.practice import ANA
from tests.stories.histories.hand import CLIENTS, DAY, LENGTH, NEAR, Agreed, Hand, Resource

RULES = (
    "RRULE:FREQ=WEEKLY",
    "RRULE:FREQ=WEEKLY",
    "RRULE:FREQ=WEEKLY;COUNT=6",
    "RRULE:FREQ=WEEKLY;INTERVAL=2",
    "RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=4",
    "RRULE:FREQ=MONTHLY",
)


def edit(hand: Hand) -> None:
    """One edit of any kind that is possible now."""
    if hand.soon and hand.soon.pop()(hand):
        return
    kinds, weights = zip(*EDITS.items(), strict=True)
    for _ in range(8):
        kind = hand.random.choices(kinds, weights)[0]
        if kind(hand):
            return
    add_single(hand)


def _instances(entry: Entry, until: datetime) -> list[str]:
    """The ids of a series' instances in order, deleted ones too."""
    if entry.expansion is None:
        return [entry.id]
    places = entry.expansion.between(-inf, until.timestamp())
    return [f"{entry.instance_base}_{entry.expansion.suffixes[place]}" for place in places]


def _suffix(event_id: str) -> str:
    return event_id.rpartition("_")[2]


# What people do. Each says whether it could be done.


def add_single(hand: Hand) -> bool:
    title = hand.random.choice(CLIENTS)
    event = hand.world.insert(ANA, {"summary": title, **hand.times(hand.slot())})
    hand.told.append(f"add {event}")
    return True


def add_series(hand: Hand) -> bool:
    if len(hand.series()) >= 4:
        return False
    rule = hand.random.choice(RULES)
    start = hand.slot(-10, 10) if hand.random.random() < 0.8 else hand.slot()
    if "MONTHLY" in rule and start.astimezone(hand.zone).day > 27:
        return False
    event = {"summary": hand.random.choice(CLIENTS), "recurrence": [rule]}
    series = hand.world.insert(ANA, {**event, **hand.times(start)})
    hand.told.append(f"add series {series} {rule} {start}")
    return True


def add_stranger(hand: Hand) -> bool:
    hand.world.insert(ANA, {"summary": "Dentist", **hand.times(hand.slot())})
    return True


def move_one(hand: Hand) -> bool:
    one = hand.some(hand.editable())
    if one is None:
        return False
    start = hand.slot()
    hand.world.move(ANA, one.event_id, start, start + LENGTH)
    hand.told.append(f"move {one.event_id} to {start}")
    return True


def move_far(hand: Hand) -> bool:
    """Beyond what is read; in the end it may be moved back, or grow near."""
    one = hand.some(hand.editable())
    if one is None:
        return False
    start = hand.slot(80, 120)
    hand.world.move(ANA, one.event_id, start, start + LENGTH)
    hand.told.append(f"move {one.event_id} to {start}")
    return True


def move_far_and_all(hand: Hand) -> bool:
    """An hour of a series is moved beyond what is read, and a little later all events are moved."""
    one = _instance(hand)
    if one is None:
        return False
    start = hand.slot(80, 120)
    hand.world.move(ANA, one.event_id, start, start + LENGTH)
    hand.told.append(f"move {one.event_id} to {start}")
    hand.soon.append(edit_all)
    return True


def retitle(hand: Hand) -> bool:
    one = hand.some(hand.editable())
    if one is None:
        return False
    what = {"summary": f"{one.client} (video)", "location": hand.random.choice(("Room 2", "Online"))}
    hand.world.patch(ANA, one.event_id, what)
    hand.told.append(f"retitle {one.event_id}")
    return True


def client_answers(hand: Hand) -> bool:
    one = hand.some(hand.editable())
    if one is None:
        return False
    answer = hand.random.choice(("declined", "accepted"))
    guests = [
        {"email": ANA, "responseStatus": "accepted"},
        {"email": "guest@clients.example", "responseStatus": answer},
    ]
    hand.world.patch(ANA, one.event_id, {"attendees": guests})
    hand.told.append(f"client {answer} {one.event_id}")
    return True


def delete_one(hand: Hand) -> bool:
    one = hand.some(hand.editable())
    if one is None:
        return False
    hand.world.delete(ANA, one.event_id)
    hand.undoable(one.event_id, None)
    hand.told.append(f"delete {one.event_id}")
    return True


def decline_one(hand: Hand) -> bool:
    no, yes = ([{"email": ANA, "responseStatus": answer}] for answer in ("declined", "accepted"))
    return _take_away(hand, {"attendees": no}, {"attendees": yes})


def free_one(hand: Hand) -> bool:
    return _take_away(hand, {"transparency": "transparent"}, {"transparency": "opaque"})


def all_day_one(hand: Hand) -> bool:
    one = hand.some(hand.editable())
    if one is None:
        return False
    day = one.starts_at.astimezone(hand.zone).date()
    hand.world.patch(ANA, one.event_id, {"start": {"date": f"{day}"}, "end": {"date": f"{day + DAY}"}})
    hand.undoable(one.event_id, hand.times(one.starts_at))
    hand.told.append(f"all-day {one.event_id}")
    return True


def _take_away(hand: Hand, changes: Resource, back: Resource) -> bool:
    one = hand.some(hand.editable())
    if one is None:
        return False
    hand.world.patch(ANA, one.event_id, changes)
    hand.undoable(one.event_id, back)
    hand.told.append(f"{next(iter(changes))} {one.event_id}")
    return True


def bring_back(hand: Hand) -> bool:
    """Undo one of the last edits that took an hour away, where its id is still there."""
    undoable = hand.last_undoable()
    if undoable is None or _is_near(hand, undoable[0]):
        return False
    event_id, changes = undoable
    if changes is None:
        hand.world.restore(ANA, event_id)
    else:
        hand.world.patch(ANA, event_id, changes)
    hand.told.append(f"bring back {event_id}")
    return True


def _is_near(hand: Hand, event_id: str) -> bool:
    """Whether what is brought back has an hour that goes on now, or is about to begin."""
    near = range(int((hand.now - LENGTH).timestamp()), int((hand.now + NEAR).timestamp()))
    entry = hand.entry(event_id)
    if entry.expansion is not None and entry.expansion.between(near.start, near.stop):
        return True
    edges = [entry.resource.get("start"), *(one.changes.get("start") for one in entry.overrides.values())]
    starts = (instant(edge, hand.zone) for edge in edges)
    return any(start is not None and int(start.timestamp()) in near for start in starts)


def delete_following(hand: Hand) -> bool:
    one = _instance(hand)
    if one is None:
        return False
    hand.world.delete_following(ANA, one.event_id)
    hand.told.append(f"delete following {one.event_id}")
    return True


def delete_series(hand: Hand) -> bool:
    series = hand.series()
    if not series:
        return False
    chosen = hand.random.choice(series)
    hand.world.delete(ANA, chosen)
    hand.undoable(chosen, None)
    hand.told.append(f"delete series {chosen}")
    return True


def edit_all(hand: Hand) -> bool:
    """All events at another time, typed into one of them."""
    one = _instance(hand)
    if one is None:
        return False
    before = hand.entry(one.event_id)
    start = _shifted(hand, one.starts_at)
    ids = _instances(before, hand.now + 300 * DAY)
    unsure = _cancelled_instances(hand, before)
    hand.world.edit_all(ANA, one.event_id, hand.times(start))
    after = _instances(hand.entry(before.id), hand.now + 300 * DAY)
    hand.renamed({**dict(zip(ids, after, strict=False)), **dict.fromkeys(unsure)})
    hand.told.append(f"edit all of {before.id}: {one.event_id} {one.starts_at} to {start}")
    return True


def split(hand: Hand) -> bool:
    """This and following at another time."""
    one = _instance(hand)
    if one is None:
        return False
    before = hand.entry(one.event_id)
    start = _shifted(hand, one.starts_at)
    ids = _instances(before, hand.now + 300 * DAY)
    changed = [f"{before.instance_base}_{suffix}" for suffix in before.overrides]
    new = hand.world.split(ANA, one.event_id, hand.times(start))
    after = _instances(hand.entry(new), hand.now + 300 * DAY)
    following = ids if new == before.id else ids[ids.index(one.event_id) :]
    hand.renamed({**dict(zip(following, after, strict=False)), **_none_of(changed, following)})
    hand.told.append(f"split at {one.event_id} {one.starts_at} to {start}: {new}")
    return True


def split_in_name(hand: Hand) -> bool:
    """This and following with other words and the same time: the ids stay (R39)."""
    one = _instance(hand)
    if one is None:
        return False
    new = hand.world.split(ANA, one.event_id, {"location": "Room 5"})
    hand.told.append(f"split in name at {one.event_id}: {new}")
    return True


def split_by_tool(hand: Hand) -> bool:
    """A booking tool ends the series and makes another, which has nothing to do with it (R43)."""
    one = _instance(hand)
    if one is None:
        return False
    hand.world.delete_following(ANA, one.event_id)
    rule = {"summary": one.client, "recurrence": ["RRULE:FREQ=WEEKLY"]}
    new = hand.world.insert(ANA, {**rule, **hand.times(one.starts_at)})
    hand.told.append(f"split by a tool at {one.event_id}: {new}")
    return True


def repeat(hand: Hand) -> bool:
    """A single event is made to repeat."""
    single = hand.some([one for one in hand.editable() if one.series is None])
    if single is None or len(hand.series()) >= 4:
        return False
    hand.world.patch(ANA, single.event_id, {"recurrence": ["RRULE:FREQ=WEEKLY;COUNT=5"]})
    entry = hand.entry(single.event_id)
    hand.renamed({single.event_id: _instances(entry, hand.now + 300 * DAY)[0]})
    hand.told.append(f"repeat {single.event_id}")
    return True


def stop_repeating(hand: Hand) -> bool:
    """A series becomes a single event."""
    series = hand.series()
    if not series:
        return False
    entry = hand.entry(hand.random.choice(series))
    first, *others = _instances(entry, hand.now + 300 * DAY)
    hand.world.patch(ANA, entry.id, {"recurrence": None})
    to = None if entry.overrides else entry.id
    hand.renamed({**dict.fromkeys(others, None if entry.overrides else ""), first: to})
    hand.told.append(f"stop repeating {entry.id}")
    return True


def other_rhythm(hand: Hand) -> bool:
    """A weekly series is held every other week, or the other way round: which hour is which is a guess."""
    weekly = [one for one in hand.series() if "WEEKLY" in str(hand.entry(one).resource["recurrence"])]
    if not weekly:
        return False
    entry = hand.entry(hand.random.choice(weekly))
    [rule] = entry.resource["recurrence"]
    other = rule.replace(";INTERVAL=2", "") if "INTERVAL" in rule else f"{rule};INTERVAL=2"
    hand.renamed(dict.fromkeys(_instances(entry, hand.now + 300 * DAY)))
    hand.world.patch(ANA, entry.id, {"recurrence": [other]})
    hand.told.append(f"other rhythm {entry.id}: {other}")
    return True


def tidy_the_past(hand: Hand) -> bool:
    """An hour that has begun is deleted or moved; its record stays."""
    one = hand.some(hand.agreed(hand.now - 10 * DAY, hand.now))
    if one is None:
        return False
    if hand.random.random() < 0.5:
        hand.world.delete(ANA, one.event_id)
    else:
        start = one.starts_at - DAY
        hand.world.move(ANA, one.event_id, start, start + LENGTH)
    hand.told.append(f"tidy {one.event_id}")
    return True


def other_zone(hand: Hand) -> bool:
    """The calendar's own zone changes, and no instant with it (R59)."""
    zone = hand.random.choice(("Europe/Lisbon", "America/Denver", hand.zone.key))
    hand.world.set_time_zone(ANA, zone)
    hand.told.append(f"calendar in {zone}")
    return True


def expire(hand: Hand) -> bool:
    hand.world.expire_tokens(ANA)
    hand.told.append("tokens expire")
    return True


def _instance(hand: Hand) -> Agreed | None:
    """An unmoved instance ahead of a series that may be edited."""
    allowed = hand.series()
    hours = [one for one in hand.editable() if one.series in allowed]
    return hand.some(
        [one for one in hours if _suffix(one.event_id) not in hand.entry(one.event_id).overrides]
    )


def _shifted(hand: Hand, start: datetime) -> datetime:
    """Some days and hours on or back, on the wall clock, and never into the next hour."""
    while True:
        days, hours = hand.random.choice((0, 0, 1, 2, 4, -1, -3)), hand.random.choice((0, 1, 2, -1))
        wall = start.astimezone(hand.zone).replace(tzinfo=None) + timedelta(days=days, hours=hours)
        moved = wall.replace(tzinfo=hand.zone).astimezone(hand.now.tzinfo)
        if moved not in (start,) and moved > hand.now + NEAR and 6 <= wall.hour <= 21:
            return moved


def _cancelled_instances(hand: Hand, entry: Entry) -> list[str]:
    """Instances that do not take place: what becomes of them is not for sure."""
    agreed = {one.event_id for one in hand.agreed(hand.now - 60 * DAY, hand.now + 300 * DAY)}
    return [
        f"{entry.instance_base}_{suffix}"
        for suffix in entry.overrides
        if f"{entry.instance_base}_{suffix}" not in agreed
    ]


def _none_of(changed: Sequence[str], following: Sequence[str]) -> dict[str, str | None]:
    return dict.fromkeys(one for one in changed if one in following)


EDITS: dict[Callable[[Hand], bool], int] = {
    add_single: 6,
    add_series: 8,
    add_stranger: 1,
    move_one: 10,
    move_far: 3,
    move_far_and_all: 4,
    retitle: 3,
    client_answers: 3,
    delete_one: 6,
    decline_one: 3,
    free_one: 3,
    all_day_one: 3,
    bring_back: 10,
    delete_following: 4,
    delete_series: 4,
    edit_all: 10,
    split: 10,
    split_in_name: 4,
    split_by_tool: 3,
    repeat: 4,
    stop_repeating: 3,
    other_rhythm: 3,
    tidy_the_past: 4,
    other_zone: 1,
    expire: 2,
}
