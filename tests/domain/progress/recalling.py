"""Holds a page and a way over months against what was planted: what came back, and what has no source."""

import re
from collections.abc import Iterator, Sequence
from statistics import median

from sync.domain.briefing.compose import compose_briefing
from sync.domain.briefing.moments import LocalTime, local_time
from sync.domain.briefing.privacy import Privacy
from sync.domain.briefing.values import Briefing, BriefingFacts, Line
from sync.domain.progress.excerpts import Excerpt
from sync.domain.progress.helped import said_of, what_helped
from sync.domain.progress.in_words import then_and_now_in_words
from sync.domain.progress.last_session import last_session
from sync.domain.progress.marker_readings import MarkerReading, read_markers
from sync.domain.progress.sentences import Wall, sentence_of
from sync.domain.progress.threads import open_threads
from tests.domain.progress.planted import Client

ZONE = "Europe/London"
_DATE = re.compile(r"\b\d{1,2} [A-Z][a-z]+(?: \d{4})?\b|\b[A-Z][a-z]+ \d{4}\b")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def briefing_of(client: Client) -> Briefing:
    """The whole page, with names as they are, so that every word can be found again."""
    facts = BriefingFacts(
        session_id="next",
        starts_at=client.until,
        ends_at=client.until,
        time_zone=ZONE,
        client_code="XX",
        client_name="Nobody Named",
        privacy=Privacy.FULL,
        number=len(client.notes) + 1,
        last_seen_at=client.notes[-1].starts_at,
        notes=tuple(client.notes),
        calendar_checked_at=client.until,
    )
    return compose_briefing(facts, client.until)


def recalled(client: Client) -> Iterator[tuple[str, bool]]:
    """Each planted fact by its kind, and whether it came back where it belongs."""
    page, time = briefing_of(client), local_time(ZONE, client.until)
    tasks = [line.text for line in page.agreed.tasks] if page.agreed else []
    waiting = [each.task.text for each in open_threads(client.notes, time.today, time.day_of).tasks]
    for task in client.open_tasks:
        yield "homework", task in tasks and task in waiting
    for task in client.done_tasks:
        yield "homework", task not in tasks and task not in waiting
    yield "risk", page.safety.latest.text == client.risk
    yield "risk change", page.safety.before is not None and page.safety.before.text == client.risk_before
    yield "bring up", bool(page.agreed and client.bring_up in [line.text for line in page.agreed.bring_up])
    pairs = then_and_now_in_words(client.notes)
    yield "quotes", (client.then, client.now) in [(pair.then.text, pair.now.text) for pair in pairs]


def without_source(client: Client) -> Iterator[tuple[str, bool]]:
    """Each printed statement, and whether it lacks a span of its note or the numbers it is made of."""
    time = local_time(ZONE, client.until)
    for line in _quoted_lines(briefing_of(client)):
        yield line.text, not _stands_in(client, line)
    for excerpt in _excerpts(client, time):
        body = client.bodies[excerpt.evidence.session_id]
        yield excerpt.text, body[excerpt.start : excerpt.start + len(excerpt.text)] != excerpt.text
    wall = Wall(time.day, time.month)
    for reading in read_markers(client.notes, lambda _label, _scale: True):
        yield _counted(sentence_of(reading, wall), _numbers_of(client, reading))
    for helped in what_helped(client.notes):
        yield _counted(said_of(helped), _counts_of(client, helped.name))


def _quoted_lines(page: Briefing) -> Iterator[Line]:
    yield page.safety.latest
    if page.safety.before is not None:
        yield page.safety.before
    if page.agreed is not None:
        yield from filter(None, (page.agreed.plan, *page.agreed.bring_up, *page.agreed.tasks))
    yield from page.threads


def _stands_in(client: Client, line: Line) -> bool:
    """In the note of each session that is named, white space aside."""
    said = _spaced(line.text)
    return bool(line.evidence) and all(
        said in _spaced(client.bodies[each.session_id]) for each in line.evidence
    )


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _excerpts(client: Client, time: LocalTime) -> Iterator[Excerpt]:
    for pair in then_and_now_in_words(client.notes):
        yield from (pair.then, pair.now)
    yield from last_session(client.notes)
    threads = open_threads(client.notes, time.today, time.day_of)
    yield from threads.bring_up


def _counted(sentence: str, known: set[str]) -> tuple[str, bool]:
    said = set(_NUMBER.findall(_DATE.sub(" ", sentence)))
    return sentence, not said <= known


def _numbers_of(client: Client, reading: MarkerReading) -> set[str]:
    """All that may be said of a marker in numbers, worked out anew from the ratings as they were written."""
    name = re.escape(reading.ever.marker)
    rated = re.compile(rf"^(?:- )?{name}: *(\d+)", re.MULTILINE)
    values = [float(found[1]) for body in client.bodies.values() if (found := rated.search(body))]
    medians = [median(some) for some in _stretches(values)]
    aside = (len(values) - 1) // 4
    quarters = (sorted(values)[aside], sorted(values, reverse=True)[aside])
    known = {*medians, *quarters, values[-1], min(values[-8:]), max(values[-8:]), 8.0, float(len(values))}
    return {f"{number:g}" for number in known} | {str(reading.passed_dips)}


def _counts_of(client: Client, name: str) -> set[str]:
    """How often something stands in a `Helped:` line, and with which sign."""
    said = re.compile(rf"^Helped: .*\b{re.escape(name)}(?: ([+−]?\d))?", re.MULTILINE)
    found = [match[1] or "" for body in client.bodies.values() for match in said.finditer(body)]
    rated = [value for value in found if value]
    signs = [sum(value.startswith(sign) for value in rated) for sign in "+−"]
    return {str(number) for number in (len(found), len(rated), *signs)}


def _stretches(values: Sequence[float]) -> list[Sequence[float]]:
    """The first three and five, the five before the last three, the last three, those before the last."""
    return [each for each in (values[:3], values[:5], values[-8:-3], values[-3:], values[-6:-1]) if each]
