"""Many accounts over few connections: each answer reaches who asked, as whom he asked."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httplib2
import pytest
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build

from sync.adapters import google_connections
from sync.adapters.google_calendar import GoogleCalendar
from sync.adapters.google_connections import GoogleConnections

ACCOUNTS = 40


class Echo:
    """Answers with a sync token that says who asked, for which calendar, over which connection."""

    made: list["Echo"]

    def __init__(self, made: list["Echo"]) -> None:
        made.append(self)
        self.thread = threading.current_thread()
        self.closed = 0

    def request(self, uri: str, method: str = "GET", **asked: Any) -> tuple[httplib2.Response, bytes]:
        assert threading.current_thread() is self.thread
        calendar = uri.partition("/calendars/")[2].partition("/")[0]
        said = f"{asked['headers']['authorization']} {calendar}"
        body = {"kind": "calendar#events", "items": [], "nextSyncToken": said}
        return httplib2.Response({"status": "200"}), json.dumps(body).encode()

    def close(self) -> None:
        self.closed += 1


def account(connections: GoogleConnections, number: int) -> GoogleCalendar:
    return GoogleCalendar(Credentials(token=f"t{number}"), connections=connections)  # type: ignore[no-untyped-call]  # google-auth is typed in part


def test_accounts_that_share_connections_each_ask_as_themselves() -> None:
    made: list[Echo] = []
    connections = GoogleConnections(http_factory=lambda: Echo(made))
    accounts = [account(connections, number) for number in range(ACCOUNTS)]

    with ThreadPoolExecutor(4) as pool:
        rung = list(pool.map(lambda n: accounts[n].ring(f"c{n}", None).sync_token, range(ACCOUNTS)))

    assert [f"Bearer t{n} c{n}" for n in range(ACCOUNTS)] == rung
    assert len(made) <= 4


def test_the_api_is_described_once_for_all_accounts_and_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[object] = []

    def counted(*words: Any, **more: Any) -> Any:
        built.append(words)
        return build(*words, **more)

    monkeypatch.setattr(google_connections, "build", counted)
    connections = GoogleConnections(http_factory=lambda: Echo([]))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: account(connections, n).ring("c", None), range(ACCOUNTS)))

    assert 1 == len(built)


def test_closing_closes_this_threads_connection_and_no_other() -> None:
    made: list[Echo] = []
    connections = GoogleConnections(http_factory=lambda: Echo(made))
    ours = account(connections, 1)
    ours.ring("c", None)
    other = threading.Thread(target=lambda: account(connections, 2).ring("c", None))
    other.start()
    other.join()

    ours.close()
    account(connections, 3).close()  # nothing is left to close

    assert [1, 0] == [each.closed for each in made]


def test_r87_an_accounts_requests_keep_to_the_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr("sync.adapters.pacing.Pace.__init__.__defaults__", (lambda: 0.0, slept.append))
    connections = GoogleConnections(http_factory=lambda: Echo([]), paced=True)
    busy, idle = account(connections, 1), account(connections, 2)

    for _ in range(google_connections.ACCOUNT_BURST):
        busy.ring("c", None)
    assert [] == slept
    busy.ring("c", None)
    idle.ring("c", None)

    assert [60 / google_connections.ACCOUNT_PER_MINUTE] == [pytest.approx(each) for each in slept]


def test_r87_all_accounts_together_stay_below_what_google_allows() -> None:
    assert google_connections.PROJECT_PER_MINUTE + google_connections.PROJECT_BURST <= 10_000
    assert google_connections.ACCOUNT_PER_MINUTE + google_connections.ACCOUNT_BURST <= 600


def test_half_a_letter_in_a_title_is_no_reason_to_refuse_the_answer() -> None:
    class Halved(Echo):
        def request(self, uri: str, method: str = "GET", **asked: Any) -> tuple[httplib2.Response, bytes]:
            body = b'{"kind": "calendar#event", "id": "e1", "summary": "Jo \\ud800"}'
            return httplib2.Response({"status": "200"}), body

    connections = GoogleConnections(http_factory=lambda: Halved([]))

    event = account(connections, 1).event("primary", "e1")

    assert event is not None
    assert event.title == "Jo \ud800"
