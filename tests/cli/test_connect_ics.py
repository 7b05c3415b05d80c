"""`connect ics` at the door: a real HTTPS host, its address kept secret, its appointments made sessions."""

import socket
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.adapters.ics.https import HOST, HttpsHost, https_host
from tests.adapters.ics.publisher import Publisher
from tests.cli.conftest import ANA, Door, in_hours
from tests.cli.test_bad_input import is_clear

CALENDAR = "hers"


@dataclass
class Published:
    """The door, and a host that publishes Ana's calendar."""

    door: Door
    host: HttpsHost
    publisher: Publisher

    @property
    def address(self) -> str:
        return self.publisher.address(CALENDAR)

    @property
    def secret(self) -> str:
        return self.publisher.path(CALENDAR).split("/")[1]

    def connections(self) -> list[dict[str, Any]]:
        """Beside Google's."""
        return [c for c in self.door("connections", "--json").json if c["kind"] == "ics"]

    def put(self, title: str) -> None:
        self.publisher.put(CALENDAR, title, in_hours(30), in_hours(31), title)


@pytest.fixture
def published(door: Door, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Published]:
    with https_host() as host:
        trusted = tmp_path / "authority.pem"
        host.authority.cert_pem.write_to_path(str(trusted))
        monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
        monkeypatch.setenv("PRACTICE_SYNC_ICS__PRIVATE_HOSTS", f"{HOST}:{host.port}")
        asked = socket.getaddrinfo
        here = {HOST: "127.0.0.1"}  # the host's name leads to this machine; all else is as in earnest
        monkeypatch.setattr(
            socket, "getaddrinfo", lambda name, *how, **more: asked(here.get(name, name), *how, **more)
        )
        yield Published(door.ready(), host, Publisher(host, CALENDAR))


def test_a_published_calendar_becomes_sessions(published: Published) -> None:
    published.put("Session: Jo Bloggs")

    said = published.door(
        "connect", "ics", published.address, "--dedicated", "--title-pattern", "Session: {client}"
    )
    once = published.door("once", "--json")

    assert (0, f"Linked the calendar of {HOST}. Next: practice-sync once\n") == (said.code, said.out)
    assert 1 == once.json["created"]
    [session] = published.door("sessions", "--json").json
    assert ("Jo Bloggs", "Session: Jo Bloggs") == (session["clients"][0]["name"], session["ical_uid"])


def test_the_address_is_shown_and_stored_nowhere(published: Published) -> None:
    secret = published.secret
    told = [
        published.door("connect", "ics", "-", stdin=published.address + "\n"),
        published.door("once"),
        published.door("connections"),
        published.door("connections", "--json"),
        published.door("doctor"),
    ]
    published.publisher.new_addresses()
    told += [published.door("pull", "--full"), published.door("connections", "--json")]

    assert [0, 0, 0, 0, 0, 1, 0] == [said.code for said in told]
    assert not any(secret in said.out + said.err for said in told)
    assert secret.encode() not in published.door.stored()
    assert HOST[:12] in told[2].out
    assert HOST in told[3].out


def test_connecting_the_same_address_again_doubles_nothing(published: Published) -> None:
    for way in (published.address, published.address.replace("https:", "webcal:")):
        assert 0 == published.door("connect", "ics", way).code

    assert 1 == len(published.connections())


def test_a_new_address_takes_the_place_of_the_old_one_and_sessions_stay(published: Published) -> None:
    published.put("Session: Jo Bloggs")
    published.door("connect", "ics", published.address, "--dedicated", "--title-pattern", "Session: {client}")
    published.door("once")
    [before] = published.door("sessions", "--json").json
    [connection] = published.connections()
    published.publisher.new_addresses()

    refused = published.door("pull", "--full")
    said = published.door("connect", "ics", published.address, "--replaces", connection["id"][:8])
    published.door("pull", "--full")

    assert "connect ics" in refused.out + refused.err
    assert 0 == said.code
    [after] = published.door("sessions", "--json").json
    assert (before["id"], "scheduled") == (after["id"], after["status"])
    [now] = published.connections()
    assert (connection["id"], "fine", True) == (now["id"], now["state"], now["dedicated"])
    assert 0 == published.door("connect", "ics", published.address).code
    assert 1 == len(published.connections())


def test_a_new_address_that_is_linked_already_is_refused(published: Published) -> None:
    published.door("connect", "ics", published.address)
    [first] = published.connections()
    published.publisher.new_addresses()
    published.door("connect", "ics", published.address)
    before = published.door.stored()

    said = published.door("connect", "ics", published.address, "--replaces", first["id"])

    assert (1, "The new address is linked already.") == (said.code, said.err.splitlines()[0].split(": ")[-1])
    assert before == published.door.stored()


def test_googles_connection_gets_no_published_address(published: Published) -> None:
    [google] = published.door("connections", "--json").json

    said = published.door("connect", "ics", published.address, "--replaces", google["id"])

    assert 1 == said.code
    assert "Only a published calendar" in said.err


