"""`connect google` at the door: which calendars, which permissions, and what each refusal says."""

import io
import json
import socket
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import ANA, Door, Said, in_hours
from tests.fakes.person import Person
from tests.fakes.service_account import service_account

AUTH = "https://www.googleapis.com/auth/"
OWN, SHARED = f"{AUTH}calendar.events.owned.readonly", f"{AUTH}calendar.events.readonly"
LIST = f"{AUTH}calendar.calendarlist.readonly"
ROOM = "room@group.calendar.example"
BUSY = "busy@group.calendar.example"


@pytest.fixture
def ana(door: Door, tmp_path: Path) -> Person:
    """Ana at her browser, with a calendar of her own, a shared one, and one that shows no titles."""
    door("init")
    door("practitioners", "add", "Ana Okafor", ANA)
    (tmp_path / "client.json").write_text(json.dumps(door.sandbox.client_secrets()))
    door.world.add_calendar("second@group.calendar.example", owner=ANA, summary="Supervision")
    door.world.add_calendar(ROOM, owner="office@practice.example", summary="Room 2")
    door.world.share(ROOM, ANA, "reader")
    door.world.add_calendar(BUSY, owner="office@practice.example", summary="Boss")
    door.world.share(BUSY, ANA, "freeBusyReader")
    person = Person(ANA)
    door.monkeypatch.setattr("webbrowser.open", person.open_browser)
    return person


def connect(door: Door, tmp_path: Path, *words: str, stdin: str | None = None) -> Said:
    return door("connect", "google", "--client-secrets", str(tmp_path / "client.json"), *words, stdin=stdin)


def linked(door: Door) -> list[str]:
    return [each["calendar_id"] for each in door("connections", "--json").json]


def asked(person: Person) -> list[set[str]]:
    """The permissions asked for, each time."""
    scopes = []
    for address in person.addresses:
        person_then = Person(ANA, addresses=[address])
        scopes.append(set(person_then.asked()["scope"].split()) - {"openid", "email"})
    return scopes


def test_her_own_calendar_needs_the_least_permission(door: Door, ana: Person, tmp_path: Path) -> None:
    said = connect(door, tmp_path)

    assert (0, [ANA], [{OWN}]) == (said.code, linked(door), asked(ana))


def test_r86_primary_is_linked_by_its_address(door: Door, ana: Person, tmp_path: Path) -> None:
    connect(door, tmp_path, "--calendar", "primary")

    assert [ANA] == linked(door)
    assert not any("primary" in request.path for request in door.sandbox.requests)


def test_several_are_chosen_from_the_list_and_the_others_are_forgotten(
    door: Door, ana: Person, tmp_path: Path
) -> None:
    said = connect(door, tmp_path, "--pick", stdin="1,2\n")

    assert (0, [ANA, "second@group.calendar.example"]) == (said.code, linked(door))
    assert [{OWN, LIST}] == asked(ana)
    for name in ("Supervision", "Room 2", "shared", "busy or free only"):
        assert name in said.out
    asked_for = {request.path for request in door.sandbox.requests if "/events" in request.path}
    assert not any(ROOM in path or BUSY in path for path in asked_for)
    assert ROOM not in json.dumps(door("connections", "--all", "--json").json)


def test_the_wider_permission_is_asked_for_when_a_shared_calendar_is_chosen(
    door: Door, ana: Person, tmp_path: Path
) -> None:
    said = connect(door, tmp_path, "--pick", stdin="4\n")

    assert (0, [ROOM], [{OWN, LIST}, {SHARED}]) == (said.code, linked(door), asked(ana))
    assert "asks once more" in said.err


def test_once_given_the_wider_one_is_asked_for_at_once(door: Door, ana: Person, tmp_path: Path) -> None:
    connect(door, tmp_path, "--calendar", ROOM)
    ana.addresses.clear()

    said = door("connect", "google")

    assert (0, [ROOM], [{SHARED}]) == (said.code, linked(door), asked(ana))


def test_a_calendar_that_shows_no_titles_is_refused_with_the_way_to_change_that(
    door: Door, ana: Person, tmp_path: Path
) -> None:
    picked = connect(door, tmp_path, "--pick", stdin="3\n1\n")
    named = connect(door, tmp_path, "--calendar", BUSY)

    assert (0, 1, [ANA]) == (picked.code, named.code, linked(door))
    for said in (picked.err, named.err):
        assert "See all event details" in said


@pytest.mark.parametrize("answer", ["0", "6", "one", "1;2", "-1"])
def test_an_answer_that_is_no_number_is_asked_again(
    door: Door, ana: Person, tmp_path: Path, answer: str
) -> None:
    said = connect(door, tmp_path, "--pick", stdin=f"{answer}\n2\n")

    assert (0, ["second@group.calendar.example"]) == (said.code, linked(door))
    assert "Numbers from 1 to" in said.err


