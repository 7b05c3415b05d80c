"""Puts on the sheet for the client's own eyes what the therapist approved, and nothing else."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil

from sync.domain.progress.sheet_offers import Offer, Part
from sync.domain.progress.statements import Judged, Verdict

ROOM, LETTERS = 36.0, 80
"""How many lines of so many letters one A4 page has for statements, by its style sheet."""

_HEADING, _SPACE, _FRAME = 2.2, 0.4, 1.9
"""What a part's title, a passage's distance and the frame of a pair take, in lines."""


class State(StrEnum):
    """Where a statement stands: what was said of other words than it has now counts for nothing."""

    APPROVED = "approved"
    WITHHELD = "withheld"
    WAITING = "waiting"
    REWORDED = "reworded"
    """Approved once, and worded otherwise since."""


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One part, with its passages in lines."""

    title: str
    passages: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The page as it is read: whom it greets (None: nobody by name), as of when, and its parts."""

    greeted: str | None
    dated: str
    parts: tuple[SheetPart, ...]


def state_of(offer: Offer, verdicts: Mapping[str, Judged]) -> State:
    """Whether `offer` may be shown, by what was said of statements of these keys."""
    judged = verdicts.get(offer.statement.key)
    if judged is None:
        return State.WAITING
    if judged.sentence == offer.statement.sentence:
        return State.APPROVED if judged.verdict is Verdict.APPROVED else State.WITHHELD
    return State.REWORDED if judged.verdict is Verdict.APPROVED else State.WAITING


def approved(offers: Sequence[Offer], verdicts: Mapping[str, Judged]) -> tuple[Offer, ...]:
    """What may be shown."""
    return tuple(offer for offer in offers if state_of(offer, verdicts) is State.APPROVED)


def sheet_of(shown: Sequence[Offer], greeted: str | None, dated: str) -> Sheet:
    """The page with what is `shown` and fits; a part without anything is left out."""
    fits = fitting(shown)
    parts = (SheetPart(part.value.capitalize(), tuple(_passages(part, fits))) for part in Part)
    return Sheet(greeted, dated, tuple(part for part in parts if part.passages))


def fitting(shown: Sequence[Offer]) -> tuple[Offer, ...]:
    """What of it one page has room for: the first of each part, then the others in their order."""
    firsts = {offer.part: offer for offer in reversed(shown)}.values()
    chosen = list(firsts)
    left = ROOM - sum(_HEADING + _lines(offer) for offer in chosen)
    for offer in shown:
        if offer not in chosen and _lines(offer) <= left:
            chosen.append(offer)
            left -= _lines(offer)
    return tuple(offer for offer in shown if offer in chosen)


def _lines(offer: Offer) -> float:
    lines = offer.statement.sentence.splitlines()
    text = sum(ceil(len(line) / LETTERS) for line in lines)
    return text + _SPACE + (_FRAME if len(lines) > 1 else 0)


def _passages(part: Part, shown: Sequence[Offer]) -> Iterator[tuple[str, ...]]:
    for offer in shown:
        if offer.part is part:
            yield tuple(offer.statement.sentence.splitlines())
