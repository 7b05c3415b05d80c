"""Faults: each strikes the requests it is meant for, as often as it was told."""

from datetime import UTC, datetime, timedelta
from http.client import RemoteDisconnected
from typing import Any

import httplib2
import pytest
from google.auth.exceptions import RefreshError
from googleapiclient.errors import HttpError

from sync.sandbox.faults import Fault
from sync.sandbox.in_process import InProcessHttp
from sync.sandbox.server import Sandbox
from sync.sandbox.world import World
from tests.sandbox.practice import ANA, JUNE, Client, calendar_client, hour, ids, listed, pages, refusal

NOON = datetime(2026, 6, 16, 12, tzinfo=UTC)
ALL = [f"solo{number}" for number in range(5)]


@pytest.fixture(autouse=True)
def five_events(world: World) -> None:
    for number, event_id in enumerate(ALL):
        world.insert(ANA, hour(NOON + timedelta(hours=number), id=event_id))


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (401, "authError"),
        (403, "rateLimitExceeded"),
        (403, "userRateLimitExceeded"),
        (403, "quotaExceeded"),
        (403, "insufficientPermissions"),
        (403, "forbidden"),
        (403, "accessNotConfigured"),
        (403, "notACalendarUser"),
        (404, "notFound"),
        (410, "fullSyncRequired"),
        (429, "rateLimitExceeded"),
        (500, "backendError"),
        (503, "backendError"),
    ],
)
def test_a_status_is_answered_in_the_shape_of_the_api(
    http: InProcessHttp, client: Client, status: int, reason: str
) -> None:
    http.faults.add(Fault(kind="status", status=status, reason=reason))

    assert (status, reason) == refusal(lambda: listed(client))


def test_a_fault_strikes_as_often_as_it_was_told(http: InProcessHttp, client: Client) -> None:
    http.faults.add(Fault(kind="status", status=503, times=2))

    assert (503, "backendError") == refusal(lambda: listed(client))
    assert (503, "backendError") == refusal(lambda: listed(client))
    assert ALL == ids(listed(client))
    assert () == http.faults.pending


def test_a_lasting_fault_strikes_until_it_is_cleared(http: InProcessHttp, client: Client) -> None:
    http.faults.add(Fault(kind="status", times=None))
    for _ in range(3):
        refusal(lambda: listed(client))
    http.faults.clear()

    assert ALL == ids(listed(client))


def test_a_fault_may_wait_for_later_requests(http: InProcessHttp, client: Client) -> None:
    http.faults.add(Fault(kind="status", after=1))

    assert ALL == ids(listed(client))
    assert (503, "backendError") == refusal(lambda: listed(client))
    assert ALL == ids(listed(client))


def test_a_fault_strikes_its_calendar_page_and_operation_only(
    world: World, http: InProcessHttp, client: Client
) -> None:
    world.add_calendar("clinic@example.test", owner=ANA)
    http.faults.add(Fault(kind="status", calendar_id="clinic@example.test", times=None))
    http.faults.add(Fault(kind="status", status=500, operation="events.get", times=None))

    assert ALL == ids(listed(client))
    assert (503, "backendError") == refusal(lambda: listed(client, calendarId="clinic@example.test"))
    assert (500, "backendError") == refusal(
        lambda: client.events().get(calendarId=ANA, eventId="solo1").execute()
    )


def test_a_fault_may_strike_the_second_page(http: InProcessHttp, client: Client) -> None:
    http.faults.add(Fault(kind="status", page=2))
    request = client.events().list(calendarId=ANA, maxResults=2)
    following = client.events().list_next(request, request.execute())

    assert (503, "backendError") == refusal(following.execute)
    assert ["solo2", "solo3"] == ids(following.execute()["items"])


def test_a_page_of_html_comes_with_200(http: InProcessHttp, client: Client) -> None:
    http.faults.add(Fault(kind="html"))

    assert "<html>" in client.events().list(calendarId=ANA).execute()


def test_half_an_answer_is_no_json(http: InProcessHttp, client: Client) -> None:
    http.faults.add(Fault(kind="cut_json"))

    assert isinstance(client.events().list(calendarId=ANA).execute(), str)


def test_an_answer_may_not_say_what_it_is(http: InProcessHttp, client: Client) -> None:
    http.faults.add(Fault(kind="no_kind"))

    assert "kind" not in pages(client)[0]


