"""Random histories: whatever goes wrong on the way, the records end as if nothing had.

A failure names its seed and its rounds; `check(home, seed, rounds)` plays the same history again.
"""

import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from random import Random
from tempfile import mkdtemp
from zoneinfo import ZoneInfo

import pytest

from models.database import open_database
from sync.adapters.google_calendar import GoogleCalendar
from sync.adapters.google_connections import http_with_timeout
from sync.adapters.templates import Renderer
from sync.ports import CalendarSource
from sync.sandbox.habits import Habits
from sync.sandbox.server import Sandbox
from sync.sandbox.world import World
from sync.settings import Settings, load_settings
from sync.store.links import LinkWish
from tests.contract.calendar_stages import stored_by
from tests.practice import ANA, HandClock, practice_in, ready_settings, usual_in
from tests.stories.histories.doom import Doom
from tests.stories.histories.hand import Hand
from tests.stories.histories.living import PARTIAL, PLACES, WHOLE, History, Outcome

MEMORY = Path("/dev/shm")
AT_ONCE = 10
"""How many histories one test lives through: so many are told of as one line."""

Home = Callable[[str], Settings]
"""Gives the settings of an empty home in a zone; each time the same home, emptied."""


@pytest.fixture(autouse=True)
def compiled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every process in turn uses what the first one compiled: that costs more than all that it does."""
    monkeypatch.setattr("sync.app.open_database", cache(open_database))
    monkeypatch.setattr("sync.app.Renderer", cache(Renderer))


@pytest.fixture(scope="module")
def home() -> Iterator[Home]:
    """A home in memory, where there is such a place; it is set up once and then only emptied."""
    folder = Path(mkdtemp(dir=MEMORY if MEMORY.is_dir() else None))
    database = folder / "home" / "practice.db"
    ready_settings(folder, f"sqlite:///{database}", {})
    shutil.copy(database, folder / "empty.db")

    def emptied(zone: str) -> Settings:
        for file in database.parent.glob("practice.db*"):
            file.unlink()
        shutil.copy(folder / "empty.db", database)
        return load_settings(database.parent, {"TZ": "UTC", **usual_in(zone)})

    yield emptied
    shutil.rmtree(folder)


def habits(random: Random) -> Habits:
    """What Google may do without saying so."""
    return Habits(
        lists_deleted_instances=random.random() < 0.3,
        bin_keeps_details=random.random() < 0.7,
        sparse_cancellations=random.random() < 0.5,
        split_suffix=random.choice(("old", "old", "new")),
        vanished_instance=random.choice(("missing", "missing", "cancelled")),
        largest_page=random.choice((3, 7, 20, 2500)),
    )


def a_history(made: Settings, seed: int, before: Outcome | None) -> History:
    """The history of this seed, about to begin: in trouble, or as calm as the one `before` was in the end."""
    zone, begins_at = PLACES[seed % len(PLACES)]
    random = Random(seed)
    clock = HandClock(begins_at)
    world = World(clock, seed, habits(random))
    practice = practice_in(made, world, clock, LinkWish(ANA))
    hand = Hand(world, random, ZoneInfo(zone), begins_at.minute)
    if before is not None:
        return History(practice, hand, None, only_at=before.read_at)
    return History(practice, hand, Random(-seed), WHOLE if is_exact(seed) else WHOLE + 3 * PARTIAL)


def is_exact(seed: int) -> bool:
    """Whether all that goes wrong in this history keeps a reading from being kept at all."""
    return seed % 3 > 0


def live(history: History, seed: int, rounds: int) -> Outcome:
    """How the history of this seed ends."""
    try:
        return history.live(rounds)
    except BaseException as failure:
        failure.add_note("\n".join([f"seed {seed}, {rounds} rounds", *history.hand.told]))
        raise
    finally:
        history.practice.app.close()


def check(home: Home, seed: int, rounds: int) -> None:
    """The history of this seed, with all its troubles, ends as it would have without them."""
    zone, _ = PLACES[seed % len(PLACES)]
    troubled = live(a_history(home(zone), seed, None), seed, rounds)
    calm = live(a_history(home(zone), seed, troubled), seed, rounds)
    check_equal(calm, troubled, f"seed {seed}, {rounds} rounds", exact=is_exact(seed))


def check_equal(calm: Outcome, troubled: Outcome, name: str, *, exact: bool) -> None:
    words = "\n".join([name, *calm.told])
    assert calm.told == troubled.told, words
    assert calm.in_short() == troubled.in_short(), words
    if exact:
        assert calm.sessions == troubled.sessions, words


@pytest.mark.parametrize("number", range(50))
def test_r92_a_history_with_every_fault_ends_as_one_without(home: Home, number: int) -> None:
    for seed in range(AT_ONCE * number, AT_ONCE * (number + 1)):
        check(home, seed, rounds=1 + seed % 3)


@pytest.mark.slow
@pytest.mark.parametrize("number", range(50))
def test_many_more_and_longer_histories_end_as_they_should(home: Home, number: int) -> None:
    for seed in range(100 * number + 10_000, 100 * number + 10_100):
        check(home, seed, rounds=1 + seed % 8)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize("seed", [9001, 9002, 9003])
def test_over_postgresql_a_history_ends_as_over_sqlite(
    home: Home, tmp_path: Path, database_url: str, seed: int
) -> None:
    zone, _ = PLACES[seed % len(PLACES)]
    made = ready_settings(tmp_path, database_url, usual_in(zone))
    troubled = live(a_history(made, seed, None), seed, rounds=4)
    calm = live(a_history(home(zone), seed, troubled), seed, rounds=4)

    check_equal(calm, troubled, f"seed {seed}, 4 rounds", exact=is_exact(seed))


@pytest.mark.parametrize("seed", range(9101, 9111))
def test_over_real_http_a_history_ends_as_one_in_process(home: Home, seed: int) -> None:
    zone, _ = PLACES[seed % len(PLACES)]
    history = a_history(home(zone), seed, None)
    with Sandbox(history.practice.world) as sandbox:
        history.practice.faults = sandbox.faults
        history.source_of = lambda _practice, doom: over_http(sandbox, doom)
        troubled = live(history, seed, rounds=3)
    calm = live(a_history(home(zone), seed, troubled), seed, rounds=3)

    check_equal(calm, troubled, f"seed {seed}, 3 rounds", exact=is_exact(seed))


def over_http(sandbox: Sandbox, doom: Doom) -> CalendarSource:
    """Signed in at the sandbox, over its sockets."""
    return GoogleCalendar(stored_by(sandbox, ANA), sandbox.api_root, doom.over(http_with_timeout))
