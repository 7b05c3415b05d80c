"""Keeps what each client works towards, sealed, with the markers and interventions that point to it."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import col, select

from models import tables
from models.vault import Place
from sync.domain.progress.goals import Goal, GoalState
from sync.store.records import Records


def goals_by_client(records: Records, client_id: str | None = None) -> dict[str, tuple[Goal, ...]]:
    """Every goal, in the order they were added, by client; of one only, if given."""
    rows = goal_rows(records, client_id)
    records.fetch_vaults({each.client_id for each in rows})
    found: dict[str, list[Goal]] = defaultdict(list)
    for each in rows:
        found[each.client_id].append(_opened(records, each))
    return {whose: tuple(goals) for whose, goals in found.items()}


def goals_of(records: Records, client_id: str) -> tuple[Goal, ...]:
    """One client's goals, in the order they were added: closed ones too."""
    return goals_by_client(records, client_id).get(client_id, ())


def add_goal(records: Records, client_id: str, goal: Goal, now: datetime) -> Goal:
    """Keep a goal from now on; its id is made here."""
    made = replace(goal, id=tables.new_id())
    row = tables.Goal(
        id=made.id,
        client_id=client_id,
        words_sealed=_sealed(records, client_id, made),
        state=made.state,
        since=made.since,
        closed_on=made.closed_on,
        created_at=now,
    )
    records.db.add(row)
    records.db.flush()
    return made


def change_goal(records: Records, goal: Goal) -> None:
    """Keep all that is said of the goal of this id anew."""
    row = records.db.get_one(tables.Goal, goal.id)
    row.words_sealed = _sealed(records, row.client_id, goal)
    row.state, row.since, row.closed_on = goal.state, goal.since, goal.closed_on
    records.db.add(row)
    records.db.flush()


def goal_rows(records: Records, client_id: str | None) -> Sequence[tables.Goal]:
    """The rows, of one client or of all, in the order they were added."""
    row = tables.Goal
    query = select(row).order_by(col(row.created_at), col(row.id))
    if client_id is not None:
        query = query.where(col(row.client_id) == client_id)
    return records.db.exec(query).all()


def goal_place(goal_id: str, client_id: str) -> Place:
    """Where a goal's words stand."""
    return Place("goal", "words", goal_id, client_id)


def _sealed(records: Records, client_id: str, goal: Goal) -> bytes:
    words = {"text": goal.text, "markers": goal.markers, "interventions": goal.interventions}
    return records.vault_of(client_id).seal(json.dumps(words), goal_place(goal.id, client_id))


def _opened(records: Records, row: tables.Goal) -> Goal:
    said = json.loads(
        records.vault_of(row.client_id).open(row.words_sealed, goal_place(row.id, row.client_id))
    )
    return Goal(
        id=row.id,
        text=said["text"],
        since=row.since,
        markers=tuple(said["markers"]),
        interventions=tuple(said["interventions"]),
        state=GoalState(row.state),
        closed_on=row.closed_on,
    )
