"""Whatever stands in titles and colours: planning never fails, and her own word is never overwritten."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sync.domain.calendar.changes import Cancel, Change, Flag, Missed, TakeBack, Touch
from sync.domain.calendar.mark_words import Mark, mark_phrases
from sync.domain.calendar.planning import Rules, plan_changes
from sync.domain.calendar.title_marks import MarkReader
from sync.domain.calendar.values import Event
from tests.domain.calendar.builders import NOW, event, known, rules

HOURS = st.integers(-50, 50).map(lambda hours: NOW + timedelta(hours=hours))
TITLES = ["Jo Bloggs", "Jo Bloggs (no show)", "Cancelled - Jo Bloggs", "DNA", "Bloggs – late cancel", None]

events = st.builds(
    lambda event_id, start, title, color: event(
        event_id, datetime(2026, 6, 1, tzinfo=UTC), title=title, color_id=color
    )._replace(
        starts_at=start,
        ends_at=start + timedelta(minutes=50),
    ),
    st.sampled_from(["a", "b", "c"]),
    HOURS,
    st.sampled_from(TITLES) | st.text(max_size=20),
    st.sampled_from([None, "3", "8", "11"]),
)
readings = st.lists(events, unique_by=lambda seen: seen.event_id, max_size=3)
statuses = st.sampled_from(["scheduled", "held", "no_show", "cancelled"])


def under() -> Rules:
    colors = {"11": Mark("no_show", source="color"), "8": Mark("cancelled", source="color")}
    return rules(marks=MarkReader(mark_phrases()), colors=colors)


@given(readings, st.randoms())
def test_r13_the_order_of_marked_events_makes_no_difference(seen: list[Event], chance: object) -> None:
    shuffled = list(seen)
    chance.shuffle(shuffled)  # type: ignore[attr-defined] # Hypothesis's Random

    changes = plan_changes(seen, {}, under()).changes

    assert all(isinstance(change, Change) for change in changes)
    assert set(changes) == set(plan_changes(shuffled, {}, under()).changes)


@given(readings, HOURS, statuses)
def test_what_she_said_in_the_program_after_the_start_no_mark_changes(
    seen: Sequence[Event], start: datetime, status: str
) -> None:
    begun = min(start, NOW)
    said = {
        each.event_id: replace(
            known(each.event_id, datetime(2026, 6, 1, tzinfo=UTC), status=status, said_by="practitioner"),
            starts_at=begun,
            ends_at=begun,
        )
        for each in seen
    }

    changes = plan_changes(seen, said, under()).changes

    assert all(isinstance(change, Flag | Touch) for change in changes)


@given(readings)
def test_r32_no_mark_says_of_an_hour_ahead_that_nobody_came(seen: Sequence[Event]) -> None:
    ahead = {
        each.event_id: replace(
            known(each.event_id, datetime(2026, 6, 1, tzinfo=UTC)),
            starts_at=NOW + timedelta(days=3),
            ends_at=NOW + timedelta(days=4),
        )
        for each in seen
    }

    changes = plan_changes(seen, ahead, under()).changes

    assert not any(isinstance(change, Missed | TakeBack) for change in changes)
    assert all(change.late or change.by == "unknown" for change in changes if isinstance(change, Cancel))