def test_no_events_may_be_claimed_complete(http: InProcessHttp, client: Client) -> None:
    http.faults.add(Fault(kind="empty_complete"))

    (page,) = pages(client, maxResults=2)

    assert [] == page["items"]
    assert page["nextSyncToken"]


def test_a_listing_may_break_off(http: InProcessHttp, client: Client) -> None:
    http.faults.add(Fault(kind="lost_page", page=2))

    read = pages(client, maxResults=2)

    assert ["solo0", "solo1", "solo2", "solo3"] == ids([e for page in read for e in page["items"]])
    assert "nextSyncToken" not in read[-1]


@pytest.mark.parametrize("page", [1, 2, 3])
def test_a_page_may_come_twice(http: InProcessHttp, client: Client, page: int) -> None:
    http.faults.add(Fault(kind="doubled_page", page=page))

    read = pages(client, maxResults=2)

    assert 4 == len(read)
    assert read[page - 1]["items"] == read[page]["items"]
    assert [False, False, False, True] == ["nextSyncToken" in each for each in read]


@pytest.mark.parametrize("page", [1, 2, 3])
def test_an_empty_page_may_come_before_the_others(http: InProcessHttp, client: Client, page: int) -> None:
    http.faults.add(Fault(kind="blank_page", page=page))

    read = pages(client, maxResults=2)

    assert [] == read[page - 1]["items"]
    assert ALL == ids([event for each in read for event in each["items"]])


def test_events_may_come_in_another_order(http: InProcessHttp, client: Client) -> None:
    http.faults.add(Fault(kind="reordered"))

    read = [event["id"] for event in listed(client)]

    assert read != ALL
    assert sorted(read) == ALL


def test_the_connection_may_close_without_an_answer(http: InProcessHttp, client: Client) -> None:
    http.faults.add(Fault(kind="disconnect"))

    with pytest.raises(RemoteDisconnected):
        listed(client)


def test_a_slow_answer_is_a_timeout_without_waiting(world: World) -> None:
    http = InProcessHttp(world, timeout=20)
    http.faults.add(Fault(kind="slow", seconds=30))
    http.faults.add(Fault(kind="slow", seconds=10, after=1))
    client = calendar_client(http)

    with pytest.raises(TimeoutError):
        listed(client)
    assert ALL == ids(listed(client))


def test_an_unknown_kind_of_fault_is_refused(http: InProcessHttp) -> None:
    unknown: Any = "sunspots"

    with pytest.raises(ValueError, match="sunspots"):
        http.faults.add(Fault(kind=unknown))


def test_faults_strike_over_http_too(sandbox: Sandbox, over_http: Client) -> None:
    sandbox.faults.add(Fault(kind="status", status=500))

    assert (500, "backendError") == refusal(lambda: listed(over_http))
    assert ALL == ids(listed(over_http))


def test_a_closed_connection_is_tried_once_more_by_the_transport(sandbox: Sandbox, over_http: Client) -> None:
    listed(over_http)
    sandbox.faults.add(Fault(kind="disconnect", times=2))

    with pytest.raises((RemoteDisconnected, ConnectionError)):
        listed(over_http)
    assert ALL == ids(listed(over_http))


def test_a_slow_answer_times_out_over_http(sandbox: Sandbox, over_http: Client) -> None:
    listed(over_http)
    sandbox.faults.add(Fault(kind="slow", seconds=60))
    over_http._http.http.close()
    over_http._http.timeout = 0.05

    with pytest.raises(TimeoutError):
        listed(over_http)


def test_a_refused_refresh_is_final(sandbox: Sandbox, over_http: Client) -> None:
    sandbox.faults.add(Fault(kind="invalid_grant"))

    with pytest.raises(RefreshError) as refused:
        listed(over_http)

    assert not refused.value.retryable


def test_a_failing_token_endpoint_may_recover(sandbox: Sandbox, over_http: Client) -> None:
    sandbox.faults.add(Fault(kind="status", status=503, operation="token"))
    http = httplib2.Http(timeout=5)
    reply, _ = http.request(sandbox.token_uri, "POST", "")
    http.close()

    assert 503 == reply.status
    assert ALL == ids(listed(over_http))


def test_a_fault_of_the_calendar_spares_the_token_endpoint(sandbox: Sandbox, over_http: Client) -> None:
    sandbox.faults.add(Fault(kind="status", status=500))

    with pytest.raises(HttpError):
        listed(over_http, **JUNE)
