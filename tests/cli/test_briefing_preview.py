"""`briefing preview` at a terminal: at any moment, into a file of one's own, or before the browser."""

from dataclasses import replace
from pathlib import Path
from urllib.request import urlopen

import pytest

from sync.app import open_app
from sync.domain.briefing.day_moments import DayMail
from sync.domain.briefing.outbox import MessageKind
from sync.jobs.wishes import arming_for
from sync.settings import load_settings
from sync.store.day_mails import pass_over, put_day_mail
from sync.store.practitioners import practitioners
from tests.cli.conftest import Door, in_hours


@pytest.fixture
def session(door: Door) -> str:
    door.ready()
    door("clients", "add", "Jo Bloggs")
    door.put("Jo Bloggs", in_hours(30))
    door("once")
    return str(door("sessions", "--json").json[0]["id"])


def test_a_preview_of_another_moment_says_what_is_not_turned_back(door: Door, session: str) -> None:
    said = door("briefing", "preview", session, "--at", "2020-01-01T10:00")

    assert (0, True) == (said.code, said.out.startswith("For you alone."))
    assert "As of Wednesday 1 January 2020" in said.err
    assert "was first seen later" in said.err
    assert max(map(len, said.err.splitlines())) <= 80


def test_without_another_moment_it_is_a_page_of_now(door: Door, session: str) -> None:
    said = door("briefing", "preview", session)

    assert (0, "") == (said.code, said.err)
    assert "Calendar checked" in said.out
    assert "not recorded" not in said.out


def test_the_command_that_a_notice_names_shows_the_page_itself(door: Door, session: str) -> None:
    door("practitioners", "set", "ana@practice.example", "--privacy", "link")

    notice = door("briefing", "preview", session, "--privacy", "link").out
    [command] = [line.split() for line in notice.splitlines() if "practice-sync briefing preview" in line]
    page = door(*command[1:])

    assert f"practice-sync briefing preview {session}" == " ".join(command)
    assert (0, True, False) == (page.code, "SOURCES" in page.out, "Your briefing is ready" in page.out)
    assert "Mail carries the hour alone, as you chose" in page.err


def test_a_file_with_clinical_words_is_for_its_owner_only(door: Door, session: str, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text("old")
    file.chmod(0o644)

    said = door("briefing", "preview", session, "--html", str(file))

    assert (0, 0o600) == (said.code, file.stat().st_mode & 0o777)
    assert file.read_text().startswith("<!DOCTYPE html>")
    assert 1 == door("briefing", "preview", session, "--html", str(tmp_path)).code


def test_a_digest_is_in_the_list_beside_the_briefings(door: Door, session: str) -> None:
    app = open_app(load_settings())
    tomorrow = in_hours(6).date()
    with app.writing() as records:
        person = practitioners(records)[0]
        due = in_hours(6)
        mail = DayMail(MessageKind.DIGEST, tomorrow, due, due)
        put_day_mail(records, mail, arming_for(app, records, person.id), app.now())
        pass_over(
            records, replace(mail, kind=MessageKind.PREVIEW), arming_for(app, records, person.id), "nothing"
        )
    app.close()

    listed = door("briefing", "list", "--json").json
    shown = door("briefing", "list").out

    assert [(None, "digest"), (session, "briefing")] == [(row["session_id"], row["kind"]) for row in listed]
    assert "digest pending" in shown


def test_a_browser_is_shown_the_page_and_no_file_is_left(door: Door, session: str) -> None:
    pages = []

    def browser(address: str) -> bool:
        with urlopen(address, timeout=5) as answer:
            pages.append(answer.read().decode())
        return True

    door.monkeypatch.setattr("webbrowser.open", browser)
    said = door("briefing", "preview", session, "--privacy", "full", "--open")

    assert (0, "", True) == (said.code, said.out, "Jo Bloggs (JB)" in pages[0])
