"""Builds a calendar's file from a few lines, and reads it as the worker's child does."""

from datetime import UTC, datetime
from pathlib import Path

from sync.adapters.ics_child import read_body
from sync.adapters.ics_wire import Answer, Question
from sync.domain.calendar.values import Event, Window

FILES = Path(__file__).parent / "files"
JUNE_TO_AUGUST = Window(datetime(2026, 6, 1, tzinfo=UTC), datetime(2026, 9, 1, tzinfo=UTC))
ANA = "ana@practice.example"


def calendar(*entries: str, head: str = "X-WR-TIMEZONE:Europe/London") -> bytes:
    """A file with these entries, each the lines between BEGIN and END of a VEVENT."""
    events = "".join(f"BEGIN:VEVENT\n{entry.strip()}\nEND:VEVENT\n" for entry in entries)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{head}\n{events}END:VCALENDAR\n".replace("\n", "\r\n").encode()


def read(raw: bytes, window: Window = JUNE_TO_AUGUST, zone: str = "Europe/Paris") -> Answer:
    """What a file says, within this process."""
    return read_body(raw, Question(window, (ANA,), zone))


def events(*entries: str, head: str = "X-WR-TIMEZONE:Europe/London") -> dict[str, Event]:
    return dict(read(calendar(*entries, head=head)).events)


def one(*lines: str, head: str = "X-WR-TIMEZONE:Europe/London") -> Event:
    """The only event of a file that holds these lines."""
    [event] = events("UID:e\n" + "\n".join(lines), head=head).values()
    return event


def starts(*entries: str, window: Window = JUNE_TO_AUGUST) -> list[str]:
    """The planned and moved hours of a file within the window, in UTC, in order."""
    found = read(calendar(*entries), window).events.values()
    hours = [event.starts_at for event in found if event.starts_at is not None]
    return [f"{hour:%m-%dT%H%M}" for hour in sorted(hours) if window.starts_at <= hour < window.ends_at]