def test_nobody_answering_links_nothing(door: Door, ana: Person, tmp_path: Path) -> None:
    said = connect(door, tmp_path, "--pick", stdin="")

    assert (1, []) == (said.code, linked(door))


def test_a_mistyped_calendar_links_nothing(door: Door, ana: Person, tmp_path: Path) -> None:
    said = connect(door, tmp_path, "--calendar", ANA, "--calendar", "nowhere@group.calendar.example")

    assert (1, []) == (said.code, linked(door))
    assert "cannot be found with this account" in said.err


def test_another_account_at_the_second_question_is_refused(door: Door, ana: Person, tmp_path: Path) -> None:
    class Confused(Person):
        def asked(self) -> dict[str, str]:
            if len(self.addresses) > 1:
                self.account = "office@practice.example"
            return super().asked()

    door.monkeypatch.setattr("webbrowser.open", Confused(ANA).open_browser)

    said = connect(door, tmp_path, "--calendar", ROOM)

    assert (1, [], True) == (said.code, linked(door), "Another account" in said.err)


def test_listing_shows_every_calendar_on_every_page_and_links_none(
    door: Door, ana: Person, tmp_path: Path
) -> None:
    for number in range(260):
        door.world.add_calendar(f"c{number}", owner=ANA)

    said = connect(door, tmp_path, "--list", "--json")

    assert (0, [], [{LIST}]) == (said.code, linked(door), asked(ana))
    rows = {row["id"]: row for row in said.json}
    assert 264 == len(rows)
    assert (True, True, "owner") == (rows[ANA]["primary"], rows[ANA]["own"], rows[ANA]["access"])
    assert (False, True, "reader") == (rows[ROOM]["own"], rows[ROOM]["shows_titles"], rows[ROOM]["access"])
    assert not rows[BUSY]["shows_titles"]
    assert ANA == said.json[0]["id"]


def test_listing_again_needs_no_sign_in_once_the_list_was_allowed(
    door: Door, ana: Person, tmp_path: Path
) -> None:
    connect(door, tmp_path, "--pick", stdin="1\n")
    ana.addresses.clear()

    said = door("connect", "google", "--list")

    assert (0, []) == (said.code, ana.addresses)
    assert "Room 2" in said.out


@pytest.mark.parametrize("words", [["--json"], ["--pick", "--calendar", "x"], ["--list", "--calendar", "x"]])
def test_options_that_contradict_each_other_are_refused(door: Door, ana: Person, words: list[str]) -> None:
    assert 2 == door("connect", "google", *words).code


def test_on_a_terminal_she_chooses_the_first_time_and_never_again(
    door: Door, ana: Person, tmp_path: Path
) -> None:
    door.monkeypatch.setattr("sync.commands.connect.at_terminal", lambda: True)

    first = connect(door, tmp_path, stdin="2\n")
    second = door("connect", "google")

    assert (0, 0, ["second@group.calendar.example"]) == (first.code, second.code, linked(door))
    assert [{OWN, LIST}, {OWN}] == asked(ana)


def test_a_calendar_of_another_practitioner_is_refused_at_the_door(
    door: Door, ana: Person, tmp_path: Path
) -> None:
    connect(door, tmp_path)
    door("practitioners", "add", "Ben Adeyemi", "ben@practice.example")

    said = door("connect", "google", "--practitioner", "ben@practice.example", "--calendar", ANA)

    assert (1, True) == (said.code, "another practitioner" in said.err)
    assert "Traceback" not in said.err


def test_a_second_practitioner_signs_in_with_the_practices_client(
    door: Door, ana: Person, tmp_path: Path
) -> None:
    connect(door, tmp_path)
    door("practitioners", "add", "Ben Adeyemi", "ben@practice.example")

    said = door(
        *("connect", "google", "--practitioner", "ben@practice.example"),
        *("--calendar", "second@group.calendar.example"),
    )

    assert (0, [ANA, "second@group.calendar.example"]) == (said.code, linked(door))
    assert [ANA, "ben@practice.example"] == [
        each["practitioner"] for each in door("connections", "--json").json
    ]


def key_file(door: Door, tmp_path: Path, *delegated: str) -> str:
    path = tmp_path / "key.json"
    path.write_text(json.dumps(service_account(door.sandbox, *delegated)))
    path.chmod(0o600)
    return str(path)


def test_a_service_account_links_the_calendar_of_its_subject_by_explicit_id(
    door: Door, ana: Person, tmp_path: Path
) -> None:
    key = key_file(door, tmp_path, OWN)

    said = door("connect", "google", "--service-account", key, "--subject", ANA, "--calendar", "primary")
    pulled = door("once")

    assert (0, 0, [ANA], []) == (said.code, pulled.code, linked(door), ana.addresses)
    [row] = door("connections", "--json").json
    assert ("service", "fine") == (row["kind"], row["state"])
    assert not any("primary" in request.path for request in door.sandbox.requests)
    assert not door("practitioners", "--json").json[0]["email_confirmed"]


