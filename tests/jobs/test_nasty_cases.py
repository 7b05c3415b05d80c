"""Cases that hurt other programs and have no better home: see docs/calendar-cases.md."""

from typing import Any

import pytest
from sqlmodel import SQLModel

from models import tables
from tests.jobs.looking import NEXT_WEEK, TOMORROW, rows, weekly
from tests.practice import ANA, Practice


def test_r47_an_hour_whose_series_is_not_ours_to_see_is_a_session_and_its_series_is_asked_for_once(
    practice: Practice,
) -> None:
    practice.client("Jo Bloggs")
    event = practice.put(
        "Jo Bloggs",
        NEXT_WEEK,
        id=f"theirs_{NEXT_WEEK:%Y%m%dT%H%M%SZ}",
        recurringEventId="theirs",
        originalStartTime={"dateTime": NEXT_WEEK.isoformat()},
    )
    for _ in range(4):
        practice.once(full=True)
        practice.clock.forward(minutes=31)

    assert (event, "scheduled") == (practice.the_session().event_id, practice.the_session().status)
    assert 1 == sum(request.path.endswith("/events/theirs") for request in practice.requests)


def add(practice: Practice, row: SQLModel) -> None:
    with practice.app.writing() as records:
        records.db.add(row)


@pytest.mark.parametrize("kind", [tables.EventLink, tables.Note, tables.Message])
def test_r95_the_database_refuses_a_second_link_note_and_briefing(
    on_each: Practice, kind: type[SQLModel]
) -> None:
    on_each.client("Jo Bloggs")
    on_each.put("Jo Bloggs", TOMORROW)
    on_each.once()
    [row] = rows(on_each, kind)
    copied: dict[str, Any] = {**row.model_dump(), "id": "another"}
    if "message_id" in copied:
        copied["message_id"] = "<another@practice.example>"

    with pytest.raises(Exception, match=r"(?i)unique"):
        add(on_each, kind(**copied))

    assert [row.model_dump()] == [one.model_dump() for one in rows(on_each, kind)]


def test_r50_a_series_that_lost_every_hour_makes_nothing_and_is_no_error(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    series = weekly(practice, count=1)
    practice.world.patch(
        ANA, series, {"recurrence": ["RRULE:FREQ=WEEKLY;COUNT=1", f"EXDATE:{NEXT_WEEK:%Y%m%dT%H%M%SZ}"]}
    )

    report = practice.once()

    assert ([], "fine") == (practice.sessions(), report.calendars[0].status)
