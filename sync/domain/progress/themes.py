"""Finds the themes that come back."""

from collections.abc import Sequence
from dataclasses import dataclass

from sync.domain.notes.chronology import oldest_first
from sync.domain.notes.values import WrittenNote
from sync.domain.progress.evidence import Evidence, evidence_of

_RECURRENT = 3  # a thread is a theme seen in three sessions or more
_RETURNING = 2


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme and the sessions that had it, oldest first. `notes_since` counts notes without it since."""

    theme: str
    seen_in: tuple[Evidence, ...]
    notes_since: int

    @property
    def sessions(self) -> int:
        """In how many sessions it was noted."""
        return len(self.seen_in)

    @property
    def first_seen(self) -> Evidence:
        """The first session that had it."""
        return self.seen_in[0]

    @property
    def last_seen(self) -> Evidence:
        """The latest session that had it."""
        return self.seen_in[-1]


def recurring_themes(notes: Sequence[WrittenNote]) -> tuple[Theme, ...]:
    """The themes of three sessions or more, most frequent first, then most recent.

    While no theme has come that far, those of two sessions are given: a young therapy has threads too.
    """
    seen = _all_themes(notes)
    recurrent = [theme for theme in seen if theme.sessions >= _RECURRENT]
    returning = [theme for theme in seen if theme.sessions >= _RETURNING]
    return tuple(sorted(recurrent or returning, key=_most_frequent_first))


def _all_themes(notes: Sequence[WrittenNote]) -> list[Theme]:
    in_order = oldest_first(notes)
    # By session, for a session is counted once however many notes it has.
    sessions = list(dict.fromkeys(evidence_of(note) for note in in_order))
    seen: dict[str, dict[Evidence, None]] = {}
    for note in in_order:
        for theme in note.reading.themes:
            seen.setdefault(theme, {})[evidence_of(note)] = None
    place = {session: number for number, session in enumerate(sessions, start=1)}
    return [
        Theme(theme, tuple(found), notes_since=len(sessions) - place[list(found)[-1]])
        for theme, found in seen.items()
    ]


def _most_frequent_first(theme: Theme) -> tuple[int, float, str]:
    return -theme.sessions, -theme.last_seen.starts_at.timestamp(), theme.theme
