"""The sandbox over HTTP: started, stopped, asked by several at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import httplib2
import pytest

from sync.sandbox.faults import Fault
from sync.sandbox.server import Sandbox
from sync.sandbox.world import World
from tests.sandbox.conftest import authorized
from tests.sandbox.practice import ANA, Client, calendar_client, hour, ids, listed, weekly

NOON = datetime(2026, 6, 16, 12, tzinfo=UTC)


def test_both_ways_give_the_same_answer(world: World, client: Client, over_http: Client) -> None:
    weekly(world)
    world.delete(ANA, "abc_20260616T180000Z")

    assert listed(client, showDeleted=True) == listed(over_http, showDeleted=True)


def test_a_stopped_sandbox_answers_no_more(world: World) -> None:
    with Sandbox(world) as sandbox:
        http = authorized(sandbox)
        client = calendar_client(http, sandbox.api_root)
        listed(client)
    sandbox.stop()

    with pytest.raises(OSError, match="refused"):
        listed(client)
    http.close()


def test_a_restarted_sandbox_knows_the_same_tokens(world: World) -> None:
    sandbox = Sandbox(world)
    sandbox.start()
    granted = sandbox.grant(ANA, ["openid"])
    sandbox.stop()
    with sandbox:
        assert sandbox.sign_in.allowed(granted["access_token"]) is not None


def test_edits_between_two_readings_are_seen(world: World, over_http: Client) -> None:
    world.insert(ANA, hour(NOON, id="solo1"))
    before = ids(listed(over_http))
    world.insert(ANA, hour(NOON, id="solo2"))

    assert (["solo1"], ["solo1", "solo2"]) == (before, ids(listed(over_http)))


def test_several_clients_each_get_their_own_answer(sandbox: Sandbox) -> None:
    names = [f"room{number}@example.test" for number in range(4)]
    for name in names:
        sandbox.world.add_calendar(name, owner=ANA)
        sandbox.world.insert(name, hour(NOON, summary=name))

    def titles(name: str) -> set[str]:
        http = authorized(sandbox)
        client = calendar_client(http, sandbox.api_root)
        found = {event["summary"] for _ in range(10) for event in listed(client, calendarId=name)}
        http.close()
        return found

    with ThreadPoolExecutor(4) as pool:
        assert [{name} for name in names] == list(pool.map(titles, names))


def test_a_client_that_went_away_is_no_error(world: World, capfd: pytest.CaptureFixture[str]) -> None:
    with Sandbox(world) as sandbox:
        http = authorized(sandbox)
        client = calendar_client(http, sandbox.api_root)
        listed(client)
        http.http.close()
        http.timeout = 0.05
        sandbox.faults.add(Fault(kind="slow", seconds=60))
        with pytest.raises(TimeoutError):
            listed(client)
        http.close()

    assert "" == capfd.readouterr().err


def test_an_unknown_path_is_not_found(sandbox: Sandbox) -> None:
    http = httplib2.Http(timeout=5)
    token = sandbox.grant(ANA, ["https://www.googleapis.com/auth/calendar"])["access_token"]
    reply, _ = http.request(sandbox.api_root + "colors", headers={"Authorization": f"Bearer {token}"})
    http.close()

    assert 404 == reply.status
