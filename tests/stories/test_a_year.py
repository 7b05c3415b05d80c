"""A whole year of four practices in different zones, over both changes of the clocks."""

from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest

from tests.practice import HandClock, open_practice
from tests.stories.additions import add_hour, add_series
from tests.stories.checks import check_contradictions, check_letters, check_notes, check_records
from tests.stories.edits import any_edit, change_one_soon
from tests.stories.life import Life
from tests.stories.post import Post
from tests.stories.test_sixty_days import outages

DAYS = 350
"""From the first Monday of the year, so that all of it lies in one year."""


@dataclass(frozen=True)
class Place:
    """Where a practice is, and how its calendar is kept."""

    zone: str
    begins_at: datetime
    dedicated: bool = False
    title_pattern: str | None = None


PLACES = (
    Place("Europe/London", datetime(2026, 1, 5, 6, 0, tzinfo=UTC)),
    Place("America/New_York", datetime(2026, 1, 5, 11, 0, tzinfo=UTC), True, "Session: {client}"),
    Place("Pacific/Auckland", datetime(2026, 1, 4, 17, 0, tzinfo=UTC)),
    Place("Australia/Lord_Howe", datetime(2026, 1, 4, 19, 0, tzinfo=UTC)),  # clocks change by half an hour
)


def a_year(tmp_path: Path, place: Place, seed: int) -> Life:
    """Three clients: one every week, one every other week, one now and then."""
    random = Random(seed)
    practice = open_practice(
        tmp_path,
        f"sqlite:///{tmp_path / 'home' / 'practice.db'}",
        time_zone=place.zone,
        clock=HandClock(place.begins_at),
        dedicated=place.dedicated,
        title_pattern=place.title_pattern,
    )
    post = Post(practice.clock, Random(f"post {seed}"), trouble=0.25)
    practice.app.mailer = post
    troubles = outages(random, place.begins_at, days_apart=33)
    life = Life(practice, post, random, ZoneInfo(place.zone), place.begins_at, DAYS, troubles, (0, 1))
    title = place.title_pattern or "{client}"
    for name in ("Jo Bloggs", "Ines Ferreira", "Wen Li"):
        about: dict[str, object] = {"summary": title.format(client=name)}
        life.ways_to_write.append((practice.client(name).id, about))
    for weeks, (client, about) in enumerate(life.ways_to_write[:2], start=1):
        add_series(life, client, life.local(weeks, time(9 + weeks)), about, weeks=weeks)
    for client, about in life.ways_to_write:
        add_hour(life, client, life.slot(2, 20), about)
    return life


def live_and_check(tmp_path: Path, place: Place, seed: int) -> None:
    """Live through the year, then look at everything."""
    life = a_year(tmp_path, place, seed)
    with closing(life.practice.app):
        life.run(any_edit, change_one_soon)

        check_records(life)
        check_contradictions(life)
        check_notes(life)
        check_letters(life)
    assert timedelta(days=DAYS) == life.now - place.begins_at


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.zone)
def test_after_a_year_every_record_is_true_and_every_briefing_came_once(tmp_path: Path, place: Place) -> None:
    live_and_check(tmp_path, place, seed=PLACES.index(place))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, 9))
@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.zone)
def test_other_years_of_the_same_practices(tmp_path: Path, place: Place, seed: int) -> None:
    live_and_check(tmp_path, place, seed)
