"""Finds the themes of a client's notes: what is new, what comes back, what has gone quiet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from sync.domain.notes.chronology import oldest_first
from sync.domain.notes.values import WrittenNote
from sync.domain.progress.evidence import Evidence, evidence_of

_RECURRENT = 3  # a thread is a theme seen in three sessions or more
_RETURNING = 2
_NEW = 3  # first seen in one of the last three sessions
_QUIET_SESSIONS, _QUIET_TIME = 5, timedelta(days=60)


class ThemeState(StrEnum):
    """What may be said of a theme."""

    NEW = "new"
    RECURRING = "recurring"
    QUIET = "quiet"
    OCCASIONAL = "occasional"


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme and the sessions that had it, oldest first. `notes_since` counts notes without it since.

    New is what was first seen in the last three sessions of more; recurring, what three had; quiet, what
    three had and the last five have not, or the last sixty days.
    """

    theme: str
    seen_in: tuple[Evidence, ...]
    notes_since: int
    state: ThemeState = ThemeState.OCCASIONAL

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


def themes_of(notes: Sequence[WrittenNote]) -> tuple[Theme, ...]:
    """Every theme of `notes` of one client, most frequent first, then most recent."""
    return tuple(sorted(_all_themes(notes), key=_most_frequent_first))


def _all_themes(notes: Sequence[WrittenNote]) -> list[Theme]:
    in_order = oldest_first(notes)
    # By session, for a session is counted once however many notes it has.
    sessions = list(dict.fromkeys(evidence_of(note) for note in in_order))
    seen: dict[str, dict[Evidence, None]] = {}
    for note in in_order:
        for theme in note.reading.themes:
            seen.setdefault(theme, {})[evidence_of(note)] = None
    place = {session: number for number, session in enumerate(sessions)}
    return [
        Theme(theme, tuple(found), len(sessions) - 1 - place[list(found)[-1]], _state(list(found), sessions))
        for theme, found in seen.items()
    ]


def _state(seen_in: Sequence[Evidence], sessions: Sequence[Evidence]) -> ThemeState:
    if len(sessions) > _NEW and seen_in[0] in sessions[-_NEW:]:
        return ThemeState.NEW
    if len(seen_in) < _RECURRENT:
        return ThemeState.OCCASIONAL
    silence = sessions[-1].starts_at - seen_in[-1].starts_at
    if silence >= _QUIET_TIME or seen_in[-1] not in sessions[-_QUIET_SESSIONS:]:
        return ThemeState.QUIET
    return ThemeState.RECURRING


def _most_frequent_first(theme: Theme) -> tuple[int, float, str]:
    return -theme.sessions, -theme.last_seen.starts_at.timestamp(), theme.theme
