"""Mail from her own Gmail account: allowed, tried, used for briefings, and given back."""

import json
from pathlib import Path

import pytest

from sync.sandbox.faults import Fault
from tests.cli.conftest import ANA, Door, in_hours
from tests.fakes.person import Person

GMAIL_SEND = "https://www.googleapis.com/auth/gmail.send"


@pytest.fixture
def ana(door: Door, tmp_path: Path) -> Person:
    """Ana, whose calendar is linked already, at her browser."""
    door.ready()
    (tmp_path / "client.json").write_text(json.dumps(door.sandbox.client_secrets()))
    door.monkeypatch.setenv("PRACTICE_SYNC_MAIL__TRANSPORT", "gmail")
    door.monkeypatch.setenv("PRACTICE_SYNC_GOOGLE__GMAIL_ROOT", door.sandbox.gmail_root)
    person = Person(ANA)
    door.monkeypatch.setattr("webbrowser.open", person.open_browser)
    return person


def posts(door: Door) -> int:
    return sum("messages/send" in request.path for request in door.sandbox.requests)


def test_sending_is_allowed_by_a_permission_of_its_own_that_reads_nothing(door: Door, ana: Person) -> None:
    said = door("connect", "gmail")

    assert (0, "") == (said.code, said.err.partition("Sign in")[0])
    assert {"openid", "email", GMAIL_SEND} == set(ana.asked()["scope"].split())
    assert f"Mail to {ANA} is sent from {ANA}." in said.out
    assert "send mail for you" in ana.sees()[1]


def test_a_briefing_goes_out_from_her_own_account_and_is_known_by_gmails_id(door: Door, ana: Person) -> None:
    door("connect", "gmail")
    door("clients", "add", "Jo Bloggs")
    door.put("Jo Bloggs", in_hours(0.5))

    report = door("once", "--json")

    [mail] = door.sandbox.gmail.sent
    [row] = door("briefing", "list", "--json").json
    assert (0, 1, 1) == (report.code, report.json["briefings_sent"], posts(door))
    assert (ANA, ANA, row["message_id"]) == (mail.account, mail.message["From"], mail.message["Message-ID"])
    assert ("sent", f"Gmail has it as {mail.gmail_id}") == (row["status"], row["reason"])


def test_doctor_sends_a_test_and_says_what_is_wrong(door: Door, ana: Person) -> None:
    before = door("doctor", "--send-test")
    door("connect", "gmail")
    sent = door("doctor", "--send-test")

    assert (1, 0) == (before.code, sent.code)
    assert 1 <= len(door.sandbox.gmail.sent)
    assert "letters can be handed over (gmail)" in door("doctor").out

    door.sandbox.sign_in.revoke_account(ANA)
    door("doctor", "--send-test")
    told = " ".join(door("doctor").out.split())

    assert "Google no longer accepts our permission (invalid_grant)." in told
    assert "practice-sync connect gmail" in told


def test_without_her_permission_a_briefing_waits_and_says_why(door: Door, ana: Person) -> None:
    door("clients", "add", "Jo Bloggs")
    door.put("Jo Bloggs", in_hours(0.5))

    door("once")
    door("once")
    [row] = door("briefing", "list", "--json").json
    told = " ".join(door("briefing", "list").out.split())
    door("connect", "gmail")
    door("once")
    [later] = door("briefing", "list", "--json").json

    assert ("pending", 1, "Nobody has allowed sending by Gmail yet.") == (
        row["status"],
        row["attempts"],
        row["reason"],
    )
    assert "Nobody has allowed sending by Gmail yet. Run `practice-sync connect gmail`." in told
    assert ("sent", "", None) == (later["status"], later["remedy"], later["next_attempt_at"])


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (Fault("lost_answer", operation="gmail.send"), "doubtful"),
        (Fault("cut_json", operation="gmail.send"), "doubtful"),
        (Fault("disconnect", operation="gmail.send"), "doubtful"),
        (Fault("html", operation="gmail.send"), "doubtful"),
        (Fault("status", status=503, operation="gmail.send"), "doubtful"),
        (Fault("status", status=429, reason="x", operation="gmail.send", retry_after="60"), "pending"),
    ],
)
def test_faults_of_the_sandboxs_gmail_are_told_by_briefing_list(
    door: Door, ana: Person, fault: Fault, status: str
) -> None:
    door("connect", "gmail")
    door("clients", "add", "Jo Bloggs")
    door.put("Jo Bloggs", in_hours(0.5))
    door.sandbox.faults.add(fault)

    door("once")
    door("once")

    [row] = door("briefing", "list", "--json").json
    assert (status, 1) == (row["status"], posts(door))


def test_giving_it_back_leaves_the_calendar_its_permission(door: Door, ana: Person) -> None:
    door("connect", "gmail")

    said = door("connect", "gmail", "--remove")
    again = door("connect", "gmail", "--remove")

    assert 0 == said.code
    assert "At Google it stays" in said.out
    assert not any("revoke" in request.path for request in door.sandbox.requests)
    assert (1, True) == (again.code, "No Gmail account sends mail" in again.err)
    assert 0 == door("pull").code


def test_an_account_that_sends_only_is_given_back_to_google(door: Door, ana: Person) -> None:
    door.world.add_account("ana.mail@gmail.example")
    ana.account = "ana.mail@gmail.example"
    first = door("connect", "gmail")

    said = door("connect", "gmail", "--remove")

    assert "is sent from ana.mail@gmail.example" in " ".join(first.out.split())
    assert "given back to Google" in said.out
    assert 1 == sum("revoke" in request.path for request in door.sandbox.requests)


def test_another_account_takes_the_place_of_the_first(door: Door, ana: Person) -> None:
    door("connect", "gmail")
    door.world.add_account("ana.mail@gmail.example")
    ana.account = "ana.mail@gmail.example"

    said = door("connect", "gmail")
    door("doctor", "--send-test")

    assert "Another Gmail account than before" in said.out
    assert ["ana.mail@gmail.example"] == [mail.account for mail in door.sandbox.gmail.sent]


def test_removing_her_calendar_leaves_mail_its_permission(door: Door, ana: Person) -> None:
    door("connect", "gmail")
    [calendar] = door("connections", "--json").json

    said = door("connections", "remove", calendar["id"], "--yes")
    sent = door("doctor", "--send-test")

    assert "mail is sent from the same account" in said.out
    assert (0, 1) == (sent.code, len(door.sandbox.gmail.sent))
