"""A service account reads for a person of its domain, and every refusal says what an administrator can do."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from sync.adapters.google_calendar import GoogleCalendar
from sync.adapters.google_permission import google_credentials
from sync.adapters.google_scopes import OWN_EVENTS, SHARED_EVENTS
from sync.adapters.google_service_account import ServiceKey, read_service_key
from sync.domain.calendar.values import Window
from sync.errors import CalendarUnreachable, Refused, SignInNeeded
from sync.sandbox.faults import Fault
from sync.sandbox.server import Sandbox
from sync.sandbox.world import World
from tests.fakes.service_account import CLIENT_ID, a_key, pem, service_account

ANA = "ana@practice.example"


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    world = World(lambda: datetime.now(UTC))
    world.add_calendar(ANA)
    with Sandbox(world) as sandbox:
        yield sandbox


def file_with(folder: Path, content: object, mode: int = 0o600) -> Path:
    path = folder / "key.json"
    path.write_text(json.dumps(content))
    path.chmod(mode)
    return path


def read(sandbox: Sandbox, folder: Path, content: dict[str, Any], subject: str = ANA) -> str:
    """Our access role on Ana's calendar, read with a kept key."""
    key = read_service_key(file_with(folder, content), subject, (OWN_EVENTS,))
    source = GoogleCalendar(google_credentials(key.to_json()), sandbox.api_root)
    now = datetime.now(UTC)
    try:
        return source.snapshot(ANA, Window(now, now + timedelta(minutes=1))).access_role
    finally:
        source.close()


def test_it_reads_the_calendar_of_the_person_it_stands_for(sandbox: Sandbox, tmp_path: Path) -> None:
    assert "owner" == read(sandbox, tmp_path, service_account(sandbox, OWN_EVENTS))


def test_a_scope_that_was_not_entered_is_told_with_the_client_id_and_the_exact_scope(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    with pytest.raises(SignInNeeded, match="unauthorized_client") as refused:
        read(sandbox, tmp_path, service_account(sandbox, SHARED_EVENTS))

    assert CLIENT_ID in refused.value.advice
    assert OWN_EVENTS in refused.value.advice
    assert "Domain Wide Delegation" in refused.value.advice


@pytest.mark.parametrize("odd", ["subject", "key", "account"])
def test_a_person_or_key_that_google_does_not_know_is_told(
    sandbox: Sandbox, tmp_path: Path, odd: str
) -> None:
    content = service_account(sandbox, OWN_EVENTS)
    if odd == "key":
        content["private_key"] = pem(a_key(1))
    if odd == "account":
        content["client_email"] = "nobody@practice.iam.example"
    subject = "nobody@practice.example" if odd == "subject" else ANA

    with pytest.raises(SignInNeeded, match="does not know this key or this person") as refused:
        read(sandbox, tmp_path, content, subject)

    assert "--subject" in refused.value.advice


@pytest.mark.parametrize("kind", ["html", "disconnect", "status"])
def test_an_outage_is_no_refusal(sandbox: Sandbox, tmp_path: Path, kind: Any) -> None:
    content = service_account(sandbox, OWN_EVENTS)
    sandbox.faults.add(Fault(kind, operation="token", times=None))

    with pytest.raises(CalendarUnreachable):
        read(sandbox, tmp_path, content)


def test_several_threads_ask_for_one_token(sandbox: Sandbox, tmp_path: Path) -> None:
    key = read_service_key(file_with(tmp_path, service_account(sandbox, OWN_EVENTS)), ANA, (OWN_EVENTS,))
    source = GoogleCalendar(google_credentials(key.to_json()), sandbox.api_root)

    def look() -> None:
        assert source.event(ANA, "none") is None
        source.close()

    with ThreadPoolExecutor(4) as pool:
        for waiting in [pool.submit(look) for _ in range(4)]:
            waiting.result()

    assert 1 == len([request for request in sandbox.requests if request.path == "/token"])


def test_a_kept_key_is_read_back_and_its_repr_shows_no_secret(sandbox: Sandbox, tmp_path: Path) -> None:
    key = read_service_key(file_with(tmp_path, service_account(sandbox)), ANA, (OWN_EVENTS,))

    assert key == ServiceKey.from_json(key.to_json())
    assert "PRIVATE" not in repr(key)
    assert [None] * 3 == [ServiceKey.from_json(text) for text in ("", "{}", '{"kind": "service"}')]


def test_the_settings_say_where_tokens_are_given(sandbox: Sandbox, tmp_path: Path) -> None:
    content = service_account(sandbox) | {"token_uri": "https://oauth2.googleapis.com/token"}

    key = read_service_key(file_with(tmp_path, content), ANA, (OWN_EVENTS,), sandbox.token_uri)

    assert sandbox.token_uri == key.token_uri


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"type": "authorized_user"}, "not a service account's key"),
        ({"private_key": None}, "not complete"),
        ({"client_id": 5}, "not complete"),
        ({"private_key": "-----BEGIN nothing"}, "private key cannot be read"),
        ({"token_uri": "http://elsewhere.example/token"}, "neither https nor on this machine"),
    ],
)
def test_a_file_that_is_no_sound_key_is_refused(
    sandbox: Sandbox, tmp_path: Path, change: dict[str, Any], says: str
) -> None:
    with pytest.raises(Refused, match=says) as refused:
        read_service_key(file_with(tmp_path, service_account(sandbox) | change), ANA, (OWN_EVENTS,))

    assert refused.value.advice


@pytest.mark.parametrize("content", [[], "words", 5])
def test_a_file_that_is_not_googles_is_refused(tmp_path: Path, content: object) -> None:
    for path in (file_with(tmp_path, content), tmp_path, tmp_path / "nowhere"):
        with pytest.raises(Refused, match="key file"):
            read_service_key(path, ANA, (OWN_EVENTS,))


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o622])
def test_a_key_that_others_can_read_is_refused_with_the_command(
    sandbox: Sandbox, tmp_path: Path, mode: int
) -> None:
    path = file_with(tmp_path, service_account(sandbox), mode)

    with pytest.raises(Refused, match="Others on this machine") as refused:
        read_service_key(path, ANA, (OWN_EVENTS,))

    assert f"chmod 600 '{path}'" in refused.value.advice
