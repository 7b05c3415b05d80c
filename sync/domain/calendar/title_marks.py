"""Takes a word for cancelled or no-show off the edge of a title: `Cancelled - AB`, `AB (no show)`."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from sync.domain.calendar.mark_words import Mark, Phrases
from sync.domain.calendar.words import LONGEST_TITLE, fold

_WORD = re.compile(r"\w+")
_WITHIN = re.compile(r"[\s\-'’‘ʼ‐‑–]{1,3}")
"""What may stand between the words of one phrase: `no-show`, `didn't show`."""

_SET_OFF = re.compile(r"[:|,;!#·•–—―→]|\s[-‐]|[-‐]\s")
"""What sets a phrase off from the rest; a hyphen only with a space beside it."""

_BRACKETS = {"(": ")", "[": "]", "{": "}", "<": ">", "*": "*", "~": "~", "«": "»", "【": "】"}
_EDGE = " \t\r\n\f\v\u00a0:|,;!#/·•–—―→-‐"


@dataclass(frozen=True, slots=True)
class Marked:
    """A title without its mark, and what the mark says; `mark` is None where there is none."""

    title: str
    mark: Mark | None = None


def _nobody(_title: str) -> bool:
    return False


class MarkReader:
    """Reads the marks of titles by a choice of words."""

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases
        self._longest = max(map(len, phrases), default=0)

    def read(self, title: str, is_client: Callable[[str], bool] = _nobody) -> Marked:
        """Take the mark off `title`; the title as it is where there is none.

        A mark stands at the very beginning or end and is set off by a separator or in brackets, or is
        the whole title. Beside a mere space it counts only where the rest is a client and nothing else
        (`is_client`): `CXL AB` is a mark and `Cancelled payments AB` is none. With a question mark it
        is a question. Marks at both ends must say the same.
        """
        text = unicodedata.normalize("NFC", title[:LONGEST_TITLE])
        found = self._at_start(text, is_client)
        if len(title) <= LONGEST_TITLE:  # else what is cut off might be the end
            last = self._at_end(text if found is None else found.title, is_client)
            if found is None or last is None:
                found = found or last
            elif found.mark and last.mark and found.mark.state == last.mark.state:
                found = Marked(last.title, _fuller(found.mark, last.mark))
            else:
                found = None
        return found or Marked(title)

    def _at_start(self, text: str, is_client: Callable[[str], bool]) -> Marked | None:
        found = list(islice(_WORD.finditer(text), self._longest + 1))
        for length in range(min(self._longest, len(found)), 0, -1):
            mark = self._said(found[:length])
            if mark is None:
                continue
            end = found[length - 1].end()
            gap = text[end : found[length].start()] if length < len(found) else text[end:]
            rest = text[end:].lstrip(_EDGE + _CLOSING)
            bracketed = _is_bracketed(text[: found[0].start()], gap)
            if _counts(gap, rest, is_client, bracketed=bracketed):
                return Marked(rest.strip(), mark)
        return None

    def _at_end(self, text: str, is_client: Callable[[str], bool]) -> Marked | None:
        found = list(_WORD.finditer(text))[-self._longest - 1 :]
        for length in range(min(self._longest, len(found)), 0, -1):
            mark = self._said(found[-length:])
            if mark is None:
                continue
            start, after = found[-length].start(), text[found[-1].end() :]
            gap = text[found[-length - 1].end() : start] if length < len(found) else text[:start]
            rest = text[:start].rstrip(_EDGE + _OPENING)
            if "?" not in after and _counts(gap, rest, is_client, bracketed=_is_bracketed(gap, after)):
                return Marked(rest.strip(), mark)
        return None

    def _said(self, found: Sequence[re.Match[str]]) -> Mark | None:
        if any(not _WITHIN.fullmatch(a.string, a.end(), b.start()) for a, b in pairwise(found)):
            return None
        return self._phrases.get(tuple(fold(word[0]) for word in found))


_OPENING = "".join(_BRACKETS)
_CLOSING = "".join(_BRACKETS.values())


def _is_bracketed(before: str, after: str) -> bool:
    before = before.rstrip()
    return bool(before) and after.lstrip().startswith(_BRACKETS.get(before[-1], "\n"))


def _counts(gap: str, rest: str, is_client: Callable[[str], bool], *, bracketed: bool) -> bool:
    if "?" in gap:
        return False
    return bracketed or not _WORD.search(rest) or bool(_SET_OFF.search(gap)) or is_client(rest)


def _fuller(one: Mark, other: Mark) -> Mark:
    """What both say together: who cancelled, if either says so and the other nothing else."""
    by = {mark.by for mark in (one, other)} - {"unknown"}
    return replace(one, by=by.pop() if len(by) == 1 else "unknown", late=one.late or other.late)


NO_MARKS = MarkReader({})
"""Reads nothing as a mark."""
