"""Finds the latest recorded risk statement: quoted, never trended and never softened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sync.domain.notes.addenda import risk_added_at
from sync.domain.notes.chronology import oldest_first
from sync.domain.notes.values import WrittenNote
from sync.domain.progress.evidence import Evidence, evidence_of


@dataclass(frozen=True, slots=True)
class RiskStatement:
    """What a note says of risk, verbatim, and where; `added_at` when the last addendum to it did (UTC)."""

    text: str
    evidence: Evidence
    signed: bool
    added_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class LatestRisk:
    """The latest statement; the one before where it said something else; whether it is the last word.

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
    before = statements[-2] if len(statements) > 1 else None
    return LatestRisk(
        latest,
        before=before if before and _says(before) != _says(latest) else None,
        missing_in_last_note=latest.evidence != evidence_of(in_order[-1]),
    )


_NONE = frozenset({"none", "no", "nil", "no risk", "none noted", "none reported", "nothing", "–", "-"})


def says_none(text: str) -> bool:
    """Whether a statement says, in nothing but these words, that there is no risk."""
    return " ".join(text.casefold().split()).rstrip(" .") in _NONE


def _says(statement: RiskStatement) -> str:
    return " ".join(statement.text.casefold().split())
