"""Words what may stand on the sheet for the client's own eyes; each is for the therapist to approve.

Said to the client, in short and common words. Of how often something was done or rated no number is given:
a page that a person keeps is not to change with every session. Nothing is offered that speaks of risk.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sync.domain.notes.carry import task_key
from sync.domain.notes.chronology import oldest_first
from sync.domain.notes.values import WrittenNote
from sync.domain.progress.cues.known import speaks_of_risk
from sync.domain.progress.evidence import Evidence, evidence_of
from sync.domain.progress.excerpts import Excerpt
from sync.domain.progress.helped import FEWEST, Helped
from sync.domain.progress.in_words import InWords
from sync.domain.progress.marker_readings import MarkerReading
from sync.domain.progress.statements import Statement, typed_key
from sync.domain.progress.trends import Label

Month = Callable[[datetime], str]
"""How a UTC moment is said as a month, with its year: `March 2026`."""

LONGEST = 250
"""What has more letters than this in a line has no place on one page."""


class Part(StrEnum):
    """The parts of the sheet, in their order."""

    THEN_AND_NOW = "then and now"
    PRACTISED = "what you have practised"
    HELD = "what has got better"
    ON_THE_WAY = "part of the way"


@dataclass(frozen=True, slots=True)
class Offer:
    """A statement for one part of the sheet. Its sentence may have two lines: of then, and of now."""

    part: Part
    statement: Statement


@dataclass(frozen=True, slots=True)
class Course:
    """What was seen of a client's way. `at_risk`: something of risk stands in the notes."""

    notes: Sequence[WrittenNote]
    markers: Sequence[MarkerReading] = ()
    helped: Sequence[Helped] = ()
    in_words: Sequence[InWords] = ()
    at_risk: bool = False


def offers(course: Course, month: Month, *, with_scores: bool = False) -> tuple[Offer, ...]:
    """All that may be put on the sheet, in its order; no two have the same key."""
    found = [
        *(Offer(Part.THEN_AND_NOW, each) for each in _then_and_now(course.in_words, month)),
        *(Offer(Part.PRACTISED, each) for each in _practised(course)),
        *(Offer(Part.HELD, each) for each in _held(course.markers, month, with_scores)),
        *(Offer(Part.ON_THE_WAY, each) for each in _on_the_way(course)),
    ]
    return tuple(_told_apart([offer for offer in found if _may_be_read(offer.statement)]))


def going_down(markers: Sequence[MarkerReading], found: Sequence[Offer]) -> tuple[str, ...]:
    """The markers that got worse, or stand so, and of which nothing is offered: for the therapist."""
    told = {offer.statement.key for offer in found}
    return tuple(
        each.ever.marker
        for each in markers
        if each.trend is not None
        and (each.is_lower_now or each.trend.label is Label.LOWER_LEVEL)
        and _marker_key("way", each) not in told
    )


def _told_apart(found: Sequence[Offer]) -> Iterator[Offer]:
    """Two tasks may begin alike: the later one's key has a number."""
    seen: Counter[str] = Counter()
    for offer in found:
        key = offer.statement.key
        seen[key] += 1
        number = f"-{seen[key]}" if seen[key] > 1 else ""
        yield Offer(offer.part, replace(offer.statement, key=f"{key}{number}"))


def _may_be_read(statement: Statement) -> bool:
    fits = all(len(line) <= LONGEST for line in statement.sentence.splitlines())
    return fits and not speaks_of_risk(statement.sentence)


def _then_and_now(pairs: Sequence[InWords], month: Month) -> Iterator[Statement]:
    """Only what has become lighter: a harder passage of late belongs into the hour, not on paper."""
    for pair in pairs:
        if not pair.is_lower:
            lines = (_excerpt_line(pair.then, month), _excerpt_line(pair.now, month))
            evidence = (pair.then.evidence, pair.now.evidence)
            yield Statement(typed_key("then", pair.theme), "\n".join(lines), evidence)


def _excerpt_line(words: Excerpt, month: Month) -> str:
    when = month(words.evidence.starts_at)
    said = " ".join(words.text.split())
    return f"In {when} you said: “{said}”" if words.is_quote else f"From my notes of {when}: {said}"


