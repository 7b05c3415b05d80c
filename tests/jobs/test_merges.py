"""Two records of one client become one and can be parted again; nothing written is lost on either way."""

from datetime import timedelta

import pytest
from sqlmodel import select

from models import tables
from sync.domain.attendance.agreement import Cadence
from sync.domain.briefing.privacy import Privacy
from sync.domain.people import Client
from sync.domain.progress.instruments.phq9 import PHQ9
from sync.domain.progress.statements import Judged, Statement, Verdict
from sync.errors import Refused
from sync.jobs.brief import briefing_for
from sync.jobs.clients import NewClientWish, add
from sync.jobs.markers import MarkerWish, change, follow, retire
from sync.jobs.measures import MeasureEntry, enter, measures_of
from sync.jobs.merges import merge, undo
from sync.jobs.notes import note_history, write_note
from sync.jobs.pull import pull_all
from sync.store.agreements import add_cadence, agreement_of, agreements
from sync.store.clients import (
    add_client,
    add_member,
    client_named,
    clients,
    evidence,
    find_client,
)
from sync.store.markers import markers_by_client
from sync.store.practitioners import practitioner_by_email
from sync.store.statements import judge, verdicts
from tests.jobs.looking import HOUR, NEXT_WEEK, TOMORROW, fates, rows, second_calendar, weekly
from tests.jobs.test_two_workers import during_the_snapshot
from tests.practice import WEDNESDAY, Practice

YESTERDAY = WEDNESDAY - timedelta(days=1)


def two_records(practice: Practice) -> tuple[Client, Client]:
    """Jo, met under two names: an hour and a written note of each, and one hour ahead of the first."""
    jo = practice.client("Jo Bloggs", "Joey", addresses=("jo@post.example",))
    maiden = practice.client("Jo Marsh", "Joey", "Marshy")
    with practice.app.writing() as records:
        add_cadence(records, maiden.id, 7, None, practice.clock())
    practice.put("Jo Bloggs", YESTERDAY)
    practice.put("Jo Marsh", YESTERDAY - timedelta(days=1))
    practice.put("Jo Marsh", TOMORROW)
    practice.once()
    for session in practice.sessions(starts_before=WEDNESDAY):
        write(practice, session.id, f"## Plan\nWalk with {session.client_name}.\n")
    return maiden, jo


def write(practice: Practice, session_id: str, body: str) -> None:
    write_note(practice.app, session_id, body, practice.clock())


def opened(practice: Practice) -> dict[str, object]:
    """All that can be read with the keys, to compare before and after."""
    with practice.app.reading() as records:
        people = clients(records)
        pointing = evidence(records, practice.practitioner_id)
        markers = markers_by_client(records)
        agreed = agreements(records)
    notes = {s.id: note_history(practice.app, s.id) for s in practice.sessions()}
    told = {"people": people, "evidence": pointing, "markers": markers, "agreed": agreed}
    return {**told, "sessions": practice.sessions(), "notes": notes}


def found(practice: Practice, said: str) -> list[str]:
    with practice.app.reading() as records:
        return [person.id for person in find_client(records, said)]


def test_all_that_is_one_records_becomes_the_others(on_each: Practice) -> None:
    gone, kept = two_records(on_each)
    texts = {s.id: note_history(on_each.app, s.id) for s in on_each.sessions()}

    assert 2 == merge(on_each.app, gone.id, kept.id, on_each.clock())

    with on_each.app.reading() as records:
        [person] = clients(records)
        assert (Cadence(7),) == agreement_of(records, kept.id).cadences
    assert (kept.id, ("Joey", "Marshy", "Jo Marsh")) == (person.id, person.aliases)
    assert [kept.id] * 3 == [session.client_id for session in on_each.sessions()]
    assert [1, 2, 3] == [session.number for session in on_each.sessions()]
    assert texts == {s.id: note_history(on_each.app, s.id) for s in on_each.sessions()}
    assert {kept.id} == {row.client_id for row in rows(on_each, tables.NoteReadingRow)}
    assert {kept.id} == {row.client_id for row in rows(on_each, tables.Note)}


