"""Answers what waits in the inbox: whose an appointment is, or that it is none of ours."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sync.app import App
from sync.domain.calendar.candidates import Candidate, rank_candidates
from sync.domain.calendar.changes import Create
from sync.domain.calendar.reading import read_event
from sync.domain.calendar.teaching import Lesson
from sync.domain.calendar.title_noise import learned_key
from sync.domain.calendar.values import Appointment
from sync.domain.people import MERGED, Client
from sync.errors import Refused
from sync.jobs.clients import NewClientWish, add_pointers_of, add_to, look_again
from sync.jobs.merges import hold_people
from sync.jobs.pointing import pointing_of
from sync.jobs.teaching import teach
from sync.jobs.wishes import applying_for, zones
from sync.store.assigning import stand_alone
from sync.store.changes import apply_changes
from sync.store.clients import client, clients
from sync.store.history import want_history
from sync.store.inbox import Question, drop_question, find_questions, ignore_event, questions
from sync.store.known_sessions import known_by_event
from sync.store.links import link, links, want_snapshot
from sync.store.records import Records


@dataclass(frozen=True, slots=True)
class Waiting:
    """A waiting appointment with those it may belong to, their codes by id, and its practitioner's zone."""

    question: Question
    candidates: tuple[Candidate, ...]
    codes: Mapping[str, str]
    time_zone: str


def waiting(app: App) -> list[Waiting]:
    """All that waits, by start, each with its candidates and what points to them."""
    with app.reading() as records:
        found = questions(records)
        pointing = pointing_of(records, found, app.now())
        owners = {link_id: link(records, link_id).practitioner_id for link_id in {q.link_id for q in found}}
        people = {owner: clients(records, owner) for owner in set(owners.values())}
        zone_by_owner = zones(app, records)
    codes = {person.id: person.code for some in people.values() for person in some}
    return [
        Waiting(
            question,
            tuple(
                rank_candidates(
                    question.event.title or "",
                    people[owners[question.link_id]],
                    pointing.get(question.id, {}),
                )
            ),
            codes,
            zone_by_owner[owners[question.link_id]],
        )
        for question in found
    ]


@dataclass(frozen=True, slots=True)
class Answer:
    """Whose a waiting appointment is: a client's by id, or a new client's by name.

    `once`: said of this hour only. `with_address`: the only guest's address is hers from now on.
    `past`: what the calendar's past holds of it is read again.
    """

    client_id: str | None = None
    new_name: str | None = None
    once: bool = False
    with_address: bool = False
    past: bool = False


@dataclass(frozen=True, slots=True)
class Assigned:
    """Whose it is now, when, and what was learned; `still_waiting` others share its title."""

    client: Client
    starts_at: datetime
    lesson: Lesson
    still_waiting: int


def assign(app: App, said: str, answer: Answer, now: datetime) -> Assigned:
    """Make the waiting appointment `said` a session, and let its title mean its client.

    The rest of its series, and what has the same title, follows at the next reading, which is asked
    for. Of two answers at once the first holds. Raises `Refused`.
    """
    with app.writing() as records:
        hold_people(records, link(records, _the_question(records, said).link_id).practitioner_id)
        question = _the_question(records, said)
        calendar = link(records, question.link_id)
        if answer.past and calendar.history_since is None:
            raise Refused(
                "The past of this calendar was never asked for.",
                "Leave out `--past`; to ask for it: `practice-sync connections history --help`.",
            )
        addresses = [_the_guest(question)] if answer.with_address else []
        person = _the_client(records, calendar.practitioner_id, answer, now)
        reading = read_event(question.event, calendar.time_zone or app.settings.practice.time_zone)
        if not isinstance(reading, Appointment):
            raise Refused("That appointment is no longer one.", "Run `practice-sync pull` and look again.")
        if known_by_event(records, calendar.id, [question.event.event_id]):
            raise Refused(
                "That appointment is a session already.", "See `practice-sync sessions assign --help`."
            )
        create = Create(reading, person.id, held=reading.ends_at <= now)
        apply_changes(records, [create], applying_for(app, records, calendar, now))
        drop_question(records, question.id)
        add_pointers_of(records, person.id, (), addresses, now)
        lesson, alike = _learn(app, records, question, person, answer, now)
        if answer.past and calendar.history_since:
            want_history(records, calendar.id, calendar.history_since, again=True)
        look_again(records, calendar.practitioner_id)
        return Assigned(person, reading.starts_at, lesson, alike)


def _the_client(records: Records, practitioner_id: str, answer: Answer, now: datetime) -> Client:
    if answer.new_name is not None:
        return add_to(records, practitioner_id, NewClientWish(answer.new_name), now)
    person = client(records, answer.client_id or "")
    if person.practitioner_id != practitioner_id:
        raise Refused(
            "This client is another practitioner's.", "Choose one of hers: `practice-sync clients`."
        )
    if person.status == MERGED:
        raise Refused("This record is part of another.", "See `practice-sync clients` for the codes.")
    return person


def _the_guest(question: Question) -> str:
    guests = [attendee.address for attendee in question.event.attendees if not attendee.is_self]
    if len(guests) != 1:
        how_many = "Nobody else is" if not guests else "More than one person is"
        raise Refused(
            f"{how_many} invited to that appointment.", "Leave out `--email`, or name the address by hand."
        )
    return guests[0]


def _learn(
    app: App, records: Records, question: Question, person: Client, answer: Answer, now: datetime
) -> tuple[Lesson, int]:
    """Learn the title; how many other appointments with this title wait beside it.

    Another series of the same title may well be another client's: then nothing is learned.
    """
    series, title = question.event.recurring_event_id, question.event.title or ""
    if answer.once and series is not None:
        [known] = known_by_event(records, question.link_id, [question.event.event_id]).values()
        stand_alone(records, known.session_id, alone=True)
    if answer.once:
        return Lesson.ONE_HOUR, 0
    others = [other.event for other in _waiting_beside(records, person.practitioner_id)]
    repeated = {e.title or "" for e in others if e.recurring_event_id and e.recurring_event_id != series}
    lesson = teach(app, records, person, title, now, repeated)
    key = learned_key(title)
    return lesson, sum(bool(key) and learned_key(event.title or "") == key for event in others)


def _waiting_beside(records: Records, practitioner_id: str) -> list[Question]:
    hers = {each.id for each in links(records) if each.practitioner_id == practitioner_id}
    return [question for question in questions(records) if question.link_id in hers]


def ignore(app: App, said: str, now: datetime, *, once: bool = False) -> None:
    """Say that the waiting appointment `said` is no session, nor is its series; its words are forgotten.

    `once`: said of this hour only.
    """
    with app.writing() as records:
        question = _the_question(records, said)
        ignore_event(records, question.link_id, question.event, now, once=once)
        drop_question(records, question.id)
        if once:
            want_snapshot(records, question.link_id)  # the rest of its series is still to be asked about


def _the_question(records: Records, said: str) -> Question:
    found = find_questions(records, said)
    if len(found) != 1:
        what = "Nothing" if not found else "More than one appointment"
        raise Refused(
            f"{what} in the inbox has this id.", "It may be answered by now: see `practice-sync inbox`."
        )
    return found[0]
