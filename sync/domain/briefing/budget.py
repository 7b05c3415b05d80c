"""Keeps a briefing to one page: what matters least is left out first, and never anything about safety.

Nor what was agreed, nor what is lower right now. What is left out stands on the progress page.
"""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace

from sync.domain.briefing.values import Briefing, Course, Line, MarkerLine

MOST_WORDS = 320
HEADINGS = 36
"""Words: the titles of the sections, the sender's name."""

SAFETY_ROOM = 40
"""Words for the safety line within the page; where it needs more the page is longer by so much."""

_SHOWN_ONLY_ELSEWHERE = frozenset({"session_id", "subject", "spark", "alternative", "key", "evidence"})
_SAFETY = frozenset({"safety"})


def within_a_page(page: Briefing) -> Briefing:
    """`page` with what is least missed left out, one line after the other, until it fits."""
    for cut in _CUTS:
        if _words(page) <= MOST_WORDS - HEADINGS:
            break
        page = cut(page)
    return page


def _words(page: Briefing) -> int:
    """The words that are read; of those about safety as many as the page has room for."""
    beside = sum(len(text.split()) for text in _texts(page, _SHOWN_ONLY_ELSEWHERE | _SAFETY))
    return beside + min(SAFETY_ROOM, safety_words(page))


def safety_words(page: Briefing) -> int:
    """The words about safety."""
    return sum(len(text.split()) for text in _texts(page.safety, _SHOWN_ONLY_ELSEWHERE))


def _texts(value: object, aside: frozenset[str]) -> Iterator[str]:
    """Every string that is shown anywhere in a finished value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item, aside)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            if field.name not in aside:
                yield from _texts(getattr(value, field.name), aside)


def _fewer_helped(most: int) -> Callable[[Briefing], Briefing]:
    return lambda page: replace(page, helped=page.helped[:most])


def _fewer_threads(most: int) -> Callable[[Briefing], Briefing]:
    return lambda page: replace(page, threads=page.threads[:most])


def _fewer_markers(most: int) -> Callable[[Briefing], Briefing]:
    return lambda page: _changed(page, markers=page.long_view.markers[:most])


def _changed(page: Briefing, **parts: tuple[MarkerLine, ...] | tuple[Line, ...] | str) -> Briefing:
    course: Course = replace(page.long_view, **parts)  # type: ignore[arg-type]
    return replace(page, long_view=course)


_CUTS: tuple[Callable[[Briefing], Briefing], ...] = (
    lambda page: _changed(page, more=""),
    _fewer_helped(2),
    _fewer_threads(2),
    _fewer_markers(2),
    _fewer_helped(1),
    _fewer_threads(1),
    _fewer_markers(1),
    lambda page: replace(page, known=page.known[:3]),
    lambda page: _changed(page, lines=()),
    _fewer_helped(0),
    lambda page: _changed(page, pair=()),
    _fewer_threads(0),
)
"""What is left out, the least missed first."""
