"""Numbers and lists as a person would say them."""

from collections.abc import Sequence


def counted(number: int, thing: str) -> str:
    """`1 note`, `2 notes`."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


_WORDS = (
    *("no", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)


def spelled(number: int) -> str:
    """`three`; from thirteen on `13`."""
    return _WORDS[number] if number < len(_WORDS) else str(number)


def listed(items: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)
