"""What waits for the therapist's word, and what her answer does."""

from datetime import timedelta

import pytest

from sync.domain.session_record import SessionRecord
from sync.errors import Refused
from sync.jobs.flags import settle, waiting
from sync.jobs.marks import mark_session
from sync.jobs.notes import note_history, write_note
from sync.store.links import read_afresh
from tests.jobs.looking import HOUR, TOMORROW, delete, everything, fates, ledger, move, weekly
from tests.jobs.test_relinks import FIRST, WEEK, ahead, series, times
from tests.practice import ANA, Practice

MISSING = "calendar-missing-after-session"
MOVED = "calendar-moved-after-session"
RESTORED = "calendar-restored-after-session"
DOUBLE = "maybe-duplicate-of-held"
GUESS = "relinked-by-guess"
ANOTHER = "title-names-another-client"


def begun(practice: Practice) -> str:
    """An hour that has begun; its event."""
    practice.client("Jo Bloggs")
    event = practice.put("Jo Bloggs", TOMORROW)
    practice.once()
    practice.clock.set(TOMORROW + 2 * HOUR)
    return event


def answered(practice: Practice, kind: str, answer: str) -> SessionRecord:
    """The only session after an answer and another reading."""
    settle(practice.app, practice.the_session().id, kind, answer, practice.clock())
    practice.clock.forward(minutes=1)
    practice.once(full=True)
    return practice.the_session()


@pytest.mark.parametrize(
    ("answer", "status"),
    [("keep", "unconfirmed"), ("held", "held"), ("no-show", "no_show"), ("cancelled", "cancelled")],
)
def test_r32_what_the_calendar_lost_is_as_she_says(on_each: Practice, answer: str, status: str) -> None:
    delete(on_each, begun(on_each))
    on_each.once()
    assert [MISSING] == [flag.kind for flag in waiting(on_each.app, on_each.clock())]

    after = answered(on_each, MISSING, answer)

    assert (status, ()) == (after.status, after.flags)
    assert [] == waiting(on_each.app, on_each.clock())
    assert "settled" in ledger(on_each)


@pytest.mark.parametrize(("answer", "start"), [("keep", TOMORROW), ("moved", TOMORROW + HOUR)])
def test_r32_a_session_that_was_moved_afterwards_is_when_she_says(
    on_each: Practice, answer: str, start: object
) -> None:
    move(on_each, begun(on_each), TOMORROW + HOUR)
    on_each.once()
    [flag] = waiting(on_each.app, on_each.clock())
    assert TOMORROW + HOUR == flag.said_starts_at

    after = answered(on_each, MOVED, answer)

    assert (start, ()) == (after.starts_at, after.flags)


def test_r32_a_session_that_takes_the_calendars_time_ahead_is_briefed_again(on_each: Practice) -> None:
    move(on_each, begun(on_each), TOMORROW + 24 * HOUR)
    on_each.once()

    after = answered(on_each, MOVED, "moved")

    assert (TOMORROW + 24 * HOUR, "scheduled") == (after.starts_at, after.status)
    assert ["skipped", "pending"] == fates(on_each)


def test_r32_what_is_marked_as_over_does_not_move_ahead_without_another_word(practice: Practice) -> None:
    event = begun(practice)
    mark_session(practice.app, practice.the_session().id, "held", practice.clock())
    move(practice, event, TOMORROW + 24 * HOUR)
    practice.once()

    with pytest.raises(Refused):
        answered(practice, MOVED, "moved")

    assert (TOMORROW, (MOVED,)) == (practice.the_session().starts_at, practice.the_session().flags)


def test_r32_what_she_kept_is_asked_about_again_only_at_yet_another_time(on_each: Practice) -> None:
    event = begun(on_each)
    move(on_each, event, TOMORROW + HOUR)
    on_each.once()
    kept = answered(on_each, MOVED, "keep")

    move(on_each, event, TOMORROW + 3 * HOUR)
    on_each.once()

    [flag] = waiting(on_each.app, on_each.clock())
    assert ((), TOMORROW + 3 * HOUR) == (kept.flags, flag.said_starts_at)


