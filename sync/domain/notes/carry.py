"""What is carried forward to the next session: the last plan, open tasks, what to bring up."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sync.domain.notes.chronology import oldest_first
from sync.domain.notes.values import WrittenNote


@dataclass(frozen=True, slots=True)
class LastPlan:
    """The last plan written, verbatim, and the session (UTC start) whose note has it."""

    text: str
    session_id: str
    given_at: datetime
    signed: bool


@dataclass(frozen=True, slots=True)
class OpenTask:
    """A task not yet done, as first worded, and the session (UTC start) it was first given in."""

    text: str
    session_id: str
    given_at: datetime


@dataclass(frozen=True, slots=True)
class CarriedForward:
    """What is shown beside the next note and never copied into it. `bring_up` is the last note's."""

    plan: LastPlan | None = None
    open_tasks: tuple[OpenTask, ...] = ()
    bring_up: tuple[str, ...] = ()


def carried_forward(notes: Sequence[WrittenNote]) -> CarriedForward:
    """What `notes` of one client, in any order, leave for the next session."""
    in_order = oldest_first(notes)
    return CarriedForward(
        plan=next(_plans(reversed(in_order)), None),
        open_tasks=_open_tasks(in_order),
        bring_up=in_order[-1].reading.bring_up if in_order else (),
    )


def task_key(text: str) -> str:
    """What makes two wordings one task: case and spaces do not matter."""
    return " ".join(text.casefold().split())


def _plans(notes: Iterator[WrittenNote]) -> Iterator[LastPlan]:
    for note in notes:
        if note.reading.plan:
            yield LastPlan(note.reading.plan, note.session_id, note.starts_at, note.signed)


def _open_tasks(in_order: list[WrittenNote]) -> tuple[OpenTask, ...]:
    """Tasks given and not ticked since; one given again after it was done counts from then on."""
    still_open: dict[str, OpenTask] = {}
    for note in in_order:
        for task in note.reading.tasks:
            if task.done:
                still_open.pop(task_key(task.text), None)
            else:
                given = OpenTask(task.text, note.session_id, note.starts_at)
                still_open.setdefault(task_key(task.text), given)
    return tuple(still_open.values())
