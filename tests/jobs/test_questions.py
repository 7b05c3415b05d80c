"""What is not certain waits in the inbox, sealed, until a person says whose it is."""

from datetime import timedelta
from pathlib import Path

import pytest

from models import tables
from sync.domain.calendar.links import LinkState
from sync.errors import Refused
from sync.jobs.questions import assign, ignore, waiting
from sync.store.links import set_state
from tests.jobs.looking import HOUR, NEXT_WEEK, TOMORROW, delete, instance, move, rows, weekly
from tests.practice import Practice


def ids(practice: Practice) -> list[str]:
    return [item.question.id for item in waiting(practice.app)]


def test_a_series_is_asked_about_once_with_its_candidates(on_each: Practice) -> None:
    jo = on_each.client("Jo Bloggs")
    weekly(on_each, "Bloggs")

    first, second = on_each.once(), on_each.once(full=True)

    assert [1, 0] == [report.counts["unmatched"] for report in (first, second)]
    [item] = waiting(on_each.app)
    assert ("only part of a name fits", NEXT_WEEK, "Bloggs") == (
        item.question.reason,
        item.question.starts_at,
        item.question.event.title,
    )
    assert [jo.id] == [candidate.client_id for candidate in item.candidates]
    assert [] == on_each.sessions()


def test_a_question_follows_its_event_and_is_gone_with_it(on_each: Practice) -> None:
    on_each.client("Jo Bloggs")
    event = on_each.put("Bloggs", TOMORROW)
    on_each.once()
    before = ids(on_each)

    move(on_each, event, TOMORROW + HOUR)
    on_each.once()
    assert (before, TOMORROW + HOUR) == (ids(on_each), waiting(on_each.app)[0].question.starts_at)
    delete(on_each, event)
    on_each.once()

    assert [] == rows(on_each, tables.InboxItem)


def test_a_question_is_gone_when_the_title_becomes_clear(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    event = practice.put("Bloggs", TOMORROW)
    practice.once()

    practice.world.patch("ana@practice.example", event, {"summary": "Jo Bloggs"})
    practice.once()

    assert ([], 1) == (ids(practice), len(practice.sessions()))


def test_what_is_assigned_is_a_session_at_once_and_its_series_follows_at_the_next_reading(
    on_each: Practice,
) -> None:
    jo = on_each.client("Jo Bloggs")
    weekly(on_each, "Bloggs", count=3)
    on_each.once()

    starts_at = assign(on_each.app, ids(on_each)[0], jo.id, on_each.clock())
    at_once = on_each.sessions()
    on_each.once()

    assert (NEXT_WEEK, [NEXT_WEEK]) == (starts_at, [session.starts_at for session in at_once])
    assert [jo.id] * 3 == [session.client_id for session in on_each.sessions()]
    assert at_once[0].id == on_each.sessions()[0].id
    assert ([], ["stub"] * 3) == (
        ids(on_each),
        [session.note_status for session in on_each.sessions()][:1] * 3,
    )


def test_what_is_assigned_by_the_start_of_its_id_is_briefed_like_any_other(practice: Practice) -> None:
    jo = practice.client("Jo Bloggs")
    practice.put("Bloggs", TOMORROW)
    practice.once()

    assign(practice.app, ids(practice)[0][:8], jo.id, practice.clock())

    briefing = practice.the_session().briefing
    assert briefing is not None
    assert TOMORROW - HOUR == briefing.due_at


@pytest.mark.parametrize("said", ["", "nothing"])
def test_an_unknown_question_is_refused(practice: Practice, said: str) -> None:
    practice.client("Jo Bloggs")
    practice.put("Bloggs", TOMORROW)
    practice.once()

    with pytest.raises(Refused):
        assign(practice.app, said, "any", practice.clock())
    with pytest.raises(Refused):
        ignore(practice.app, said, practice.clock())

    assert 1 == len(ids(practice))


def test_what_is_ignored_is_never_asked_again_and_only_a_hash_is_kept(on_each: Practice) -> None:
    on_each.client("Jo Bloggs")
    series = weekly(on_each, "Bloggs", count=3)
    on_each.once()

    ignore(on_each.app, ids(on_each)[0], on_each.clock())
    move(on_each, instance(series, NEXT_WEEK), NEXT_WEEK + HOUR)
    report = on_each.once()

    assert (0, []) == (report.counts["unmatched"], rows(on_each, tables.InboxItem))
    [kept] = rows(on_each, tables.IgnoredEvent)
    assert series not in kept.event_index
    assert {"event_index", "calendar_link_id", "ignored_on"} == set(tables.IgnoredEvent.model_fields)


def test_a_question_that_has_waited_for_thirty_days_is_gone_though_its_calendar_is_no_longer_read(
    on_each: Practice,
) -> None:
    on_each.client("Jo Bloggs")
    on_each.put("Bloggs", TOMORROW + timedelta(days=50))
    on_each.once()
    with on_each.app.writing() as records:
        set_state(records, on_each.link_id, LinkState.PAUSED, on_each.clock())

    on_each.clock.forward(days=29, hours=23)
    on_each.once()
    kept = len(ids(on_each))
    on_each.clock.forward(hours=1)
    on_each.once()

    assert (1, []) == (kept, rows(on_each, tables.InboxItem))


def test_nothing_of_a_question_is_readable_in_any_file(practice: Practice, tmp_path: Path) -> None:
    practice.client("Jo Bloggs")
    practice.put(
        "Bloggs zebrafish",
        TOMORROW,
        location="Zebrafish Street",
        attendees=[{"email": "z@zebrafish.example"}],
    )

    practice.once()

    assert "Bloggs zebrafish" == waiting(practice.app)[0].question.event.title
    kept = {path.name: path.read_bytes().lower() for path in (tmp_path / "home").rglob("*") if path.is_file()}
    assert "practice.db" in kept
    assert [] == [name for name, content in kept.items() if b"zebrafish" in content]
