"""Gathers what points to whom about the appointments that wait, for a person to weigh."""

from collections.abc import Iterable
from datetime import datetime

from sync.domain.calendar.matching import Directory, evidence_for
from sync.domain.calendar.reading import read_event
from sync.domain.calendar.values import Appointment
from sync.jobs.compare import RECENT
from sync.store.clients import evidence
from sync.store.inbox import Question
from sync.store.known_sessions import series_clients
from sync.store.links import link
from sync.store.records import Records

Pointing = dict[str, dict[str, tuple[str, ...]]]
"""By the question's id: the kinds of evidence by client."""


def pointing_of(records: Records, questions: Iterable[Question], now: datetime) -> Pointing:
    """What points to a client about each of `questions`, as the records say it at `now`."""
    by_link: dict[str, list[Question]] = {}
    for question in questions:
        by_link.setdefault(question.link_id, []).append(question)
    found: Pointing = {}
    directories: dict[str, Directory] = {}
    for link_id, some in by_link.items():
        calendar = link(records, link_id)
        owner = calendar.practitioner_id
        if owner not in directories:
            directories[owner] = Directory.of(evidence(records, owner))
        series = {question.event.recurring_event_id for question in some}
        owners = series_clients(records, link_id, {one for one in series if one}, now - RECENT)
        for question in some:
            reading = read_event(question.event, calendar.time_zone or "UTC")
            if isinstance(reading, Appointment):
                found[question.id] = evidence_for(reading, directories[owner], owners, calendar.title_pattern)
    return found
