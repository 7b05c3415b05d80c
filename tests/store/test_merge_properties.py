"""Whatever two records hold: merged, every word is the other's; parted again, all is as it was."""

from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import col, select

from models import tables
from sync.domain.attendance.agreement import Ending, Pause
from sync.domain.calendar.values import Details
from sync.domain.notes.parsing import read_note
from sync.domain.people import Client
from sync.domain.progress.definitions import Domain, MarkerDefinition
from sync.domain.progress.goals import Goal
from sync.store.agreements import add_cadence, add_ending, add_pause, agreement_of, pause_reasons
from sync.store.clients import ADDRESS, ALIAS, add_alias, add_client, add_member, client
from sync.store.goals import add_goal, goals_of
from sync.store.known_sessions import open_details, seal_details
from sync.store.markers import add_marker, find_marker, markers_of
from sync.store.measures import add_result, find_results, measure_results, void_result
from sync.store.merges import find_merges, merge_clients, undo_merge
from sync.store.notes import lay_stubs, lock_note, note_of, save_revision
from sync.store.outbox import Arming
from sync.store.private_notes import private_texts, save_private_text
from sync.store.records import Records
from sync.store.revisions import revisions
from sync.store.signing import add_addendum, life_of, sign
from tests.domain.progress.results import total_of
from tests.practice import WEDNESDAY, Practice

ARMING = Arming("", timedelta(minutes=30), "practice.example")
LETTERS = st.text(max_size=20)  # half a pair of surrogates and control characters too
NAMES = st.sampled_from(["Jo Bloggs", "jo  bloggs", "Jo Marsh", "Ébène O'Hara", "李 明"])
ALIASES = st.lists(st.sampled_from(["Joey", "JOEY", "Marshy", "Jo Marsh", "Jo Bloggs", "✳"]), max_size=4)
ADDRESSES = st.lists(st.sampled_from(["jo@post.example", "JO@post.example", "m@post.example"]), max_size=3)
MEMBERS = st.lists(st.sampled_from(["Kim", "kim", "Lou", "Mo"]), max_size=3)
NOTES = st.lists(LETTERS.filter(bool), max_size=3)
MARKER_NAMES = st.sampled_from(["Panic", "PANIC", "Sleep", "Mood"])
MARKERS = st.lists(st.tuples(MARKER_NAMES, st.booleans(), LETTERS), max_size=4)
MEASURES = st.lists(st.tuples(st.integers(0, 27), st.booleans()), max_size=3)
GOALS = st.lists(st.sampled_from(["Ride the bus", "Sleep", "sleep"]), max_size=2)
SESSIONS = st.lists(st.tuples(LETTERS, NOTES, st.booleans()), max_size=4)
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
RECORD = st.fixed_dictionaries(
    {
        "name": NAMES,
        "aliases": ALIASES,
        "addresses": ADDRESSES,
        "members": MEMBERS,
        "markers": MARKERS,
        "measures": MEASURES,
        "goals": GOALS,
        "sessions": SESSIONS,
        "cadences": st.lists(st.tuples(st.integers(1, 30), st.none() | DAYS), max_size=2),
        "pauses": st.lists(st.tuples(DAYS, st.none() | DAYS, LETTERS), max_size=2),
        "ending": st.none() | DAYS,
        "status": st.sampled_from(["active", "paused", "ended"]),
    }
)


def make(records: Records, practice: Practice, told: dict[str, Any]) -> str:
    """Keep a client as `told`, with sessions, notes and a member's own attendance."""
    made = add_client(
        records,
        practice.practitioner_id,
        told["name"],
        WEDNESDAY,
        status=told["status"],
    )
    for kind, values in ((ALIAS, told["aliases"]), (ADDRESS, told["addresses"])):
        for value in values:
            add_alias(records, made.id, kind, value, WEDNESDAY)
    for position, name in enumerate(told["members"]):
        add_member(records, made.id, name, position)
    _follow(records, made.id, told["markers"])
    _measure(records, made.id, told["measures"])
    for days, valid_from in told["cadences"]:
        add_cadence(records, made.id, days, valid_from, WEDNESDAY)
    for first, until, reason in told["pauses"]:
        add_pause(records, made.id, Pause(first, until, reason), WEDNESDAY)
    if told["ending"] is not None:
        add_ending(records, made.id, Ending(told["ending"]), WEDNESDAY)
    for text in told["goals"]:
        add_goal(records, made.id, Goal("", text, WEDNESDAY.date(), ("Panic",)), WEDNESDAY)
    person = client(records, made.id)
    for title, texts, differs in told["sessions"]:
        _session(records, practice, person, title, texts, differs=differs)
    return made.id


def _follow(records: Records, client_id: str, markers: list[tuple[str, bool, str]]) -> None:
    for name, is_retired, lowest in markers:
        if find_marker(records, client_id, name) is None:
            retired_at = WEDNESDAY if is_retired else None
            kept = MarkerDefinition("", name, Domain.EMOTIONAL, is_retired, 10, lowest, None, retired_at)
            add_marker(records, client_id, kept, WEDNESDAY)


