"""Says what was agreed last time: the plan, what to bring up, and the tasks still open."""

from collections.abc import Sequence

from sync.domain.briefing.values import Agreed, Line
from sync.domain.briefing.wording import Wording
from sync.domain.notes.carry import LastPlan, OpenTask, carried_forward
from sync.domain.notes.chronology import oldest_first
from sync.domain.notes.values import WrittenNote
from sync.domain.phrasing import listed
from sync.domain.progress.evidence import Evidence, evidence_of

PLAN_LIMIT = 360
ITEM_LIMIT = 200
MOST_ITEMS = 3
"""So much that the top of the page is read in a quarter of a minute; the note has the rest."""


def compose_agreed(notes: Sequence[WrittenNote], wording: Wording) -> Agreed | None:
    """The section on last time, or None when nothing was agreed or left open."""
    carried = carried_forward(notes)
    if not (carried.plan or carried.bring_up or carried.open_tasks):
        return None
    return Agreed(
        plan=_plan(carried.plan, wording) if carried.plan else None,
        bring_up=_bring_up(carried.bring_up[:MOST_ITEMS], oldest_first(notes)[-1], wording),
        tasks=tuple(_task(task, wording) for task in _oldest_and_latest(carried.open_tasks)),
        more_tasks=_left_out(len(carried.bring_up), len(carried.open_tasks)),
    )


def _plan(plan: LastPlan, wording: Wording) -> Line:
    dated = f"plan of {wording.dated(plan.given_at, plan.signed)}"
    return wording.quote(plan.text, Evidence(plan.session_id, plan.given_at), dated, PLAN_LIMIT)


def _bring_up(items: Sequence[str], note: WrittenNote, wording: Wording) -> tuple[Line, ...]:
    dated = wording.dated(note.starts_at, note.signed)
    return tuple(wording.quote(item, evidence_of(note), dated, ITEM_LIMIT) for item in items)


def _task(task: OpenTask, wording: Wording) -> Line:
    evidence = Evidence(task.session_id, task.given_at)
    return wording.quote(task.text, evidence, f"given {wording.time.day(task.given_at)}", ITEM_LIMIT)


def _oldest_and_latest(tasks: tuple[OpenTask, ...]) -> tuple[OpenTask, ...]:
    """All of a few; of many the one that has waited longest and the latest ones."""
    return tasks if len(tasks) <= MOST_ITEMS else (tasks[0], *tasks[1 - MOST_ITEMS :])


def _left_out(bring_up: int, tasks: int) -> str:
    """What the notes have beyond what is shown, or nothing."""
    numbers = (
        (bring_up, "more point to bring up", "more points to bring up"),
        (tasks, "more open task", "more open tasks"),
    )
    more = [
        f"{n - MOST_ITEMS} {one if n - MOST_ITEMS == 1 else many}"
        for n, one, many in numbers
        if n > MOST_ITEMS
    ]
    return f"{listed(more)} in the notes." if more else ""
