"""Puts a reading into one plain sentence: numbers and dates first, no cause, no promise, no verdict.

Setbacks and plateaus are worded as the usual parts of the work that they are; a decline is said plainly.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sync.domain.phrasing import counted
from sync.domain.progress.marker_readings import MarkerReading
from sync.domain.progress.trends import FEWEST, RECENT, UP, Label, Trend

Day = Callable[[datetime], str]
"""How a UTC moment is said as a day."""


@dataclass(frozen=True, slots=True)
class Wall:
    """How UTC moments are said where the therapist is: `16 June`, and of something vague `June`."""

    day: Day
    month: Day


UNDIRECTED = (
    "Shown without a reading: nobody has said which way is better "
    "(`practice-sync markers add CLIENT NAME --better higher`, or `lower`)."
)
NO_LONGER = "The {way} seen on {day} is no longer seen."
SINCE_ABOUT = "{level} since about {month}."
FELL = (
    "The latest rating, {latest} on {latest_day}, is at the far end of the scale; "
    "just before: about {before}."
)

_MORE_TELLS = "One more session tells more."
_CONFIRMED: Mapping[Label, str] = {
    Label.IMPROVING: (
        "A gradual {rise} since {since}: {from_to}. It would be easy to miss from week to week."
    ),
    Label.HOLDING_GAINS: "The gain since {since} has held: {from_to}.",
    Label.RECENT_LIFT: "The last three sessions were {better} than the five before ({now} against {prior}).",
    Label.STEADY: "{Mostly} over {n} ratings since {since}; no trend seen.",
    Label.FLUCTUATING: ("Moves up and down from session to session ({reach}) without an overall direction."),
    Label.LOWER_SPELL: "{Worse} for three sessions ({now}, the five before {prior}). No longer trend seen.",
    Label.SETBACK: (
        "A {worse} stretch after earlier gains: about {prior} → about {now} over three sessions; "
        "about {start} at the start."
    ),
    Label.WORSENING: "Has been moving {down}: {from_to} since {since} ({n} ratings). Worth asking about.",
    Label.LOWER_LEVEL: "{Worse} than at the start ({from_to}), level of late.",
}
_EARLY: Mapping[Label, str] = {
    **_CONFIRMED,
    Label.IMPROVING: f"First sign of movement {{up}} ({{from_to}} over {{n}} ratings). {_MORE_TELLS}",
    Label.HOLDING_GAINS: f"First sign of a gain that holds ({{from_to}} over {{n}} ratings). {_MORE_TELLS}",
    Label.WORSENING: "First sign of movement {down} ({from_to} over {n} ratings). Worth asking about.",
    Label.LOWER_LEVEL: f"First sign of a {{worse}} level ({{from_to}} over {{n}} ratings). {_MORE_TELLS}",
}
_USUAL: Mapping[Label, str] = {
    Label.HOLDING_GAINS: "Levelling off after change is common.",
    Label.SETBACK: "Setbacks are a usual part of longer work.",
    Label.FLUCTUATING: "Variation like this is common and can be material in itself.",
}
"""Said only where nothing of risk stands beside it."""
_STILL = frozenset({Label.STEADY, Label.TOO_EARLY})
"""What there is no need to add where the latest rating fell far."""


def sentence_of(reading: MarkerReading, wall: Wall, *, at_risk: bool = False) -> str:
    """What is said of a marker, its values as they were rated; a fall to the worst end of the scale first.

    `at_risk`: something of risk stands in the notes, so nothing is called a usual part of the way.
    """
    trend = reading.trend
    if trend is None:
        return UNDIRECTED
    words = _words(reading, trend, wall.day)
    said = [_template(trend).format(**words)]
    if reading.fell_from is not None:
        fell = FELL.format(latest=f"{reading.course.latest.value:g}", **words)
        said = [fell] if trend.label in _STILL else [fell, *said]
    if _moved_over(trend) != trend.n:
        said.append(f"It was about {reading.shown(trend.start):g} at the start.")
    if reading.turned_at is not None:
        level = words["better" if trend.label in UP else "worse"].capitalize()
        said.append(SINCE_ABOUT.format(level=level, month=wall.month(reading.turned_at)))
    if not at_risk:
        said += _usual_part(reading, trend)
    if trend.taken_back is not None:
        way = words["rise" if trend.taken_back in UP else "fall"]
        said.append(NO_LONGER.format(way=way, day=wall.day(reading.course.points[-2].evidence.starts_at)))
    return " ".join(said)


def _usual_part(reading: MarkerReading, trend: Trend) -> list[str]:
    """What keeps a dip or a plateau in proportion: only what is known of every such work, or was counted."""
    if reading.fell_from is not None:
        return []
    said = [_USUAL[trend.label]] if trend.label in _USUAL else []
    if reading.passed_dips:
        said.append(f"{_times(reading.passed_dips)} like this passed before.")
    return said


def _times(dips: int) -> str:
    return "One dip" if dips == 1 else f"{dips} dips"


def _template(trend: Trend) -> str:
    if trend.label is Label.TOO_EARLY:
        when = "within four weeks" if trend.n >= FEWEST else "so far"
        return f"Only {counted(trend.n, 'rating')} {when}: shown without a reading."
    return (_CONFIRMED if trend.confirmed else _EARLY)[trend.label]


def _words(reading: MarkerReading, trend: Trend, day: Day) -> dict[str, str]:
    """What the sentences are made of. `up` is the way the numbers go for the better: for panic, down.

    Medians are said with an "about": beside them stand single ratings.
    """
    values = [point.value for point in reading.course.points]
    up, down = ("up", "down") if reading.higher_is_better else ("down", "up")
    better, worse = ("higher", "lower") if reading.higher_is_better else ("lower", "higher")
    moved = _moved_over(trend)
    before = trend.start if moved == trend.n or trend.prior is None else trend.prior
    start, now = f"{reading.shown(before):g}", f"{reading.shown(trend.now):g}"
    return {
        "n": str(moved),
        "latest_day": day(reading.course.latest.evidence.starts_at),
        "before": "" if reading.fell_from is None else f"{reading.shown(reading.fell_from):g}",
        "since": day(reading.course.points[-moved].evidence.starts_at),
        "start": start,
        "now": now,
        "prior": f"{reading.shown(trend.start if trend.prior is None else trend.prior):g}",
        "from_to": f"about {start} → about {now}",
        "Mostly": _mostly(values),
        "reach": f"{min(values[-8:]):g}–{max(values[-8:]):g}",
        "up": up,
        "down": down,
        "rise": "rise" if reading.higher_is_better else "easing",
        "fall": "fall" if reading.higher_is_better else "rise",
        "better": better,
        "worse": worse,
        "Worse": worse.capitalize(),
    }


def _moved_over(trend: Trend) -> int:
    """Over how many ratings a movement is told: the recent ones where the whole course does not show it."""
    across = trend.now - trend.start
    hidden = {Label.IMPROVING: across <= 0, Label.WORSENING: across >= 0}.get(trend.label, False)
    return RECENT if hidden and trend.prior is not None else trend.n


def _mostly(values: Sequence[float]) -> str:
    """Two of the values between which more than half of them lie: as they were rated, never in between."""
    in_order, aside = sorted(values), (len(values) - 1) // 4
    low, high = in_order[aside], in_order[-1 - aside]
    return f"Mostly {low:g}" if low == high else f"Mostly {low:g}–{high:g}"
