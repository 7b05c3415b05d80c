"""The door, opened in a test: commands as a person types them, against a Google on this machine."""

import io
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import cli
from sync.adapters.google_credentials import StoredCredentials
from sync.adapters.google_sign_in import SCOPES
from sync.app import open_app
from sync.jobs.connections import connect
from sync.sandbox.server import Sandbox
from sync.sandbox.world import World
from sync.settings import load_settings
from sync.store.links import LinkWish, SignIn
from sync.store.practitioners import practitioners

ANA = "ana@practice.example"


@dataclass
class Said:
    """What a command said, and how it ended."""

    out: str
    err: str
    code: int

    @property
    def told(self) -> str:
        """What was said on standard error, as if a line had no end."""
        return " ".join(self.err.split())

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass
class Door:
    """A home, a sandbox, and the commands."""

    home: Path
    world: World
    sandbox: Sandbox
    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]

    def __call__(self, *words: str, stdin: str | None = None) -> Said:
        """Run one command in this process, exactly as the console script would."""
        self.monkeypatch.setattr("sys.argv", ["practice-sync", *words])
        if stdin is not None:
            typed = io.BytesIO(stdin.encode("utf-8", "surrogateescape"))
            self.monkeypatch.setattr("sys.stdin", io.TextIOWrapper(typed, encoding="utf-8"))
        self.capsys.readouterr()
        code = 0
        try:
            cli.main()
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else 1
        captured = self.capsys.readouterr()
        return Said(captured.out, captured.err, code)

    def ready(self) -> "Door":
        """A home with Ana in it, her calendar linked."""
        assert self("init").code == 0
        assert self("practitioners", "add", "Ana Okafor", ANA).code == 0
        app = open_app(load_settings())
        granted = self.sandbox.grant(ANA, list(SCOPES))
        stored = StoredCredentials(
            client_id=granted["client_id"],
            client_secret=granted["client_secret"],
            refresh_token=granted["refresh_token"],
            token_uri=granted["token_uri"],
            scopes=SCOPES,
            sub=granted["sub"],
            email=ANA,
            granted_at="2026-06-10T08:00:00Z",
        )
        with app.reading() as records:
            [person] = practitioners(records)
        permission = SignIn("google", stored.sub, ANA, stored.to_json())
        connect(app, person, permission, [LinkWish(ANA)], app.now())
        app.close()
        return self

    def put(self, title: str | None, start: datetime, **more: Any) -> str:
        """Type an appointment into the calendar."""
        event: dict[str, Any] = {
            "start": {"dateTime": start.isoformat(), "timeZone": "Europe/London"},
            "end": {"dateTime": (start + timedelta(minutes=50)).isoformat(), "timeZone": "Europe/London"},
            **({} if title is None else {"summary": title}),
            **more,
        }
        return self.world.insert(ANA, event)

    def stored(self) -> bytes:
        """Every table's rows as they are stored, to see that nothing changed."""
        connection = sqlite3.connect(self.home / "practice.db")
        try:
            return "\n".join(connection.iterdump()).encode()
        finally:
            connection.close()


def in_hours(hours: float) -> datetime:
    return datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(hours=hours)


@pytest.fixture
def door(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Door]:
    world = World(lambda: datetime.now(UTC))
    world.add_calendar(ANA, time_zone="Europe/London", owner=ANA)
    home = tmp_path / "home"
    with Sandbox(world) as sandbox:
        monkeypatch.setenv("PRACTICE_SYNC_HOME", str(home))
        monkeypatch.setenv("PRACTICE_SYNC_PRACTICE__TIME_ZONE", "Europe/London")
        monkeypatch.setenv("PRACTICE_SYNC_GOOGLE__API_ROOT", sandbox.api_root)
        monkeypatch.setenv("PRACTICE_SYNC_GOOGLE__AUTH_URI", sandbox.auth_uri)
        monkeypatch.setenv("PRACTICE_SYNC_GOOGLE__TOKEN_URI", sandbox.token_uri)
        monkeypatch.setenv("PRACTICE_SYNC_GOOGLE__REVOKE_URI", sandbox.revoke_uri)
        yield Door(home, world, sandbox, monkeypatch, capsys)