def test_a_merged_record_is_listed_nowhere_and_its_code_name_and_id_mean_the_other(on_each: Practice) -> None:
    gone, kept = two_records(on_each)

    merge(on_each.app, gone.id, kept.id, on_each.clock())

    for said in (gone.code, "jo marsh", gone.id, gone.id[:8], kept.code):
        assert [kept.id] == found(on_each, said), said
    with on_each.app.reading() as records:
        assert {kept.id} == {each.client_id for each in evidence(records, on_each.practitioner_id)}


def test_the_calendar_goes_on_matching_by_name_and_code_of_the_record_that_is_gone(on_each: Practice) -> None:
    gone, kept = two_records(on_each)
    merge(on_each.app, gone.id, kept.id, on_each.clock())
    before = len(on_each.sessions())

    on_each.put("Jo Marsh", NEXT_WEEK)
    on_each.put(f"{gone.code} online", NEXT_WEEK + HOUR)
    on_each.once()

    new = on_each.sessions(starts_from=NEXT_WEEK)
    assert ([kept.id] * 2, before + 2) == ([session.client_id for session in new], len(on_each.sessions()))


def test_a_name_of_a_merged_record_makes_no_second_client_on_a_dedicated_calendar(on_each: Practice) -> None:
    gone, kept = two_records(on_each)
    merge(on_each.app, gone.id, kept.id, on_each.clock())

    with on_each.app.reading() as records:
        assert kept.id == client_named(records, on_each.practitioner_id, "Jo Marsh")


def test_a_briefing_after_a_merge_speaks_of_the_notes_of_both(on_each: Practice) -> None:
    gone, kept = two_records(on_each)
    merge(on_each.app, gone.id, kept.id, on_each.clock())
    [ahead] = on_each.sessions(starts_from=WEDNESDAY)

    with on_each.app.reading() as records:
        page = briefing_for(on_each.app, records, ahead.id, on_each.clock(), Privacy.FULL)
    assert ("Walk with Jo Bloggs." in repr(page), 3) == (True, ahead.number)
    assert ["pending"] == fates(on_each)
    on_each.clock.set(TOMORROW - HOUR)
    on_each.once()
    assert (["sent"], 1) == (fates(on_each), len(on_each.inbox.letters))


def test_an_undone_merge_leaves_everything_as_it_was(on_each: Practice) -> None:
    gone, kept = two_records(on_each)
    before = opened(on_each)

    merge(on_each.app, gone.id, kept.id, on_each.clock())
    assert before != opened(on_each)
    parted, whole, count = undo(on_each.app, gone.code.lower(), on_each.clock())

    assert (gone.id, kept.id, 2) == (parted.id, whole.id, count)
    assert before == opened(on_each)


def test_what_came_since_stays_with_the_record_that_was_kept(on_each: Practice) -> None:
    gone, kept = two_records(on_each)
    merge(on_each.app, gone.id, kept.id, on_each.clock())
    on_each.put("Jo Marsh", NEXT_WEEK)
    on_each.once()
    [moved, *_] = on_each.sessions()
    write(on_each, moved.id, "Added after the merge.\n")

    undo(on_each.app, gone.id, on_each.clock())

    assert [gone.id, kept.id, gone.id, kept.id] == [session.client_id for session in on_each.sessions()]
    assert "Added after the merge.\n" == note_history(on_each.app, moved.id)[-1].body


def test_merges_in_a_chain_are_parted_from_the_last_one_on(on_each: Practice) -> None:
    gone, kept = two_records(on_each)
    third = on_each.client("Joanna Hart")
    before = opened(on_each)
    merge(on_each.app, gone.id, kept.id, on_each.clock())
    merge(on_each.app, kept.id, third.id, on_each.clock())
    assert [[third.id]] * 2 == [found(on_each, person.code) for person in (gone, kept)]

    with pytest.raises(Refused, match="merged later"):
        undo(on_each.app, gone.code, on_each.clock())
    undo(on_each.app, kept.code, on_each.clock())
    undo(on_each.app, gone.code, on_each.clock())

    assert before == opened(on_each)


