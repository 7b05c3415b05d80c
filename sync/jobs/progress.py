"""Gathers what the notes of one client say when they are seen together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sync.app import App
from sync.domain.attendance.line import AttendanceLine, attendance_line
from sync.domain.briefing.moments import LocalTime, local_time
from sync.domain.notes.carry import CarriedForward, carried_forward
from sync.domain.notes.values import WrittenNote
from sync.domain.people import Client
from sync.domain.progress.catalogue import higher_is_better
from sync.domain.progress.definitions import MarkerDefinition
from sync.domain.progress.goals import GoalReading, read_goals
from sync.domain.progress.helped import Helped, what_helped
from sync.domain.progress.marker_readings import MarkerReading, read_markers
from sync.domain.progress.measures import MeasureReading, low_alliance_days, read_measures
from sync.domain.progress.risk import LatestRisk, latest_risk, says_none
from sync.domain.progress.risk_items import RiskItemSeen, risk_items
from sync.domain.progress.sentences import Wall
from sync.domain.progress.themes import Theme, recurring_themes
from sync.domain.progress.trends import DOWN, family
from sync.jobs.attendance import attendance_of
from sync.jobs.wishes import zone_of
from sync.store.clients import client
from sync.store.goals import goals_of
from sync.store.markers import markers_of
from sync.store.measures import measure_results
from sync.store.notes import written_notes


@dataclass(frozen=True, slots=True)
class ClientProgress:
    """A client's notes seen together, as of one moment; `time` is her therapist's wall."""

    client: Client
    time: LocalTime
    notes: tuple[WrittenNote, ...]
    followed: tuple[MarkerDefinition, ...]
    markers: tuple[MarkerReading, ...]
    themes: tuple[Theme, ...]
    helped: tuple[Helped, ...]
    carried: CarriedForward
    risk: LatestRisk | None
    measures: tuple[MeasureReading, ...]
    risk_items: tuple[RiskItemSeen, ...]
    goals: tuple[GoalReading, ...]
    attendance: AttendanceLine

    @property
    def wall(self) -> Wall:
        """How moments are said where the therapist is."""
        return Wall(self.time.day, self.time.month)

    @property
    def at_risk(self) -> bool:
        """Whether the latest word on risk says that there is some, or was not about there being none.

        An answer to what a questionnaire asks about risk is a word, too.
        """
        noted = self.risk is not None and not says_none(self.risk.latest.text)
        return noted or any(item.is_present for item in self.risk_items)


def progress_of(app: App, client_id: str, now: datetime) -> ClientProgress:
    """All that can be said of one client's way at `now`, from every saved note of a session begun by then."""
    with app.reading() as records:
        person = client(records, client_id)
        notes = written_notes(records, person.id, before=now)
        followed = markers_of(records, person.id)
        attendance = attendance_of(app, records, person, now)
        zone = zone_of(app, records, person.practitioner_id)
        time = local_time(zone, now)
        goals = goals_of(records, person.id)
        results = measure_results(records, person.id, until=time.today)
    markers = read_markers(notes, lambda label, scale: higher_is_better(label, scale, followed))
    return ClientProgress(
        client=person,
        time=time,
        notes=notes,
        followed=followed,
        markers=markers,
        themes=recurring_themes(notes),
        helped=what_helped(notes),
        carried=carried_forward(notes),
        risk=latest_risk(notes),
        measures=read_measures(results),
        risk_items=risk_items(results),
        goals=read_goals(goals, notes, markers, time.day_of),
        attendance=attendance_line(attendance, lows=[*_lows(markers, time), *low_alliance_days(results)]),
    )


def _lows(markers: Sequence[MarkerReading], time: LocalTime) -> list[date]:
    """The days on which a confirmed downward label stands, for the flag A7."""
    trends = [(marker.course.latest.evidence.starts_at, marker.trend) for marker in markers]
    return [
        time.day_of(at) for at, trend in trends if trend and trend.confirmed and family(trend.label) == DOWN
    ]
