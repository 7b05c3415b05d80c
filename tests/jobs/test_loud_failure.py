"""What keeps calendars from being read is told by mail: on its days, once for all, until it is mended."""

from datetime import datetime, timedelta

from sync.domain.calendar.links import LinkState, shown_state, stale_after
from sync.errors import CalendarUnreachable, DeliveryImpossible, SignInNeeded, SyncError
from sync.jobs.pull import pull_all
from sync.jobs.visit import PullWish
from sync.jobs.watch import look_at_work
from sync.store.leases import take_lease
from sync.store.links import LinkWish, keep_link, links
from sync.store.outbox import messages, undelivered_notices
from tests.fakes.calendar import FakeSource
from tests.jobs.looking import HOUR, TOMORROW, calendar, fates, weekly
from tests.practice import ANA, WEDNESDAY, Practice

OTHERS = ("rooms@practice.example", "groups@practice.example")
REFUSED = SignInNeeded("Google no longer accepts our permission (invalid_grant)")


def answers(practice: Practice, error: SyncError | None = None) -> None:
    """From now on every question is answered with `error`, or as it should be; as after a restart."""
    source = FakeSource(ANA, *OTHERS)
    if error is not None:
        source.fail_with(error, times=100_000)
    practice.app.open_source = lambda _settings, _credentials: source
    practice.app._sources.clear()


def until(practice: Practice, day: float, hours: int = 3) -> None:
    """Pass after pass up to the beginning of a day, counted from the first."""
    end = WEDNESDAY + timedelta(days=day - 1)
    while practice.clock() < end:
        practice.clock.forward(hours=hours)
        practice.once()


def told(practice: Practice) -> list[tuple[float, str]]:
    """The mails so far: on which day, and what of."""
    return [(1 + (at - WEDNESDAY) / timedelta(days=1), subject) for at, subject in _letters(practice)]


def _letters(practice: Practice) -> list[tuple[datetime, str]]:
    with practice.app.reading() as records:
        sent = [mail.sent_at for mail in messages(records) if mail.kind in ("alert", "mended")]
    subjects = [letter.subject.removeprefix("Practice Sync: ") for letter in practice.inbox.letters]
    return list(zip(sorted(at for at in sent if at is not None), subjects, strict=True))


SIGN_IN, MENDED = "Google asks you to sign in again", "Your calendar is read again"


def begin(practice: Practice) -> None:
    practice.once()
    answers(practice, REFUSED)
    practice.once()


def test_r81_a_sign_in_is_asked_for_on_days_1_3_7_and_14_and_then_no_more(on_each: Practice) -> None:
    begin(on_each)

    until(on_each, 30, hours=6)

    assert [(1, SIGN_IN), (3, SIGN_IN), (7, SIGN_IN), (14, SIGN_IN)] == told(on_each)


def test_once_it_is_mended_that_is_told_once_and_asking_ends(on_each: Practice) -> None:
    begin(on_each)
    until(on_each, 4)
    answers(on_each)

    until(on_each, 20, hours=6)

    assert [(1, SIGN_IN), (3, SIGN_IN), (4.25, MENDED)] == told(on_each)


def test_a_sign_in_that_is_lost_again_is_told_anew_from_its_first_day_on(on_each: Practice) -> None:
    begin(on_each)
    until(on_each, 4)
    answers(on_each)
    until(on_each, 5)
    answers(on_each, REFUSED)

    until(on_each, 8)

    assert [1, 3, 4.125, 5.125, 7.125] == [day for day, _ in told(on_each)]


def test_signing_in_again_is_answered_by_a_mail_that_it_works(on_each: Practice) -> None:
    begin(on_each)
    answers(on_each)
    with on_each.app.writing() as records:
        [known] = links(records)
        keep_link(records, known.account_id, known.practitioner_id, LinkWish(ANA), on_each.clock())
    on_each.clock.forward(minutes=1)

    on_each.once()
    on_each.once(full=True)

    assert [SIGN_IN, MENDED] == [subject for _, subject in told(on_each)]


def test_trouble_that_nobody_was_told_of_ends_without_a_mail(practice: Practice) -> None:
    practice.once()
    answers(practice, CalendarUnreachable("Google did not answer"))
    practice.clock.forward(minutes=30)
    practice.once()
    answers(practice)

    practice.once()

    assert [] == practice.inbox.letters


def test_an_outage_does_not_begin_the_days_of_a_lost_sign_in_anew(on_each: Practice) -> None:
    begin(on_each)
    for day in range(1, 12):
        answers(on_each, CalendarUnreachable("Google did not answer"))
        until(on_each, day + 0.5)
        answers(on_each, REFUSED)
        until(on_each, day + 1)

    assert [1, 3, 7] == [day for day, _ in told(on_each)]