def test_members_of_the_same_name_are_one_person_and_each_keeps_what_was_said_of_her(
    on_each: Practice,
) -> None:
    one = add(
        on_each.app,
        on_each.practitioner_id,
        NewClientWish("Kim & Lou", kind="couple", members=("Kim", "Lou")),
        WEDNESDAY,
    )
    other = add(
        on_each.app,
        on_each.practitioner_id,
        NewClientWish("Lou Kimsley", kind="couple", members=("Lou", "Mo")),
        WEDNESDAY,
    )
    on_each.put("Kim & Lou", YESTERDAY)
    on_each.once()
    session = on_each.the_session()
    with on_each.app.writing() as records:
        records.db.add(tables.Attendance(session_id=session.id, member_id=one.members[1].id, state="no_show"))
    before = opened(on_each)

    merge(on_each.app, one.id, other.id, on_each.clock())

    assert [("Lou", "no_show"), ("Mo", "held"), ("Kim", "held")] == [
        (who.name, who.attendance) for who in on_each.the_session().participants
    ]
    undo(on_each.app, one.code, on_each.clock())
    assert before == opened(on_each)


def names_followed(practice: Practice, client_id: str) -> list[tuple[str, bool]]:
    with practice.app.reading() as records:
        found = markers_by_client(records).get(client_id, ())
    return [(each.name, each.higher_is_better) for each in found if each.retired_at is None]


def two_with_markers(practice: Practice) -> tuple[Client, Client]:
    """Of both panic is followed; of the one sleep too, and anger, which was retired for the other."""
    gone, kept = two_records(practice)
    for name in ("Panic", "Sleep", "Anger"):
        follow(practice.app, gone.id, name, MarkerWish(), WEDNESDAY)
    for name in ("PANIC", "anger"):
        follow(practice.app, kept.id, name, MarkerWish(higher_is_better=True), WEDNESDAY)
    retire(practice.app, kept.id, "anger", WEDNESDAY)
    return gone, kept


def test_what_is_followed_for_either_is_followed_for_both_and_parts_again(on_each: Practice) -> None:
    gone, kept = two_with_markers(on_each)
    before = opened(on_each)

    merge(on_each.app, gone.id, kept.id, on_each.clock())

    assert [("PANIC", True), ("Sleep", True), ("anger", True)] == sorted(names_followed(on_each, kept.id))
    change(on_each.app, kept.id, "sleep", MarkerWish(lowest="hardly any"))
    undo(on_each.app, gone.code, on_each.clock())
    assert before == opened(on_each)


def test_what_was_said_of_a_marker_since_the_merge_goes_with_it(on_each: Practice) -> None:
    gone, kept = two_with_markers(on_each)
    merge(on_each.app, gone.id, kept.id, on_each.clock())

    retire(on_each.app, kept.id, "Anger", TOMORROW)
    change(on_each.app, kept.id, "Sleep", MarkerWish(higher_is_better=False))
    follow(on_each.app, kept.id, "Energy", MarkerWish(), TOMORROW)
    undo(on_each.app, gone.code, on_each.clock())

    assert [("Anger", False), ("Panic", False), ("Sleep", False)] == sorted(names_followed(on_each, gone.id))
    assert [("Energy", True), ("PANIC", True)] == sorted(names_followed(on_each, kept.id))
    with on_each.app.reading() as records:
        [anger] = [each for each in markers_by_client(records)[kept.id] if each.name == "anger"]
    assert TOMORROW == anger.retired_at


def test_what_questionnaires_gave_comes_along_and_goes_back(on_each: Practice) -> None:
    gone, kept = two_records(on_each)
    own = next(session for session in on_each.sessions() if session.client_id == gone.id)
    in_session = MeasureEntry(PHQ9, answers=[1] * 9, session_id=own.id)
    first = enter(on_each.app, gone.id, in_session, on_each.clock())
    second = enter(on_each.app, kept.id, MeasureEntry(PHQ9, total=4), on_each.clock())

    merge(on_each.app, gone.id, kept.id, on_each.clock())
    assert {first, second} == set(measures_of(on_each.app, kept.id, on_each.clock()).results)
    third = enter(on_each.app, kept.id, MeasureEntry(PHQ9, total=5), on_each.clock())
    undo(on_each.app, gone.code, on_each.clock())

    assert (first,) == measures_of(on_each.app, gone.id, on_each.clock()).results
    assert {second, third} == set(measures_of(on_each.app, kept.id, on_each.clock()).results)


