"""Gathers the open threads: what waits to be done, and the days that are coming up."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sync.domain.notes.carry import OpenTask, carried_forward, task_key
from sync.domain.notes.chronology import oldest_first
from sync.domain.notes.formats import BRING_UP, PLAN
from sync.domain.notes.values import WrittenNote
from sync.domain.progress.evidence import Evidence, evidence_of
from sync.domain.progress.excerpts import Excerpt
from sync.domain.progress.written_dates import dates_in

SOON = timedelta(days=30)
"""How far ahead a day is said to come up."""

_DATED = frozenset({PLAN, BRING_UP})
_LOOKED_BACK = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Waiting:
    """An open task, and how many notes were written since it was first given."""

    task: OpenTask
    notes_since: int

    @property
    def evidence(self) -> Evidence:
        """The session it was first given in."""
        return Evidence(self.task.session_id, self.task.given_at)


@dataclass(frozen=True, slots=True)
class ComingUp:
    """A day ahead that a plan, a task or something to bring up names, in the words that name it.

    `excerpt` is where they stand; of a task, whose words have no place of their own, it is None.
    """

    on: date
    words: str
    evidence: Evidence
    excerpt: Excerpt | None


@dataclass(frozen=True, slots=True)
class OpenThreads:
    """Tasks, the oldest first; what the last note says to bring up; days that come, the soonest first."""

    tasks: tuple[Waiting, ...] = ()
    bring_up: tuple[Excerpt, ...] = ()
    coming_up: tuple[ComingUp, ...] = ()

    @property
    def without_a_day(self) -> tuple[Waiting, ...]:
        """The tasks that do not come up: on a page each is told once."""
        coming = {task_key(each.words) for each in self.coming_up}
        return tuple(each for each in self.tasks if task_key(each.task.text) not in coming)


def open_threads(
    notes: Sequence[WrittenNote], today: date, day_of: Callable[[datetime], date]
) -> OpenThreads:
    """What `notes` of one client leave open on `today`; `day_of` is a moment's day where her therapist is."""
    in_order = oldest_first(notes)
    if not in_order:
        return OpenThreads()
    return OpenThreads(
        tasks=tuple(
            Waiting(task, sum(note.starts_at > task.given_at for note in in_order))
            for task in carried_forward(in_order).open_tasks
        ),
        bring_up=tuple(
            Excerpt.of(in_order[-1], said)
            for said in in_order[-1].reading.sentences
            if said.field == BRING_UP
        ),
        coming_up=_coming_up(in_order, today, day_of),
    )


def _coming_up(
    in_order: Sequence[WrittenNote], today: date, day_of: Callable[[datetime], date]
) -> tuple[ComingUp, ...]:
    """Each day once for the same words, as they were last written."""
    found: dict[tuple[date, str], ComingUp] = {}
    for note in in_order:
        written_on = day_of(note.starts_at)
        if today - written_on > _LOOKED_BACK:
            continue
        for words, excerpt in _dated_words(note):
            for named in dates_in(words, written_on):
                if today <= named.on <= today + SOON:
                    coming = ComingUp(named.on, words, evidence_of(note), excerpt)
                    found[named.on, task_key(words)] = coming
    done = {task_key(task.text) for note in in_order for task in note.reading.tasks if task.done}
    left = [coming for coming in found.values() if task_key(coming.words) not in done]
    return tuple(sorted(left, key=lambda coming: coming.on))


def _dated_words(note: WrittenNote) -> Iterator[tuple[str, Excerpt | None]]:
    for sentence in note.reading.sentences:
        if sentence.field in _DATED:
            yield sentence.text, Excerpt.of(note, sentence)
    for task in note.reading.tasks:
        if not task.done:
            yield task.text, None
