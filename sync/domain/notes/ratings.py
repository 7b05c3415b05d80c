"""Reads marker ratings: `Panic: 6/10`, `Sleep – 6,5 / 10 on most nights`, `Panic 6/10`.

With a colon, `=` or a dash any short label and any scale will do. Without one only a short label
out of ten counts, so that prose is not taken for a marker. A date is not a rating: neither
`03/10/2026` nor `Seen: 3/10` nor `Tuesday 3/10`.
"""

import re
from dataclasses import dataclass

from sync.domain.notes.labels import (
    BRING_UP_NAMES,
    HELPED_NAMES,
    RISK_NAMES,
    THEME_NAMES,
    colon_in,
    without_bullet,
)
from sync.domain.notes.values import Rating

# Every repetition is bounded, so that the longest line is read in linear time.
_FRACTION = re.compile(
    r"(?<![\d/.,+\-–A-Za-z_])(\d{1,3}(?:[.,]\d{1,2})?)\s{0,3}"
    r"(?:/|\uff0f|(?:out\s{1,3}of|of|von|van|sur|su|de)\b)\s{0,3}(\d{1,3})"
    r"(?!\d|/|[.,\-–]\d|\s{0,3}(?:→|[-=–]+>)\s{0,3}\d|\s{0,3}[-–—]\s{0,3}\d{1,3}\s{0,3}/)",
    re.IGNORECASE,
)
_NO_VALUE = " \t\xa0-–—_…?"
_LONGEST_LABEL = 60
_WRITTEN_FRACTION = re.compile("[/\uff0f]|\\d\\s{0,3}(?:of|out|von|van|sur|su|de)\\b", re.IGNORECASE)
_NEXT_RATING = ",;|·"
_NEVER_IN_A_LABEL = frozenset("?!;|→>")
_FRACTION_IN_A_LABEL = re.compile(r"\d\s?/\s?\d")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# A label ending in one of these names a day, or a place in a row, not something felt.
_DATED = _words(
    """seen met date dated on in by from to until till since before after due next last of said born dob
    starts ends session sessions appointment appointments visit week day month page part step item
    review exam exams court hearing interview birthday anniversary wedding funeral deadline holiday
    appt appts rv bp pressure mon tue tues wed thu thur thurs fri sat sun
    monday tuesday wednesday thursday friday saturday sunday
    termin sitzung datum montag dienstag mittwoch donnerstag freitag samstag sonntag
    rdv rendez-vous séance lundi mardi mercredi jeudi vendredi samedi dimanche
    cita sesión fecha lunes martes miércoles jueves viernes sábado domingo
    appuntamento seduta afspraak sessie consulta sessão"""
)
# A label with one of these and no colon is the beginning of a sentence.
_PROSE = _words(
    """i i'd i’d she he they we you it her his their my our is was were are felt feels at about around
    and or but rated rates said says as than only maybe perhaps now down up still went goes the a an"""
)
_NOT_MARKERS = RISK_NAMES | THEME_NAMES | HELPED_NAMES | BRING_UP_NAMES


@dataclass(frozen=True, slots=True)
class RatedLine:
    """The ratings that make up a line, and whether words follow them."""

    ratings: tuple[Rating, ...]
    has_words: bool


def is_unwritten_rating(line: str) -> bool:
    """Whether this is a stub's `Panic: /10`, still without its value; a dash or `?` is no value either."""
    if "/" not in line:
        return False
    _, colon, tail = line.replace("\uff1a", ":").rpartition(":")
    before, slash, scale = tail.partition("/")
    return bool(colon and slash) and not before.strip(_NO_VALUE) and scale.strip().isdecimal()


def read_ratings(line: str) -> RatedLine | None:
    """The ratings of a line that begins with one; more may follow after a comma or a bar.

    A value above its scale, or a scale of nothing, is not a rating.
    """
    if not _WRITTEN_FRACTION.search(line):
        return None
    ratings: list[Rating] = []
    content = without_bullet(line)
    ends_at = 0
    for fraction in _FRACTION.finditer(content):
        rating = _read_rating(content[ends_at : fraction.start()], fraction, follows=bool(ratings))
        if rating is None:
            break
        ratings.append(rating)
        ends_at = fraction.end()
    if not ratings:
        return None
    return RatedLine(tuple(ratings), has_words=any(map(str.isalnum, content[ends_at:])))


def _read_rating(head: str, fraction: re.Match[str], *, follows: bool) -> Rating | None:
    value = float(fraction[1].replace(",", "."))
    scale = float(fraction[2])
    if scale == 0 or value > scale:
        return None
    if follows:
        head = head.lstrip("* _")
        if not head.startswith(tuple(_NEXT_RATING)):
            return None
        head = head[1:]
    marker = _read_marker(head, out_of_ten="/" in fraction[0] and scale == 10, follows=follows)
    return Rating(marker, value, scale) if marker else None


def _read_marker(head: str, *, out_of_ten: bool, follows: bool) -> str | None:
    """The marker named in `head`, the words before a fraction; None when they name none."""
    plain = head.strip(" \t\xa0*_#~≈")
    name = plain.rstrip(":\uff1a=–—-").strip(" \t\xa0*_")
    words = name.split()
    is_explicit = name != plain.rstrip()
    if not could_be_a_marker(name, words):
        return None
    if is_explicit:
        return " ".join(words)
    if follows and not words[0][0].isupper():
        return None
    return " ".join(words) if out_of_ten and not is_prose(words) else None


def is_prose(words: list[str]) -> bool:
    """Whether these words, with no colon behind them, begin a sentence rather than name a marker."""
    return len(words) > 3 or any(word.casefold() in _PROSE for word in words)


def could_be_a_marker(name: str, words: list[str]) -> bool:
    """Whether `name` is a short label with a letter, no sentence, no date and no label of ours."""
    return (
        any(map(str.isalpha, name))
        and len(name) <= _LONGEST_LABEL
        and colon_in(name) < 0
        and _NEVER_IN_A_LABEL.isdisjoint(name)
        and not _FRACTION_IN_A_LABEL.search(name)
        and ". " not in name
        and words[-1].casefold() not in _DATED
        and " ".join(words).casefold() not in _NOT_MARKERS
    )
