"""A session is cancelled or missed by a word at the edge of its title, in the calendar itself."""

from pathlib import Path

from models import tables
from sync.jobs.history import ask_for_history, import_history
from sync.jobs.marks import Cancelling, mark_session
from sync.jobs.notes import write_note
from sync.jobs.practitioners import change
from sync.store.ledger import ledger_of
from tests.jobs.looking import HOUR, NEXT_WEEK, TOMORROW, fates, instance, ledger, rows, weekly
from tests.practice import ANA, Practice, open_practice


def session_tomorrow(practice: Practice) -> str:
    """Jo's hour of tomorrow, read; its event's id."""
    practice.client("Jo Bloggs")
    event = practice.put("Jo Bloggs", TOMORROW)
    practice.once()
    return event


def retitle(practice: Practice, event: str, title: str) -> None:
    practice.world.patch(ANA, event, {"summary": title})
    practice.once()


def told(practice: Practice) -> tuple[str, str | None, str | None]:
    """Status, who cancelled, and the note's state."""
    session = practice.the_session()
    return session.status, session.cancelled_by, session.note_status


def test_a_word_in_the_title_cancels_and_without_it_the_same_session_is_restored(on_each: Practice) -> None:
    event = session_tomorrow(on_each)
    before = on_each.the_session()

    retitle(on_each, event, "Client cancelled - Jo Bloggs")
    cancelled = told(on_each), fates(on_each)
    on_each.once(full=True)
    retitle(on_each, event, "Jo Bloggs")

    session = on_each.the_session()
    assert (("cancelled", "client", "void"), ["withdrawn"]) == cancelled
    assert (("scheduled", None, "stub"), ["pending"]) == (told(on_each), fates(on_each))
    assert (before.id, before.note_id) == (session.id, session.note_id)
    assert ["created", "cancelled", "restored"] == ledger(on_each)


def test_the_notice_of_a_word_is_counted_from_when_it_was_written(practice: Practice) -> None:
    event = session_tomorrow(practice)
    practice.clock.set(TOMORROW - 3 * HOUR)

    retitle(practice, event, "Client cancelled - Jo Bloggs")

    assert (3.0, True) == (practice.the_session().notice_hours, practice.the_session().late)


def test_a_no_show_is_marked_from_the_phone_and_taken_back(on_each: Practice) -> None:
    event = session_tomorrow(on_each)
    on_each.clock.set(TOMORROW + 2 * HOUR)

    retitle(on_each, event, "Jo Bloggs – no show")
    missed = told(on_each)
    on_each.once(full=True)
    once = ledger(on_each)
    retitle(on_each, event, "Jo Bloggs")

    assert (("no_show", None, "stub"), ["created", "marked"]) == (missed, once)
    assert "unconfirmed" == on_each.the_session().status
    with on_each.app.reading() as records:
        story = [entry.detail for entry in ledger_of(records, on_each.the_session().id)]
    assert [None, "no_show by title", "scheduled by title"] == story


def test_a_no_show_that_is_written_before_the_start_counts_from_the_start_on(practice: Practice) -> None:
    event = session_tomorrow(practice)
    practice.clock.set(TOMORROW - HOUR)
    retitle(practice, event, "DNA: Jo Bloggs")
    before = practice.the_session().status

    practice.clock.set(TOMORROW + HOUR / 2)
    practice.once()

    assert ("scheduled", "no_show") == (before, practice.the_session().status)


def test_a_session_that_was_held_is_held_again_without_the_mark(practice: Practice) -> None:
    event = session_tomorrow(practice)
    practice.clock.set(TOMORROW + 2 * HOUR)
    write_note(practice.app, practice.the_session().id, "Spoke of the move.", practice.clock())

    retitle(practice, event, "Jo Bloggs (no show)")
    missed = practice.the_session().status
    retitle(practice, event, "Jo Bloggs")

    assert ("no_show", "held") == (missed, practice.the_session().status)


