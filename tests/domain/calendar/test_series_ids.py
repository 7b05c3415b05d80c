"""The ids of instances are read from the right, and what a series' ids share is found (R38, R42)."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from sync.domain.calendar.series_ids import (
    original_start_at,
    series_root,
    split_instance_id,
    split_stamp,
)

NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("event_id", "expected"),
    [
        ("foo_bar_20211123T170000Z", ("foo_bar", "20211123T170000Z")),
        ("a1a1_20160325", ("a1a1", "20160325")),
        ("0cu25g99hd", ("0cu25g99hd", None)),
        ("_60q30c1g_20250502T170000Z", ("_60q30c1g", "20250502T170000Z")),
        ("abc_R20250403T120000", ("abc_R20250403T120000", None)),
        ("abc_R20250403T120000_20250410T120000Z", ("abc_R20250403T120000", "20250410T120000Z")),
        ("abc_20260101_20260616", ("abc_20260101", "20260616")),
        ("abc_99999999", ("abc_99999999", None)),
        ("abc_00010101T000000Z", ("abc_00010101T000000Z", None)),
        ("_20250502T170000Z", ("_20250502T170000Z", None)),
        ("", ("", None)),
    ],
)
def test_r38_an_instance_id_is_split_from_the_right(event_id: str, expected: tuple[str, str | None]) -> None:
    assert expected == split_instance_id(event_id)


@pytest.mark.parametrize(
    ("event_id", "expected"),
    [
        ("abc_R20260908", "abc"),
        ("abc_R20260908T120000_R20261008T120000", "abc"),
        ("abc_R20250403T120000_20250410T120000Z", "abc"),
        ("abc_20250410T120000Z", "abc"),
        ("abc", "abc"),
        ("_60q30c1g_R20260908", "_60q30c1g"),
        ("_R20260908", "_R20260908"),
    ],
)
def test_r42_the_root_is_what_no_split_and_no_instance_added(event_id: str, expected: str) -> None:
    assert expected == series_root(event_id)


def test_the_latest_split_is_the_one_an_id_tells_of() -> None:
    assert datetime(2026, 10, 8, 12, tzinfo=UTC) == split_stamp("abc_R20260908T120000_R20261008T120000")


@pytest.mark.parametrize("master_id", ["abc", "abc_R20260908", "abc_R20269908T120000"])
def test_an_id_without_an_hour_of_a_split_tells_of_none(master_id: str) -> None:
    assert split_stamp(master_id) is None


def test_an_original_start_is_a_moment_or_a_day_of_the_series() -> None:
    assert datetime(2026, 6, 16, 14, tzinfo=UTC) == original_start_at("20260616T140000Z", NEW_YORK)
    assert datetime(2026, 6, 16, 4, tzinfo=UTC) == original_start_at("20260616", NEW_YORK)


@pytest.mark.parametrize("text", [None, "", "next Tuesday", "20261316", "00010101", "20260616T140000"])
def test_an_original_start_that_cannot_be_read_is_none(text: str | None) -> None:
    assert original_start_at(text, NEW_YORK) is None
