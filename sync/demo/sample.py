"""What is known of each invented client: one TOML file for each in the folder `clients`."""

import tomllib
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

CLIENT_FILES = Path(__file__).resolve().parent / "clients"


class Part(BaseModel):
    """Frozen, and without room for a misspelled name."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Habit(Part):
    """How and when a client stands in the calendar.

    `weeks` counts back from the week of tomorrow's sessions, which is week 0: 34 is the first, -1 still
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
    """A marker and its course: (week, value) corners with straight lines between, and noise around."""

    name: str
    course: tuple[tuple[int, float], ...]
    noise: float
    scale: int = 10


class Phase(Part):
    """What a stretch of sessions is about, down to week `through`.

    `told` and `themes` (words with spaces between) have one entry for each session; the rest takes turns.
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


class SampleMeasure(Part):
    """A questionnaire as it was answered in the session of a week."""

    name: str
    week: int
    answers: tuple[int, ...]


class SampleGoal(Part):
    """What is worked towards since week `since`, and the weeks whose notes name it."""

    text: str
    since: int
    markers: tuple[str, ...] = ()
    worked_on: tuple[int, ...] = ()


class SampleClient(Part):
    """One invented client: who, when, and what the notes say."""

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
    measures: tuple[SampleMeasure, ...] = ()
    goals: tuple[SampleGoal, ...] = ()


def sample_clients() -> tuple[SampleClient, ...]:
    """Everybody in the sample, in a fixed order."""
    return tuple(
        SampleClient.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
        for file in sorted(CLIENT_FILES.glob("*.toml"))
    )