@pytest.mark.parametrize(("answer", "status"), [("keep", "cancelled"), ("held", "held")])
def test_r32_what_came_back_afterwards_is_as_she_says(on_each: Practice, answer: str, status: str) -> None:
    on_each.client("Jo Bloggs")
    event = on_each.put("Jo Bloggs", TOMORROW)
    on_each.once()
    delete(on_each, event)
    on_each.once()
    on_each.clock.set(TOMORROW + 2 * HOUR)
    on_each.world.restore(ANA, event)
    on_each.once()

    after = answered(on_each, RESTORED, answer)

    assert (status, ()) == (after.status, after.flags)


def moved_over_now(practice: Practice) -> SessionRecord:
    """All events move on by ten days: the hour of yesterday would now be ahead; it is asked about."""
    event = series(practice, count=4)
    practice.world.edit_all(ANA, event, times(FIRST + timedelta(days=3)))
    practice.once()
    [double] = [session for session in practice.sessions() if DOUBLE in session.flags]
    return double


def test_r41_a_past_hour_that_the_shift_puts_ahead_is_a_new_session_that_waits_for_a_word(
    on_each: Practice,
) -> None:
    double = moved_over_now(on_each)

    assert FIRST + WEEK + timedelta(days=3) == double.starts_at
    assert [FIRST, FIRST + WEEK] == [session.starts_at for session in on_each.sessions(status="held")]
    assert 3 == len(ahead(on_each))


def test_r41_a_double_is_taken_out_and_the_calendar_does_not_bring_it_back(on_each: Practice) -> None:
    double = moved_over_now(on_each)

    settle(on_each.app, double.id, DOUBLE, "duplicate", on_each.clock())
    on_each.once(full=True)

    [after] = on_each.sessions(ids=(double.id,))
    assert ("cancelled", None, ()) == (after.status, after.cancelled_by, after.flags)
    assert 2 == len(ahead(on_each))


def test_r41_what_is_no_double_stays_a_session(practice: Practice) -> None:
    double = moved_over_now(practice)

    settle(practice.app, double.id, DOUBLE, "keep", practice.clock())
    practice.once(full=True)

    [after] = practice.sessions(ids=(double.id,))
    assert ("scheduled", ()) == (after.status, after.flags)


def guessed(practice: Practice) -> SessionRecord:
    """A weekly series becomes one of every other week, a day later: what goes where is a guess."""
    event = series(practice, count=5)
    practice.world.edit_all(
        ANA,
        event,
        {**times(FIRST + timedelta(days=1)), "recurrence": ["RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=4"]},
    )
    practice.once()
    return next(session for session in practice.sessions() if GUESS in session.flags)


def test_c4_a_guess_waits_for_a_word_and_right_settles_it(on_each: Practice) -> None:
    session = guessed(on_each)

    settle(on_each.app, session.id, GUESS, "right", on_each.clock())

    [after] = on_each.sessions(ids=(session.id,))
    assert (session.starts_at, "scheduled", ()) == (after.starts_at, after.status, after.flags)


def test_c4_a_wrong_guess_is_undone_and_the_note_stays_with_its_session(on_each: Practice) -> None:
    session = guessed(on_each)
    [was] = [move.from_starts_at for move in session.moves]
    note = note_history(on_each.app, session.id)[-1].body

    settle(on_each.app, session.id, GUESS, "wrong", on_each.clock())
    on_each.once(full=True)
    on_each.once(full=True)

    [old] = on_each.sessions(ids=(session.id,))
    [new] = [s for s in on_each.sessions() if s.event_id == session.event_id]
    assert ("cancelled", was, "draft") == (old.status, old.starts_at, old.note_status)
    assert note == note_history(on_each.app, old.id)[-1].body
    assert ("scheduled", session.starts_at, "stub") == (new.status, new.starts_at, new.note_status)
    assert session.details == new.details
    assert new.briefing is not None
    assert "pending" == new.briefing.status


def test_what_is_still_the_clients_whatever_its_title_is_briefed(on_each: Practice) -> None:
    on_each.client("Jo Bloggs")
    on_each.client("Ann Lee")
    event = on_each.put("Jo Bloggs", TOMORROW)
    on_each.once()
    on_each.world.patch(ANA, event, {"summary": "Ann Lee"})
    on_each.clock.forward(minutes=1)
    on_each.once()

    after = answered(on_each, ANOTHER, "keep")
    on_each.clock.set(TOMORROW - HOUR / 2)
    on_each.once()

    assert ("JB", (), 1) == (after.client_code, after.flags, len(on_each.inbox.letters))


