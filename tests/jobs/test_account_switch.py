"""R86: a calendar that is read through another account is believed once it shows something that is known."""

from datetime import timedelta

from sync.domain.calendar.links import LinkState
from sync.jobs.connections import change_of_account, connect
from sync.store.links import LinkWish, SignIn, link, set_state
from sync.store.practitioners import practitioner
from tests.jobs.looking import NEXT_WEEK, TOMORROW, everything, fates
from tests.practice import ANA, Practice

ANEW = SignIn("google", "2", ANA, '{"another": 1}')
"""The same address, made anew at Google: another `sub`."""
BEFORE = SignIn("google", "1", ANA, '{"first": 1}')


def two_hours(practice: Practice) -> list[str]:
    practice.client("Jo Bloggs")
    events = [practice.put("Jo Bloggs", TOMORROW), practice.put("Jo Bloggs", NEXT_WEEK)]
    practice.once()
    return events


def emptied(practice: Practice) -> None:
    """The calendar begins anew under the same id."""
    practice.world.add_calendar(ANA, time_zone="Europe/London", owner=ANA)


def connected(practice: Practice, sign_in: SignIn) -> None:
    with practice.app.reading() as records:
        person = practitioner(records, practice.practitioner_id)
    connect(practice.app, person, sign_in, [LinkWish(ANA)], practice.clock())


def state(practice: Practice) -> LinkState:
    with practice.app.reading() as records:
        return link(records, practice.link_id).state


def statuses(practice: Practice) -> list[str]:
    return [session.status for session in practice.sessions()]


def test_r86_another_accounts_empty_calendar_cancels_nothing_and_says_so(on_each: Practice) -> None:
    two_hours(on_each)
    before = everything(on_each)["Session"]
    emptied(on_each)
    connected(on_each, ANEW)

    reports = []
    for _ in range(3):
        on_each.clock.forward(minutes=11)
        reports.append(on_each.once(full=True))

    assert before == everything(on_each)["Session"]
    assert LinkState.SUSPECT is state(on_each)
    assert all("none of the 2 appointments" in str(report.calendars[0].trouble) for report in reports)
    assert ["sent"] == fates(on_each, "alert")
    assert "looks like another one" in on_each.inbox.letters[0].subject


def test_r86_another_accounts_other_appointments_are_not_taken_in_either(practice: Practice) -> None:
    two_hours(practice)
    emptied(practice)
    practice.put("Jo Bloggs", TOMORROW + timedelta(hours=3))
    connected(practice, ANEW)

    practice.once()

    assert ["scheduled", "scheduled"] == statuses(practice)


def test_r86_a_single_appointment_is_guarded_as_well_and_so_is_the_last_look(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    practice.put("Jo Bloggs", TOMORROW)
    practice.once()
    emptied(practice)
    connected(practice, ANEW)

    practice.clock.set(TOMORROW - timedelta(minutes=30))
    practice.once()

    assert (["scheduled"], ["sent"]) == (statuses(practice), fates(practice))


def test_r86_one_known_appointment_proves_the_calendar(on_each: Practice) -> None:
    first, _ = two_hours(on_each)
    connected(on_each, ANEW)
    on_each.world.delete(ANA, first)

    on_each.once()

    assert (LinkState.FINE, ["cancelled", "scheduled"]) == (state(on_each), statuses(on_each))


def test_r86_a_person_may_say_that_the_appointments_are_gone(on_each: Practice) -> None:
    two_hours(on_each)
    emptied(on_each)
    connected(on_each, ANEW)
    on_each.once()

    on_each.once(accept_empty=True)

    assert (LinkState.FINE, ["cancelled", "cancelled"]) == (state(on_each), statuses(on_each))


def test_r86_the_account_used_before_needs_no_proof(practice: Practice) -> None:
    first, second = two_hours(practice)
    connected(practice, ANEW)
    connected(practice, BEFORE)
    practice.world.delete(ANA, first)
    practice.world.delete(ANA, second)

    practice.once()

    assert ["cancelled", "cancelled"] == statuses(practice)


def test_r86_what_a_sign_in_changes_is_known_beforehand(practice: Practice) -> None:
    two_hours(practice)
    with practice.app.reading() as records:
        person = practitioner(records, practice.practitioner_id)
    with practice.app.writing() as records:
        set_state(records, practice.link_id, LinkState.SIGN_IN, practice.clock())

    same, over, aside = (
        change_of_account(practice.app, person, sign_in, [calendar])
        for sign_in, calendar in ((BEFORE, ANA), (ANEW, ANA.upper()), (ANEW, "another"))
    )

    assert (0, 0, 0) == (same.taken_over, same.left, same.waiting)
    assert (1, 0, 0) == (over.taken_over, over.left, over.waiting)
    assert (0, 1, 1) == (aside.taken_over, aside.left, aside.waiting)
