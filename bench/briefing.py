"""How long one briefing takes to compose and render, its pictures included, and whether memory stays flat.

The client has 200 sessions with notes and three curves. The notes are read beforehand, as they are stored
read; time on the clock counts against the limit, and the processor's own time is told beside it.
"""

import gc
import time
import tracemalloc
from datetime import UTC, datetime, timedelta

from bench.figures import Figure, Pair
from sync.adapters.templates import Renderer
from sync.domain.briefing.compose import compose_briefing
from sync.domain.briefing.values import BriefingFacts
from sync.domain.notes.parsing import read_note
from sync.domain.notes.values import WrittenNote

SESSIONS = 200
ALLOWED = 0.07
"""Seconds."""

GROWTH = 100_000
"""Bytes that 20 more briefings may leave behind."""

STARTS_AT = datetime(2026, 6, 16, 12, tzinfo=UTC)


def figures(runs: int) -> list[Figure]:
    """Seconds on the clock and of the processor against the time allowed, and bytes left behind."""
    facts, renderer = _facts(), Renderer()
    _seconds(facts, renderer)  # the first of a process compiles the templates
    pairs = [_seconds(facts, renderer) for _ in range(max(runs, 20))]
    name = f"briefing of {SESSIONS} sessions, three curves"
    return [
        Figure(f"{name} / {ALLOWED} s", [Pair(clock, ALLOWED) for clock, _ in pairs], 1),
        Figure(f"{name}, processor / {ALLOWED} s", [Pair(cpu, ALLOWED) for _, cpu in pairs], 1),
        Figure(f"bytes left by 20 briefings / {GROWTH}", [Pair(_left_behind(facts, renderer), GROWTH)], 1),
    ]


def _seconds(facts: BriefingFacts, renderer: Renderer) -> tuple[float, float]:
    began, worked = time.perf_counter(), time.process_time()
    letter = renderer.letter(compose_briefing(facts, STARTS_AT), "t@example.org", "<b@example.org>")
    took = time.perf_counter() - began, time.process_time() - worked
    assert len(letter.images) == 3
    return took


def _left_behind(facts: BriefingFacts, renderer: Renderer) -> float:
    tracemalloc.start()
    _seconds(facts, renderer)
    gc.collect()
    before = tracemalloc.get_traced_memory()[0]
    for _ in range(20):
        _seconds(facts, renderer)
    gc.collect()
    left = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    return max(left, 0)


def _facts() -> BriefingFacts:
    notes = tuple(
        WrittenNote(f"s{back}", STARTS_AT - timedelta(weeks=back), True, read_note(_body(SESSIONS - back)))
        for back in range(SESSIONS, 0, -1)
    )
    return BriefingFacts(
        session_id="5f2c9e1a",
        starts_at=STARTS_AT,
        ends_at=STARTS_AT + timedelta(minutes=50),
        time_zone="Europe/Berlin",
        client_code="MK",
        client_name="Marta Kessler",
        number=SESSIONS + 1,
        notes=notes,
        calendar_checked_at=STARTS_AT,
    )


def _body(week: int) -> str:
    said = "I could feel it starting on the stairs." if week > SESSIONS // 2 else "It just hits me at home."
    return (
        f'## Subjective\nShe told it slowly: "{said}"\n#bus\n\n'
        f"## Objective\nPanic: {9 - week // 40}/10\nSleep: {4 + week % 3}/10\nMood: {3 + week // 60}/10\n\n"
        f"## Assessment\nHelped: grounding +{week % 3}\nRisk: none\n\n## Plan\nStay with the stairs.\n"
    )