def test_an_answer_that_is_none_changes_nothing(practice: Practice) -> None:
    delete(practice, begun(practice))
    practice.once()
    session = practice.the_session()

    for kind, answer in ((MISSING, "moved"), (MOVED, "keep")):
        with pytest.raises(Refused):
            settle(practice.app, session.id, kind, answer, practice.clock())

    assert session == practice.the_session()


def test_c5_a_deleted_series_of_twenty_withdraws_no_more_than_was_sent(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    event = practice.put("Jo Bloggs", TOMORROW, recurrence=["RRULE:FREQ=DAILY;COUNT=20"])
    practice.once()
    practice.clock.set(TOMORROW - HOUR / 2)
    practice.once()

    delete(practice, event)
    practice.once(accept_empty=True)

    assert ["sent"] == fates(practice, "withdrawal")
    assert {"cancelled"} == {session.status for session in practice.sessions()}
    assert 2 == len(practice.inbox.letters)


def test_r35_a_note_with_words_stays_when_a_double_is_taken_out(practice: Practice) -> None:
    double = moved_over_now(practice)
    write_note(practice.app, double.id, "Prepared.", practice.clock())

    settle(practice.app, double.id, DOUBLE, "duplicate", practice.clock())

    assert ["Prepared."] == [text.body for text in note_history(practice.app, double.id)]


def retitled(practice: Practice, title: str = "Ann Lee") -> tuple[str, str]:
    """A series of Jo's that is called otherwise now; the ids of Jo and of Ann."""
    jo, ann = practice.client("Jo Bloggs"), practice.client("Ann Lee")
    event = weekly(practice, count=6)
    practice.once()
    practice.world.patch(ANA, event, {"summary": title})
    practice.clock.forward(minutes=1)
    practice.once()
    return jo.id, ann.id


def test_the_other_client_is_named_and_hours_of_one_series_are_known_as_such(on_each: Practice) -> None:
    _, ann = retitled(on_each)

    found = waiting(on_each.app, on_each.clock())

    assert 6 == len(found)
    assert {ann} == {flag.other.id for flag in found if flag.other}
    assert 1 == len({flag.series for flag in found})
    assert {"Its title means AL (Ann Lee) now. If the hour is theirs:"} == {flag.what for flag in found}


@pytest.mark.parametrize(("series", "left"), [(False, 5), (True, 0)])
def test_one_hour_is_answered_or_the_whole_series(on_each: Practice, series: bool, left: int) -> None:
    jo, _ = retitled(on_each)
    first = on_each.sessions()[0]

    count = settle(on_each.app, first.id, ANOTHER, "keep", on_each.clock(), series=series)

    assert (6 - left, left) == (count, len(waiting(on_each.app, on_each.clock())))
    assert {jo} == {session.client_id for session in on_each.sessions()}


def test_what_one_of_a_series_refuses_is_said_of_none(on_each: Practice) -> None:
    retitled(on_each)
    before = everything(on_each)

    with pytest.raises(Refused):
        settle(on_each.app, on_each.sessions()[0].id, ANOTHER, "nonsense", on_each.clock(), series=True)

    assert before == everything(on_each)


def test_what_was_answered_is_not_asked_again_when_all_is_read_afresh(on_each: Practice) -> None:
    retitled(on_each)
    settle(on_each.app, on_each.sessions()[0].id, ANOTHER, "keep", on_each.clock(), series=True)

    with on_each.app.writing() as records:
        read_afresh(records, on_each.practitioner_id)
    on_each.clock.forward(minutes=1)
    on_each.once()

    assert [] == waiting(on_each.app, on_each.clock())


def test_while_it_waits_a_third_client_may_be_named(on_each: Practice) -> None:
    retitled(on_each)
    on_each.client("Kim Mori")
    [root] = {flag.session.event_id.partition("_")[0] for flag in waiting(on_each.app, on_each.clock())}

    on_each.world.patch(ANA, root, {"summary": "Kim Mori"})
    on_each.clock.forward(minutes=1)
    on_each.once()

    found = waiting(on_each.app, on_each.clock())
    assert {"Kim Mori"} == {flag.other.name for flag in found if flag.other}