@pytest.mark.parametrize(
    "place",
    [
        *(
            "http://calendar.example/a.ics",
            "https://ana:pw@calendar.example/a",
            "https://127.0.0.1/a.ics",
            "",
        ),
        *("/no/such/file.ics", "/dev/zero", "/etc/passwd"),
    ],
)
def test_what_cannot_be_read_is_one_clear_line_and_links_nothing(published: Published, place: str) -> None:
    before = published.door.stored()

    said = published.door("connect", "ics", place)

    assert 1 == said.code
    assert is_clear(said)
    assert before == published.door.stored()


def test_a_wrong_address_is_said_before_it_is_linked(published: Published) -> None:
    said = published.door("connect", "ics", published.address[:-12] + "x.ics")

    assert 1 == said.code
    assert "no calendar to be read there" in said.err


def test_a_file_that_is_not_there_is_said_to_be_a_file(published: Published, tmp_path: Path) -> None:
    said = published.door("connect", "ics", str(tmp_path / "none.ics"))

    assert 1 == said.code
    assert "See that the file is where you said" in said.err


def test_a_file_is_linked_and_followed(published: Published, tmp_path: Path) -> None:
    file = tmp_path / "hours.ics"
    start = in_hours(30)
    file.write_text(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\n"
        f"DTSTART:{start:%Y%m%dT%H%M%SZ}\nDTEND:{start + timedelta(minutes=50):%Y%m%dT%H%M%SZ}\n"
        "SUMMARY:Session: Jo Bloggs\nEND:VEVENT\nEND:VCALENDAR\n"
    )

    said = published.door("connect", "ics", str(file), "--dedicated", "--title-pattern", "Session: {client}")

    assert (0, "Linked the calendar of a file. Next: practice-sync once\n") == (said.code, said.out)
    assert 1 == published.door("once", "--json").json["created"]
    assert str(file).encode() not in published.door.stored()


def test_the_past_of_a_published_calendar_is_imported(published: Published) -> None:
    for weeks in (3, 10):
        start = in_hours(-weeks * 7 * 24)
        published.publisher.put(
            CALENDAR, f"w{weeks}", start, start + timedelta(hours=1), "Session: Jo Bloggs"
        )
    since = f"{in_hours(-24 * 100):%Y-%m-%d}"
    connect = ("connect", "ics", published.address, "--dedicated", "--title-pattern", "Session: {client}")

    rehearsed = published.door(*connect, "--since", since, "--dry-run")
    assert (0, []) == (rehearsed.code, published.connections())
    said = published.door(*connect, "--since", since)

    assert 0 == said.code
    assert ["held", "held"] == [s["status"] for s in published.door("sessions", "--json").json]


def test_an_hour_that_is_missing_is_said_to_be_looked_for_again(door: Door, tmp_path: Path) -> None:
    door("init")
    door("practitioners", "add", "Ana Okafor", ANA)
    door("clients", "add", "Jo Bloggs")
    file = tmp_path / "hers.ics"
    file.write_bytes(calendar_of("a", "b"))
    door("connect", "ics", str(file))
    door("once")
    [session, _] = door("sessions", "--json").json
    before = door("sessions", "show", session["id"]).out
    file.write_bytes(calendar_of("b"))

    rehearsed = door("pull", "--full", "--dry-run").out
    said = door("pull", "--full")

    for told in (said.out, rehearsed):
        assert "1 missing; looked for again in 10 minutes before it is cancelled" in told
    assert 1 == door("pull", "--json").json["missing"]
    assert "Missing" not in before
    assert "before it is cancelled" in " ".join(door("sessions", "show", session["id"]).out.split())
    assert door("sessions", "show", session["id"], "--json").json["missing_since"]


def calendar_of(*uids: str) -> bytes:
    """A published calendar with an hour of Jo's for each of `uids`."""
    moment = "%Y%m%dT%H%M%SZ"
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Practice//EN"]
    for uid in uids:
        hours = 50 if uid == "b" else 30
        lines += ["BEGIN:VEVENT", f"UID:{uid}", f"DTSTAMP:{in_hours(0):{moment}}", "SUMMARY:Jo Bloggs"]
        lines += [
            f"DTSTART:{in_hours(hours):{moment}}",
            f"DTEND:{in_hours(hours + 1):{moment}}",
            "END:VEVENT",
        ]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def test_a_file_that_is_no_calendar_is_not_put_down_to_the_network(
    published: Published, tmp_path: Path
) -> None:
    (tmp_path / "letter.txt").write_text("Dear all")

    said = published.door("connect", "ics", str(tmp_path / "letter.txt"))

    assert is_clear(said)
    assert "what came is not a calendar" in said.told
    assert "it ends in .ics" in said.told
    assert "network" not in said.told


def test_a_files_connection_has_the_files_name_and_not_its_folders(
    published: Published, tmp_path: Path
) -> None:
    file = tmp_path / "hers.ics"
    file.write_bytes(calendar_of("a"))
    published.door("connect", "ics", str(file))

    listed = published.door("connections").out
    [calendar] = published.connections()

    assert "hers.ics" in listed
    assert "hers.ics" == calendar["calendar"]
    assert str(tmp_path) not in listed
    assert b"hers.ics" not in published.door.stored()
