"""Simulated clients whose notes hold facts that are known: what a page must bring back, and nothing else.

Notes come in several formats, lines are written as people write them, and most of a note is about nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from random import Random

from sync.domain.notes.parsing import read_note
from sync.domain.notes.values import WrittenNote

FIRST = datetime(2025, 9, 2, 9, 0, tzinfo=UTC)

_HEADINGS = {
    "soap": ("## Subjective", "## Objective", "## Assessment", "## Plan"),
    "dap": ("## Data", "", "## Assessment", "## Plan"),
    "birp": ("# Behaviour", "# Intervention", "# Response", "# Plan"),
    "bold": ("**Subjective:**", "**Objective:**", "**Assessment:**", "**Plan:**"),
}
_FILLING = (
    "The weather came up, and the roadworks outside.",
    "We spoke about the week and about the neighbour's piano.",
    "Much of the hour went to the move and to the boxes in the hall.",
    "A long story about the bakery, told with pleasure.",
    "Nothing much to report, so we looked at photographs of the garden.",
    "The trains were late again and we began ten minutes after the hour.",
)
_TASKS = ("walk by the river", "three lines a day", "ring the library", "sort one drawer", "cook on Sunday")
_MARKERS = ("Sleep", "Energy", "Boundary holding", "Trust")
_HARD = (
    "I couldn't say a word to her, it just hits me and I freeze",
    "It comes out of nowhere and I cannot stop it for hours",
    "I had no idea why I shouted, I was overwhelmed by it",
)
_LIGHT = (
    "I noticed it coming and I asked her for a minute",
    "I caught myself this time and I decided to wait",
    "I could feel it starting and I stayed with it until it passed",
)
_QUIET = ("none", "None noted.", "none reported when asked")
_RISKS = (
    "passive thoughts at night, no plan, no intent; safety plan reviewed",
    "thoughts of not wanting to wake up, asked directly, no intent",
    "urges to self-harm on two days, did not act on them",
)


@dataclass
class Client:
    """One client's notes, their texts by session, and the facts that were planted in them.

    `open_tasks` were given and never ticked, `done_tasks` were; `risk` is the latest statement and
    `risk_before` the one before it that differs; `then` and `now` are quotations on one theme.
    """

    bodies: dict[str, str] = field(default_factory=dict)
    notes: list[WrittenNote] = field(default_factory=list)
    open_tasks: list[str] = field(default_factory=list)
    done_tasks: list[str] = field(default_factory=list)
    bring_up: str = ""
    risk: str = ""
    risk_before: str = ""
    then: str = ""
    now: str = ""

    @property
    def until(self) -> datetime:
        """The day after the last session."""
        return self.notes[-1].starts_at + timedelta(days=1)


def planted(rng: Random) -> Client:
    """A client of 20 to 40 sessions, a week or three apart, with one of each fact."""
    n = rng.randint(20, 40)
    days = list(accumulate(7 if rng.random() < 0.7 else 21 for _ in range(n)))
    client = Client(then=rng.choice(_HARD), now=rng.choice(_LIGHT), bring_up="the letter from the council")
    early = rng.randrange(n // 6)
    late = rng.choice([i for i in range(n - n // 3, n) if days[i] - days[early] >= 90])
    quoted = {early: client.then, late: client.now}
    risks = _risks(rng, client, n)
    tasks = _tasks(rng, client, n)
    levels = {marker: (rng.uniform(2, 8), rng.uniform(-4, 4)) for marker in _MARKERS[: rng.randint(1, 4)]}
    style = rng.choice(sorted(_HEADINGS))
    for number in range(n):
        style = rng.choice(sorted(_HEADINGS)) if rng.random() < 0.1 else style
        rated = {marker: level + rise * number / n for marker, (level, rise) in levels.items()}
        lines = _Lines(
            told=[*rng.sample(_FILLING, 2), *_said(rng, quoted.get(number))],
            rated=[
                *(_rating(rng, marker, level) for marker, level in rated.items() if rng.random() < 0.9),
                f"Helped: grounding {rng.choice(('+2', '+1', '0', '−1'))}, letter",
            ],
            risk=f"Risk: {risks[number]}" if number in risks else "",
            tasks=tasks[number],
            bring_up=f"> bring up: {client.bring_up}" if number == n - 1 else "",
        )
        session_id = f"s{number}"
        client.bodies[session_id] = body = _body(_HEADINGS[style], lines)
        starts_at = FIRST + timedelta(days=days[number])
        client.notes.append(WrittenNote(session_id, starts_at, rng.random() < 0.7, read_note(body)))
    return client


@dataclass
class _Lines:
    told: Sequence[str]
    rated: Sequence[str]
    risk: str
    tasks: Sequence[str]
    bring_up: str


def _body(headings: Sequence[str], lines: _Lines) -> str:
    report, observed, meant, planned = headings
    blocks = [
        report,
        "\n".join(lines.told),
        observed,
        "\n".join(lines.rated),
        meant,
        "Much as before.",
        lines.risk,
        planned,
        "Go on as agreed.",
        "\n".join(lines.tasks),
        lines.bring_up,
    ]
    return "\n\n".join(filter(None, blocks)) + "\n"


def _said(rng: Random, quote: str | None) -> Iterator[str]:
    opened, closed = rng.choice(('""', "“”", "„“"))
    if quote is None:
        yield rng.choice(("#home", "#work #home", "A word about #work."))
    else:
        yield f"At the end: {opened}{quote}{closed} #river"


def _rating(rng: Random, marker: str, level: float) -> str:
    value = min(10, max(0, round(level + rng.gauss(0, 1))))
    return rng.choice(("{}: {}/10", "{}: {} of 10", "- {}: {}/10", "{}:  {} / 10")).format(marker, value)


def _risks(rng: Random, client: Client, n: int) -> dict[int, str]:
    """A statement in most notes, all of one kind but for a change somewhere in the later half."""
    quiet = rng.choice(_QUIET)
    client.risk_before, client.risk = quiet, rng.choice(_RISKS)
    if rng.random() < 0.5:
        client.risk_before, client.risk = client.risk, client.risk_before
    change = rng.randint(n // 2, n - 1)
    told = {number for number in range(n) if rng.random() < 0.8} | {change - 1, change}
    return {number: client.risk if number >= change else client.risk_before for number in told}


def _tasks(rng: Random, client: Client, n: int) -> list[list[str]]:
    lines: list[list[str]] = [[] for _ in range(n)]
    for task in rng.sample(_TASKS, 4):
        given = rng.randrange(n - 1)
        lines[given].append(rng.choice(("- [ ] {}", "* [ ] {}", "- [] {}")).format(task))
        if rng.random() < 0.5:
            lines[rng.randint(given + 1, n - 1)].append(rng.choice(("- [x] {}", "- [X] {}")).format(task))
            client.done_tasks.append(task)
        else:
            client.open_tasks.append(task)
    return lines
