"""`connect google` as a process of its own, and a person in a real browser on the sandbox's consent page."""

import json
import os
import re
import shutil
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.cli.conftest import ANA, Door

pytestmark = pytest.mark.chromium

ROOT = Path(__file__).parents[2]
OWN = "https://www.googleapis.com/auth/calendar.events.owned.readonly"
LOOK_MS = 30_000
"""How long a page may take on a busy machine."""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context()
    context.set_default_timeout(LOOK_MS)
    yield context.new_page()
    context.close()


class Connecting:
    """A running `connect google`: the address it wants to be opened, and how it ended."""

    def __init__(self, folder: Path, door: Door, *words: str) -> None:
        secrets = folder / "client.json"
        secrets.write_text(json.dumps(door.sandbox.client_secrets()))
        self._opened, self._said = folder / "opened", folder / "said"
        browser = folder / "browser"
        browser.write_text(
            f'#!/bin/sh\nprintf %s "$1" > {self._opened}.new\nmv {self._opened}.new {self._opened}\n'
        )
        browser.chmod(browser.stat().st_mode | stat.S_IXUSR)
        with self._said.open("w") as said:
            self._process = subprocess.Popen(
                [sys.executable, "cli.py", "connect", "google", "--client-secrets", str(secrets), *words],
                cwd=ROOT,
                env={**os.environ, "BROWSER": f"{browser} %s"},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=said,
                text=True,
            )

    def opened(self) -> str:
        """The address that the program opened in the browser."""
        return _waited_for(lambda: self._opened.read_text() if self._opened.exists() else "")

    def printed(self) -> str:
        """The address that the program printed."""
        return _waited_for(lambda: "".join(re.findall(r"^(http://\S+)\n", self._said.read_text(), re.M)))

    def ended(self) -> tuple[int, str, str]:
        """Its exit code and all that it said."""
        out, _ = self._process.communicate(timeout=LOOK_MS / 1000)
        return self._process.returncode, out, self._said.read_text()


def _waited_for(look: Callable[[], str]) -> str:
    until = time.monotonic() + LOOK_MS / 1000
    while not (found := look()):
        assert time.monotonic() < until, "the program said no address"
        time.sleep(0.05)
    return found


@pytest.fixture
def ready(door: Door) -> Door:
    door("init")
    door("practitioners", "add", "Ana Okafor", ANA)
    return door


def linked(door: Door) -> list[str]:
    return [each["calendar_id"] for each in door("connections", "--json").json]


def test_consent_in_the_browser_links_the_calendar(ready: Door, page: Page, tmp_path: Path) -> None:
    connecting = Connecting(tmp_path, ready)

    page.goto(connecting.opened())
    assert page.get_by_role("checkbox", name=OWN).is_checked()
    page.get_by_role("button", name="Allow").click()
    page.get_by_role("heading", name="Connected").wait_for()
    code, out, _ = connecting.ended()

    assert (0, [ANA]) == (code, linked(ready))
    assert "Linked 1 calendar." in out


def test_consent_at_a_printed_address_links_the_calendar_too(ready: Door, page: Page, tmp_path: Path) -> None:
    connecting = Connecting(tmp_path, ready, "--no-browser")

    page.goto(connecting.printed())
    page.get_by_role("button", name="Allow").click()
    page.get_by_role("heading", name="Connected").wait_for()

    code, _, err = connecting.ended()
    assert (0, [ANA]) == (code, linked(ready))
    assert "ssh -L" in err


def test_refused_consent_is_explained_in_the_browser_and_the_terminal(
    ready: Door, page: Page, tmp_path: Path
) -> None:
    connecting = Connecting(tmp_path, ready)

    page.goto(connecting.opened())
    page.get_by_role("button", name="Deny").click()
    page.get_by_role("heading", name="Not connected").wait_for()
    shown = page.inner_text("p")
    code, _, err = connecting.ended()

    assert (1, []) == (code, linked(ready))
    for words in (shown, err):
        assert "The permission was not given." in words
    assert "Traceback" not in err


def test_an_unticked_box_is_explained_in_the_browser_and_the_terminal(
    ready: Door, page: Page, tmp_path: Path
) -> None:
    connecting = Connecting(tmp_path, ready)

    page.goto(connecting.opened())
    page.get_by_role("checkbox", name=OWN).uncheck()
    page.get_by_role("button", name="Allow").click()
    page.get_by_role("heading", name="Not connected").wait_for()
    shown = page.inner_text("p")
    code, _, err = connecting.ended()

    assert (1, []) == (code, linked(ready))
    for words in (shown, " ".join(err.split())):
        assert "left unticked: to see the events on the calendars you own" in words


def test_a_browser_that_asks_for_more_than_the_answer_ends_nothing(
    ready: Door, page: Page, tmp_path: Path
) -> None:
    connecting = Connecting(tmp_path, ready)
    address = connecting.opened()
    page.goto(address)
    back = page.locator("input[name=redirect_uri]").get_attribute("value")
    assert back is not None

    stray = page.context.new_page()
    for path in ("favicon.ico", "?state=wrong&code=4/stolen", ""):
        stray.goto(back + path)
        assert stray.get_by_role("heading", name="Connected").count() == 0
    page.get_by_role("button", name="Allow").click()
    page.get_by_role("heading", name="Connected").wait_for()

    assert 0 == connecting.ended()[0]
    assert [ANA] == linked(ready)