def test_what_was_said_in_the_program_stands_against_a_mark_and_the_mark_is_flagged(
    on_each: Practice,
) -> None:
    event = session_tomorrow(on_each)
    on_each.clock.set(TOMORROW + 2 * HOUR)
    mark_session(on_each.app, on_each.the_session().id, "held", on_each.clock())

    retitle(on_each, event, "Jo Bloggs (no show)")

    session = on_each.the_session()
    assert ("held", ("calendar-mark-differs",)) == (session.status, session.flags)


def test_what_is_said_in_the_program_after_a_mark_is_not_undone_with_the_mark(practice: Practice) -> None:
    event = session_tomorrow(practice)
    practice.clock.set(TOMORROW + 2 * HOUR)
    retitle(practice, event, "Jo Bloggs (no show)")

    mark_session(
        practice.app, practice.the_session().id, "cancelled", practice.clock(), how=Cancelling("client")
    )
    practice.once(full=True)
    retitle(practice, event, "Jo Bloggs")

    assert ("cancelled", "client") == told(practice)[:2]


def test_what_was_taken_back_before_the_start_can_be_cancelled_in_the_calendar(practice: Practice) -> None:
    event = session_tomorrow(practice)
    for status in ("cancelled", "scheduled"):
        mark_session(practice.app, practice.the_session().id, status, practice.clock())

    retitle(practice, event, "Cancelled - Jo Bloggs")

    assert "cancelled" == practice.the_session().status


def test_r32_a_cancellation_written_after_the_start_counts_without_a_notice_and_can_be_taken_back(
    on_each: Practice,
) -> None:
    event = session_tomorrow(on_each)
    on_each.clock.set(TOMORROW + 2 * HOUR)

    retitle(on_each, event, "Jo Bloggs – late cancel")
    session = on_each.the_session()
    retitle(on_each, event, "Jo Bloggs")

    assert ("cancelled", "client", None, True) == (
        session.status,
        session.cancelled_by,
        session.notice_hours,
        session.late,
    )
    assert [] == [mail for mail in rows(on_each, tables.Message) if mail.kind == "withdrawal"]
    assert ("unconfirmed", None, "stub") == told(on_each)
    assert not on_each.the_session().late


def test_who_cancelled_can_be_added(on_each: Practice) -> None:
    event = session_tomorrow(on_each)
    retitle(on_each, event, "Cancelled - Jo Bloggs")
    before = on_each.the_session().cancelled_by

    retitle(on_each, event, "Client cancelled - Jo Bloggs")

    assert ("unknown", "client") == (before, on_each.the_session().cancelled_by)
    assert ["created", "cancelled"] == ledger(on_each)


def test_what_is_marked_at_the_first_reading_is_what_the_mark_says(on_each: Practice) -> None:
    on_each.client("Jo Bloggs")
    for days, title in enumerate(("Jo Bloggs (DNA)", "Cancelled by me - Jo Bloggs", "Jo Bloggs"), start=1):
        on_each.put(title, TOMORROW - (1 + days) * 24 * HOUR)
    on_each.put("Cancelled - Jo Bloggs", TOMORROW)

    on_each.once()

    assert [("held", None), ("cancelled", "practitioner"), ("no_show", None)] == [
        (session.status, session.cancelled_by) for session in on_each.sessions()
    ]
    details = {entry.detail for entry in rows(on_each, tables.LedgerEntry) if entry.kind == "marked"}
    assert {"no_show by title", "cancelled by title"} == details


def test_a_mark_of_the_past_is_what_became_of_it(on_each: Practice) -> None:
    on_each.client("Jo Bloggs")
    long_ago = TOMORROW - 100 * 24 * HOUR
    on_each.put("Jo Bloggs (DNA)", long_ago)
    on_each.put("Jo Bloggs – late cancel", long_ago + 24 * HOUR)

    ask_for_history(on_each.app, on_each.link_id, long_ago.date(), on_each.clock())
    import_history(on_each.app, on_each.link_id)

    assert [("no_show", None, False), ("cancelled", "client", True)] == [
        (session.status, session.cancelled_by, session.late) for session in on_each.sessions()
    ]


def recolour(practice: Practice, event: str, color: str) -> str:
    practice.world.patch(ANA, event, {"colorId": color})
    practice.once()
    return practice.the_session().status


