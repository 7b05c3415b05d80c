"""The mail that reminds of unwritten notes: days and hours, no name and no word of any note."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sync.domain.briefing.moments import LocalTime
from sync.domain.phrasing import counted

MOST_LISTED = 8


@dataclass(frozen=True, slots=True)
class NotesReminder:
    """Which sessions wait for their note, the longest first; what is not listed is counted in `more`."""

    subject: str
    heading: str
    sessions: tuple[str, ...]
    more: str
    unsigned: str
    command: str


def compose_reminder(unwritten: Sequence[datetime], unsigned: int, time: LocalTime) -> NotesReminder:
    """The reminder of sessions that began at the moments `unwritten` (aware), and of `unsigned` drafts."""
    many = len(unwritten)
    further = many - MOST_LISTED
    return NotesReminder(
        subject="Practice Sync: notes to write",
        heading=f"{counted(many, 'session')} {'has' if many == 1 else 'have'} no note yet",
        sessions=tuple(time.moment(starts_at) for starts_at in unwritten[:MOST_LISTED]),
        more=f"And {further} more." if further > 0 else "",
        unsigned=f"{counted(unsigned, 'note')} {'is' if unsigned == 1 else 'are'} written and not signed."
        if unsigned
        else "",
        command="practice-sync note overdue",
    )
