"""What is remembered of the masters of series."""

from datetime import UTC, datetime

from sync.domain.calendar.relinking import SeriesMaster
from sync.store.series import keep_masters, remembered_masters
from tests.practice import WEDNESDAY, Practice


def test_what_is_known_of_a_series_outlives_its_time_in_the_bin(practice: Practice) -> None:
    known = SeriesMaster("abc", datetime(2026, 6, 2, 13, tzinfo=UTC), "Europe/London", ("RRULE:FREQ=WEEKLY",))
    with practice.app.writing() as records:
        keep_masters(records, practice.link_id, [known], WEDNESDAY)
        keep_masters(records, practice.link_id, [SeriesMaster("abc", None, None)], WEDNESDAY)

    with practice.app.reading() as records:
        assert {"abc": known} == remembered_masters(records, practice.link_id, ["abc"])
