"""Sixty-two days of a practice: in the end every record is true, and every mail came as it should."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest

from sync.sandbox.faults import Fault
from tests.practice import HandClock, Practice, open_practice
from tests.stories.additions import add_hour, add_series, type_in
from tests.stories.checks import check_contradictions, check_letters, check_notes, check_records
from tests.stories.edits import any_edit, change_one_soon
from tests.stories.life import Life, Outage
from tests.stories.post import Post

DAYS = 62
PLACES = (
    ("Europe/London", datetime(2026, 3, 2, 6, 0, tzinfo=UTC)),  # clocks change on 29 March
    ("America/New_York", datetime(2026, 10, 5, 10, 0, tzinfo=UTC)),  # on 1 November
    ("Europe/London", datetime(2026, 9, 21, 5, 0, tzinfo=UTC)),  # on 25 October
    ("America/New_York", datetime(2026, 2, 9, 11, 0, tzinfo=UTC)),  # on 8 March
)
TROUBLES: tuple[tuple[Fault, ...], ...] = (
    (Fault("status", status=503, times=None),),
    (Fault("html", times=None),),
    (Fault("cut_json", times=None),),
    (Fault("disconnect", times=None),),
    (Fault("lost_page", times=None),),
    (Fault("doubled_page", times=None),),
    (Fault("empty_complete", times=None),),
    (Fault("status", status=403, reason="insufficientPermissions", times=None),),
    (Fault("status", status=404, reason="notFound", operation="events.list", times=None),),
    (Fault("status", status=403, reason="rateLimitExceeded", times=4),),
)
NAMES = (
    "Jo Bloggs",
    "Ines Ferreira",
    "Tomasz Gr\u00f3z",
    "Wen Li",
    "Maud Achterberg",
    "Pia Lund",
    "Oz Demir",
    "Kit Hale",
)


def outages(random: Random, begins_at: datetime, days_apart: int = 5) -> tuple[Outage, ...]:
    """Every kind of trouble once, each on a day of its own, some overnight."""
    found = []
    for number, faults in enumerate(random.sample(TROUBLES, len(TROUBLES))):
        start = begins_at + timedelta(days=3 + days_apart * number, minutes=random.randrange(180, 720))
        lasts = timedelta(minutes=random.choice((7, 25, 55, 180, 900)))
        found.append(Outage(start, start + lasts, faults))
    return tuple(found)


def a_life(tmp_path: Path, database_url: str, seed: int) -> Life:
    """Eight clients with their hours, as they stand in the calendar on the first morning."""
    random = Random(seed)
    zone, begins_at = PLACES[seed % len(PLACES)]
    practice = open_practice(tmp_path, database_url, time_zone=zone, clock=HandClock(begins_at))
    post = Post(practice.clock, Random(f"post {seed}"), trouble=0.25)
    practice.app.mailer = post
    life = Life(practice, post, random, ZoneInfo(zone), begins_at, DAYS, outages(random, begins_at))
    life.ways_to_write = list(_clients(practice))
    for number, (client, about) in enumerate(life.ways_to_write[:6]):
        start = life.local(number % 5 - 7, time(9 + number, 10 * (number % 6)))
        add_series(life, client, start, about, weeks=1 + number % 2)
    for client, about in life.ways_to_write:
        add_hour(life, client, life.slot(2, 20), about)
    for title in ("Birthday", "Choir", "Bloggs and more"):
        life.strangers.append(type_in(life, life.slot(1, 20), {"summary": title}))
    return life


def _clients(practice: Practice) -> Iterator[tuple[str, dict[str, object]]]:
    """Each client, and how the appointments are typed: by name, alias, code or invitation."""
    for name in NAMES[:5]:
        yield practice.client(name).id, {"summary": f"{name} (video)"}
    yield practice.client(NAMES[5], "P the painter").id, {"summary": "P the painter"}
    coded = practice.client(NAMES[6], code="OZ7")
    yield coded.id, {"summary": "OZ7"}
    invited = practice.client(NAMES[7], addresses=("kit@hale.example",))
    yield invited.id, {"summary": "Talk", "attendees": [{"email": "kit@hale.example"}]}


def live_and_check(tmp_path: Path, database_url: str, seed: int) -> None:
    """Live through the days, then look at everything."""
    life = a_life(tmp_path, database_url, seed)
    with closing(life.practice.app):
        life.run(any_edit, change_one_soon)

        check_records(life)
        check_contradictions(life)
        check_notes(life)
        check_letters(life)


def sqlite(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'home' / 'practice.db'}"


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_after_sixty_days_every_record_is_true_and_every_briefing_came_once(
    tmp_path: Path, seed: int
) -> None:
    live_and_check(tmp_path, sqlite(tmp_path), seed)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_sixty_days_over_postgresql_are_no_different(tmp_path: Path, database_url: str) -> None:
    live_and_check(tmp_path, database_url, 4)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5, 45))
def test_sixty_days_of_many_other_practices(tmp_path: Path, seed: int) -> None:
    live_and_check(tmp_path, sqlite(tmp_path), seed)
