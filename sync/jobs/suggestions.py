"""Looks for clients in the calendars of the last months, and adds those that a person has said yes to."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sync.app import App
from sync.domain.calendar.matching import Directory, Match, match_client
from sync.domain.calendar.reading import read_event
from sync.domain.calendar.suggestions import Suggestion, suggest_clients
from sync.domain.calendar.teaching import Lesson, lesson_of
from sync.domain.calendar.values import Appointment, Snapshot, Window
from sync.domain.people import Client
from sync.jobs.clients import NewClientWish, add_to, look_again
from sync.jobs.wishes import zone_of
from sync.store.clients import TITLE, add_alias, evidence, hold_names
from sync.store.inbox import event_indexes, ignored
from sync.store.links import account, links

_MONTH = timedelta(days=31)


def suggestions(app: App, practitioner_id: str, months: int, now: datetime) -> list[Suggestion]:
    """Who may be a client by the last `months` of a practitioner's calendars; nothing of it is kept.

    Raises a `SyncError` when a calendar cannot be read.
    """
    window = Window(now - months * _MONTH, now)
    with app.reading() as records:
        connected = [
            each for each in links(records) if each.practitioner_id == practitioner_id and each.is_read
        ]
        permissions = {each.account_id: account(records, each.account_id) for each in connected}
        zone = zone_of(app, records, practitioner_id)
    read: list[tuple[str, Snapshot]] = []
    for calendar in connected:
        permission = permissions[calendar.account_id]
        source = app.source(permission.id, permission.credentials)
        read.append((calendar.id, source.snapshot(calendar.calendar_id, window)))
    return suggest_clients(list(_unknown(app, practitioner_id, read)), zone)


def _unknown(app: App, practitioner_id: str, read: list[tuple[str, Snapshot]]) -> Iterator[Appointment]:
    """The appointments that are nobody's yet and were not said to be no sessions."""
    with app.reading() as records:
        directory = Directory.of(evidence(records, practitioner_id))
        hashes = {link_id: ignored(records, link_id) for link_id, _ in read}
        for link_id, snapshot in read:
            for event in snapshot.events:
                reading = read_event(event, snapshot.time_zone)
                if not isinstance(reading, Appointment):
                    continue
                if not hashes[link_id].isdisjoint(event_indexes(records, link_id, event)):
                    continue
                if not isinstance(match_client(reading, directory, {}), Match):
                    yield reading


def accept(app: App, practitioner_id: str, found: Suggestion, name: str, now: datetime) -> Client:
    """Add a proposed client by this name, with what means her in the calendar. Raises `Refused`.

    A title that points to somebody else too is not learned.
    """
    with app.writing() as records:
        hold_names(records)
        addresses = () if found.address is None else (found.address,)
        made = add_to(records, practitioner_id, NewClientWish(name, addresses=addresses), now)
        everybody = evidence(records, practitioner_id)
        for title in found.titles:
            if lesson_of(title, made.id, everybody, ()) is Lesson.LEARNED:
                add_alias(records, made.id, TITLE, title, now)
        look_again(records, practitioner_id)
        return made
