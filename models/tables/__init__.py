"""The tables: columns only. What is private stands in `…_sealed`; the rest is ids, times, states.

Ids are UUIDs made here, as text, because a sealed value is bound to its row's id before the row
exists. Moments are aware UTC (SQLModel's own column type refuses others). What belongs to a
client is sealed under that client's key, all else under the service key (`models.vault`).
"""

from models.tables import naming  # noqa: F401 - before any table is made
from models.tables.attendance import ClientCadence, ClientEnding, ClientPause
from models.tables.calendars import Account, CalendarLink, IgnoredEvent, InboxItem, Series
from models.tables.ids import new_id, new_ids
from models.tables.measures import Goal, MeasureResult
from models.tables.notes import Marker, Note, NoteAddendum, NoteReadingRow, NoteRevision, NoteSigning
from models.tables.people import Client, ClientAlias, ClientMerge, Member, Practitioner
from models.tables.private_notes import PrivateNote, PrivateNoteRevision
from models.tables.sessions import Attendance, CarryOffer, EventLink, LedgerEntry, Session, SessionFlag
from models.tables.statements import Statement
from models.tables.upkeep import KeySlot, Lease, Message, Run

__all__ = [
    "Account",
    "Attendance",
    "CalendarLink",
    "CarryOffer",
    "Client",
    "ClientAlias",
    "ClientCadence",
    "ClientEnding",
    "ClientMerge",
    "ClientPause",
    "EventLink",
    "Goal",
    "IgnoredEvent",
    "InboxItem",
    "KeySlot",
    "Lease",
    "LedgerEntry",
    "Marker",
    "MeasureResult",
    "Member",
    "Message",
    "Note",
    "NoteAddendum",
    "NoteReadingRow",
    "NoteRevision",
    "NoteSigning",
    "Practitioner",
    "PrivateNote",
    "PrivateNoteRevision",
    "Run",
    "Series",
    "Session",
    "SessionFlag",
    "Statement",
    "new_id",
    "new_ids",
]
