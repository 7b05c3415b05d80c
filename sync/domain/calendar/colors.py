"""What a colour in the calendar means, if the practitioner gave it a meaning."""

from collections.abc import Mapping

from sync.domain.attendance.states import CANCELLED, NO_SHOW
from sync.domain.calendar.mark_words import Mark

COLORS = {
    "lavender": "1",
    "sage": "2",
    "grape": "3",
    "flamingo": "4",
    "banana": "5",
    "tangerine": "6",
    "peacock": "7",
    "graphite": "8",
    "blueberry": "9",
    "basil": "10",
    "tomato": "11",
}
"""Google's colours of events by the names that its calendar shows, with their ids in the Calendar API."""

NO_MEANING = "none"
MEANINGS = {
    "no_show": Mark(NO_SHOW, source="color"),
    "cancelled": Mark(CANCELLED, source="color"),
    "cancelled_by_client": Mark(CANCELLED, "client", source="color"),
    "cancelled_by_practitioner": Mark(CANCELLED, "practitioner", source="color"),
}


def color_id(said: str) -> str | None:
    """The id of the colour that `said` names, or is; None for no colour of Google's."""
    said = said.strip().casefold()
    return COLORS.get(said, said if said in COLORS.values() else None)


def color_marks(meanings: Mapping[str, str]) -> dict[str, Mark]:
    """The mark of each colour, by its id, that has a meaning."""
    return {color: MEANINGS[meaning] for color, meaning in meanings.items() if meaning in MEANINGS}


def named_meanings(meanings: Mapping[str, str]) -> dict[str, str]:
    """`meanings` by the colours' names, as they are shown to people."""
    return {name: meanings[color] for name, color in COLORS.items() if color in meanings}
