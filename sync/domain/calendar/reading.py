"""Reads one calendar event: is it an appointment, has it been cancelled, or is it none of ours?"""

from zoneinfo import available_timezones

from sync.domain.calendar.values import (
    Appointment,
    Cancelled,
    CancelReason,
    Event,
    Reading,
    Skipped,
    SkipReason,
)

NO_TITLE = ""
PRIVATE = frozenset({"private", "confidential"})


def read_event(event: Event, calendar_zone: str) -> Reading:
    """Read `event` by the rules of docs/calendar-rules.md; never raises for content.

    `calendar_zone` is the zone that is kept where the event names none that is known (R53).
    """
    if event.status == "cancelled":  # status decides, not completeness (R30)
        return Cancelled(event, CancelReason.DELETED)
    if event.defect is not None:
        return Skipped(event, SkipReason.DEFECT)
    if event.event_type != "default":
        return Skipped(event, SkipReason.OTHER_TYPE)
    if event.starts_at is None:
        return Skipped(event, SkipReason.ALL_DAY if event.starts_on else SkipReason.NO_START)
    if event.attendees and own_response(event) == "declined":
        return Cancelled(event, CancelReason.DECLINED)
    if event.transparency == "transparent":
        return Skipped(event, SkipReason.FREE)
    return Appointment(
        event=event,
        starts_at=event.starts_at,
        # An end that is missing or lies before the start is an unknown length: none is invented (R56).
        ends_at=max(event.ends_at or event.starts_at, event.starts_at),
        time_zone=known_zone(event.time_zone, calendar_zone),
        title=event.title or NO_TITLE,
        client_declined=bool(event.attendees) and _all_others_declined(event),
        private=event.visibility in PRIVATE,
        unanswered=not event.organizer_is_self and own_response(event) in (None, "needsAction"),
    )


def known_zone(name: str | None, fallback: str) -> str:
    """`name` if it is an IANA zone, else `fallback`: a strange zone never drops an event (R53)."""
    return name if name in _ZONES else fallback


_ZONES = frozenset(available_timezones())


def own_response(event: Event) -> str | None:
    """The practitioner's own answer to an invitation, in Google's words; None where she is no guest."""
    return next((attendee.response for attendee in event.attendees if attendee.is_self), None)


def _all_others_declined(event: Event) -> bool:
    others = [attendee for attendee in event.attendees if not attendee.is_self]
    return bool(others) and all(attendee.response == "declined" for attendee in others)


SCOPE_LOST: dict[SkipReason, CancelReason] = {
    SkipReason.ALL_DAY: CancelReason.BECAME_ALL_DAY,
    SkipReason.FREE: CancelReason.BECAME_FREE,
    SkipReason.OTHER_TYPE: CancelReason.BECAME_OTHER,
}
"""What it means for a session we know when its event stops being an appointment (R48, R67)."""
