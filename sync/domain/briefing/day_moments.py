"""Says which mails of a day a practitioner wants, and which of them are due."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sync.domain.briefing.outbox import MessageKind
from sync.domain.briefing.wall_clock import day_bounds, moment_on, read_hour
from sync.domain.people import Practitioner

WISHES = {
    MessageKind.DIGEST: "digest_at",
    MessageKind.PREVIEW: "preview_at",
    MessageKind.FOLLOW_UP: "follow_up_at",
}
"""Which wish of hers asks for each mail of a day."""


@dataclass(frozen=True, slots=True)
class DayMail:
    """A mail that comes once on `day`: due at `due_at`, worthless from `ends_at` (both UTC) at the latest."""

    kind: MessageKind
    day: date
    due_at: datetime
    ends_at: datetime


def day_mails_due(person: Practitioner, zone: ZoneInfo, now: datetime) -> tuple[DayMail, ...]:
    """The mails of the day it is for her at `now` (aware) whose hour has come."""
    today = now.astimezone(zone).date()
    _, ends_at = day_bounds(today, zone)
    hours = {kind: read_hour(getattr(person, wish) or "") for kind, wish in WISHES.items()}
    mails = (
        DayMail(kind, today, moment_on(today, hour, zone), ends_at)
        for kind, hour in hours.items()
        if hour is not None
    )
    return tuple(mail for mail in mails if mail.due_at <= now)
