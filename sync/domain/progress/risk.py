"""Finds the latest recorded risk statement: quoted, never trended and never softened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sync.domain.notes.addenda import risk_added_at
from sync.domain.notes.chronology import oldest_first
from sync.domain.notes.values import WrittenNote
from sync.domain.progress.evidence import Evidence, evidence_of
from sync.domain.progress.no_risk import says_none


@dataclass(frozen=True, slots=True)
class RiskStatement:
    """What a note says of risk, verbatim, and where; `added_at` when the last addendum to it did (UTC)."""

    text: str
    evidence: Evidence
    signed: bool
    added_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class LatestRisk:
    """The latest statement; the last risk that was said otherwise; whether it is the last word.

    `before` may be months back: that there were passive thoughts stays in sight for good, however often and
    in whatever words it was noted since that there is nothing. Only where there never was any risk it is a
    "none", and of two of these, their words aside, neither is before the other.

    `missing_in_last_note` is true when notes were written since, and the last says nothing of risk.
    """

    latest: RiskStatement
    before: RiskStatement | None
    missing_in_last_note: bool


def latest_risk(notes: Sequence[WrittenNote]) -> LatestRisk | None:
    """The latest risk recorded in `notes` of one client, in any order; None when none ever was."""
    in_order = oldest_first(notes)
    statements = [
        RiskStatement(note.reading.risk, evidence_of(note), note.signed, risk_added_at(note))
        for note in in_order
        if note.reading.risk
    ]
    if not statements:
        return None
    latest = statements[-1]
    return LatestRisk(
        latest,
        before=_before(latest, statements),
        missing_in_last_note=latest.evidence != evidence_of(in_order[-1]),
    )


def _before(latest: RiskStatement, statements: Sequence[RiskStatement]) -> RiskStatement | None:
    """The last risk that was said otherwise than in `latest`; where there was never any, the last "none"."""
    others = [each for each in reversed(statements) if _differ(each, latest)]
    return next((each for each in others if not says_none(each.text)), others[0] if others else None)


def _differ(one: RiskStatement, other: RiskStatement) -> bool:
    both_say_none = says_none(one.text) and says_none(other.text)
    return not both_say_none and _says(one) != _says(other)


def _says(statement: RiskStatement) -> str:
    return " ".join(statement.text.casefold().split())
