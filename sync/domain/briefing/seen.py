"""What the facts of a briefing say when they are seen together: read once, for all parts of the page."""

from dataclasses import dataclass

from sync.domain.briefing.values import BriefingFacts
from sync.domain.briefing.wording import Wording
from sync.domain.notes.chronology import oldest_first
from sync.domain.notes.values import WrittenNote
from sync.domain.progress.catalogue import better_by
from sync.domain.progress.goals import GoalReading, read_goals
from sync.domain.progress.marker_readings import MarkerReading, read_markers
from sync.domain.progress.measures import MeasureReading, read_measures
from sync.domain.progress.page_keys import measure_key, still_said
from sync.domain.progress.risk import latest_risk
from sync.domain.progress.risk_items import is_at_risk, risk_items

FEWEST_NOTES = 3
"""Below it there is no long view: the page is the last plan and what is known from the beginning."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The facts and what follows from them; `notes` are the oldest first."""

    facts: BriefingFacts
    wording: Wording
    notes: tuple[WrittenNote, ...]
    markers: tuple[MarkerReading, ...]
    measures: tuple[MeasureReading, ...]
    goals: tuple[GoalReading, ...]
    at_risk: bool

    @property
    def is_short(self) -> bool:
        """Whether there are too few notes for a long view."""
        return len(self.notes) < FEWEST_NOTES

    @property
    def dismissed(self) -> frozenset[str]:
        """The keys of what was called wrong or useless."""
        return self.facts.settled.dismissed


def see(facts: BriefingFacts, wording: Wording) -> Seen:
    """Read everything once."""
    notes = tuple(oldest_first(facts.notes))
    markers = read_markers(notes, better_by(facts.followed))
    day_of = wording.time.day_of
    set_by_then = [goal for goal in facts.goals if goal.since <= day_of(facts.starts_at)]
    return Seen(
        facts=facts,
        wording=wording,
        notes=notes,
        markers=markers,
        measures=still_said(read_measures(facts.measures), measure_key, facts.settled.dismissed),
        goals=read_goals(set_by_then, notes, markers, day_of),
        at_risk=is_at_risk(latest_risk(notes), risk_items(facts.measures)),
    )
