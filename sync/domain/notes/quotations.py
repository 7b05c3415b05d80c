"""Finds words in quotation marks, each with its place.

An apostrophe is none: what begins in the middle of a word, or does not plainly end, is left alone,
for no word may be put into anybody's mouth.
"""

import re
from collections.abc import Iterator

# The closing mark is sought only up to the next mark of the same kind, so every text takes linear time.
_QUOTED = re.compile(
    r"""
      „(?P<low>[^„“”]++)[“”]
    | “(?P<curly>[^“”]++)”
    | «(?P<angle>[^«»]++)»
    | »(?P<turned>[^«»]++)«
    | ‹(?P<small>[^‹›]++)›
    | 「(?P<corner>[^「」]++)」
    | (?<![\w"])"(?!\s)(?P<straight>[^"]++)(?<!\s)"(?!\w)
    | (?<!\w)‘(?!\s)(?P<single>(?:[^‘’]|(?<=\w)’(?=\w))++)(?<!\s)’(?!\w)
    | (?<![^\s(\[—–:])'(?!\s|\d)(?P<plain>(?:[^']|(?<=\w)'(?=\w))++)(?<!\s)'(?!\w)
    """,
    re.VERBOSE,
)
_ANY_MARK = re.compile("[\"'“„«»‹「‘]")
_ELIDED = frozenset({"cause", "cos", "til", "tis", "twas", "em", "n", "bout", "round"})
_AFTER_A_PLURAL = re.compile(r"\s+\w")


def quotations_in(body: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the words of each quotation of `body[start:end]`, one paragraph, begin and end."""
    first = _ANY_MARK.search(body, start, end)
    for found in _QUOTED.finditer(body, first.start(), end) if first else ():
        kind = found.lastgroup or ""
        text = found[kind]
        if any(map(str.isalpha, text)) and (kind != "plain" or _is_plain(body, text, found.end(), end)):
            begins = found.start(kind)
            yield begins + len(text) - len(text.lstrip()), begins + len(text.rstrip())


def _is_plain(body: str, text: str, closes: int, end: int) -> bool:
    """Whether `'…'` is surely a quotation: `'cause`, `'n'` and `the parents' house` are none."""
    words = text.split()
    if len(words) < 2 or words[0].casefold() in _ELIDED:
        return False
    return not (text.endswith("s") and _AFTER_A_PLURAL.match(body, closes, end))
