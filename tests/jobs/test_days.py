"""The mails of a day: each at its hour, once, right at that moment, where there is something to say."""

from datetime import datetime, timedelta

import pytest

from sync.domain.briefing.outbox import MessageKind
from sync.errors import DeliveryImpossible, DeliveryPostponed
from sync.jobs.days import put_day_mails
from sync.jobs.notes import write_note
from sync.jobs.outbox import send_due
from sync.jobs.practitioners import change
from sync.jobs.reports import PassReport
from sync.jobs.wishes import arming_for
from sync.store.outbox import messages, put_notice
from tests.jobs.looking import delete, fates, move
from tests.practice import ANA, WEDNESDAY, Practice

MIDNIGHT = WEDNESDAY + timedelta(hours=15)
"""Thursday 11 June begins in London, where it is an hour later than in UTC."""


def at(practice: Practice, clock: str, days: int = 0) -> None:
    """One pass on Thursday at this hour in London, or `days` later."""
    practice.clock.set(thursday(clock, days))
    practice.once()


def thursday(clock: str, days: int = 0) -> datetime:
    hours, minutes = map(int, clock.split(":"))
    return MIDNIGHT + timedelta(days=days, hours=hours, minutes=minutes)


def wishing(practice: Practice, **wishes: str | None) -> None:
    change(practice.app, practice.practitioner_id, wishes)


def two_hours(practice: Practice) -> tuple[str, str]:
    """Jo's hour is at ten on Thursday, Kim's at three; their events."""
    practice.client("Jo Bloggs")
    practice.client("Kim Mori")
    events = practice.put("Jo Bloggs", thursday("10:00")), practice.put("Kim Mori", thursday("15:00"))
    practice.once()
    return events


def texts(practice: Practice, beginning: str) -> list[str]:
    return [letter.text for letter in practice.inbox.letters if letter.subject.startswith(beginning)]


def fate(practice: Practice, kind: str) -> str:
    """What became of Thursday's mail; Wednesday's hour had passed when it was asked for."""
    return fates(practice, kind)[-1]


def test_the_digest_comes_at_its_hour_and_once(on_each: Practice) -> None:
    wishing(on_each, digest_at="07:00")
    two_hours(on_each)

    at(on_each, "06:59")
    early = texts(on_each, "Today")
    at(on_each, "07:00")
    put_day_mails(on_each.app, on_each.clock())
    at(on_each, "08:00")

    [digest] = texts(on_each, "Today")
    assert [] == early
    assert "Two sessions" in digest
    assert ["10:00–10:50  JB", "15:00–15:50  KM"] == [line for line in digest.splitlines() if "–" in line]
    assert ["Today: Thursday 11 June"] == [
        letter.subject for letter in on_each.inbox.letters if "Today" in letter.subject
    ]


def test_the_digest_is_right_at_the_moment_of_sending(practice: Practice) -> None:
    wishing(practice, digest_at="07:00")
    jo, kim = two_hours(practice)
    practice.inbox.failures.append(DeliveryPostponed("The mail server is busy."))
    at(practice, "07:00")

    move(practice, jo, thursday("11:30"))
    delete(practice, kim)
    at(practice, "07:10")

    [digest] = texts(practice, "Today")
    assert "One session\n" in digest
    assert "11:30–12:20  JB\n" in digest
    assert "Moved here from Thursday 11 June, 10:00." in digest
    assert "KM" not in digest


def test_every_appointment_of_the_list_is_asked_for_just_before_sending(practice: Practice) -> None:
    wishing(practice, digest_at="07:00")
    jo, kim = two_hours(practice)
    move(practice, jo, thursday("11:30"))
    delete(practice, kim)
    practice.clock.set(thursday("07:00"))

    send_due(practice.app, practice.clock(), PassReport().counts)

    [digest] = texts(practice, "Today")
    assert ("11:30–12:20  JB" in digest, "KM" in digest) == (True, False)


