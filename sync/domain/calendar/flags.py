"""What each flag of a session means in plain words, and what the therapist may answer."""

from collections.abc import Mapping
from dataclasses import dataclass

from sync.domain.calendar.changes import (
    DETAILS_HIDDEN,
    DUPLICATE_OF_HELD,
    MARK_DIFFERS,
    MISSING_AFTER,
    MOVED_AFTER,
    NAMES_ANOTHER,
    RELINKED_BY_GUESS,
    RESTORED_AFTER,
    SHOWN_TWICE,
)

KEEP = "keep"
HELD = "held"
NO_SHOW = "no-show"
CANCELLED = "cancelled"
MOVED = "moved"
DUPLICATE = "duplicate"
RIGHT = "right"
WRONG = "wrong"
OVER = "over"
"""No answer of hers: what was asked about holds no more."""


@dataclass(frozen=True, slots=True)
class FlagMeaning:
    """What was seen, and what each answer to it does."""

    what: str
    answers: Mapping[str, str]

    @property
    def in_short(self) -> str:
        """What was seen, to go on with in a sentence."""
        first = self.what.partition(".")[0]
        return first[:1].lower() + first[1:]


MEANINGS: dict[str, FlagMeaning] = {
    MISSING_AFTER: FlagMeaning(
        "The calendar lost this session after it had begun.",
        {
            KEEP: "leave the record as it is",
            HELD: "it took place",
            NO_SHOW: "the client did not come",
            CANCELLED: "it did not take place",
        },
    ),
    MOVED_AFTER: FlagMeaning(
        "The calendar moved this session after it had begun.",
        {KEEP: "it was when the record says", MOVED: "the calendar's time is right"},
    ),
    RESTORED_AFTER: FlagMeaning(
        "This cancelled session is in the calendar again, after its start.",
        {KEEP: "it stays cancelled", HELD: "it took place", NO_SHOW: "the client did not come"},
    ),
    DUPLICATE_OF_HELD: FlagMeaning(
        "Its series was moved, and this may be an hour that took place already.",
        {KEEP: "it is an hour of its own", DUPLICATE: "it is the same hour: take this one out"},
    ),
    SHOWN_TWICE: FlagMeaning(
        "Two calendars show this hour, and each of its two sessions has a note.",
        {KEEP: "both sessions stay", DUPLICATE: "take this one out: its note stays with it"},
    ),
    RELINKED_BY_GUESS: FlagMeaning(
        "Its series was edited, and this is only the likeliest new time for it.",
        {RIGHT: "it is the same session", WRONG: "the old one is cancelled, this is another session"},
    ),
    MARK_DIFFERS: FlagMeaning(
        "The calendar's mark says otherwise than you did.",
        {
            KEEP: "leave the record as it is",
            HELD: "it took place",
            NO_SHOW: "the client did not come",
            CANCELLED: "it did not take place",
        },
    ),
    DETAILS_HIDDEN: FlagMeaning(
        "The calendar no longer shows us its title.", {KEEP: "go by what was known before"}
    ),
    NAMES_ANOTHER: FlagMeaning(
        "Its title may mean another client now. If the hour is theirs: `sessions assign SESSION CLIENT`.",
        {KEEP: "it is still this client's"},
    ),
}