def test_a_colour_with_a_meaning_marks_and_without_it_the_session_is_what_it_was(on_each: Practice) -> None:
    change(on_each.app, on_each.practitioner_id, {"color_meanings": {"11": "no_show"}})
    event = session_tomorrow(on_each)
    on_each.clock.set(TOMORROW + 2 * HOUR)

    assert ["no_show", "unconfirmed", "unconfirmed"] == [
        recolour(on_each, event, color) for color in ("11", "10", "8")
    ]


def test_a_meaning_that_is_given_or_taken_later_counts_for_events_that_have_not_changed(
    on_each: Practice,
) -> None:
    event = session_tomorrow(on_each)
    before = recolour(on_each, event, "8")

    change(on_each.app, on_each.practitioner_id, {"color_meanings": {"8": "cancelled_by_practitioner"}})
    on_each.once()
    cancelled = told(on_each)[:2]
    change(on_each.app, on_each.practitioner_id, {"color_meanings": {}})
    on_each.once()

    assert ("scheduled", ("cancelled", "practitioner")) == (before, cancelled)
    assert "scheduled" == on_each.the_session().status


def test_one_hour_of_a_series_is_cancelled_by_its_title_alone(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    series = weekly(practice, count=3)
    practice.once()

    retitle(practice, instance(series, NEXT_WEEK), "Cancelled")

    assert ["cancelled", "scheduled", "scheduled"] == [session.status for session in practice.sessions()]


def test_her_own_words_and_languages_are_in_the_settings(tmp_path: Path, sqlite_url: str) -> None:
    chosen = {
        "PRACTICE_SYNC_MATCHING__LANGUAGES": "de",
        "PRACTICE_SYNC_MATCHING__NO_SHOW_WORDS": "versetzt",
    }
    practice = open_practice(tmp_path, sqlite_url, settings=chosen)
    event = session_tomorrow(practice)

    retitle(practice, event, "Cancelled - Jo Bloggs")
    english = practice.the_session().status
    retitle(practice, event, "Abgesagt: Jo Bloggs")
    german = practice.the_session().status
    retitle(practice, event, "Jo Bloggs")
    practice.clock.set(TOMORROW + 2 * HOUR)
    retitle(practice, event, "Jo Bloggs – versetzt")

    assert ("scheduled", "cancelled", "no_show") == (english, german, practice.the_session().status)
    practice.app.close()


def test_an_hour_ahead_is_left_as_it_was_by_a_word_that_may_be_taken_back(on_each: Practice) -> None:
    event = session_tomorrow(on_each)
    on_each.client("Ann Brown", "Annie")
    seen = []
    for title in ("Jo Bloggs - cancelled, Ann instead", "Jo Bloggs - cancelled, back on"):
        retitle(on_each, event, title)
        seen.append((on_each.the_session().status, fates(on_each)))
    retitle(on_each, event, "Jo Bloggs - cancelled, ill")
    for title in ("Jo Bloggs - cancelled, back on", "Jo Bloggs - cancelled, moved here from Tue"):
        retitle(on_each, event, title)
        seen.append((on_each.the_session().status, fates(on_each)))
    retitle(on_each, event, "Jo Bloggs")

    assert [("scheduled", ["pending"])] * 2 + [("cancelled", ["withdrawn"])] * 2 == seen
    assert ("scheduled", ["pending"]) == (on_each.the_session().status, fates(on_each))


def test_a_no_show_that_may_be_taken_back_stands_until_the_word_is_gone(practice: Practice) -> None:
    event = session_tomorrow(practice)
    practice.clock.set(TOMORROW + 2 * HOUR)
    seen = []
    for title in ("Jo Bloggs - no show", "Jo Bloggs - no show, she came", "Jo Bloggs"):
        retitle(practice, event, title)
        seen.append(practice.the_session().status)

    assert ["no_show", "no_show", "unconfirmed"] == seen


def test_a_reason_that_is_also_a_client_s_name_is_not_taken_for_a_reason(practice: Practice) -> None:
    event = session_tomorrow(practice)
    practice.client("Sam Holiday")

    retitle(practice, event, "Jo Bloggs - cancelled, Holiday")

    assert "scheduled" == practice.the_session().status
