"""The inbox: appointments whose client is not certain, sealed until a person says whose they are."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import col, select

from models import tables
from models.vault import Place
from sync.domain.calendar.values import Appointment, Event
from sync.store.event_json import event_from_json, event_to_json
from sync.store.records import Records

KEPT = timedelta(days=30)
"""After this an unanswered question is dropped with all its words."""


@dataclass(frozen=True, slots=True)
class Question:
    """One waiting appointment, opened."""

    id: str
    link_id: str
    reason: str
    event: Event
    starts_at: datetime


def put_question(
    records: Records, link_id: str, appointment: Appointment, reason: str, now: datetime
) -> bool:
    """Let an appointment wait for an answer; whether that is new."""
    event = appointment.event
    row = records.db.exec(
        select(tables.InboxItem).where(
            col(tables.InboxItem.calendar_link_id) == link_id,
            col(tables.InboxItem.event_id) == event.event_id,
        )
    ).first()
    if row is not None and row.etag is not None and row.etag == event.etag and row.reason == reason:
        return False
    is_new = row is None
    row_id = tables.new_id() if row is None else row.id
    sealed = records.vault.seal(event_to_json(event), Place("inbox_item", "event", row_id))
    if row is None:
        row = tables.InboxItem(
            id=row_id,
            calendar_link_id=link_id,
            event_id=event.event_id,
            recurring_event_id=event.recurring_event_id,
            starts_at=appointment.starts_at,
            reason=reason,
            event_sealed=sealed,
            seen_at=now,
        )
    row.starts_at = appointment.starts_at
    row.reason = reason
    row.etag = event.etag
    row.event_sealed = sealed
    records.db.add(row)
    records.db.flush()
    return is_new


def questions(records: Records) -> list[Question]:
    """All that waits, by start."""
    rows = records.db.exec(select(tables.InboxItem).order_by(col(tables.InboxItem.starts_at)))
    return [_opened(records, row) for row in rows]


def find_questions(records: Records, said: str) -> list[Question]:
    """The waiting appointments whose id is, or begins with, `said`."""
    return [question for question in questions(records) if question.id.startswith(said)] if said else []


def drop_question(records: Records, question_id: str) -> None:
    """Forget a waiting appointment with all its words."""
    records.db.connection().execute(delete(tables.InboxItem).where(col(tables.InboxItem.id) == question_id))


def keep_only(records: Records, link_id: str, event_ids: Collection[str]) -> None:
    """Drop the questions of a calendar that a complete reading no longer asks."""
    rows = records.db.exec(select(tables.InboxItem).where(col(tables.InboxItem.calendar_link_id) == link_id))
    for row in list(rows):
        if row.event_id not in event_ids:
            records.db.delete(row)


def drop_old_questions(records: Records, now: datetime) -> None:
    """Drop every question that has waited for `KEPT`, also of calendars that are no longer read."""
    waited = col(tables.InboxItem.seen_at) <= now - KEPT
    records.db.connection().execute(delete(tables.InboxItem).where(waited))


def ignore_event(records: Records, link_id: str, event: Event, now: datetime, *, once: bool = False) -> None:
    """Remember, as a keyed hash, that an event or the series it belongs to is no session.

    `once`: of a series this hour alone.
    """
    own, whole = event_indexes(records, link_id, event)
    index = own if once else whole
    if records.db.get(tables.IgnoredEvent, index) is None:
        records.db.add(
            tables.IgnoredEvent(event_index=index, calendar_link_id=link_id, ignored_on=now.date())
        )


def ignored(records: Records, link_id: str) -> set[str]:
    """The keyed hashes of what is no session in this calendar."""
    query = select(tables.IgnoredEvent.event_index).where(
        col(tables.IgnoredEvent.calendar_link_id) == link_id
    )
    return set(records.db.exec(query))


def event_indexes(records: Records, link_id: str, event: Event) -> tuple[str, str]:
    """The keyed hashes of an event, and of its series when it is one of many (else the same again)."""
    ids = (event.event_id, event.recurring_event_id or event.event_id)
    own, whole = (records.vault.blind_index("event", f"{link_id}:{each}") for each in ids)
    return own, whole


def _opened(records: Records, row: tables.InboxItem) -> Question:
    text = records.vault.open(row.event_sealed, Place("inbox_item", "event", row.id))
    return Question(row.id, row.calendar_link_id, row.reason, event_from_json(text), row.starts_at)