def test_a_worker_that_slept_over_two_of_the_days_tells_once(practice: Practice) -> None:
    begin(practice)
    practice.clock.forward(days=8)

    practice.once()
    practice.clock.forward(hours=1)
    practice.once()

    assert [1, 9] == [day for day, _ in told(practice)]


def more_of_the_same_account(practice: Practice) -> None:
    with practice.app.writing() as records:
        [known] = links(records)
        for number, address in enumerate(OTHERS):
            now = practice.clock() + timedelta(seconds=number + 1)
            keep_link(records, known.account_id, known.practitioner_id, LinkWish(address), now)


def test_several_calendars_of_one_account_are_told_in_one_mail_that_counts_them(on_each: Practice) -> None:
    more_of_the_same_account(on_each)
    answers(on_each)
    on_each.once()
    answers(on_each, REFUSED)

    until(on_each, 4)
    answers(on_each)
    until(on_each, 5)

    assert [(1.125, SIGN_IN), (3.125, SIGN_IN), (4.125, MENDED)] == told(on_each)
    assert "3 calendars of the same account are concerned." in on_each.inbox.letters[0].text


def test_an_outage_of_several_calendars_is_told_in_one_mail(practice: Practice) -> None:
    more_of_the_same_account(practice)
    answers(practice, CalendarUnreachable("Google did not answer"))

    for _ in range(20):
        practice.clock.forward(minutes=20)
        practice.once()

    assert ["Your calendar cannot be read"] == [subject for _, subject in told(practice)]


def test_r34_a_calendar_that_is_gone_is_told_at_once_and_after_two_days(on_each: Practice) -> None:
    weekly(on_each)
    on_each.once()
    on_each.world.remove_calendar(ANA)

    on_each.once()
    until(on_each, 10)

    assert [1, 3] == [day for day, _ in told(on_each)]


def test_the_briefing_says_what_is_wrong_since_when(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    practice.put("Jo Bloggs", TOMORROW)
    practice.once()
    answers(practice, REFUSED)
    practice.clock.forward(minutes=10)
    practice.once()
    practice.clock.set(TOMORROW - HOUR)

    practice.once()

    text = " ".join(practice.inbox.letters[-1].text.split())
    assert "Calendar checked yesterday at 09:00." in text
    assert "Google has asked for a new sign-in since Wednesday 10 June, 09:10." in text


def test_a_calendar_that_nobody_read_for_two_intervals_is_stale(practice: Practice) -> None:
    practice.once()
    known, after = calendar(practice), stale_after(30)

    assert LinkState.FINE is shown_state(known, WEDNESDAY + HOUR, after)
    assert LinkState.STALE is shown_state(known, WEDNESDAY + HOUR + timedelta(seconds=1), after)


def test_an_alert_that_cannot_be_delivered_is_seen(practice: Practice) -> None:
    practice.once()
    answers(practice, REFUSED)
    practice.inbox.failures.append(DeliveryImpossible("The mail server refused the address."))

    practice.once()

    with practice.app.reading() as records:
        assert ["The mail server refused the address."] == undelivered_notices(records, practice.clock())
    assert ["failed"] == fates(practice, "alert")


def test_a_reading_that_never_came_to_an_end_is_seen(on_each: Practice) -> None:
    on_each.once()
    with on_each.app.writing() as records:
        take_lease(records, f"calendar:{on_each.link_id}", "dead", WEDNESDAY, timedelta(minutes=10))
    on_each.clock.forward(minutes=9)
    with on_each.app.reading() as records:
        under_way = look_at_work(records, on_each.clock())
    on_each.clock.forward(minutes=1)
    with on_each.app.reading() as records:
        hanging = look_at_work(records, on_each.clock())
    on_each.once()
    with on_each.app.reading() as records:
        over = look_at_work(records, on_each.clock())

    assert [None, WEDNESDAY, None] == [each.hanging_since for each in (under_way, hanging, over)]
    assert [WEDNESDAY, on_each.clock()] == [hanging.last_at, over.last_at]


def test_a_worker_that_asks_ever_more_rarely_still_tells_on_the_days(practice: Practice) -> None:
    practice.once()
    answers(practice, REFUSED)
    for _ in range(4 * 24 * 4):
        practice.clock.forward(minutes=15)
        pull_all(practice.app, practice.clock(), PullWish(only_due=True))
    practice.once()

    with practice.app.reading() as records:
        days = [(mail.due_at - WEDNESDAY) / timedelta(days=1) for mail in messages(records, "alert")]
    assert [0, 2] == [int(day) for day in days]
