"""Gathers what the notes of one client say when they are seen together."""

from dataclasses import dataclass, replace
from datetime import datetime

from sync.app import App
from sync.domain.attendance.line import AttendanceLine, attendance_line
from sync.domain.briefing.moments import LocalTime, local_time
from sync.domain.notes.formats import ASSESSMENT, RESPONSE
from sync.domain.notes.values import WrittenNote
from sync.domain.people import Client
from sync.domain.progress.catalogue import better_by
from sync.domain.progress.definitions import MarkerDefinition
from sync.domain.progress.excerpts import Excerpt
from sync.domain.progress.goals import GoalReading, read_goals
from sync.domain.progress.helped import Helped, what_helped
from sync.domain.progress.in_words import InWords, Settled, then_and_now_in_words
from sync.domain.progress.last_session import last_session
from sync.domain.progress.lows import low_days
from sync.domain.progress.marker_readings import MarkerReading, read_markers
from sync.domain.progress.markers import label_key
from sync.domain.progress.measures import MeasureReading, read_measures
from sync.domain.progress.moves import Move, moves_after
from sync.domain.progress.page_keys import coming_key, helped_key, measure_key, still_said, theme_key
from sync.domain.progress.risk import LatestRisk, latest_risk
from sync.domain.progress.risk_items import RiskItemSeen, is_at_risk, risk_items
from sync.domain.progress.sentences import Wall
from sync.domain.progress.statements import REJECTED, Verdict
from sync.domain.progress.stuck import Stuck, stuck_on
from sync.domain.progress.summary import summary_of
from sync.domain.progress.themes import Theme, themes_of
from sync.domain.progress.threads import OpenThreads, open_threads
from sync.jobs.attendance import attendance_of
from sync.jobs.wishes import zone_of
from sync.store.clients import client
from sync.store.goals import goals_of
from sync.store.markers import markers_of
from sync.store.measures import measure_results
from sync.store.notes import written_notes
from sync.store.records import Records
from sync.store.statements import verdicts

SUMMED_UP = 8
"""How many of the latest notes are summed up, in at most `SENTENCES`."""

SENTENCES = 3
MOST_MOVES = 3
_MEANING = frozenset({ASSESSMENT, RESPONSE})


@dataclass(frozen=True, slots=True)
class ClientProgress:
    """A client's notes seen together, as of one moment; `time` is her therapist's wall.

    `lately` sums up the latest notes but the last, which is `last_session`; `dismissed` has the keys of what
    the therapist called wrong or of no use.
    """

    client: Client
    time: LocalTime
    notes: tuple[WrittenNote, ...]
    followed: tuple[MarkerDefinition, ...]
    markers: tuple[MarkerReading, ...]
    themes: tuple[Theme, ...]
    helped: tuple[Helped, ...]
    last_session: tuple[Excerpt, ...]
    lately: tuple[Excerpt, ...]
    in_words: tuple[InWords, ...]
    threads: OpenThreads
    stuck: tuple[Stuck, ...]
    risk: LatestRisk | None
    measures: tuple[MeasureReading, ...]
    risk_items: tuple[RiskItemSeen, ...]
    goals: tuple[GoalReading, ...]
    attendance: AttendanceLine
    dismissed: frozenset[str] = frozenset()

    @property
    def wall(self) -> Wall:
        """How moments are said where the therapist is."""
        return Wall(self.time.day, self.time.month)

    def moves(self, helped: Helped) -> tuple[Move, ...]:
        """How the markers that are followed, else those that moved most, went on after it."""
        followed = {label_key(each.name) for each in self.followed if each.retired_at is None}
        courses = [marker.ever for marker in self.markers]
        chosen = [course for course in courses if label_key(course.marker) in followed]
        return moves_after(helped.used_in, chosen or courses[:MOST_MOVES])

    @property
    def at_risk(self) -> bool:
        """Whether something of risk stands in the notes, or in what a questionnaire was answered."""
        return is_at_risk(self.risk, self.risk_items)


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
        settled = page_verdicts(records, person.id)
    markers = read_markers(notes, better_by(followed))
    return ClientProgress(
        client=person,
        time=time,
        notes=notes,
        followed=followed,
        markers=markers,
        themes=still_said(themes_of(notes), theme_key, settled.dismissed),
        helped=still_said(what_helped(notes), helped_key, settled.dismissed),
        last_session=last_session(notes),
        lately=summary_of(notes[:-1][-SUMMED_UP:], _MEANING, SENTENCES),
        in_words=then_and_now_in_words(notes, names_of(person), settled),
        threads=_threads(notes, time, settled),
        stuck=stuck_on(notes, markers),
        risk=latest_risk(notes),
        measures=still_said(read_measures(results), measure_key, settled.dismissed),
        risk_items=risk_items(results),
        goals=read_goals(goals, notes, markers, time.day_of),
        attendance=attendance_line(attendance, lows=low_days(markers, results, time.day_of)),
        dismissed=settled.dismissed,
    )


def _threads(notes: tuple[WrittenNote, ...], time: LocalTime, settled: Settled) -> OpenThreads:
    """What is open, but for days ahead that were called wrong or useless."""
    found = open_threads(notes, time.today, time.day_of)
    return replace(found, coming_up=still_said(found.coming_up, coming_key, settled.dismissed))


def names_of(person: Client) -> frozenset[str]:
    """What a client is called, each a word."""
    names = (person.name, *person.aliases, *(member.name for member in person.members))
    return frozenset(word for name in names for word in name.split())


def page_verdicts(records: Records, client_id: str) -> Settled:
    """What the therapist said of the statements of this client's page."""
    said = verdicts(records, client_id, Verdict.PINNED.about)
    return Settled(
        dismissed=frozenset(key for key, judged in said.items() if judged.verdict in REJECTED),
        pinned=frozenset(key for key, judged in said.items() if judged.verdict is Verdict.PINNED),
    )
