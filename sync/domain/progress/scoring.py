"""Turns the answers to a questionnaire into its total, and says what a total is called."""

from collections.abc import Sequence
from dataclasses import dataclass

from sync.domain.phrasing import counted
from sync.domain.progress.instruments.values import Form, Instrument

MOST_MISSING = 0.10
"""Which part of the items may be left out; the total is then made up from the rest."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A total, to one decimal where `missing` items were made up for by the mean of the rest."""

    total: float
    missing: int = 0


@dataclass(frozen=True, slots=True)
class Unscored:
    """Why there is no total, and what to do about it."""

    why: str
    remedy: str


def score_answers(instrument: Instrument, answers: Sequence[int | None]) -> Scored | Unscored:
    """The total of `answers` in the order of the items; None is one that was left out."""
    form = instrument.form
    if form is None:
        return Unscored(f"The items of {instrument.name} are not known here.", "Give its total instead.")
    if len(answers) != len(form.items):
        return Unscored(
            f"{instrument.name} has {len(form.items)} items, and {len(answers)} answers were given.",
            "Give one for each, in order, with `-` for one that was left out.",
        )
    if any(answer is not None and not form.lowest <= answer <= form.highest for answer in answers):
        return Unscored(
            f"Answers to {instrument.name} are whole numbers from {form.lowest} to {form.highest}.",
            "Enter the answers as they were given; what counts the other way round is turned here.",
        )
    missing = answers.count(None)
    if missing > may_be_missing(form):
        return Unscored(
            f"{counted(missing, 'answer')} of {len(answers)} left out: too many to make up a total.",
            f"At most {may_be_missing(form)} may be left out.",
        )
    return Scored(_total(form, answers), missing)


def may_be_missing(form: Form) -> int:
    """How many answers may be left out."""
    return int(MOST_MISSING * len(form.items))


def _total(form: Form, answers: Sequence[int | None]) -> float:
    pairs = zip(form.items, answers, strict=True)
    values = [
        _turned(form, answer) if item.is_reversed else answer for item, answer in pairs if answer is not None
    ]
    return round(sum(values) * len(answers) / len(values), 1)


def _turned(form: Form, answer: int) -> int:
    return form.lowest + form.highest - answer


def check_total(instrument: Instrument, total: float) -> Unscored | None:
    """What is wrong with a total that was worked out elsewhere, or None."""
    steps = total / instrument.step
    if instrument.lowest <= total <= instrument.highest and abs(steps - round(steps)) < 1e-6:
        return None
    reach = f"from {instrument.lowest:g} to {instrument.highest:g}"
    whole = instrument.step == 1
    return Unscored(
        f"Totals of {instrument.name} "
        + (f"are whole numbers {reach}." if whole else f"go {reach} in steps of {instrument.step:g}."),
        "Look at the form again.",
    )


def band_of(instrument: Instrument, total: float) -> str | None:
    """What a total is called, as in `moderate`; None where a questionnaire has no bands."""
    return next((band.name for band in reversed(instrument.bands) if band.least <= total), None)


def is_clinical(instrument: Instrument, total: float) -> bool | None:
    """Whether a total is at the cut-off or worse; None where there is no cut-off."""
    if instrument.cut_off is None:
        return None
    at = instrument.cut_off.at
    return total <= at if instrument.higher_is_better else total >= at