def _measure(records: Records, client_id: str, measures: list[tuple[int, bool]]) -> None:
    for total, is_void in measures:
        made = add_result(records, client_id, total_of("2026-06-02", total))
        if is_void:
            [row] = find_results(records, made.id)
            void_result(records, row, f"not {total}", WEDNESDAY)


def _session(
    records: Records, practice: Practice, person: Client, title: str, texts: list[str], *, differs: bool
) -> None:
    session_id = tables.new_id()
    records.db.add(
        tables.Session(
            id=session_id,
            client_id=person.id,
            practitioner_id=practice.practitioner_id,
            calendar_link_id=practice.link_id,
            starts_at=WEDNESDAY,
            ends_at=WEDNESDAY,
            time_zone="UTC",
            details_sealed=seal_details(records, session_id, person.id, Details(title)),
            created_at=WEDNESDAY,
        )
    )
    records.db.flush()
    lay_stubs(records, [(session_id, person.id, "soap")], WEDNESDAY)
    for text in texts:
        save_revision(records, lock_note(records, session_id), text, read_note(text), WEDNESDAY)
        session = records.db.get_one(tables.Session, session_id)
        save_private_text(records, session, practice.practitioner_id, f"private {text}", WEDNESDAY)
    if texts:
        note = lock_note(records, session_id)
        sign(records, note, texts[-1], practice.practitioner_id, WEDNESDAY)
        add_addendum(records, note, (title, texts[0]), practice.practitioner_id, WEDNESDAY)
    if differs and person.members:
        records.db.add(
            tables.Attendance(session_id=session_id, member_id=person.members[0].id, state="no_show")
        )
    records.db.flush()


def state(records: Records, ids: tuple[str, ...]) -> list[Any]:
    """All that is kept of these records, opened; how a row is sealed is no part of it."""
    found: list[Any] = [_person(records, client_id) for client_id in ids]
    session, attendance = tables.Session, tables.Attendance
    for row in records.db.exec(select(session).where(col(session.client_id).in_(ids)).order_by(session.id)):
        note = note_of(records, row.id)
        assert note is not None
        details = open_details(records, row.id, row.client_id, row.details_sealed)
        own = records.db.exec(select(attendance).where(col(attendance.session_id) == row.id))
        found.append((row.id, row.client_id, row.status, details, note.client_id, note.status))
        found.append([(each.id, each.member_id, each.state) for each in own])
        found.append([(r.number, r.saved_at, r.body) for r in revisions(records, note)])
        found.append([(life_of(records, note), private_texts(records, row.id, row.practitioner_id))])
    return found


def _person(records: Records, client_id: str) -> Any:
    row = records.db.get_one(tables.Client, client_id)
    alias, member = tables.ClientAlias, tables.Member
    aliases = records.db.exec(select(alias).where(col(alias.client_id) == client_id).order_by(alias.id))
    members = records.db.exec(select(member).where(col(member.client_id) == client_id).order_by(member.id))
    rows = [[(a.id, a.kind, a.value_index) for a in aliases], [(m.id, m.position) for m in members]]
    opened = client(records, client_id)
    sorted_words = (sorted(opened.aliases), sorted(opened.addresses))
    markers = markers_of(records, client_id)
    found = [find_marker(records, client_id, each.name) for each in markers]
    assert list(markers) == found, "every one can be found by its name"
    kept = (markers, measure_results(records, client_id), goals_of(records, client_id))
    said = (agreement_of(records, client_id), sorted(pause_reasons(records, client_id).items()))
    return row.status, row.merged_into_id, said, opened.members, sorted_words, rows, kept


def texts_of(found: list[Any]) -> list[str]:
    """The words of every session and note, whosever they are."""
    details = [each[3] for each in found[2:] if isinstance(each, tuple)]
    saved = [revision for each in found[2:] if isinstance(each, list) for revision in each]
    bodies = [revision for revision in saved if isinstance(revision[0], int)]
    return sorted(map(repr, (*details, *bodies)))


@given(one=RECORD, other=RECORD)
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
def test_merged_and_parted_again_is_as_if_nothing_had_been(
    practice: Practice, one: dict[str, Any], other: dict[str, Any]
) -> None:
    later = WEDNESDAY + timedelta(hours=1)
    with practice.app.writing() as records:
        gone, kept = make(records, practice, one), make(records, practice, other)
    with practice.app.writing() as records:
        before = state(records, (gone, kept))
        hours = [each for each in before if isinstance(each, tuple) and each[1] == gone]
        count = merge_clients(records, client(records, gone), client(records, kept), later)
    with practice.app.reading() as records:
        merged = state(records, (gone, kept))
        assert len(hours) == count
        assert [] == state(records, (gone,))[1:]
        assert texts_of(before) == texts_of(merged)
    with practice.app.writing() as records:
        [merge] = find_merges(records, gone)
        assert count == undo_merge(records, merge, later, ARMING)
    with practice.app.reading() as records:
        assert before == state(records, (gone, kept))
        assert [] == find_merges(records, gone)
