"""Reads themes: `#boundaries` anywhere in a line, and the list after `Themes:`."""

import re
import unicodedata
from collections.abc import Iterator

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_LIST_BREAK = re.compile("[,;|\uff0c\u3001]")
_PLAIN_LETTERS = re.compile("[A-Za-z0-9_-]+")
_MOST_WORDS = 4
# A tag is not the anchor of a link, an entity such as `&#39;`, or a sharp inside a word.
_NOT_BEFORE = frozenset("/#&=?\\@%")
_JOINERS = "-_\u200c\u200d"


def themes_in(line: str) -> Iterator[str]:
    """Every `#theme` of `line`, lower-cased, without its `#`. `#12` and `# Heading` are none."""
    if "#" not in line:
        return
    text = _ADDRESS.sub(" ", line)
    at = text.find("#")
    while at >= 0:
        theme = _letters_from(text, at + 1)
        if _may_begin_after(text, at) and any(map(str.isalpha, theme)):
            yield _spelled(theme)
        at = text.find("#", at + 1 + len(theme))


def listed_themes(text: str) -> Iterator[str]:
    """The themes after `Themes:`, with or without `#`; several words become one by hyphens."""
    for part in _LIST_BREAK.split(text):
        words = part.split()
        if "#" in part:
            yield from themes_in(part)
        elif 0 < len(words) <= _MOST_WORDS and any(map(str.isalpha, part)):
            yield _spelled("-".join(word.strip(".*_") for word in words))


def is_unclear_list(text: str) -> bool:
    """Whether something after `Themes:` is no theme: a sentence, or no word at all."""
    parts = [part for part in _LIST_BREAK.split(text) if part.strip(" .")]
    return not all(any(listed_themes(part)) for part in parts)


def is_only_themes(line: str) -> bool:
    """Whether every word of `line` is a `#theme`."""
    words = line.split() if line.lstrip()[:1] == "#" else []
    return bool(words) and all(
        word.startswith("#") and any(themes_in(word)) and len(_letters_from(word, 1)) + 1 == len(word)
        for word in (word.rstrip(",;.") for word in words)
    )


def _letters_from(text: str, start: int) -> str:
    """The tag's own characters from `start`: letters and their marks, digits, hyphens."""
    plain = _PLAIN_LETTERS.match(text, start)
    end = plain.end() if plain else start
    while end < len(text) and _belongs_to_a_tag(text[end]):
        end += 1
    return text[start:end]


def _belongs_to_a_tag(character: str) -> bool:
    # Vowel signs of Devanagari, Thai and others are marks, not letters, and part of the word.
    return character.isalnum() or character in _JOINERS or unicodedata.category(character).startswith("M")


def _may_begin_after(text: str, at: int) -> bool:
    before = text[at - 1] if at else " "
    is_anchor = text[at - 2 : at] == "](" if at >= 2 else False
    return not before.isalnum() and before not in _NOT_BEFORE and not is_anchor


def _spelled(theme: str) -> str:
    return unicodedata.normalize("NFC", theme).lower().replace("_", "-").strip("-")
