"""Reads dates that somebody wrote in a note, and only those that can mean one day alone.

`5/6` may be May or June, and "Friday" any Friday: such are left alone.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

AHEAD = timedelta(days=183)
"""A day without its year is taken for one that comes, if it comes within half a year; else it has passed."""

_MOST_MONTHS = 2
"""A weekday with its number is sought in the months that follow, no further."""

_MONTHS: Mapping[str, int] = MappingProxyType(
    {
        spelling: number
        for number, spellings in enumerate(
            (
                "January Jan Januar",
                "February Feb Februar",
                "March Mar März",
                "April Apr",
                "May Mai",
                "June Jun Juni",
                "July Jul Juli",
                "August Aug",
                "September Sept Sep",
                "October Oct Oktober Okt",
                "November Nov",
                "December Dec Dezember Dez",
            ),
            1,
        )
        for spelling in spellings.split()
    }
)
_WEEKDAYS: Mapping[str, int] = MappingProxyType(
    {
        spelling: number
        for number, spellings in enumerate(
            (
                "monday mon montag",
                "tuesday tue tues dienstag",
                "wednesday wed mittwoch",
                "thursday thu thur thurs donnerstag",
                "friday fri freitag",
                "saturday sat samstag sonnabend",
                "sunday sun sonntag",
            )
        )
        for spelling in spellings.split()
    }
)
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WEEKDAY = "|".join(sorted(_WEEKDAYS, key=len, reverse=True))
_DATE = re.compile(
    rf"""
      \b(?P<iso_year>20\d\d)-(?P<iso_month>\d\d)-(?P<iso_day>\d\d)\b
    | (?<![\d.])(?P<dot_day>\d{{1,2}})\.\s?(?P<dot_month>\d{{1,2}})\.\s?(?P<dot_year>20\d\d)\b
    | (?<![\d.,/])(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?\s+(?:of\s+)?
      (?P<month>{_MONTH})\b\.?(?:,?\s+(?P<year>20\d\d)\b)?
    | \b(?P<us_month>{_MONTH})\.?\s+(?P<us_day>\d{{1,2}})(?:st|nd|rd|th)?\b(?![:.,/]?\d)
      (?:,?\s+(?P<us_year>20\d\d)\b)?
    | \b(?i:(?P<weekday>{_WEEKDAY}))\.?,?\s+(?:the\s+|den\s+)?
      (?P<number>\d{{1,2}})(?:st|nd|rd|th|\.(?!\d))(?!\s*\w*(?:{_MONTH}))
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A day that a text names, as it stands there: `text[start:start + len(words)] == words`."""

    on: date
    words: str
    start: int


def dates_in(text: str, written_on: date) -> Iterator[WrittenDate]:
    """The days that `text`, written on `written_on`, names for certain, in their order."""
    for found in _DATE.finditer(text):
        on = _meant(found, written_on)
        if on is not None:
            yield WrittenDate(on, found[0], found.start())


def _meant(found: re.Match[str], written_on: date) -> date | None:
    for kind in ("iso_", "dot_", "", "us_"):
        if found[f"{kind}day"]:
            month = found[f"{kind}month"]
            number = int(month) if month.isdigit() else _MONTHS[month]
            year = found[f"{kind}year"]
            day = int(found[f"{kind}day"])
            return _day(int(year), number, day) if year else _next(number, day, written_on)
    return _weekday_number(_WEEKDAYS[found["weekday"].casefold()], int(found["number"]), written_on)


def _next(month: int, day: int, written_on: date) -> date | None:
    """The first such day from `written_on` on, unless it is too far for that to be what was meant."""
    coming = (_day(year, month, day) for year in (written_on.year, written_on.year + 1))
    return next((on for on in coming if on and written_on <= on <= written_on + AHEAD), None)


def _weekday_number(weekday: int, number: int, written_on: date) -> date | None:
    """`Friday 12th`: the one day in the two months to come that is both."""
    first = written_on.year * 12 + written_on.month - 1
    coming = (_day(at // 12, at % 12 + 1, number) for at in range(first, first + 1 + _MOST_MONTHS))
    days = [on for on in coming if on and on >= written_on][:_MOST_MONTHS]
    fitting = [on for on in days if on.weekday() == weekday]
    return fitting[0] if len(fitting) == 1 else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
