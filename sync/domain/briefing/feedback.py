"""Which lines of a briefing can be called wrong or of no use, each by its key.

What is about safety and what was agreed has no key: that cannot be waved away.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sync.domain.briefing.values import Briefing, Line, MarkerLine


@dataclass(frozen=True, slots=True)
class Keyed:
    """A statement of a page, in its words, and the key by which it is known again."""

    key: str
    words: str


def keyed_lines(page: Briefing) -> tuple[Keyed, ...]:
    """In the order of the page; both passages of a pair are one statement."""
    found: dict[str, str] = {}
    for key, words in _lines(page):
        if key:
            found[key] = f"{found[key]} · {words}" if key in found else words
    return tuple(Keyed(key, words) for key, words in found.items())


def _lines(page: Briefing) -> Iterator[tuple[str, str]]:
    for course in (page.long_view, page.right_now):
        yield from (_marker(each) for each in course.markers)
        yield from (_line(each) for each in (*course.lines, *course.pair))
    yield from (_line(each) for each in (*page.threads, *page.helped))


def _marker(marker: MarkerLine) -> tuple[str, str]:
    return marker.key, f"{marker.name}: {marker.said}"


def _line(line: Line) -> tuple[str, str]:
    return line.key, f"{line.text} ({line.dated})" if line.dated else line.text
