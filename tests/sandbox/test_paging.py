"""Paging: every event once, in a listing that stands still while it is read."""

from datetime import UTC, datetime, timedelta

import pytest

from sync.sandbox import tokens
from sync.sandbox.world import World
from tests.sandbox.practice import ANA, JUNE, Client, first_token, hour, ids, listed, pages, refusal

NOON = datetime(2026, 6, 16, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def seven_events(world: World) -> None:
    for number in range(7):
        world.insert(ANA, hour(NOON + timedelta(hours=number), id=f"solo{number}"))


def test_every_event_comes_once(client: Client) -> None:
    read = pages(client, maxResults=3)

    assert [3, 3, 1] == [len(page["items"]) for page in read]
    assert [f"solo{number}" for number in range(7)] == ids(listed(client, maxResults=3))


def test_a_last_page_may_be_full(client: Client) -> None:
    (page,) = pages(client, maxResults=7)

    assert "nextSyncToken" in page


def test_only_the_last_page_carries_a_sync_token(client: Client) -> None:
    read = pages(client, maxResults=3)

    assert [False, False, True] == ["nextSyncToken" in page for page in read]
    assert [True, True, False] == ["nextPageToken" in page for page in read]


def test_the_listing_stands_still_while_it_is_read(world: World, client: Client) -> None:
    request = client.events().list(calendarId=ANA, maxResults=3)
    first = request.execute()
    world.delete(ANA, "solo0")
    world.insert(ANA, hour(NOON, id="newcomer"))
    read = [first]
    while (request := client.events().list_next(request, read[-1])) is not None:
        read.append(request.execute())

    assert [f"solo{number}" for number in range(7)] == ids([e for page in read for e in page["items"]])
    assert ["newcomer", "solo0"] == ids(listed(client, syncToken=read[-1]["nextSyncToken"]))


def test_250_events_come_on_a_page_unless_asked_otherwise(world: World, client: Client) -> None:
    for _ in range(244):
        world.insert(ANA, hour(NOON))

    assert [250, 1] == [len(page["items"]) for page in pages(client)]


def test_a_page_never_has_more_than_2500_events(world: World, client: Client) -> None:
    for _ in range(2494):
        world.insert(ANA, hour(NOON))

    assert [2500, 1] == [
        len(page["items"]) for page in pages(client, maxResults=9999, fields="nextPageToken,items(id)")
    ]


def test_a_page_token_of_another_request_is_refused(client: Client) -> None:
    token = pages(client, maxResults=3)[0]["nextPageToken"]

    assert (400, "invalid") == refusal(lambda: pages(client, maxResults=3, pageToken=token, **JUNE))
    assert (400, "invalid") == refusal(lambda: pages(client, pageToken="made up"))


def test_a_listing_long_left_is_forgotten(client: Client) -> None:
    token = pages(client, maxResults=3)[0]["nextPageToken"]
    for _ in range(tokens.MOST_LISTINGS):
        pages(client)

    assert (400, "invalid") == refusal(lambda: pages(client, maxResults=3, pageToken=token))


def test_changes_are_paged_too(world: World, client: Client) -> None:
    token = first_token(client)
    for number in range(7):
        world.patch(ANA, f"solo{number}", {"summary": "K."})

    assert [3, 3, 1] == [len(page["items"]) for page in pages(client, syncToken=token, maxResults=3)]


def test_a_page_of_no_events_is_refused(client: Client) -> None:
    assert (400, "invalidParameter") == refusal(lambda: pages(client, maxResults=0))
