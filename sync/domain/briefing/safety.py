"""Says what was last recorded of risk: always, whole, and in the therapist's own words."""

from collections.abc import Sequence
from dataclasses import replace

from sync.domain.briefing.values import Line, Safety
from sync.domain.briefing.wording import Wording
from sync.domain.notes.chronology import oldest_first
from sync.domain.notes.values import WrittenNote
from sync.domain.phrasing import counted
from sync.domain.progress.measures import MeasureResult
from sync.domain.progress.risk import RiskStatement, latest_risk
from sync.domain.progress.risk_items import evidence_of_item, risk_items, risk_lines


def compose_safety(
    notes: Sequence[WrittenNote], wording: Wording, measures: Sequence[MeasureResult] = ()
) -> Safety:
    """The safety section; a risk statement is never cut or softened, nor is a questionnaire's own item."""
    return replace(_noted(notes, wording), items=_items(measures, wording))


def _items(measures: Sequence[MeasureResult], wording: Wording) -> tuple[Line, ...]:
    return tuple(
        Line(text, evidence_of_item(seen))
        for seen in risk_items(measures)
        for text in risk_lines(seen, wording.time.date)
    )


def _noted(notes: Sequence[WrittenNote], wording: Wording) -> Safety:
    """What the notes say of risk."""
    if not notes:
        return Safety(Line("No risk recorded: there are no notes yet."))
    last_day = wording.time.day(oldest_first(notes)[-1].starts_at)
    risk = latest_risk(notes)
    if risk is None:
        return Safety(Line(f"No risk recorded in {_all_of(len(notes))} (the last is of {last_day})."))
    remark = f"The last note ({last_day}) fills no risk line." if risk.missing_in_last_note else ""
    before = _stated(risk.before, wording, "before that, ") if risk.before else None
    return Safety(_stated(risk.latest, wording, "recorded "), before, remark)


def _stated(statement: RiskStatement, wording: Wording, opening: str) -> Line:
    day = wording.dated(statement.evidence.starts_at, statement.signed)
    if statement.added_at is not None:
        day += f", added to on {wording.time.day(statement.added_at)}"
    return Line(wording.passage(statement.text), (statement.evidence,), f"{opening}{day}")


def _all_of(number: int) -> str:
    return "the one note so far" if number == 1 else f"any of {counted(number, 'note')}"
