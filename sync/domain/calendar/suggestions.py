"""Proposes clients from the hours that come back in a calendar, for a person to say yes or no to each."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import median
from zoneinfo import ZoneInfo

from sync.domain.calendar.title_noise import is_telling, learned_key, undecorated
from sync.domain.calendar.values import Appointment
from sync.domain.calendar.words import words

LEAST_HOURS = 3
MOST_GUESTS = 2
"""A couple is invited by two addresses; more make a meeting."""

LIKELY = 70
"""From this likelihood on a proposal is good enough to be taken without a look at each."""

_SHORTEST, _LONGEST = timedelta(minutes=20), timedelta(minutes=180)
_OFTENEST, _SELDOMEST = 3, 35
"""Days between two hours: what comes daily is lunch, what comes twice a year is the dentist."""

_REGULAR = 0.6
"""The least share of gaps that fit the usual one, give or take a day."""

_EVERYDAY = frozenset(
    words(
        """
        lunch dinner breakfast coffee gym yoga pilates swim swimming run running choir band rehearsal football
        tennis training class course school pickup kids nursery kindergarten team standup staff admin emails
        paperwork supervision supervisor intervision dentist doctor hairdresser physio haircut shopping
        cleaning birthday holiday travel train flight webinar conference board committee mum dad mama papa
        mittag mittagessen pause sport chor schule kita einkaufen geburtstag urlaub
        """
    )
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Somebody who may be a client. `likelihood` is from 0 to 100; `every_days` the usual gap.

    `titles` are keys as `learned_key` makes them; `address` is the only guest's, where there is one.
    """

    name: str
    titles: tuple[str, ...]
    address: str | None
    hours: int
    every_days: int
    last_at: datetime
    likelihood: int


def suggest_clients(appointments: Iterable[Appointment], time_zone: str) -> list[Suggestion]:
    """Who comes back with some rhythm, the likeliest first; days are those of `time_zone`.

    Hours belong together by the same single guest, else by the same title. A title that several
    guests share names none of them. What is private, unanswered or a meeting is left out.
    """
    hours = [each for each in appointments if _may_be_a_clients(each)]
    shared = _shared_titles(hours)
    groups: dict[tuple[str, str], list[Appointment]] = {}
    for hour in hours:
        group = _group_of(hour, shared)
        if group is not None:
            groups.setdefault(group, []).append(hour)
    zone = ZoneInfo(time_zone)
    found = [_suggestion(some, shared, zone) for some in groups.values()]
    return sorted(filter(None, found), key=lambda s: (-s.likelihood, -s.hours, s.name))


def _may_be_a_clients(hour: Appointment) -> bool:
    hidden = hour.private or hour.unanswered or hour.client_declined
    lasting = _SHORTEST <= hour.ends_at - hour.starts_at <= _LONGEST
    return lasting and not hidden and len(_guests(hour)) <= MOST_GUESTS


def _guests(hour: Appointment) -> list[str]:
    return [guest.address.casefold() for guest in hour.event.attendees if not guest.is_self]


def _the_guest(hour: Appointment) -> str | None:
    guests = _guests(hour)
    return guests[0] if len(guests) == 1 else None


def _shared_titles(hours: Sequence[Appointment]) -> set[str]:
    guests: dict[str, set[str]] = {}
    for hour in hours:
        if (guest := _the_guest(hour)) is not None:
            guests.setdefault(learned_key(hour.title), set()).add(guest)
    return {key for key, who in guests.items() if len(who) > 1}


def _group_of(hour: Appointment, shared: set[str]) -> tuple[str, str] | None:
    key, guest = learned_key(hour.title), _the_guest(hour)
    if guest is not None and (not key or key in shared):
        return "guest", guest
    return ("title", key) if key and key not in shared else None


def _suggestion(hours: Sequence[Appointment], shared: set[str], zone: ZoneInfo) -> Suggestion | None:
    days = sorted({hour.starts_at.astimezone(zone).date() for hour in hours})
    if len(days) < LEAST_HOURS:
        return None
    gap, regular = _rhythm(days)
    if not _OFTENEST <= gap <= _SELDOMEST or regular < _REGULAR:
        return None
    keys = Counter(learned_key(hour.title) for hour in hours)
    addresses = {guest for hour in hours if (guest := _the_guest(hour)) is not None}
    address = next(iter(addresses)) if len(addresses) == 1 else None
    name = _name_in(hours, shared) or _name_of(address)
    if not name:
        return None
    return Suggestion(
        name=name,
        titles=tuple(sorted(key for key in keys if key and key not in shared)),
        address=address,
        hours=len(days),
        every_days=gap,
        last_at=max(hour.starts_at for hour in hours),
        likelihood=_likelihood(name, hours, regular, zone, invited=address is not None),
    )


def _rhythm(days: Sequence[date]) -> tuple[int, float]:
    """The usual gap between two hours in days, and the share of gaps that are it, or up to three of it."""
    gaps = [(after - before).days for before, after in pairwise(days)]
    often = Counter(gaps)
    usual = min(often, key=lambda gap: (-often[gap], gap))
    fitting = [gap for gap in gaps if any(abs(gap - usual * times) <= 1 for times in (1, 2, 3))]
    return usual, len(fitting) / len(gaps)


def _name_in(hours: Sequence[Appointment], shared: set[str]) -> str:
    """What of the title that is written most often is a name, as it is written."""
    titles = Counter(undecorated(hour.title) for hour in hours if learned_key(hour.title) not in shared)
    parts = min(titles, key=lambda title: (-titles[title], title)).split() if titles else []
    while parts and not _is_of_a_name(parts[0]):
        parts = parts[1:]
    while parts and not _is_of_a_name(parts[-1]):
        parts = parts[:-1]
    return " ".join(parts).strip(" ,;:–-")


def _is_of_a_name(part: str) -> bool:
    return any(is_telling(word) for word in words(part))


def _name_of(address: str | None) -> str:
    """`jo.bloggs@…` is `Jo Bloggs`, until somebody says better."""
    local = (address or "").partition("@")[0]
    return " ".join(word.capitalize() for word in words(local.replace("_", " ")) if not word.isdigit())


def _likelihood(
    name: str, hours: Sequence[Appointment], regular: float, zone: ZoneInfo, *, invited: bool
) -> int:
    """How likely this is a client: the shape of the name, the rhythm, the length, whether she is invited."""
    slots = Counter((f"{at:%u %H:%M}") for at in (hour.starts_at.astimezone(zone) for hour in hours))
    length = median((hour.ends_at - hour.starts_at).total_seconds() / 60 for hour in hours)
    parts = name.split()
    points = 25.0 + 15 * regular
    points += 15 * max(slots.values()) / len(hours)
    points += 15 if 40 <= length <= 100 else 0
    points += 20 if len(parts) in (2, 3) and all(part[:1].isupper() for part in parts) else 0
    points += 10 if invited else 0
    points -= 45 if _EVERYDAY & set(words(name)) else 0
    return max(0, min(99, round(points)))