def test_a_service_account_asks_for_shared_calendars_only_when_one_is_named(
    door: Door, ana: Person, tmp_path: Path
) -> None:
    key = key_file(door, tmp_path, SHARED)

    own = door("connect", "google", "--service-account", key, "--subject", ANA)
    shared = door("connect", "google", "--service-account", key, "--subject", ANA, "--calendar", ROOM)

    assert (1, 0, [ROOM]) == (own.code, shared.code, linked(door))
    assert OWN in own.err
    assert "Traceback" not in own.err


def test_a_removed_service_accounts_key_is_forgotten(door: Door, ana: Person, tmp_path: Path) -> None:
    door("connect", "google", "--service-account", key_file(door, tmp_path, OWN), "--subject", ANA)

    said = door("connections", "remove", ANA, "--yes")

    assert (0, []) == (said.code, linked(door))
    assert "forgotten here" in said.out


@pytest.mark.parametrize(
    "words",
    [["--service-account", "k"], ["--subject", ANA], ["--service-account", "k", "--subject", ANA, "--pick"]],
)
def test_a_service_account_goes_with_a_subject_and_nothing_else(
    door: Door, ana: Person, words: list[str]
) -> None:
    assert 2 == door("connect", "google", *words).code


def test_a_subject_that_is_no_address_is_refused(door: Door, ana: Person, tmp_path: Path) -> None:
    key = key_file(door, tmp_path, OWN)

    assert "not a mail address" in door("connect", "google", "--service-account", key, "--subject", "a").err


def test_the_answer_is_pasted_at_the_door(door: Door, ana: Person, tmp_path: Path) -> None:
    class Typing(io.StringIO):
        def readline(self, *_: object) -> str:  # type: ignore[override]
            said = door.capsys.readouterr().err
            [address] = [word for word in said.split() if word.startswith("http://127")]
            return ana.ends_at(address) + "\n"

    door.monkeypatch.setattr("sys.stdin", Typing())

    said = connect(door, tmp_path, "--paste")

    assert (0, [ANA]) == (said.code, linked(door))


def test_nothing_pasted_links_nothing(door: Door, ana: Person, tmp_path: Path) -> None:
    said = connect(door, tmp_path, "--paste", stdin="")

    assert (1, []) == (said.code, linked(door))
    assert "No address of this sign-in was pasted" in said.err


def test_r86_signing_in_as_somebody_else_leaves_what_was_linked_and_says_so(
    door: Door, ana: Person, tmp_path: Path
) -> None:
    connect(door, tmp_path)
    door("clients", "add", "Jo Bloggs")
    door.put("Jo Bloggs", in_hours(30))
    door("once")
    door.world.add_calendar("bea@practice.example")
    ana.account = "bea@practice.example"

    said = door("connect", "google")
    door("once")

    assert "Linked through another account, and left as they are: 1." in said.err
    assert [ANA, "bea@practice.example"] == linked(door)
    assert ["scheduled"] == [each["status"] for each in door("sessions", "--json").json]


def test_r86_the_same_calendar_through_another_account_is_told(
    door: Door, ana: Person, tmp_path: Path
) -> None:
    connect(door, tmp_path)
    door("once")
    door.world.share(ANA, "office@practice.example", "writer")
    ana.account = "office@practice.example"

    said = door("connect", "google", "--calendar", ANA)

    assert (0, [ANA]) == (said.code, linked(door))
    assert "Read through another account before: 1." in said.err


def test_no_request_leaves_for_google_when_its_addresses_are_overridden(
    door: Door, ana: Person, tmp_path: Path
) -> None:
    asked: set[str] = set()
    resolve = socket.getaddrinfo

    def here_only(host: Any, *rest: Any, **more: Any) -> Any:
        asked.add(str(host))
        return resolve(host, *rest, **more)

    door.monkeypatch.setattr("socket.getaddrinfo", here_only)
    known = door.sandbox.sign_in
    (tmp_path / "client.json").write_text(
        json.dumps({"installed": {"client_id": known.client_id, "client_secret": known.client_secret}})
    )

    connect(door, tmp_path, "--pick", stdin="4\n")
    for words in (("once",), ("doctor",), ("connect", "google", "--list"), ("connect", "google")):
        door(*words)
    door("connections", "remove", ROOM, "--yes")
    service = key_file(door, tmp_path, OWN)
    content = json.loads(Path(service).read_text()) | {"token_uri": "https://oauth2.googleapis.com/token"}
    Path(service).write_text(json.dumps(content))
    linked_by_key = door("connect", "google", "--service-account", service, "--subject", ANA)

    assert ({"127.0.0.1"}, 0, [ANA]) == (asked, linked_by_key.code, linked(door))
    assert {"/token", "/revoke"} <= {request.path for request in door.sandbox.requests}
