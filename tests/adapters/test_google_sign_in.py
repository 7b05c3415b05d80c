"""Signing in to Google: what a person may do, and what each outcome says."""

import base64
import json
import os
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from sync.adapters.google_calendar import GoogleCalendar
from sync.adapters.google_client_file import DesktopClient, read_client_file
from sync.adapters.google_credentials import StoredCredentials
from sync.adapters.google_grant import oauthlib_for, read_grant
from sync.adapters.google_loopback import LoopbackListener, Redirect
from sync.adapters.google_scopes import CALENDAR_LIST, IDENTITY, OWN_EVENTS, SHARED_EVENTS
from sync.adapters.google_sign_in import SCOPES, revoke, sign_in, sign_in_by_paste
from sync.domain.calendar.values import Window
from sync.errors import CalendarUnreachable, Refused, SignInNeeded
from sync.sandbox.faults import Fault
from sync.sandbox.server import Sandbox
from sync.sandbox.world import World
from tests.fakes.person import Person, browse

THERAPIST = "ilse.brandt@practice.example"
AUTH = "https://www.googleapis.com/auth/"
CALENDAR_SCOPE = f"{AUTH}calendar.events.owned.readonly"
NOW = datetime(2026, 6, 10, 8, tzinfo=UTC)


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    world = World(lambda: NOW)
    world.add_calendar(THERAPIST)
    with Sandbox(world) as sandbox:
        yield sandbox


@pytest.fixture
def client_file(sandbox: Sandbox, tmp_path: Path) -> Path:
    return write(tmp_path, sandbox.client_secrets())


def write(folder: Path, content: object) -> Path:
    path = folder / "client.json"
    path.write_text(json.dumps(content))
    return path


def sign_in_as(
    person: Person, client_file: Path, said: list[str] | None = None, **more: Any
) -> StoredCredentials:
    say = (said if said is not None else []).append
    uris = {name: more.pop(name, None) for name in ("auth_uri", "token_uri")}
    client = read_client_file(client_file, **uris)
    return sign_in(client, open_browser=person.open_browser, say=say, now=lambda: NOW, **more)