def _practised(course: Course) -> Iterator[Statement]:
    for helped in course.helped:
        if len(helped.used_in) >= FEWEST and helped.harder <= helped.helpful:
            sentence = f"{_begun(helped.name)}: you came back to this several times{_how_it_helped(helped)}."
            yield Statement(typed_key("practised", helped.name), sentence, helped.used_in)
    for task, ticked_in in _done(course.notes):
        sentence = f"You tried what we agreed on: “{task}”."
        yield Statement(typed_key("done", task), sentence, (ticked_in,))


def _how_it_helped(helped: Helped) -> str:
    """By the therapist's own ratings; nothing of what was rated too seldom, or helped never.

    What was harder afterwards more often than it helped is not offered at all.
    """
    if not helped.is_enough or helped.helpful == 0:
        return ""
    return ", and mostly it helped" if helped.helpful * 2 > len(helped.rated) else ", and at times it helped"


def _done(notes: Sequence[WrittenNote]) -> Iterator[tuple[str, Evidence]]:
    """The tasks that were ticked, as last written and not given anew since, oldest first."""
    done: dict[str, tuple[str, Evidence]] = {}
    for note in oldest_first(notes):
        for task in note.reading.tasks:
            if task.done:
                done[task_key(task.text)] = (task.text.rstrip("."), evidence_of(note))
            else:
                done.pop(task_key(task.text), None)
    yield from done.values()


def _held(markers: Sequence[MarkerReading], month: Month, with_scores: bool) -> Iterator[Statement]:
    """What has been better at two sessions in a row by the rule of docs/trends.md, and than at the start.

    What only climbs back to where it was, or not that far, is not called better to the client.
    """
    for reading in markers:
        trend = reading.trend
        if trend is None or not trend.confirmed or reading.is_lower_now:
            continue
        if trend.now - trend.start < trend.threshold:
            continue
        since = month(reading.course.first.evidence.starts_at)
        sentence = _held_sentence(reading, trend.label, since)
        if sentence is None:
            continue
        evidence = tuple(point.evidence for point in reading.course.points)
        scale = f"{reading.course.scale:g}"
        yield Statement(_marker_key("held", reading), sentence, evidence)
        if with_scores:
            start, now = (reading.shown(value) for value in (trend.start, trend.now))
            numbers = f"{_name(reading)}: about {start:g} of {scale} in {since}, about {now:g} lately."
            yield Statement(_marker_key("score", reading), numbers, evidence)


def _held_sentence(reading: MarkerReading, label: Label, since: str) -> str | None:
    eased = "got better" if reading.higher_is_better else "eased"
    match label:
        case Label.IMPROVING:
            return f"{_name(reading)}: this has {eased} since {since}, little by little."
        case Label.HOLDING_GAINS:
            return f"{_name(reading)}: this {eased} after {since}, and that has held."
        case _:
            return None


def _on_the_way(course: Course) -> Iterator[Statement]:
    """Nothing is called a part of the way while something of risk stands in the notes."""
    if course.at_risk:
        return
    for reading in course.markers:
        sentence = None if reading.trend is None else _way_sentence(reading, reading.trend.label)
        if sentence is not None:
            evidence = tuple(point.evidence for point in reading.course.points)
            yield Statement(_marker_key("way", reading), sentence, evidence)


def _way_sentence(reading: MarkerReading, label: Label) -> str | None:
    part = "Harder times like this are a part of the way."
    if reading.passed_dips:
        part = "Harder times like this are a part of the way, and one like it passed before."
    match label:
        case Label.SETBACK:
            return f"{_name(reading)}: the last weeks were harder, after a better time before. {part}"
        case Label.LOWER_SPELL:
            return f"{_name(reading)}: the last weeks were harder than usual. {part}"
        case Label.RECENT_LIFT:
            return f"{_name(reading)}: the last weeks were better than those before."
        case Label.FLUCTUATING:
            return f"{_name(reading)}: this goes up and down. Both are a part of the way."
        case _:
            return None


def _marker_key(kind: str, reading: MarkerReading) -> str:
    """The scale tells apart what is rated on two, and a `10` is what nobody needs to type."""
    scale = reading.ever.scale
    return typed_key(kind, reading.ever.marker, *([] if scale == 10 else [f"{scale:g}"]))


def _name(reading: MarkerReading) -> str:
    return _begun(reading.ever.marker)


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]
