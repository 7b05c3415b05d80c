"""A practitioner who gave a certificate gets her briefings encrypted, or hours and nothing else."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from models import tables
from sync.errors import DeliveryPostponed
from sync.jobs.practitioners import change, send_code, send_test
from sync.store.practitioners import practitioner
from tests.adapters.certificates import Owned, owned
from tests.jobs.looking import HOUR, TOMORROW
from tests.practice import Practice

ENDS = TOMORROW + timedelta(days=30)
DUE = TOMORROW - HOUR


def give(practice: Practice, ends: datetime = ENDS) -> Owned:
    """Let her mail be encrypted until `ends`."""
    hers = owned(starts=TOMORROW - timedelta(days=90), ends=ends)
    change(practice.app, practice.practitioner_id, {"certificate": hers.pem, "certificate_ends_at": ends})
    return hers


def subjects(practice: Practice) -> list[str]:
    return [letter.subject for letter in practice.inbox.letters]


def brief(practice: Practice, *, over_network: bool = False) -> None:
    """Jo's session of tomorrow is due to be briefed."""
    practice.inbox.over_network = over_network
    practice.client("Jo Bloggs")
    practice.put("Jo Bloggs", TOMORROW)
    practice.once()
    practice.clock.set(DUE)
    practice.once()


def test_her_briefing_goes_out_encrypted_and_so_does_a_test_mail(practice: Practice) -> None:
    hers = give(practice)

    brief(practice)
    send_test(practice.app, practice.clock())

    assert [hers.pem] * 2 == [letter.certificate for letter in practice.inbox.letters]
    assert "JB" in practice.inbox.letters[0].text


def test_without_a_certificate_nothing_is_encrypted(practice: Practice) -> None:
    give(practice)
    change(practice.app, practice.practitioner_id, {"certificate": "", "certificate_ends_at": None})

    brief(practice)

    assert [""] == [letter.certificate for letter in practice.inbox.letters]


def test_the_code_that_proves_an_address_is_readable_without_a_key(practice: Practice) -> None:
    give(practice)

    send_code(practice.app, practice.practitioner_id, "123456", practice.clock())
    practice.once()

    assert [""] == [letter.certificate for letter in practice.inbox.letters]


def test_encrypted_or_not_an_address_over_a_network_has_to_be_proved(practice: Practice) -> None:
    give(practice)

    brief(practice, over_network=True)

    [letter] = practice.inbox.letters
    assert ("JB" not in letter.text, "briefing preview" in letter.text) == (True, True)


@pytest.mark.parametrize("over_network", [False, True])
@pytest.mark.parametrize("wishes", [{"privacy": "code"}, {"privacy": "full"}, {"digest_at": "07:00"}])
def test_once_it_has_ended_hours_go_out_and_nothing_else_and_she_is_told(
    practice: Practice, wishes: dict[str, str], over_network: bool
) -> None:
    give(practice, ends=DUE - timedelta(hours=12))
    change(practice.app, practice.practitioner_id, wishes)

    brief(practice, over_network=over_network)

    briefings = [letter for letter in practice.inbox.letters if letter.subject.startswith("Briefing:")]
    why = "practitioners confirm" if over_network else "--certificate FILE"
    assert briefings
    assert all(why in letter.text for letter in briefings)
    [alert] = [letter for letter in practice.inbox.letters if "can no longer" in letter.subject]
    assert "--certificate FILE" in alert.text
    for letter in practice.inbox.letters:
        assert not [word for word in ("JB", "Jo", "Safety") if word in letter.text + letter.html]
        assert "" == letter.certificate


def test_she_is_told_two_weeks_ahead_and_at_the_end_and_not_at_every_pass(practice: Practice) -> None:
    give(practice)
    for days in range(45):
        practice.clock.set(ENDS - timedelta(days=20) + timedelta(days=days, hours=1))
        practice.once()

    soon, ended = "Your certificate for encrypted mail ends soon", "Your mail can no longer be encrypted"
    assert [f"Practice Sync: {each}" for each in (soon, ended, ended, ended)] == subjects(practice)


def test_a_new_one_ends_the_alerts(practice: Practice) -> None:
    give(practice, ends=DUE)
    practice.inbox.failures.append(DeliveryPostponed("The mail server is busy."))
    practice.once()
    give(practice)
    practice.clock.set(DUE)
    practice.once()

    assert [] == subjects(practice)


def test_it_is_kept_sealed(on_each: Practice) -> None:
    hers = give(on_each)

    with on_each.app.reading() as records:
        row = records.db.exec(select(tables.Practitioner)).one()
        known = practitioner(records, on_each.practitioner_id)
    assert row.certificate_sealed is not None
    assert hers.der not in row.certificate_sealed
    assert b"CERTIFICATE" not in row.certificate_sealed
    assert (hers.pem, ENDS) == (known.certificate, known.certificate_ends_at)
    assert "CERTIFICATE" not in repr(known)