def test_a_day_without_sessions_has_no_digest_even_if_one_is_typed_in_later(practice: Practice) -> None:
    wishing(practice, digest_at="07:00", preview_at="06:00", follow_up_at="06:30")
    practice.client("Jo Bloggs")
    at(practice, "07:00")

    practice.put("Jo Bloggs", thursday("15:00"))
    at(practice, "09:00")

    assert {"skipped"} == {fate(practice, kind) for kind in ("digest", "preview", "follow_up")}
    assert [] == practice.inbox.letters


@pytest.mark.parametrize(("woken", "listed"), [("09:30", "Two"), ("12:00", "One"), ("15:00", None)])
def test_woken_late_the_digest_speaks_of_what_is_still_to_come(
    practice: Practice, woken: str, listed: str | None
) -> None:
    wishing(practice, digest_at="07:00")
    two_hours(practice)

    at(practice, woken)

    assert [listed] * bool(listed) == [text.split("\n")[3].split()[0] for text in texts(practice, "Today")]


def test_a_digest_that_cannot_be_delivered_is_given_up_when_the_last_session_begins(
    practice: Practice,
) -> None:
    wishing(practice, digest_at="07:00")
    two_hours(practice)
    practice.inbox.failures += [DeliveryPostponed("The mail server is busy.")] * 2
    at(practice, "07:00")

    at(practice, "15:00")

    assert ([], "skipped") == (texts(practice, "Today"), fate(practice, "digest"))
    with practice.app.reading() as records:
        [*_, digest] = messages(records, MessageKind.DIGEST)
    assert "the last session of its day had begun; The mail server is busy." == digest.reason
    assert ["pending"] == fates(practice, "alert")


@pytest.mark.parametrize(
    ("wish", "hour"), [("digest_at", "07:00"), ("preview_at", "19:00"), ("follow_up_at", "19:00")]
)
def test_a_mail_of_the_day_that_is_refused_is_told_and_twice_a_day_at_the_most(
    practice: Practice, wish: str, hour: str
) -> None:
    wishing(practice, **{wish: hour})
    two_hours(practice)
    practice.put("Jo Bloggs", thursday("10:00", days=1))
    at(practice, "06:00")
    practice.inbox.failures.append(DeliveryImpossible("The address does not exist."))

    at(practice, hour)
    practice.once()

    assert ["Practice Sync: A mail could not be delivered"] == [
        letter.subject for letter in practice.inbox.letters if "could not" in letter.subject
    ]


@pytest.mark.parametrize("why", ["link", "unconfirmed"])
def test_where_mail_may_carry_no_more_a_list_has_hours_only(practice: Practice, why: str) -> None:
    wishing(practice, digest_at="07:00", preview_at="19:00", privacy="link" if why == "link" else None)
    practice.inbox.over_network = why == "unconfirmed"
    two_hours(practice)
    practice.clock.set(thursday("19:00", -1))
    practice.once()
    at(practice, "07:00")

    for letter in practice.inbox.letters:
        assert "Two sessions: 10:00 and 15:00\n" in letter.text
        assert not [word for word in ("JB", "KM", "Jo", "Safety") if word in letter.text + letter.html]
    assert 2 == len(practice.inbox.letters)


def test_the_preview_is_of_tomorrow_and_short_and_worth_nothing_afterwards(practice: Practice) -> None:
    wishing(practice, preview_at="19:00")
    two_hours(practice)

    at(practice, "19:00", days=-1)
    at(practice, "06:00")

    [preview] = texts(practice, "Tomorrow: Thursday 11 June")
    assert "10:00–10:50  JB" in preview
    assert "Safety" not in preview
    assert 1 == len(practice.inbox.letters)


@pytest.mark.parametrize(("woken", "sent"), [("20:00", 1), ("21:30", 0)])
def test_a_preview_that_is_late_does_not_come_in_quiet_hours(
    practice: Practice, woken: str, sent: int
) -> None:
    wishing(practice, preview_at="19:00", quiet_hours="21:00-06:30")
    two_hours(practice)

    at(practice, woken, days=-1)
    at(practice, "06:30")

    assert sent == len(texts(practice, "Tomorrow"))


