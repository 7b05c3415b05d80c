"""Puts the sample's notes together, as a therapist would have written them after each session."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from sync.demo.days import Days
from sync.demo.ratings import rating_in
from sync.demo.sample import Phase, SampleClient
from sync.domain.briefing.moments import MONTHS

_AHEAD = re.compile(r"\{in (\d+) days\}")


def note_text(client: SampleClient, week: int, days: Days) -> str:
    """The SOAP note of the session in `week`, in Markdown; dates in it lie around the sample's `days`."""
    return _AHEAD.sub(lambda found: _date_after(days.tomorrow, int(found[1])), _text(client, week))


def _date_after(day: date, ahead: int) -> str:
    on = day + timedelta(days=ahead)
    return f"{on.day} {MONTHS[on.month - 1]}"


def _text(client: SampleClient, week: int) -> str:
    phase, number = _phase_in(client, week)
    blocks = [
        "## Subjective",
        phase.told[number],
        " ".join(f"#{theme}" for theme in phase.themes[number].split()),
        "## Objective",
        "\n".join(_ratings(client, week)),
        f"Helped: {client.helped[week]}" if week in client.helped else "",
        _turn(phase.seen, number),
        "## Assessment",
        _turn(phase.meaning, number),
        "\n".join(f"Worked on: {goal.text}" for goal in client.goals if week in goal.worked_on),
        f"Risk: {_turn(phase.risk, number)}",
        "## Plan",
        _turn(phase.plan, number),
        "\n".join(_tasks(client, week)),
        f"> bring up: {client.bring_up[week]}" if week in client.bring_up else "",
    ]
    return "\n\n".join(filter(None, blocks)) + "\n"


def _phase_in(client: SampleClient, week: int) -> tuple[Phase, int]:
    """The phase that `week` belongs to, and how many sessions were kept in it before."""
    begins = max(client.calendar.weeks) + 1
    for phase in client.phases:
        kept = [w for w in client.calendar.past_weeks if w < begins and w >= phase.through]
        kept = [w for w in kept if w not in client.calendar.no_shows]
        if week in kept:
            return phase, kept.index(week)
        begins = phase.through
    raise LookupError(f"the sample has no session in week {week} that was kept")


def _turn(texts: Sequence[str], number: int) -> str:
    return texts[number % len(texts)]


def _ratings(client: SampleClient, week: int) -> Iterator[str]:
    for marker in client.markers:
        value = rating_in(marker, week, client.code)
        if value is not None:
            yield f"{marker.name}: {value}/{marker.scale}"


def _tasks(client: SampleClient, week: int) -> Iterator[str]:
    for task in client.tasks:
        if task.done == week:
            yield f"- [x] {task.text}"
        elif task.given == week:
            yield f"- [ ] {task.text}"
