"""Connecting again doubles nothing, by whatever account, and keeps what was said of a calendar."""

from sync.jobs.connections import calendars_of, connect, latest_permission
from sync.store.links import LinkWish, SignIn, links
from sync.store.practitioners import practitioner
from tests.jobs.looking import TOMORROW
from tests.practice import ANA, Practice

AGAIN = SignIn("google", "1", ANA, '{"fresh": 1}')
BY_ANOTHER = SignIn("google", "2", "office@practice.example", '{"other": 1}')


def connected(practice: Practice, sign_in: SignIn, wish: LinkWish) -> None:
    with practice.app.reading() as records:
        person = practitioner(records, practice.practitioner_id)
    connect(practice.app, person, sign_in, [wish], practice.clock())


def known_hour(practice: Practice) -> str:
    practice.client("Jo Bloggs")
    practice.put("Jo Bloggs", TOMORROW)
    practice.once()
    return practice.the_session().id


def test_signing_in_again_doubles_nothing(on_each: Practice) -> None:
    session = known_hour(on_each)

    connected(on_each, AGAIN, LinkWish(ANA))
    on_each.once()

    assert session == on_each.the_session().id


def test_the_same_calendar_through_another_account_is_the_same_calendar(on_each: Practice) -> None:
    session = known_hour(on_each)

    connected(on_each, BY_ANOTHER, LinkWish(ANA.upper()))
    on_each.once()

    with on_each.app.reading() as records:
        [calendar] = links(records)
    assert (session, on_each.link_id) == (on_each.the_session().id, calendar.id)
    assert (ANA,) == calendars_of(on_each.app, BY_ANOTHER)


def test_what_was_said_of_a_calendar_stays_unless_it_is_said_anew(practice: Practice) -> None:
    connected(practice, AGAIN, LinkWish(ANA, True, "Session: {client}"))
    connected(practice, AGAIN, LinkWish(ANA))
    with practice.app.reading() as records:
        kept = [(link.dedicated, link.title_pattern) for link in links(records)]

    connected(practice, AGAIN, LinkWish(ANA, False))
    with practice.app.reading() as records:
        changed = [(link.dedicated, link.title_pattern) for link in links(records)]

    assert ([(True, "Session: {client}")], [(False, None)]) == (kept, changed)


def test_signing_in_with_her_own_address_proves_it(practice: Practice) -> None:
    connected(practice, BY_ANOTHER, LinkWish(ANA))
    with practice.app.reading() as records:
        before = practitioner(records, practice.practitioner_id).email_confirmed_at

    connected(practice, AGAIN, LinkWish(ANA))
    with practice.app.reading() as records:
        person = practitioner(records, practice.practitioner_id)

    assert (None, practice.clock()) == (before, person.email_confirmed_at)
    assert latest_permission(practice.app, person) in (AGAIN.credentials, BY_ANOTHER.credentials)