def test_a_digest_that_is_wanted_in_quiet_hours_comes_in_them(practice: Practice) -> None:
    wishing(practice, digest_at="06:00", quiet_hours="21:00-06:30")
    two_hours(practice)

    at(practice, "06:00")

    assert 1 == len(texts(practice, "Today"))


def test_the_follow_up_names_the_hours_without_a_note_and_does_so_once(practice: Practice) -> None:
    wishing(practice, follow_up_at="19:00")
    two_hours(practice)
    jo, kim = practice.sessions()
    practice.clock.set(thursday("16:00"))
    write_note(practice.app, kim.id, "Plan: rest.", practice.clock())

    for hours in ("19:00", "20:00"):
        at(practice, hours)
    at(practice, "19:00", days=1)

    [mail] = [letter for letter in practice.inbox.letters if letter.subject.startswith("Notes")]
    assert "Notes: Thursday 11 June" == mail.subject
    assert (
        f"One session of today still needs a line.\n\n10:00–10:50  practice-sync note edit {jo.id[:8]}\n"
        in mail.text
    )
    assert not [word for word in ("JB", "KM", "Jo", "Plan", "rest") if word in mail.text + mail.html]


def test_what_a_reminder_told_of_today_is_not_said_again_in_the_evening(practice: Practice) -> None:
    wishing(practice, follow_up_at="19:00")
    two_hours(practice)
    with practice.app.writing() as records:
        arming = arming_for(practice.app, records, practice.practitioner_id)
        put_notice(records, MessageKind.REMINDER, practice.practitioner_id, thursday("12:00"), arming)
        [reminder] = messages(records, MessageKind.REMINDER)
        reminder.status = "sent"

    at(practice, "19:00")

    [mail] = [letter for letter in practice.inbox.letters if letter.subject.startswith("Notes")]
    assert ("15:00–15:50" in mail.text, "10:00–10:50" in mail.text) == (True, False)


def test_nothing_is_asked_for_of_an_hour_that_did_not_take_place(practice: Practice) -> None:
    wishing(practice, follow_up_at="19:00")
    jo, kim = two_hours(practice)
    delete(practice, jo)
    delete(practice, kim)
    at(practice, "08:00")

    at(practice, "19:00")

    assert ("skipped", []) == (fate(practice, "follow_up"), practice.inbox.letters)


def test_an_hour_that_has_passed_when_it_is_asked_for_begins_tomorrow(practice: Practice) -> None:
    two_hours(practice)
    at(practice, "08:00")
    wishing(practice, digest_at="07:00")
    practice.put("Jo Bloggs", thursday("10:00", days=1))

    at(practice, "08:01")
    today = texts(practice, "Today")
    at(practice, "07:00", days=1)

    assert ([], 1) == (today, len(texts(practice, "Today: Friday 12 June")))


def test_what_is_no_longer_wanted_is_not_sent_though_it_waited(practice: Practice) -> None:
    wishing(practice, digest_at="07:00")
    two_hours(practice)
    practice.inbox.failures.append(DeliveryPostponed("The mail server is busy."))
    at(practice, "07:00")

    wishing(practice, digest_at=None)
    at(practice, "07:10")

    assert ("withdrawn", []) == (fate(practice, "digest"), texts(practice, "Today"))


def test_an_hour_of_which_it_is_not_certain_whose_it_is_names_nobody(practice: Practice) -> None:
    wishing(practice, digest_at="07:00")
    jo, _ = two_hours(practice)
    practice.world.patch(ANA, jo, {"summary": "Kim Mori"})

    at(practice, "07:00")

    [digest] = texts(practice, "Today")
    assert "10:00–10:50  Not certain" in digest
    assert "JB" not in digest
