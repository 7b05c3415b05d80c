"""Results of questionnaires for tests: each test says only what it is about."""

from datetime import UTC, date, datetime

from sync.domain.progress.evidence import Evidence
from sync.domain.progress.instruments.phq9 import PHQ9
from sync.domain.progress.instruments.values import Instrument
from sync.domain.progress.measures import MeasureResult
from sync.domain.progress.scoring import Scored, score_answers

ENTERED_AT = datetime(2026, 6, 16, 9, 0, tzinfo=UTC)


def total_of(
    day: str, total: float, instrument: Instrument = PHQ9, *, voided: bool = False, session: str | None = None
) -> MeasureResult:
    """Only a total, taken on `2026-06-02`."""
    return MeasureResult(
        id=f"{instrument.name}-{day}",
        instrument=instrument,
        version=instrument.version,
        taken_on=date.fromisoformat(day),
        total=total,
        answers=None,
        session=None if session is None else Evidence(session, datetime.fromisoformat(f"{day}T12:00+00:00")),
        entered_at=ENTERED_AT,
        voided_at=ENTERED_AT if voided else None,
    )


def answers_of(
    day: str, *answers: int | None, instrument: Instrument = PHQ9, session: str | None = None
) -> MeasureResult:
    """A whole form."""
    scored = score_answers(instrument, answers)
    assert isinstance(scored, Scored)
    plain = total_of(day, scored.total, instrument, session=session)
    return MeasureResult(
        plain.id,
        plain.instrument,
        plain.version,
        plain.taken_on,
        plain.total,
        answers,
        plain.session,
        plain.entered_at,
    )


def phq9_with_item_9(day: str, answer: int, *, session: str | None = None) -> MeasureResult:
    """A PHQ-9 that is low but for its last item."""
    return answers_of(day, 1, 1, 1, 0, 0, 0, 0, 0, answer, session=session)
