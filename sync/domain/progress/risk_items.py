"""Finds what was answered about ending one's life: stated with its day, and never read as a trend.

No gate holds it back: one answer above the lowest is enough.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sync.domain.phrasing import listed
from sync.domain.progress.evidence import Evidence
from sync.domain.progress.measure_sentences import Day
from sync.domain.progress.measures import MeasureResult, in_order
from sync.domain.progress.no_risk import says_none
from sync.domain.progress.risk import LatestRisk

NOT_VISIBLE = "total only; risk items not visible"


@dataclass(frozen=True, slots=True)
class RiskItem:
    """One answer to the item of a questionnaire that asks about risk, in the questionnaire's own words."""

    number: int
    text: str
    answer: int
    answer_words: str
    result: MeasureResult

    @property
    def is_present(self) -> bool:
        """Whether it was answered with anything but the lowest answer."""
        form = self.result.instrument.form
        return form is not None and self.answer > form.lowest


@dataclass(frozen=True, slots=True)
class RiskItemSeen:
    """A questionnaire's latest answer about risk, and the one before where that was another.

    `unseen` is the latest result where that does not show the item: a total only, or the item left out.
    """

    latest: RiskItem | None
    before: RiskItem | None
    unseen: MeasureResult | None

    @property
    def is_present(self) -> bool:
        """Whether the latest answer that can be seen says that there is risk."""
        return self.latest is not None and self.latest.is_present


def is_at_risk(noted: LatestRisk | None, items: Iterable[RiskItemSeen]) -> bool:
    """Whether the latest word on risk says that there is some, or was not about there being none.

    An answer to what a questionnaire asks about risk is a word, too.
    """
    said = noted is not None and not says_none(noted.latest.text)
    return said or any(item.is_present for item in items)


def risk_items(results: Iterable[MeasureResult]) -> tuple[RiskItemSeen, ...]:
    """What there is to state of each questionnaire in `results` of one client, voided ones aside.

    Of one whose latest two answers about risk are the lowest nothing is stated.
    """
    by_instrument: dict[str, list[MeasureResult]] = defaultdict(list)
    for result in in_order(results):
        if result.instrument.form is not None and result.instrument.form.risk_item is not None:
            by_instrument[result.instrument.name].append(result)
    seen = [_seen(course) for course in by_instrument.values()]
    return tuple(each for each in seen if _is_to_be_stated(each))


def _seen(course: list[MeasureResult]) -> RiskItemSeen:
    items = [item for item in map(_item_of, course) if item is not None]
    latest = items[-1] if items else None
    before = items[-2] if len(items) > 1 and items[-2].answer != items[-1].answer else None
    unseen = course[-1] if latest is None or latest.result is not course[-1] else None
    return RiskItemSeen(latest, before, unseen)


def _is_to_be_stated(seen: RiskItemSeen) -> bool:
    return seen.is_present or seen.unseen is not None or (seen.before is not None and seen.before.is_present)


def _item_of(result: MeasureResult) -> RiskItem | None:
    """The answer to the item about risk; None where there is no such item or it cannot be seen."""
    form = result.instrument.form
    if form is None or form.risk_item is None or result.answers is None:
        return None
    answer = result.answers[form.risk_item - 1]
    if answer is None:
        return None
    text = form.items[form.risk_item - 1].text
    return RiskItem(form.risk_item, text, answer, form.answers[answer - form.lowest], result)


def evidence_of_item(seen: RiskItemSeen) -> tuple[Evidence, ...]:
    """The sessions that the answers belong to, where they belong to any."""
    results = [item.result for item in (seen.latest, seen.before) if item is not None]
    return tuple(result.session for result in results if result.session is not None)


def all_risk_lines(items: Sequence[RiskItemSeen], day: Day) -> tuple[str, ...]:
    """What is stated of several; last, once for all of them, of which only the total is known."""
    lines: list[str] = []
    totals: list[str] = []
    for item in items:
        is_total = item.unseen is not None and item.unseen.answers is None
        lines += risk_lines(replace(item, unseen=None) if is_total else item, day)
        if item.unseen is not None and is_total:
            totals.append(_named(item.unseen, day))
    return (*lines, f"{listed(totals)}: {NOT_VISIBLE}.") if totals else tuple(lines)


def risk_lines(seen: RiskItemSeen, day: Day) -> tuple[str, ...]:
    """What is stated of a questionnaire's item about risk, with its days, in the questionnaire's words."""
    lines = []
    if seen.latest is not None:
        before = ""
        if seen.before is not None:
            before = f"; before that {_answered(seen.before)} on {day(seen.before.result.taken_on)}"
        lines.append(
            f"{seen.latest.result.instrument.name}, item {seen.latest.number}, “{seen.latest.text}”: "
            f"{_answered(seen.latest)} on {day(seen.latest.result.taken_on)}{before}."
        )
    if seen.unseen is not None:
        why = NOT_VISIBLE if seen.unseen.answers is None else "its risk item was left out"
        lines.append(f"{_named(seen.unseen, day)}: {why}.")
    return tuple(lines)


def _named(result: MeasureResult, day: Day) -> str:
    """`PHQ-9 of 2 June`."""
    return f"{result.instrument.name} of {day(result.taken_on)}"


def _answered(item: RiskItem) -> str:
    """`1 (Several days)`."""
    return f"{item.answer} ({item.answer_words})"
