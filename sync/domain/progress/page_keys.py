"""By what each thing that a briefing or the progress page says is known again, when it was called wrong.

A key changes when the words or what they rest on change: then it is another statement, and is said again.
"""

from collections.abc import Callable, Collection, Iterable
from typing import TypeVar

from sync.domain.progress.goals import GoalReading
from sync.domain.progress.helped import Helped, said_of
from sync.domain.progress.marker_readings import MarkerReading
from sync.domain.progress.measures import MeasureReading
from sync.domain.progress.statement_keys import statement_key
from sync.domain.progress.themes import Theme
from sync.domain.progress.threads import ComingUp

Said = TypeVar("Said")


def marker_key(reading: MarkerReading) -> str:
    """The same while the marker has the same label at the same levels."""
    trend = reading.trend
    read = () if trend is None else (trend.label, trend.confirmed, trend.start, trend.now, trend.taken_back)
    words = "|".join(map(str, (reading.ever.marker, reading.ever.scale, reading.fell_from, *read)))
    return statement_key("marker", words, [reading.ever.first.evidence])


def measure_key(reading: MeasureReading) -> str:
    """The same until the questionnaire is answered again."""
    return statement_key("measure", f"{reading.instrument.name}|{reading.first.id}|{reading.latest.id}", ())


def theme_key(theme: Theme) -> str:
    """The same until it comes up again."""
    return statement_key("theme", f"{theme.theme}|{theme.state}", theme.seen_in)


def coming_key(coming: ComingUp) -> str:
    """The same until it is written otherwise."""
    return statement_key("coming up", coming.words, [coming.excerpt or coming.evidence])


def goal_key(reading: GoalReading) -> str:
    """The same until it is worked on again."""
    return statement_key("goal", f"{reading.goal.id}|{reading.goal.text}", reading.worked_on)


def helped_key(helped: Helped) -> str:
    """The same until it is used again."""
    return statement_key("helped", said_of(helped), helped.used_in)


def still_said(
    said: Iterable[Said], key: Callable[[Said], str], dismissed: Collection[str]
) -> tuple[Said, ...]:
    """What of it was not called wrong or useless."""
    return tuple(each for each in said if key(each) not in dismissed)
