"""Says what a client works towards, and by what it is followed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sync.app import App
from sync.domain.briefing.display import one_line
from sync.domain.briefing.moments import local_time
from sync.domain.progress.goals import Goal, GoalState, meant
from sync.domain.progress.markers import label_key
from sync.errors import Refused
from sync.jobs.clients import hold_client
from sync.jobs.wishes import zone_of
from sync.store.clients import client
from sync.store.goals import add_goal, change_goal, goals_of
from sync.store.markers import find_marker
from sync.store.records import Records

LONGEST_GOAL = 200
"""Characters: a goal is one line."""


@dataclass(frozen=True, slots=True)
class GoalWish:
    """What the therapist says of a goal; None is left open. `without` takes names of what follows it away."""

    text: str | None = None
    since: date | None = None
    markers: Sequence[str] = ()
    interventions: Sequence[str] = ()
    without: Sequence[str] = ()
    is_reopened: bool = False


def set_goal(app: App, client_id: str, wish: GoalWish, now: datetime) -> Goal:
    """Keep a goal of a client's, since a day of her therapist's calendar, today if none is said.

    Raises `Refused` for no text or too long a one, one that stands already, a marker that is not followed,
    and a day still to come.
    """
    with app.writing() as records:
        hold_client(records, client_id)
        today = _today(app, records, client_id, now)
        before = Goal("", "", today)
        made = _said_anew(before, wish)
        _require_sound(records, client_id, before, made, today)
        return add_goal(records, client_id, made, now)


def change(app: App, client_id: str, said: str, wish: GoalWish, now: datetime) -> Goal:
    """Say something else of the goal that `said` means; what `wish` leaves open stays. Raises `Refused`."""
    if wish == GoalWish():
        raise Refused("Nothing was given to change.", "See `practice-sync goals edit --help`.")
    return _restated(app, client_id, said, now, lambda goal, _: _said_anew(goal, wish))


def close(app: App, client_id: str, said: str, state: GoalState, on: date | None, now: datetime) -> Goal:
    """Work towards a goal no more, since it was met or is set aside. Raises `Refused`."""
    return _restated(
        app, client_id, said, now, lambda goal, today: replace(goal, state=state, closed_on=on or today)
    )


def the_goal(records: Records, client_id: str, said: str) -> Goal:
    """The one goal that its number or its first words mean; else `Refused`."""
    goals = goals_of(records, client_id)
    if said.isdecimal():
        found = goals[int(said) - 1 : int(said)] if int(said) > 0 else ()
    else:
        found = tuple(meant(said, goals, True))
    if len(found) != 1:
        code = client(records, client_id).code
        what = "No goal of this client's has" if not found else "More than one goal has"
        raise Refused(
            f"{what} this number or these first words.",
            f"See `practice-sync goals list {code}` for the numbers.",
        )
    return found[0]


def _restated(
    app: App, client_id: str, said: str, now: datetime, restate: Callable[[Goal, date], Goal]
) -> Goal:
    with app.writing() as records:
        hold_client(records, client_id)
        today = _today(app, records, client_id, now)
        before = the_goal(records, client_id, said)
        after = restate(before, today)
        _require_sound(records, client_id, before, after, today)
        change_goal(records, after)
        return after


def _today(app: App, records: Records, client_id: str, now: datetime) -> date:
    return local_time(zone_of(app, records, client(records, client_id).practitioner_id), now).today


def _said_anew(goal: Goal, wish: GoalWish) -> Goal:
    reopened = wish.is_reopened
    return replace(
        goal,
        text=goal.text if wish.text is None else one_line(wish.text),
        since=wish.since or goal.since,
        markers=_names(goal.markers, wish.markers, wish.without),
        interventions=_names(goal.interventions, wish.interventions, wish.without),
        state=GoalState.OPEN if reopened else goal.state,
        closed_on=None if reopened else goal.closed_on,
    )


def _names(known: Sequence[str], new: Sequence[str], without: Sequence[str]) -> tuple[str, ...]:
    """The names, each once, as first spelled."""
    gone = set(map(label_key, without))
    names = {label_key(name): name for name in map(one_line, (*reversed(new), *reversed(known))) if name}
    return tuple(name for key, name in reversed(names.items()) if key not in gone)


def _require_sound(records: Records, client_id: str, before: Goal, goal: Goal, today: date) -> None:
    """Refuse what cannot be kept. What stood `before` may stay: a merge brings equal goals together."""
    if not any(map(str.isalpha, goal.text)) or len(goal.text) > LONGEST_GOAL:
        raise Refused(
            "A goal needs words, and not too many.", f"Say it in at most {LONGEST_GOAL} characters."
        )
    if max(goal.since, goal.closed_on or goal.since) > today:
        raise Refused("That day is still to come.", "Give a day up to today.")
    if goal.closed_on is not None and goal.closed_on < goal.since:
        raise Refused(
            "It would have ended before it began.", "Give a day after its first, or another `--since`."
        )
    texts = {label_key(each.text) for each in goals_of(records, client_id) if each.id != goal.id}
    if goal.text != before.text and label_key(goal.text) in texts:
        raise Refused(
            "This goal stands already.", "To take it up again: `practice-sync goals edit CLIENT GOAL --open`."
        )
    if any(find_marker(records, client_id, name) is None for name in {*goal.markers} - {*before.markers}):
        raise Refused(
            "A marker that was named is not followed for this client.",
            "Follow it first: `practice-sync markers add CLIENT NAME`.",
        )
