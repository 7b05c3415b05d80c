"""Finds what reaches a client: mail addresses, the names that go with them, telephone numbers."""

import re
from collections.abc import Iterable

MAIL_ADDRESS = re.compile(r"[^\W_](?:[\w.+'\-]{0,63})@[^\W_](?:[\w.\-]{0,200}[^\W_])?")
"""A mail address in folded text."""

SHORTEST_HANDLE = 4
FEWEST_DIGITS = 6
TELLING_DIGITS = 9
"""Of a telephone number only its last digits tell, for the country may be written in several ways, or not."""

_SHARED = frozenset(
    {
        "admin",
        "contact",
        "family",
        "hello",
        "home",
        "info",
        "mail",
        "office",
        "post",
        "private",
        "team",
        "work",
    }
)
"""What stands before the @ of many people's addresses."""


def handle_of(address: str) -> str:
    """What stands before the @ of a folded address, if it is her own; else nothing."""
    local = address.partition("@")[0]
    return "" if len(local) < SHORTEST_HANDLE or local in _SHARED else local


def is_number(term: str) -> bool:
    """Whether a folded term is a telephone number."""
    digits = sum(letter.isdigit() for letter in term)
    return digits >= FEWEST_DIGITS and not any(letter.isalpha() for letter in term)


def number_pattern(term: str) -> str:
    """Finds the number of `term` however its digits are grouped, with or without the country."""
    digits = [letter for letter in term if letter.isdigit()][-TELLING_DIGITS:]
    country = r"(?:(?:\+|00)[\d\s().\-]{1,7}|\(?\d{1,4}\)?)?"
    return rf"(?<![\d+]){country}[\s.\-/]?" + r"[\s().\-/]{0,3}".join(digits) + r"(?!\d)"


def holds_any(address: str, names: Iterable[str]) -> bool:
    """Whether what stands before the @ is made of one of these folded names."""
    local = "".join(letter for letter in address.partition("@")[0] if letter.isalnum())
    return any(len(name) >= SHORTEST_HANDLE and name in local for name in names)
