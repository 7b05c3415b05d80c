"""Ways to look into a practice, and to do what people do in its calendar."""

from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlmodel import SQLModel, select

from models import tables
from sync.domain.calendar.links import CalendarLink
from sync.store.ledger import ledger_of
from sync.store.links import LinkWish, SignIn, keep_account, keep_link, link
from sync.store.outbox import messages
from sync.store.practitioners import add_practitioner
from tests.practice import ANA, WEDNESDAY, Practice

Row = TypeVar("Row", bound=SQLModel)

TOMORROW = WEDNESDAY + timedelta(days=1)
NEXT_WEEK = WEDNESDAY + timedelta(days=6, hours=6)
"""Tuesday 16 June 2026, 14:00 UTC."""
HOUR = timedelta(hours=1)
LENGTH = timedelta(minutes=50)


def rows(practice: Practice, table: type[Row]) -> list[Row]:
    """Every row of a table."""
    with practice.app.reading() as records:
        return list(records.db.exec(select(table)))


def everything(practice: Practice) -> dict[str, list[Any]]:
    """All that is remembered of sessions, notes and mails, to compare before and after."""
    kinds: list[type[SQLModel]] = [
        tables.Session,
        tables.EventLink,
        tables.LedgerEntry,
        tables.SessionFlag,
        tables.Note,
        tables.NoteRevision,
        tables.Message,
        tables.InboxItem,
        tables.Client,
    ]
    return {kind.__name__: sorted(map(repr, _dumped(practice, kind))) for kind in kinds}


def _dumped(practice: Practice, kind: type[SQLModel]) -> list[dict[str, Any]]:
    return [row.model_dump() for row in rows(practice, kind)]


def mails(practice: Practice, kind: str = "briefing") -> list[tables.Message]:
    """The outbox of one kind."""
    with practice.app.reading() as records:
        return messages(records, kind)


def fates(practice: Practice, kind: str = "briefing") -> list[str]:
    """What became of each mail of one kind, by the moment it was due."""
    return [mail.status for mail in mails(practice, kind)]


def ledger(practice: Practice) -> list[str]:
    """The kinds of entries in the only session's ledger."""
    with practice.app.reading() as records:
        return [entry.kind for entry in ledger_of(records, practice.the_session().id)]


def calendar(practice: Practice, link_id: str | None = None) -> CalendarLink:
    """The link of the calendar as it stands."""
    with practice.app.reading() as records:
        return link(records, link_id or practice.link_id)


def weekly(
    practice: Practice, title: str = "Jo Bloggs", start: datetime = NEXT_WEEK, count: int = 12, **more: Any
) -> str:
    """Type a weekly series; its id."""
    return practice.put(title, start, recurrence=[f"RRULE:FREQ=WEEKLY;COUNT={count}"], **more)


def instance(series: str, start: datetime) -> str:
    """The id of a series' instance that was planned for `start` (UTC)."""
    return f"{series}_{start:%Y%m%dT%H%M%SZ}"


def move(practice: Practice, event_id: str, start: datetime) -> None:
    """Drag an event to another time."""
    practice.world.move(ANA, event_id, start, start + LENGTH)


def delete(practice: Practice, event_id: str) -> None:
    """Delete an event in the calendar."""
    practice.world.delete(ANA, event_id)


def asked(practice: Practice, path_part: str = "") -> list[dict[str, Any]]:
    """The parameters of the requests so far whose path ends so."""
    return [request.params for request in practice.requests if request.path.endswith(path_part)]


def doorbells(practice: Practice) -> list[dict[str, Any]]:
    """The parameters of every doorbell request."""
    return [params for params in asked(practice, "/events") if params["singleEvents"] == "false"]


def snapshots(practice: Practice) -> list[dict[str, Any]]:
    """The parameters of every page of a snapshot."""
    return [params for params in asked(practice, "/events") if params["singleEvents"] == "true"]


def second_calendar(practice: Practice, address: str = "ben@practice.example", **wish: Any) -> str:
    """Give another practitioner, Ben, a calendar of his own in the sandbox; the id of its link."""
    practice.world.add_calendar(address, time_zone="Europe/London", owner=address)
    practice.world.share(address, ANA, "owner")  # the harness signs in as one account for all
    with practice.app.writing() as records:
        ben = add_practitioner(records, "Ben Hale", address, practice.clock())
        account_id = keep_account(records, ben.id, SignIn("google", address, address, "{}"), practice.clock())
        return keep_link(records, account_id, ben.id, LinkWish(address, **wish), practice.clock())
