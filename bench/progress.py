"""The whole story of one client with many notes, from the sealed records to the page."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from random import Random

from bench.figures import Figure, Pair
from bench.ground import NOW, practice_over
from bench.history import LENGTH, ZONE, StillCalendar
from sync.app import App
from sync.commands.progress_json import progress_json
from sync.domain.calendar.changes import Create, Past
from sync.domain.calendar.reading import read_event
from sync.domain.calendar.values import Appointment, Event
from sync.domain.notes.parsing import read_note
from sync.jobs.progress import progress_of
from sync.jobs.wishes import applying_for
from sync.store.clients import clients
from sync.store.creations import create_sessions
from sync.store.links import link
from sync.store.notes import lay_stubs, note_of, save_revision, written_notes
from sync.store.sessions import SessionFilter, session_records

SESSIONS = 400
ALLOWED = 0.2
"""Seconds."""

MARKERS = ("Panic", "Sleep", "Mood", "Hope", "Self-criticism", "Boundary holding")
THEMES = ("bus", "sister", "work", "sleep", "noticing", "grief", "saying-no", "evenings", "body", "asking")
DONE = ("grounding", "letter", "breathing", "chair work")
SAID = (
    "She noticed the cold hands on the platform and let one train go by before the next one.",
    "She could not open the letter from the bank and put it under the others on the shelf.",
    'She told it slowly: "I could feel it starting on the stairs, and I stayed where I was."',
    'Of the weekend she said: "It just hits me at home, I don\'t see it coming at all."',
    "Her sister rang twice about the flat, and they agreed to wait until the summer is over.",
    "Two evenings were quiet, and one ended with an argument about the dishes and the bins.",
    "She decided to tell her manager about the long meetings, and asked for a way out of them.",
    "It was unbearable for an hour on Tuesday, and she walked around the block until it was dark.",
)
MEANT = (
    "The warning is short, and she begins to trust it more than the advice of others.",
    "Hunger and tiredness go before most of what she calls out of nowhere.",
    "Saying no is easier on paper than at the table, and she sees the difference herself.",
    "The grief of the spring is back in another coat, and it is spoken of more plainly.",
)


def figures(runs: int) -> list[Figure]:
    """All statements as JSON: against the time allowed, and against the reading of the notes alone."""
    with _practice() as (app, client_id):
        _seconds(app, client_id)  # the first reading of a process is not counted
        pairs = [_seconds(app, client_id) for _ in range(runs)]
    name = f"progress of {SESSIONS} sessions and {len(MARKERS)} markers"
    return [
        Figure(f"{name} / {ALLOWED} s", [Pair(whole, ALLOWED) for whole, _ in pairs], 1),
        Figure(f"{name} / the reading of its notes", [Pair(whole, notes) for whole, notes in pairs], 6),
    ]


def _seconds(app: App, client_id: str) -> tuple[float, float]:
    began = time.perf_counter()
    seen = progress_of(app, client_id, NOW)
    document = progress_json(seen)
    whole = time.perf_counter() - began
    assert len(seen.notes) == SESSIONS
    assert document["then_and_now"]
    began = time.perf_counter()
    with app.reading() as records:
        written_notes(records, client_id, before=NOW)
    return whole, time.perf_counter() - began


@contextmanager
def _practice() -> Iterator[tuple[App, str]]:
    with practice_over(lambda: StillCalendar([])) as (app, link_id):
        yield app, _write_notes(app, link_id)


def _write_notes(app: App, link_id: str) -> str:
    """Weekly notes of one client, of all that a note may hold; her id."""
    rng = Random(7)
    with app.writing() as records:
        person = clients(records)[0]
        creates = []
        for week in range(SESSIONS, 0, -1):
            starts_at = NOW - timedelta(weeks=week)
            reading = read_event(
                Event(
                    f"e{week}",
                    starts_at=starts_at,
                    ends_at=starts_at + LENGTH,
                    time_zone=ZONE,
                    title=person.name,
                ),
                ZONE,
            )
            assert isinstance(reading, Appointment)
            creates.append(Create(reading, person.id, True, Past("held")))
        create_sessions(records, creates, applying_for(app, records, link(records, link_id), NOW))
        sessions = session_records(records, SessionFilter(client_id=person.id), NOW)
        lay_stubs(records, [(session.id, person.id, "soap") for session in sessions], NOW)
        for session in sessions:
            note = note_of(records, session.id)
            assert note is not None
            body = _body(rng)
            save_revision(records, note, body, read_note(body), NOW)
    return person.id


def _body(rng: Random) -> str:
    ratings = "\n".join(f"{marker}: {rng.randint(2, 8)}/10" for marker in MARKERS)
    themes = " ".join(f"#{theme}" for theme in rng.sample(THEMES, 3))
    helped = ", ".join(f"{done} +{rng.randint(0, 2)}" for done in rng.sample(DONE, 2))
    return (
        f"## Subjective\n{' '.join(rng.sample(SAID, 4))}\n\n{themes}\n\n## Objective\n{ratings}\n\n"
        f"## Assessment\n{' '.join(rng.sample(MEANT, 2))}\nHelped: {helped}\nRisk: none\n\n"
        f"## Plan\nStay with the {rng.choice(THEMES)}; review on {rng.randint(1, 28)} July.\n"
        f"- [ ] {rng.choice(DONE)} on {rng.randint(2, 5)} days\n"
    )