def refused(person: Person, client_file: Path, **more: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        sign_in_as(person, client_file, **more)
    assert caught.value.advice
    return caught.value


def test_a_person_signs_in_and_her_calendar_can_be_read(sandbox: Sandbox, client_file: Path) -> None:
    person = Person(THERAPIST)

    stored = sign_in_as(person, client_file)

    assert (stored.email, stored.sub) == (THERAPIST, sandbox.world.add_account(THERAPIST))
    assert (stored.granted_at, set(stored.scopes)) == ("2026-06-10T08:00:00Z", set(SCOPES))
    reading = GoogleCalendar(stored, api_root=sandbox.api_root)
    assert reading.snapshot(THERAPIST, Window(NOW, NOW.replace(month=7))).events == ()
    reading.close()
    status, page = person.sees()
    assert status == 200
    assert "Connected" in page


def test_google_is_asked_for_a_lasting_permission_with_a_proof_and_a_state(client_file: Path) -> None:
    person = Person(THERAPIST)

    sign_in_as(person, client_file)

    asked = person.asked()
    assert (asked["access_type"], asked["prompt"], asked["code_challenge_method"]) == (
        "offline",
        "consent",
        "S256",
    )
    assert len(asked["state"]) >= 32
    assert asked["scope"].split() == ["openid", "email", CALENDAR_SCOPE]
    assert urlsplit(asked["redirect_uri"]).hostname == "127.0.0.1"


def test_the_address_is_said_even_where_no_browser_opens(client_file: Path) -> None:
    person, said = Person(THERAPIST), list[str]()

    def nothing_opens(address: str) -> bool:
        person.open_browser(address)
        return False

    sign_in(read_client_file(client_file), open_browser=nothing_opens, say=said.append)

    assert person.addresses[0] in said[0]
    assert f"ssh -L {urlsplit(person.asked()['redirect_uri']).port}:127.0.0.1:" in said[1]


def test_stray_requests_do_not_end_the_sign_in(client_file: Path) -> None:
    answers: list[int] = []

    def stray(location: str) -> None:
        origin = location.partition("?")[0]
        silent = socket.create_connection((urlsplit(location).hostname, urlsplit(location).port))
        answers.extend(
            browse("GET", origin + path)[0]
            for path in (
                "favicon.ico",
                "",
                "?state=wrong&code=stolen",
                "?code=x",
                "?state=%ff",
                "?error=access_denied",
            )
        )
        answers.append(browse("GET", origin + f"?state={person.asked()['state']}")[0])
        answers.append(browse("HEAD", origin)[0])
        answers.append(browse("POST", location)[0])
        silent.close()

    person = Person(THERAPIST, on_the_way=stray)
    stored = sign_in_as(person, client_file)

    assert stored.email == THERAPIST
    assert answers == [404, 400, 400, 400, 400, 400, 400, 501, 501]


def test_the_port_is_closed_when_the_sign_in_is_over(client_file: Path) -> None:
    person = Person(THERAPIST)

    sign_in_as(person, client_file)

    person.sees()
    with pytest.raises(ConnectionRefusedError):
        browse("GET", person.asked()["redirect_uri"])


def test_the_pages_keep_the_code_to_themselves(client_file: Path, capfd: pytest.CaptureFixture[str]) -> None:
    person = Person(THERAPIST)

    sign_in_as(person, client_file)

    assert "code" not in person.sees()[1]
    assert capfd.readouterr() == ("", "")


def test_a_denied_permission_says_what_to_do(client_file: Path) -> None:
    person = Person(THERAPIST, decision="deny")

    error = refused(person, client_file)

    assert str(error) == "The permission was not given."
    assert "Not connected" in person.sees()[1]


def test_an_unticked_box_is_named_in_words(client_file: Path) -> None:
    person = Person(THERAPIST, unticks=[CALENDAR_SCOPE])

    error = refused(person, client_file)

    assert str(error) == "A permission was left unticked: to see the events on the calendars you own."
    assert "left unticked" in person.sees()[1]


def test_an_account_that_stays_unknown_is_refused(client_file: Path) -> None:
    assert "which account" in str(refused(Person(THERAPIST), client_file, scopes=[CALENDAR_SCOPE]))


def test_a_permission_that_does_not_last_is_refused(
    client_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Forgetful(Person):
        def asked(self) -> dict[str, str]:
            return {**super().asked(), "access_type": "online"}

    assert str(refused(Forgetful(THERAPIST), client_file)) == "Google gave no lasting permission."


def test_nobody_answering_is_an_end_too(client_file: Path) -> None:
    with pytest.raises(Refused, match="No answer came from the browser") as refused:
        sign_in(
            read_client_file(client_file),
            open_browser=lambda _: True,
            say=lambda _: None,
            timeout_seconds=0.01,
        )

    assert "--paste" in refused.value.advice


def test_a_taken_port_is_refused(client_file: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(Refused, match="port"):
        sign_in_as(Person(THERAPIST), client_file, port=taken.getsockname()[1])


def test_a_client_that_google_does_not_know_is_refused(sandbox: Sandbox, tmp_path: Path) -> None:
    secrets = sandbox.client_secrets()
    secrets["installed"]["client_secret"] = "another"

    assert "client file" in str(refused(Person(THERAPIST), write(tmp_path, secrets)))


@pytest.mark.parametrize(
    "fault",
    [
        Fault("html", operation="token"),
        Fault("disconnect", operation="token"),
        Fault("status", operation="token"),
    ],
)
def test_an_outage_during_the_exchange_is_no_refusal(
    sandbox: Sandbox, client_file: Path, fault: Fault
) -> None:
    sandbox.faults.add(fault)

    with pytest.raises(CalendarUnreachable):
        sign_in_as(Person(THERAPIST), client_file)


@pytest.mark.parametrize(
    "before", [{}, {"OAUTHLIB_RELAX_TOKEN_SCOPE": "no", "OAUTHLIB_INSECURE_TRANSPORT": ""}]
)
@pytest.mark.parametrize("decision", ["allow", "deny"])
def test_the_environment_is_left_as_it_was(
    client_file: Path, monkeypatch: pytest.MonkeyPatch, before: dict[str, str], decision: str
) -> None:
    for name, value in before.items():
        monkeypatch.setenv(name, value)
    environment = dict(os.environ)

    try:
        sign_in_as(Person(THERAPIST, decision=decision), client_file)
    except Refused:
        assert decision == "deny"

    assert dict(os.environ) == environment


def test_plain_http_is_allowed_for_no_address_but_this_machines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OAUTHLIB_INSECURE_TRANSPORT", raising=False)

    with oauthlib_for("https://oauth2.googleapis.com/token"):
        assert "OAUTHLIB_INSECURE_TRANSPORT" not in os.environ


def test_the_answer_is_taken_once() -> None:
    with LoopbackListener("state") as listener:
        query = {"state": ["state"], "code": ["4/x"]}

        assert [listener.take(query) is None for _ in range(2)] == [False, True]


def test_the_page_is_on_its_way_before_the_program_goes_on() -> None:
    with LoopbackListener("state") as listener, ThreadPoolExecutor(1) as browser:
        seen = browser.submit(browse, "GET", f"http://127.0.0.1:{listener.port}/?state=state&code=4/x")
        redirect = listener.wait(10)
        assert redirect is not None

        redirect.show("Done", "<b>&")

        assert redirect.shown.is_set()
        assert "<p>&lt;b&gt;&amp;</p>" in seen.result(10)[2]


def pasting(sandbox: Sandbox, client_file: Path, *pastes: str, decision: str = "allow") -> StoredCredentials:
    """Sign in by paste; TRUE among `pastes` stands for the address where her browser ended."""
    person, said = Person(THERAPIST, decision=decision), list[str]()
    waiting = iter(pastes)

    def read_line() -> str:
        [address] = [word for word in said[0].split() if word.startswith("http")]
        line = next(waiting, "")
        return line.replace("TRUE", person.ends_at(address)) if "TRUE" in line else line

    return sign_in_by_paste(read_client_file(client_file), read_line=read_line, say=said.append)


@pytest.mark.parametrize(
    "pastes",
    [("TRUE\n",), ("  TRUE  ",), ("nonsense", "http://[", "http://127.0.0.1:8765/?code=4/x", "TRUE")],
)
def test_the_answer_may_be_pasted_by_hand(
    sandbox: Sandbox, client_file: Path, pastes: tuple[str, ...]
) -> None:
    assert THERAPIST == pasting(sandbox, client_file, *pastes).email


def test_a_pasted_answer_of_another_sign_in_is_not_taken(sandbox: Sandbox, client_file: Path) -> None:
    with pytest.raises(Refused, match="No address of this sign-in"):
        pasting(sandbox, client_file, "http://127.0.0.1:8765/?state=another&code=4/x")

    assert not [request for request in sandbox.requests if request.path == "/token"]


def test_a_pasted_refusal_is_explained(sandbox: Sandbox, client_file: Path) -> None:
    with pytest.raises(Refused, match="permission was not given"):
        pasting(sandbox, client_file, "TRUE", decision="deny")


class GrantingFlow:
    """Stands where Google's flow does, and has been given this id token's claims."""

    def __init__(self, **claims: object) -> None:
        parts = [base64.urlsafe_b64encode(json.dumps(part).encode()).decode() for part in ({}, claims)]
        self.token = {"refresh_token": "r", "id_token": ".".join([*parts, "AAAA"])}

    def fetch_token(self, **_: object) -> dict[str, str]:
        return self.token


@pytest.mark.parametrize(
    "granted", ["calendar.events.readonly", "calendar.events.owned", "calendar.events", "calendar.readonly"]
)
def test_r83_more_than_was_asked_for_is_enough(granted: str) -> None:
    flow = GrantingFlow(**CLAIMS)
    flow.token["scope"] = f"openid {AUTH}userinfo.email {AUTH}{granted}"

    stored = read_grant(flow, Redirect("4/x", ""), US, SCOPES, NOW)

    assert AUTH + granted in stored.scopes


@pytest.mark.parametrize(
    ("asked", "granted", "named"),
    [
        (SHARED_EVENTS, OWN_EVENTS, "the events on all your calendars"),
        (CALENDAR_LIST, OWN_EVENTS, "the list of your calendars"),
        (OWN_EVENTS, CALENDAR_LIST, "the events on the calendars you own"),
        (OWN_EVENTS, f"{AUTH}calendar.freebusy", "the events on the calendars you own"),
    ],
)
def test_r83_less_than_was_asked_for_is_named(asked: str, granted: str, named: str) -> None:
    flow = GrantingFlow(**CLAIMS)
    flow.token["scope"] = f"openid email {granted}"

    with pytest.raises(Refused, match=named):
        read_grant(flow, Redirect("4/x", ""), US, ("openid", "email", asked), NOW)


def test_no_permission_that_is_asked_for_touches_mail_or_writes() -> None:
    asked = {*SCOPES, *IDENTITY, OWN_EVENTS, SHARED_EVENTS, CALENDAR_LIST}

    assert [] == [scope for scope in asked if "mail" in scope.removeprefix("email")]
    assert all(scope.endswith(".readonly") for scope in asked - {*IDENTITY})


CLAIMS = {"sub": "1", "email": "Ilse.Brandt@Practice.example", "aud": "us"}
US = DesktopClient("us", "secret", "https://a.example", "https://t.example")


def granted_by(**claims: object) -> StoredCredentials:
    return read_grant(GrantingFlow(**claims), Redirect("4/x", ""), US, SCOPES, NOW)


def test_an_account_is_known_by_its_id_token() -> None:
    assert (granted_by(**CLAIMS).sub, granted_by(**CLAIMS).email) == ("1", THERAPIST)


@pytest.mark.parametrize(
    "odd", [{"aud": "them"}, {"email_verified": False}, {"email": None}, {"sub": ""}, {"aud": None}]
)
def test_an_id_token_for_others_or_of_an_unproven_address_is_refused(odd: dict[str, object]) -> None:
    with pytest.raises(Refused, match="which account"):
        granted_by(**CLAIMS | odd)


class TestClientFile:
    @pytest.mark.parametrize(
        ("content", "says"),
        [
            ({"web": {"client_id": "x"}}, "Web application"),
            ({"type": "service_account"}, "service account"),
            ({}, "not one of Google's"),
            ([], "not one of Google's"),
            ({"installed": []}, "not one of Google's"),
            ({"installed": {"client_id": "x"}}, "lacks"),
            ({"installed": {"client_id": 5, "client_secret": "x"}}, "lacks"),
        ],
    )
    def test_of_another_kind_is_refused_with_the_way_to_the_right_one(
        self, tmp_path: Path, content: object, says: str
    ) -> None:
        with pytest.raises(Refused, match=says) as caught:
            read_client_file(write(tmp_path, content))

        assert "Desktop" in str(caught.value) + caught.value.advice

    def test_that_is_not_there_or_not_json_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "text").write_bytes(b"\xff\xfe")

        for path in (tmp_path / "nowhere", tmp_path, tmp_path / "text"):
            with pytest.raises(Refused):
                read_client_file(path)

    def test_without_addresses_means_googles_own(self, tmp_path: Path) -> None:
        client = read_client_file(write(tmp_path, {"installed": {"client_id": "x", "client_secret": "y"}}))

        assert client.auth_uri.startswith("https://accounts.google.com/")
        assert client.token_uri == "https://oauth2.googleapis.com/token"
        assert "y" not in repr(client).replace("DesktopClient", "")[:30]

    @pytest.mark.parametrize(
        "uri",
        [
            "http://oauth2.googleapis.com/token",
            "http://127.0.0.1.evil.example/token",
            "http://127.0.0.1@evil.example/token",
            "ftp://127.0.0.1/",
            "http://[::1",
            "https:///token",
            "",
        ],
    )
    @pytest.mark.parametrize("which", ["auth_uri", "token_uri"])
    def test_must_not_send_secrets_over_plain_http(self, tmp_path: Path, uri: str, which: str) -> None:
        installed = {"client_id": "x", "client_secret": "y", which: uri or "http://x.example"}

        with pytest.raises(Refused, match="neither https nor on this machine"):
            read_client_file(write(tmp_path, {"installed": installed}))

    def test_may_be_sent_elsewhere_by_the_settings(self, tmp_path: Path) -> None:
        path = write(tmp_path, {"installed": {"client_id": "x", "client_secret": "y"}})

        client = read_client_file(path, auth_uri="http://localhost:1/auth", token_uri="http://[::1]:1/token")

        assert (client.auth_uri, client.token_uri) == ("http://localhost:1/auth", "http://[::1]:1/token")


class TestRevoking:
    def test_ends_the_permission_and_twice_is_the_same_as_once(
        self, sandbox: Sandbox, client_file: Path
    ) -> None:
        stored = sign_in_as(Person(THERAPIST), client_file)

        revoke(stored, sandbox.revoke_uri)
        revoke(stored, sandbox.revoke_uri)

        source = GoogleCalendar(stored, api_root=sandbox.api_root)
        with pytest.raises(SignInNeeded):
            source.event(THERAPIST, "any")
        source.close()

    def test_that_google_did_not_hear_is_not_done(self, sandbox: Sandbox, client_file: Path) -> None:
        stored = sign_in_as(Person(THERAPIST), client_file)
        uri = sandbox.revoke_uri
        sandbox.stop()

        with pytest.raises(CalendarUnreachable):
            revoke(stored, uri)

    def test_never_goes_over_plain_http_to_elsewhere(self, client_file: Path) -> None:
        stored = sign_in_as(Person(THERAPIST), client_file)

        with pytest.raises(Refused):
            revoke(replace(stored, sub="1"), "http://evil.example/revoke")
