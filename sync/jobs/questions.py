"""Answers what waits in the inbox: whose an appointment is, or that it is none of ours."""

from dataclasses import dataclass
from datetime import datetime

from sync.app import App
from sync.domain.calendar.candidates import Candidate, rank_candidates
from sync.domain.calendar.changes import Create
from sync.domain.calendar.reading import read_event
from sync.domain.calendar.values import Appointment
from sync.errors import Refused
from sync.jobs.wishes import applying_for
from sync.store.changes import apply_changes
from sync.store.clients import client, clients
from sync.store.inbox import Question, drop_question, find_questions, ignore_event, questions
from sync.store.known_sessions import known_by_event
from sync.store.links import link, want_snapshot
from sync.store.records import Records


@dataclass(frozen=True, slots=True)
class Waiting:
    """A waiting appointment with those it may belong to."""

    question: Question
    candidates: tuple[Candidate, ...]


def waiting(app: App) -> list[Waiting]:
    """All that waits, by start, each with its candidates."""
    with app.reading() as records:
        found = questions(records)
        by_practitioner = {
            link_id: clients(records, link(records, link_id).practitioner_id)
            for link_id in {question.link_id for question in found}
        }
    return [
        Waiting(q, tuple(rank_candidates(q.event.title or "", by_practitioner[q.link_id]))) for q in found
    ]


def assign(app: App, said: str, client_id: str, now: datetime) -> datetime:
    """Make the waiting appointment `said` a session of this client; its start.

    The rest of its series follows at the next reading, which is asked for. Raises `Refused`.
    """
    with app.writing() as records:
        question = _the_question(records, said)
        calendar = link(records, question.link_id)
        if client(records, client_id).practitioner_id != calendar.practitioner_id:
            raise Refused(
                "This client is another practitioner's.", "Choose one of hers: `practice-sync clients`."
            )
        reading = read_event(question.event, calendar.time_zone or app.settings.practice.time_zone)
        if not isinstance(reading, Appointment):
            raise Refused("That appointment is no longer one.", "Run `practice-sync pull` and look again.")
        if not known_by_event(records, calendar.id, [question.event.event_id]):
            create = Create(reading, client_id, held=reading.ends_at <= now)
            apply_changes(records, [create], applying_for(app, records, calendar, now))
        drop_question(records, question.id)
        want_snapshot(records, calendar.id)
    return reading.starts_at


def ignore(app: App, said: str, now: datetime) -> None:
    """Say that the waiting appointment `said`, and its series, is no session; its words are forgotten."""
    with app.writing() as records:
        question = _the_question(records, said)
        ignore_event(records, question.link_id, question.event, now)
        drop_question(records, question.id)


def _the_question(records: Records, said: str) -> Question:
    found = find_questions(records, said)
    if len(found) != 1:
        what = "Nothing" if not found else "More than one appointment"
        raise Refused(f"{what} in the inbox has this id.", "See `practice-sync inbox` for the ids.")
    return found[0]
