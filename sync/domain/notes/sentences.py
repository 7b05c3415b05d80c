"""Cuts prose into its sentences, each with its place."""

import re
from collections.abc import Iterator

from sync.domain.notes.themes import is_only_themes

_END = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’“»›)\]*_]*+(?=\s)|[。！？]++[」』”’]*+|\r\n|[\n\r\u2028\u2029]")
_BLANK = re.compile(r"\s*")
_GOES_ON = "-–—,;:)]&+"
_LINE_ENDS = "\r\n\u2028\u2029"
_SHORT_LINE = 50
"""A line shorter than this was not wrapped: when a capital letter follows, it ends a sentence."""
_LONGEST_ABBREVIATION = 12
_TITLES = "dr mr mrs ms prof st vs approx ca cf fr hr nr bzw ggf evtl sr sra dra mme mlle dott sig dhr mevr"
_ABBREVIATIONS = frozenset(_TITLES.split())
_DAY_OF_MONTH = re.compile(r"\d\.\s+(?:Jän|Jan|Feb|März|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)[a-zä]*+(?=\W|$)")
_HOURS = frozenset({"a.m", "p.m"})


def sentences_in(body: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where each sentence of `body[start:end]`, one paragraph, begins and ends. It has a letter."""
    line_start = begins = start
    for mark in _END.finditer(body, start, end):
        is_line_end = mark[0][0] in _LINE_ENDS
        follows = _BLANK.match(body, mark.end(), end)
        after = body[follows.end()] if follows and follows.end() < end else ""
        if is_line_end:
            ends = mark.start() - line_start < _SHORT_LINE and after.isupper()
            line_start = mark.end()
        else:
            ends = not (after.islower() or after in _GOES_ON or _is_abbreviation(body, begins, mark))
        if ends:
            yield from _worded(body, begins, mark.start() if is_line_end else mark.end())
            begins = mark.end()
    yield from _worded(body, begins, end)


def _is_abbreviation(body: str, begins: int, mark: re.Match[str]) -> bool:
    """Whether the word before a single full stop is one that is written with it: `Dr.`, `z.B.`, `J.`"""
    if mark[0] != ".":
        return False
    if _DAY_OF_MONTH.match(body, max(begins, mark.start() - 1)):
        return True
    before = body[max(begins, mark.start() - _LONGEST_ABBREVIATION) : mark.start()]
    words = before.split()
    word = words[-1].lstrip("(\"'“„‘").casefold() if words and not before[-1].isspace() else ""
    if len(word) == 1:
        return word.isalpha() and word != "i"
    return word in _ABBREVIATIONS or ("." in word[1:] and word not in _HOURS and word[-1].isalpha())


def _worded(body: str, begins: int, ends: int) -> Iterator[tuple[int, int]]:
    """The span without its outer blanks, if it has any word that is no tag."""
    text = body[begins:ends]
    if any(map(str.isalpha, text)) and not (text.lstrip()[0] == "#" and is_only_themes(text)):
        yield begins + len(text) - len(text.lstrip()), begins + len(text.rstrip())
