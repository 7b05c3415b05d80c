"""What one odd event or a lost calendar must not do: stop the others, or look like cancellations."""

from typing import Any

import pytest

from sync.adapters.google_events import read_google_event
from sync.domain.calendar.values import Snapshot
from sync.jobs import pull
from sync.store.links import links
from tests.jobs.looking import TOMORROW, weekly
from tests.practice import ANA, Practice


def test_r34_access_that_is_lost_between_listing_and_asking_cancels_nothing(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    practice.client("Jo Bloggs")
    weekly(practice, count=3)
    practice.once()
    listed = pull._snapshot

    def then_lost(*asked: Any) -> tuple[Snapshot, set[str]]:
        snapshot, missed = listed(*asked)
        practice.world.share(ANA, ANA, None)
        empty = Snapshot(snapshot.window, snapshot.time_zone, snapshot.access_role, ())
        return empty, missed | snapshot.present

    monkeypatch.setattr(pull, "_snapshot", then_lost)
    report = practice.once(full=True)

    assert {"scheduled"} == {session.status for session in practice.sessions()}
    assert report.calendars[0].trouble is not None


@pytest.mark.parametrize("field", ["iCalUID", "recurringEventId", "etag"])
def test_an_id_that_cannot_be_kept_stops_neither_its_event_nor_the_others(
    on_each: Practice, monkeypatch: pytest.MonkeyPatch, field: str
) -> None:
    monkeypatch.setattr(
        "sync.adapters.google_calendar.read_google_event",
        lambda item, zone: read_google_event({**item, field: "a\x00b\ud800"}, zone),
    )
    on_each.client("Jo Bloggs")
    on_each.put("Jo Bloggs", TOMORROW)

    report = on_each.once()

    assert ("fine", 1) == (report.calendars[0].status, len(on_each.sessions()))


def test_half_a_letter_in_a_title_is_kept_as_it_came(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "sync.adapters.google_calendar.read_google_event",
        lambda item, zone: read_google_event({**item, "summary": "Jo Bloggs \ud800"}, zone),
    )
    practice.client("Jo Bloggs")
    practice.put("Jo Bloggs", TOMORROW)

    report = practice.once()

    assert ("fine", 1) == (report.calendars[0].status, len(practice.sessions()))


def test_a_fault_of_this_program_is_seen_on_the_calendar(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pull, "compare_snapshot", lambda *_: 1 // 0)

    practice.once()

    with practice.app.reading() as records:
        [calendar] = links(records)
    assert ("unreachable", "a fault of this program: ZeroDivisionError") == (calendar.state, calendar.trouble)