def test_a_merge_of_before_there_were_markers_can_be_undone(practice: Practice) -> None:
    gone, kept = two_records(practice)
    before = opened(practice)
    merge(practice.app, gone.id, kept.id, practice.clock())
    with practice.app.writing() as records:
        [row] = records.db.exec(select(tables.ClientMerge))
        since = ("markers", "measures", "goals")
        row.moved = {name: moved for name, moved in row.moved.items() if name not in since}
        records.db.add(row)

    undo(practice.app, gone.code, practice.clock())

    assert before == opened(practice)


def test_what_was_said_of_statements_goes_along_and_comes_back(on_each: Practice) -> None:
    gone, kept = two_records(on_each)
    sleep, panic = Statement("held.sleep", "Sleep has held.", ()), Statement("held.panic", "Calmer.", ())
    with on_each.app.writing() as records:
        for whose, statement, verdict in (
            (gone.id, sleep, Verdict.APPROVED),
            (gone.id, panic, Verdict.APPROVED),
            (kept.id, panic, Verdict.WITHHELD),
        ):
            judge(records, whose, statement, verdict, WEDNESDAY)
    before = sheets(on_each, gone, kept)

    merge(on_each.app, gone.id, kept.id, on_each.clock())

    joined = {"held.sleep": Judged(Verdict.APPROVED, "Sleep has held."), **before[1]}
    assert joined == sheets(on_each, gone, kept)[1]
    undo(on_each.app, gone.code, on_each.clock())
    assert before == sheets(on_each, gone, kept)


def sheets(practice: Practice, *whose: Client) -> list[dict[str, Judged]]:
    with practice.app.reading() as records:
        return [verdicts(records, client.id, "sheet") for client in whose]


def test_what_cannot_be_merged_is_refused_and_nothing_changes(on_each: Practice) -> None:
    gone, kept = two_records(on_each)
    second_calendar(on_each)
    couple = on_each.client("Kim & Lou", kind="couple")
    with on_each.app.writing() as records:
        ben = practitioner_by_email(records, "ben@practice.example")
        assert ben is not None
        others = add_client(records, ben.id, "Ben's Own", WEDNESDAY)
        add_member(records, couple.id, "Kim", 0)
    before = opened(on_each)
    now = on_each.clock()

    for one, other in ((gone, gone), (gone, others), (gone, couple), (couple, gone)):
        with pytest.raises(Refused):
            merge(on_each.app, one.id, other.id, now)
    with pytest.raises(Refused):
        merge(on_each.app, couple.id, gone.id, now, any_kind=True)
    with pytest.raises(Refused):
        undo(on_each.app, gone.code, now)
    assert before == opened(on_each)

    merge(on_each.app, gone.id, kept.id, now)
    for one, other in ((gone, kept), (kept, gone), (gone, couple)):
        with pytest.raises(Refused):
            merge(on_each.app, one.id, other.id, now)
    merge(on_each.app, kept.id, couple.id, now, any_kind=True)


def test_a_reading_that_was_under_way_writes_nothing_for_the_record_that_is_gone(on_each: Practice) -> None:
    gone, kept = two_records(on_each)
    weekly(on_each, "Jo Marsh", NEXT_WEEK, count=3)
    during_the_snapshot(on_each, lambda: merge(on_each.app, gone.id, kept.id, on_each.clock()))

    report = pull_all(on_each.app, on_each.clock())
    on_each.once()

    assert "busy" == report.calendars[0].status
    assert ({kept.id}, 6) == ({s.client_id for s in on_each.sessions()}, len(on_each.sessions()))
