"""Notices what looks like a rating or an effect and cannot be read as one, so that it can be said."""

import re

from sync.domain.notes.labels import Label, without_bullet
from sync.domain.notes.ratings import could_be_a_marker, is_prose

# Every repetition is bounded, so that the longest line is read in linear time.
# `12/10`, `six/10`, `6½ / 10`, `better, 6/10`; `12 of 10`; `6`, `6 – 10`, `6→4`. No address, no date.
_NEAR_RATING = re.compile(
    r"""
      [^:/\uff0f]{0,16}?[/\uff0f]\s{0,3}\d{1,3}(?!\d|/\d)
    | [^:/\uff0f]{0,16}?\bof\s{1,3}(?:10|ten)\b
    | \W{0,3}(?:10|\d)(?:[.,]\d{1,2})?(?:\s{0,3}(?:[-–—→]|->)\s{0,3}\d{1,3})?\W{0,2}$
    """,
    re.VERBOSE | re.IGNORECASE,
)
_UNLABELLED = re.compile(r"(?P<head>[^:/\uff0f\d]{0,60})[\s=–-]\S{1,5}?\s?[/\uff0f]\s?10(?![\d/])")
_BARE = re.compile(r"\W{0,6}\d{1,2}(?:[.,]\d)?\s?[/\uff0f]\s?10\W{0,3}$")
_LOOSE_NUMBER = re.compile(
    r"(?:(?:^|[\s:=(])[+\-−–±]?\s?\d[\d.,/]{0,6}|[+\-−–±]{1,3})\s?\)?(?:\s\([^()]{0,60}\))?\.?$"
)
_MOST_WORDS = 6


def looks_like_a_rating(text: str, label: Label | None) -> bool:
    """Whether a line that is no rating was plainly meant as one: `Panic: 12/10`, `Sleep: six/10`."""
    if label and label.colon and not label.level:
        return _names_a_marker(label.name) and _NEAR_RATING.match(label.text) is not None
    content = without_bullet(text)
    if _BARE.match(content):
        return True
    found = _UNLABELLED.match(content)
    head = found["head"].strip(" \t\xa0*_~≈=–—->→") if found else ""
    return bool(head) and _names_a_marker(head) and not is_prose(head.split())


def is_unclear_effect(part: str) -> bool:
    """Whether an item after `Helped:` ends in a number that is none of the scale: `grounding +9`."""
    return _LOOSE_NUMBER.search(part) is not None


def _names_a_marker(name: str) -> bool:
    words = name.split()
    return 0 < len(words) <= _MOST_WORDS and could_be_a_marker(name, words)
