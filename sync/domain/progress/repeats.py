"""Keeps a page from saying the same thing every week."""

from collections.abc import Hashable, Iterable
from itertools import takewhile

SILENT_SESSIONS = 4
"""For how many sessions a statement that has been said and has not changed is left out."""


def is_due_again(sessions_since: int) -> bool:
    """The same for what rests on one session: `sessions_since` counts those with a note after it."""
    return sessions_since % (SILENT_SESSIONS + 1) == 0


def is_due(now: Hashable, earlier: Iterable[Hashable]) -> bool:
    """Whether what holds `now` is to be said, rather than left out because it was said not long ago.

    `earlier` is what held at the sessions before, the latest first; it is asked only as far back as it
    held unchanged, so it may be worked out on the way. A statement is said when it is new, and again
    after four sessions of silence. What is about safety, or plainly worse, is never left out by this.
    """
    unchanged = sum(1 for _ in takewhile(lambda before: before == now, earlier))
    return unchanged % (SILENT_SESSIONS + 1) == 0
