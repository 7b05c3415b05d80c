"""Chooses which markers stand on the page, under which heading, and which of them is spoken of.

What is lower now is said plainly and every time. Of what is rising one is said, where it is new.
"""

from dataclasses import dataclass
from datetime import timedelta

from sync.domain.briefing.seen import Seen
from sync.domain.phrasing import listed
from sync.domain.progress.marker_readings import MarkerReading, held_before
from sync.domain.progress.page_keys import marker_key
from sync.domain.progress.repeats import is_due
from sync.domain.progress.trends import UP, Label

MOST_MARKERS = 3
"""As many as there are curves on a page; what is lower now is shown even beyond that."""

_FIRST_SIGNS = frozenset({Label.IMPROVING, Label.HOLDING_GAINS, Label.RECENT_LIFT})


@dataclass(frozen=True, slots=True)
class Chosen:
    """The markers of both parts, which of them are spoken of, and what there is no room for."""

    long_view: tuple[MarkerReading, ...] = ()
    right_now: tuple[MarkerReading, ...] = ()
    spoken: tuple[MarkerReading, ...] = ()
    further: tuple[MarkerReading, ...] = ()

    def is_drawn(self, reading: MarkerReading) -> bool:
        """Whether it is one of the three that have a curve."""
        return reading in (*self.long_view, *self.right_now)[:MOST_MARKERS]


def choose_markers(seen: Seen) -> Chosen:
    """What is lower now under its own heading; of the others the slowest steady change first."""
    lower = [each for each in seen.markers if each.is_lower_now and not _is_dismissed(each, seen)]
    others = sorted((each for each in seen.markers if each not in lower), key=_slowest_first)
    rising = [each for each in others if _is_confirmed_up(each)]
    news = next((each for each in others if _is_news(each) and not _is_dismissed(each, seen)), None)
    now = [*lower, *([news] if news is not None and news not in rising and not _is_settled(news) else [])]
    rest = [each for each in others if each not in now]
    room = max(1, MOST_MARKERS - len(now))
    return Chosen(
        long_view=tuple(rest[:room]),
        right_now=tuple(now),
        spoken=(*lower, *([news] if news is not None else [])),
        further=tuple(rest[room:]),
    )


def name_further(further: tuple[MarkerReading, ...], seen: Seen) -> str:
    """The latest values of what there was no room for, or nothing."""
    named = [
        f"{seen.wording.phrase(each.ever.marker)} {each.ever.latest.value:g}/{each.ever.scale:g}"
        for each in further[:MOST_MARKERS]
    ]
    return f"Also rated: {listed(named)}." if named else ""


def _is_dismissed(reading: MarkerReading, seen: Seen) -> bool:
    return marker_key(reading) in seen.dismissed


def _is_confirmed_up(reading: MarkerReading) -> bool:
    return reading.trend is not None and reading.trend.confirmed and reading.trend.label in UP


def _is_settled(reading: MarkerReading) -> bool:
    """Whether it belongs to the long view: a confirmed direction that is no news of today."""
    return reading.trend is not None and reading.trend.confirmed


def _slowest_first(reading: MarkerReading) -> timedelta:
    """A confirmed rise by how long it took, before all others; the sort keeps the order of equals."""
    if not _is_confirmed_up(reading):
        return timedelta()
    points = reading.course.points
    return points[0].evidence.starts_at - points[-1].evidence.starts_at


def _is_news(reading: MarkerReading) -> bool:
    """Whether a direction or its first sign stands not said in the last four sessions, or one ended."""
    trend = reading.trend
    if trend is None or reading.is_lower_now:
        return False
    if trend.taken_back is not None:
        return True
    told = trend.confirmed or trend.label in _FIRST_SIGNS
    return told and is_due((trend.label, trend.confirmed), held_before(reading))
