"""Takes the client's name out of a title such as `Session: Jo Bloggs` by a pattern `Session: {client}`."""

import re
from functools import lru_cache

from sync.domain.calendar.title_noise import undecorated
from sync.domain.calendar.words import LONGEST_TITLE

PLACE = "{client}"
_NAME_WORDS = 6


def is_title_pattern(pattern: str) -> bool:
    """Whether `pattern` names the place of the client exactly once, with words around it."""
    return pattern.count(PLACE) == 1 and bool(pattern.replace(PLACE, "").strip())


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> re.Pattern[str]:
    before, after = (re.escape(" ".join(part.split())) for part in pattern.split(PLACE))
    return re.compile(rf"\s*{before}\s*(?P<client>\S.*?)\s*{after}\s*", re.IGNORECASE)


def new_name(pattern: str | None, title: str) -> str | None:
    """The name that stands in `title` where `pattern` says; None if it is no clear name.

    Clear is a name of one to six words that are made of letters (with `.`, `'`, `-`, `&` or `+`);
    emoji, numbering and words such as `online` around it are no part of it.
    """
    if pattern is None:
        return None
    match = _compiled(pattern).fullmatch
    found = match(" ".join(title[:LONGEST_TITLE].split())) or match(undecorated(title))
    if found is None:
        return None
    name = undecorated(found["client"])
    parts = name.split()
    if not 1 <= len(parts) <= _NAME_WORDS or not all(_NAME_WORD.fullmatch(part) for part in parts):
        return None
    return name


_NAME_WORD = re.compile(r"[^\W\d_][^\W\d_.'’\-]*(?:[.'’\-][^\W\d_]*)*|[&+]")
