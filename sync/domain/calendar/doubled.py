"""Finds sessions that turn out to be one meeting, once two records are known to be one client's (R75)."""

from collections.abc import Collection
from dataclasses import dataclass

from sync.domain.attendance.states import CANCELLED
from sync.domain.calendar.meetings import Around, Copy, Meeting


@dataclass(frozen=True, slots=True)
class Doubled:
    """Two sessions of one meeting: `kept_id` goes on, `double_id` is a second time the same.

    With `both_written` each has a note with words: no program may choose between them.
    """

    kept_id: str
    double_id: str
    both_written: bool = False


def doubled(around: Around, written: Collection[str], told: Collection[str]) -> list[Doubled]:
    """The doubles among the standing sessions of one client that `around` holds the events of.

    That one goes on whose note has words (`written`), else of which something was said (`told`), else
    which is read from the calendar that leads. What has begun and what has not are never one, nor are
    two events of one calendar: there the iCalendar UID tells nothing apart.
    """
    shown: dict[Meeting, list[Copy]] = {}
    for copies in around.copies.values():
        for copy in copies:
            if copy.meeting and not copy.known.is_alias and copy.known.status != CANCELLED:
                shown.setdefault(copy.meeting, []).append(copy)
    found: dict[str, Doubled] = {}
    for meeting in sorted(shown, key=str):
        if len({copy.link_id for copy in shown[meeting]}) < len(shown[meeting]):
            continue
        ids = {copy.known.session_id for copy in shown[meeting]} - found.keys()
        kept, *others = sorted(ids, key=lambda one: _order(around, one, written, told)) or [""]
        found |= {
            other: Doubled(kept, other, kept in written and other in written)
            for other in others
            if _has_begun(around, kept) == _has_begun(around, other)
        }
    return list(found.values())


def _order(
    around: Around, session_id: str, written: Collection[str], told: Collection[str]
) -> tuple[bool, bool, tuple[bool, bool, int], str]:
    leading = around.leading(session_id) or around.copies[session_id][0]
    rank = around.rank(leading.link_id, organizer_is_self=leading.organizer_is_self)
    return session_id not in written, session_id not in told, rank, session_id


def _has_begun(around: Around, session_id: str) -> bool:
    return around.copies[session_id][0].known.starts_at <= around.now
