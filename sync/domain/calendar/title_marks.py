"""Takes a word for cancelled or no-show off the edge of a title: `Cancelled - AB`, `AB (no show)`."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from sync.domain.calendar.mark_reasons import is_known_reason, takes_back
from sync.domain.calendar.mark_words import Mark, Phrases
from sync.domain.calendar.words import LONGEST_TITLE, fold, words

_WORD = re.compile(r"\w+")
_WITHIN = re.compile(r"[\s\-'’‘ʼ‐‑–]{1,3}")
"""What may stand between the words of one phrase: `no-show`, `didn't show`."""

_SET_OFF = re.compile(r"[:|,;!#·•–—―→]|\s[-‐]|[-‐]\s")
"""What sets a phrase off from the rest; a hyphen only with a space beside it."""

_BRACKETS = {"(": ")", "[": "]", "{": "}", "<": ">", "*": "*", "~": "~", "«": "»", "【": "】"}
_EDGE = " \t\r\n\f\v\u00a0:|,;!#/·•–—―→-‐"


@dataclass(frozen=True, slots=True)
class Marked:
    """A title without its mark, and what the mark says; `mark` is None where there is none.

    `reason` is what was told beside the mark. An `unclear` title has a word of a mark and more beside it
    that is no known reason: nothing is concluded from it, neither that the hour is off nor that it is on.
    """

    title: str
    mark: Mark | None = None
    reason: str = ""
    unclear: bool = False


def _nobody(_title: str) -> bool:
    return False


class MarkReader:
    """Reads the marks of titles by a choice of words."""

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases
        self._longest = max(map(len, phrases), default=0)
        self._begin = {phrase[0] for phrase in phrases}

    def read(self, title: str, is_client: Callable[[str], bool] = _nobody) -> Marked:
        """Take the mark off `title`; the title as it is where there is none.

        A mark stands at the very beginning or end and is set off by a separator or in brackets, or is
        the whole title. Beside a mere space it counts only where the rest is a client and nothing else
        (`is_client`): `CXL AB` is a mark and `Cancelled payments AB` is none. With a question mark it
        is a question. Marks at both ends must say the same. Where all else is a client and nothing else,
        words set off from the mark may give the reason, `AB – cancelled, ill`, if it is one that is known;
        with other words the title is unclear: `AB – cancelled, back on`.
        """
        text = unicodedata.normalize("NFC", title[:LONGEST_TITLE])
        found = self._at_start(text, is_client)
        if found is not None and _is_taken_back(found.title, is_client):
            return Marked(title, unclear=True)
        if len(title) <= LONGEST_TITLE:  # else what is cut off might be the end
            last = self._at_end(text if found is None else found.title, is_client)
            if last is not None and self._contradicts(last, is_client):
                return Marked(title)
            if found is None or last is None:
                found = found or last
            elif found.mark and last.mark and found.mark.state == last.mark.state:
                found = Marked(last.title, _fuller(found.mark, last.mark))
            else:
                return Marked(title)
            found = found or self._with_reason(text, is_client)
        return Marked(title, unclear=True) if found and found.unclear else found or Marked(title)

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

    def _contradicts(self, last: Marked, is_client: Callable[[str], bool]) -> bool:
        """Whether what is left of a title ends with a mark that says otherwise: `AB – cancelled, no show`."""
        before = self._at_end(last.title, is_client)
        return bool(before and before.mark and last.mark and before.mark.state != last.mark.state)

    def _with_reason(self, text: str, is_client: Callable[[str], bool]) -> Marked | None:
        """A mark between a client and a reason, or between nothing and a reason before the client."""
        if "?" in text:
            return None
        found = list(_WORD.finditer(text))
        unclear: Marked | None = None
        for first in (at for at, word in enumerate(found) if fold(word[0]) in self._begin):
            for length in range(min(self._longest, len(found) - first), 0, -1):
                mark = self._said(found[first : first + length])
                if mark is None:
                    continue
                before, reason = text[: found[first].start()], text[found[first + length - 1].end() :]
                rest = before.rstrip(_EDGE + _OPENING).strip()
                if first == 0:
                    reason, rest = _before_client(reason, is_client)
                if not (rest and _is_set_off(reason) and is_client(rest)):
                    continue
                if is_known_reason(words(reason)):
                    return Marked(rest, mark, reason)
                unclear = unclear or Marked(text, unclear=True)
        return unclear

    def _said(self, found: Sequence[re.Match[str]]) -> Mark | None:
        if any(not _WITHIN.fullmatch(a.string, a.end(), b.start()) for a, b in pairwise(found)):
            return None
        return self._phrases.get(tuple(fold(word[0]) for word in found))


_OPENING = "".join(_BRACKETS)
_CLOSING = "".join(_BRACKETS.values())


def _is_bracketed(before: str, after: str) -> bool:
    before = before.rstrip()
    return bool(before) and after.lstrip().startswith(_BRACKETS.get(before[-1], "\n"))


_REASON_BEGINS = re.compile(rf"\s*[)\]}}]?\s*(?:[:|,;!·•–—―→]|[-‐]\s|\s[-‐]|[{re.escape('([{')}])")
_REASON_ENDS = re.compile(r"[)\]}]\s*[:|,;·•–—―→\-‐]*|[:|,;·•–—―→]|\s[-‐]\s")


def _is_set_off(text: str) -> bool:
    """Whether `text`, which follows a mark, is words that are set off from it."""
    return bool(_REASON_BEGINS.match(text) and _WORD.search(text))


def _before_client(text: str, is_client: Callable[[str], bool]) -> tuple[str, str]:
    """What stands set off before the client at the end of `text`, and the client; else nothing."""
    for end in _REASON_ENDS.finditer(text):
        reason, rest = text[: end.end()], text[end.end() :].strip(_EDGE + _CLOSING)
        if rest and _is_set_off(reason) and is_client(rest):
            return reason, rest
    return "", ""


def _is_taken_back(rest: str, is_client: Callable[[str], bool]) -> bool:
    """Whether words between a mark at the start and its client, all in `rest`, may take the mark back."""
    reason, _ = _before_client(", " + rest, is_client) if not is_client(rest) else ("", "")
    return takes_back(words(reason))


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
