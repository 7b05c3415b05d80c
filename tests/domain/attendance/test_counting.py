"""How many of a client's last appointments were kept."""

from datetime import UTC, datetime, timedelta

from sync.domain.attendance.counting import AppointmentFate, kept_of_last
from sync.domain.briefing.values import AttendanceCounts

FIRST = datetime(2026, 1, 6, 14, tzinfo=UTC)


def fates(story: str) -> list[AppointmentFate]:
    """Oldest first: `k` kept, `m` missed, `-` neither."""
    return [
        AppointmentFate(f"s{week}", FIRST + timedelta(weeks=week), kept=letter == "k", missed=letter == "m")
        for week, letter in enumerate(story)
    ]


def test_before_anything_counts_there_is_nothing_to_say() -> None:
    assert [None, None] == [kept_of_last(fates("")), kept_of_last(fates("---"))]


def test_what_counts_neither_way_is_passed_over() -> None:
    assert AttendanceCounts(kept=2, counted=3) == kept_of_last(fates("k-m--k-"))


def test_only_the_last_eight_that_count_are_spoken_of() -> None:
    assert AttendanceCounts(kept=8, counted=8) == kept_of_last(fates("mmm" + "kkkk-kkkk"))
