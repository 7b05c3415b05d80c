"""What is known of each invented client: one TOML file for each in the folder `clients`."""

import tomllib
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from sync.domain.progress.definitions import Domain

CLIENT_FILES = Path(__file__).resolve().parent / "clients"


class Part(BaseModel):
    """Frozen, and without room for a misspelled name."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Habit(Part):
    """How and when a client stands in the calendar.

    `weeks` counts back from the week of tomorrow's sessions, which is week 0: 44 is the first, -1 still
    ahead. `day` is 0 for tomorrow's day of the week, 1 for the day after. `at` is a local time.
    """

    title: str
    day: int
    at: str
    weeks: tuple[int, ...]
    minutes: int = 50
    series: bool = False
    invited: bool = False
    location: str | None = None
    video_link: str | None = None
    no_shows: tuple[int, ...] = ()
    unwritten: tuple[int, ...] = ()

    @property
    def past_weeks(self) -> tuple[int, ...]:
        """The weeks of sessions that are over, the first one first."""
        return tuple(week for week in self.weeks if week > 0)


class SampleMarker(Part):
    """A marker and its course: (week, value) corners with straight lines between, and noise around.

    It is followed from the week of the first corner on.
    """

    name: str
    domain: Domain
    better: Literal["higher", "lower"]
    lowest: str
    highest: str
    course: tuple[tuple[int, float], ...]
    noise: float
    scale: int = 10


class Phase(Part):
    """What a stretch of sessions is about, down to week `through`.

    `told` and `themes` (words with spaces between) have one entry for each session; the rest takes turns.
    `{in 9 days}` in a plan or a task is the date of that day from tomorrow on.
    """

    through: int
    themes: tuple[str, ...]
    told: tuple[str, ...]
    seen: tuple[str, ...]
    meaning: tuple[str, ...]
    plan: tuple[str, ...]
    risk: tuple[str, ...]


class SampleTask(Part):
    """Something agreed on in week `given`, and ticked in the note of week `done`."""

    text: str
    given: int
    done: int | None = None


class SampleGoal(Part):
    """A goal that was set in the session of week `since`, and the weeks whose notes name it."""

    text: str
    since: int
    markers: tuple[str, ...] = ()
    worked_on: tuple[int, ...] = ()


class SampleMeasure(Part):
    """A questionnaire by its name, and what it gave in which week: all answers, or only the total."""

    name: str
    answers: dict[int, tuple[int, ...]] = {}
    totals: dict[int, float] = {}


class SamplePause(Part):
    """A pause from the week `first` to the week `last`, as planned from the beginning."""

    first: int
    last: int
    reason: str


class SampleClient(Part):
    """One invented client: who, when, and what the notes say. `helped` is what was tried, by week."""

    name: str
    code: str
    calendar: Habit
    markers: tuple[SampleMarker, ...]
    phases: tuple[Phase, ...]
    kind: Literal["individual", "couple"] = "individual"
    cadence_days: int = 14
    members: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    tasks: tuple[SampleTask, ...] = ()
    bring_up: dict[int, str] = {}
    helped: dict[int, str] = {}
    goals: tuple[SampleGoal, ...] = ()
    measures: tuple[SampleMeasure, ...] = ()
    pauses: tuple[SamplePause, ...] = ()


def sample_clients() -> tuple[SampleClient, ...]:
    """Everybody in the sample, in a fixed order."""
    return tuple(
        SampleClient.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
        for file in sorted(CLIENT_FILES.glob("*.toml"))
    )
