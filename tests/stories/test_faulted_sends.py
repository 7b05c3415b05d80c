"""Hundreds of mails meet every fault there is: none is missing, none comes twice but after a doubt (M3)."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random
from uuid import uuid4

import pytest

from models.tables import Message
from sync.adapters.gmail import GmailMailer
from sync.adapters.smtp import SmtpMailer, SmtpServer
from sync.jobs.outbox import send_due
from sync.jobs.reports import PassReport
from sync.jobs.wishes import arming_for
from sync.ports import Mailer
from sync.store.links import SENDING, SignIn, keep_account
from sync.store.outbox import messages, put_notice
from sync.store.practitioners import add_practitioner
from tests.adapters.test_gmail import PERMISSION, Token
from tests.fakes.wires import GMAIL_FAULTS, SMTP_FAULTS, Killed, Office, WiredGmail, WiredSmtp
from tests.practice import WEDNESDAY, Practice, open_practice

EACH = 10
"""Mails to one address: so few that no flood is seen in them."""

SETTLED = ("sent", "failed")


def by_smtp(practice: Practice, office: Office, monkeypatch: pytest.MonkeyPatch) -> Mailer:
    def unconnected(_mailer: SmtpMailer) -> WiredSmtp:
        smtp = WiredSmtp(local_hostname="x")
        smtp.office = office
        return smtp

    monkeypatch.setattr(SmtpMailer, "_unconnected", unconnected)
    server = SmtpServer("127.0.0.1", 25, "none", "u", secret=lambda: "secret")
    return SmtpMailer(server, "practice@example.org", practice.clock)


def by_gmail(practice: Practice, office: Office, monkeypatch: pytest.MonkeyPatch) -> Mailer:
    monkeypatch.setattr(GmailMailer, "_connection", lambda _mailer: WiredGmail(office))
    return GmailMailer("https://gmail.example/", practice.clock, lambda _: Token())  # type: ignore[arg-type,return-value] # stands in


Way = Callable[[Practice, Office, pytest.MonkeyPatch], Mailer]


def outbox_of(practice: Practice, count: int) -> None:
    """`count` mails that are due, to a tenth as many people."""
    with practice.app.writing() as records:
        for number in range(count // EACH):
            address = f"p{number}@practice.example"
            person = add_practitioner(records, "N. N.", address, practice.clock())
            sign_in = SignIn(SENDING, person.id, address, PERMISSION)
            keep_account(records, person.id, sign_in, practice.clock())
            arming = arming_for(practice.app, records, person.id)
            for each in range(EACH):
                put_notice(records, "test", person.id, WEDNESDAY - timedelta(seconds=each), arming)


def is_settled(mail: Message) -> bool:
    return mail.status in SETTLED or mail.doubts == 2


def run(practice: Practice, rounds: int = 400) -> list[Message]:
    """Rounds of sending, by a new process where one was killed, until every mail has met its fate."""
    for _ in range(rounds):
        try:
            send_due(practice.app, practice.clock(), PassReport().counts)
        except Killed:
            practice.app.owner = str(uuid4())
        with practice.app.reading() as records:
            mails = messages(records, "test")
        if all(map(is_settled, mails)):
            return mails
        practice.clock.forward(minutes=7)
    raise AssertionError("mails are left over")


def check(mails: list[Message], office: Office) -> None:
    for mail in mails:
        copies = office.copies[mail.message_id]
        told = (mail.status, mail.doubts, copies)
        assert copies <= 1 + mail.doubts, told
        assert copies <= 2, told
        assert mail.status != "sent" or copies >= 1, told
        assert mail.status != "failed" or copies <= mail.doubts, told
    assert set(office.copies) <= {mail.message_id for mail in mails}


def send_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str, count: int, seed: int) -> None:
    make, faults = {"smtp": (by_smtp, SMTP_FAULTS), "gmail": (by_gmail, GMAIL_FAULTS)}[way]
    database = f"sqlite:///{tmp_path / 'home' / 'practice.db'}"
    # By SMTP too, so that a refused sign-in stops one person's mail and not the whole test for an hour.
    practice = open_practice(tmp_path, database, settings={"PRACTICE_SYNC_MAIL__TRANSPORT": "gmail"})
    office = Office(Random(seed), faults)
    practice.app.mailer = make(practice, office, monkeypatch)
    outbox_of(practice, count)

    mails = run(practice)

    check(mails, office)
    assert set(faults) <= set(office.met), "a fault was not met"
    assert {1, 2} <= {office.copies[mail.message_id] for mail in mails}
    practice.app.close()


@pytest.mark.parametrize("way", ["smtp", "gmail"])
def test_of_250_faulted_mails_none_is_missing_and_a_second_copy_follows_a_doubt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    send_many(tmp_path, monkeypatch, way, 250, seed=7)


@pytest.mark.slow
@pytest.mark.parametrize("way", ["smtp", "gmail"])
@pytest.mark.parametrize("seed", range(5))
def test_ten_thousand_faulted_mails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str, seed: int
) -> None:
    send_many(tmp_path, monkeypatch, way, 1000, seed)
