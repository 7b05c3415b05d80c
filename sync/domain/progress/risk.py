"""Finds the latest recorded risk statement: quoted, never trended and never softened."""

import re
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
    """The latest statement; the last one that said something else; whether it is the last word.

    `before` may be months back: that there were passive thoughts stays in sight while nothing new is noted.
    Of two that both say that there is nothing, their words aside, none is before the other.

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
        before=next((each for each in reversed(statements) if _differ(each, latest)), None),
        missing_in_last_note=latest.evidence != evidence_of(in_order[-1]),
    )


_NONE = frozenset({"none", "no", "nil", "no risk", "none noted", "none reported", "nothing", "–", "-"})


_DENIAL = re.compile(r"\b(?:no|none|not|denies|denied)\b")
_BUT = re.compile(
    r"\b(?:but|though|although|however|except|apart|passive|some|sometimes|yes|only|until|longer|plan|intent)\b"
)


def says_none(text: str) -> bool:
    """Whether a statement says first, in so many words, that there is no risk, and nothing else after it.

    `None noted; asked, she reports no thoughts of harming herself` says so; `none; passive thoughts` and
    `no plan` do not. In doubt it does not.
    """
    first, *others = (clause.strip() for clause in re.split(r"[;.]", _plain(text).rstrip(" .")))
    return first in _NONE and all(_DENIAL.search(each) and not _BUT.search(each) for each in others)


def _differ(one: RiskStatement, other: RiskStatement) -> bool:
    both_say_none = says_none(one.text) and says_none(other.text)
    return not both_say_none and _says(one) != _says(other)


def _says(statement: RiskStatement) -> str:
    return _plain(statement.text)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
