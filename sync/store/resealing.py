"""Gives rows to another client: opened with the one client's key, sealed with the other's."""

from collections.abc import Collection, Iterable

from sqlmodel import col, select

from models import tables
from models.vault import Place
from sync.store.goals import goal_place
from sync.store.known_sessions import CHUNK, details_place
from sync.store.markers import anchors_place, marker_index, marker_name, name_place
from sync.store.measures import reason_place, result_place
from sync.store.notes import reading_place
from sync.store.private_moves import give_private_notes
from sync.store.records import Records
from sync.store.revisions import revision_place
from sync.store.signing import addendum_place, signing_place


def reseal(records: Records, sealed: bytes, place: Place, client_id: str) -> bytes:
    """What stands sealed at `place`, sealed anew for this client; the text is the same to the letter."""
    text = records.vault_of(place.client).open(sealed, place)
    return records.vault_of(client_id).seal(text, place._replace(client=client_id))


def give_sessions(records: Records, session_ids: Collection[str], client_id: str) -> None:
    """Make sessions this client's, with all that hangs on them: times, states and words stay as they are.

    Sessions are locked before their notes, as by whoever writes a note.
    """
    ids = sorted(session_ids)
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        session = tables.Session
        query = select(session).where(col(session.id).in_(chunk)).order_by(col(session.id))
        for row in list(records.db.exec(query.with_for_update().execution_options(populate_existing=True))):
            place = details_place(row.id, row.client_id)
            row.details_sealed = reseal(records, row.details_sealed, place, client_id)
            row.client_id = client_id
            records.db.add(row)
        records.db.flush()
        _give_notes(records, chunk, client_id)
        give_private_notes(records, chunk, client_id)


def _give_notes(records: Records, session_ids: Collection[str], client_id: str) -> None:
    note = tables.Note
    query = select(note).where(col(note.session_id).in_(session_ids)).order_by(col(note.id))
    notes = list(records.db.exec(query.with_for_update().execution_options(populate_existing=True)))
    owners = {row.id: row.client_id for row in notes}
    _give_revisions(records, owners, client_id)
    _give_readings(records, owners, client_id)
    _give_signings(records, owners, client_id)
    _give_addenda(records, owners, client_id)
    for row in notes:
        row.client_id = client_id
        records.db.add(row)
    records.db.flush()


def _give_revisions(records: Records, owners: dict[str, str], client_id: str) -> None:
    revision = tables.NoteRevision
    for row in list(records.db.exec(select(revision).where(col(revision.note_id).in_(owners)))):
        place = revision_place(row.id, owners[row.note_id], row.number)
        row.body_sealed = reseal(records, row.body_sealed, place, client_id)
        records.db.add(row)


def _give_readings(records: Records, owners: dict[str, str], client_id: str) -> None:
    reading = tables.NoteReadingRow
    for row in list(records.db.exec(select(reading).where(col(reading.note_id).in_(owners)))):
        place = reading_place(row.note_id, owners[row.note_id], row.revision)
        row.reading_sealed = reseal(records, row.reading_sealed, place, client_id)
        row.client_id = client_id
        records.db.add(row)


def _give_signings(records: Records, owners: dict[str, str], client_id: str) -> None:
    signing = tables.NoteSigning
    for row in list(records.db.exec(select(signing).where(col(signing.note_id).in_(owners)))):
        owner = owners[row.note_id]
        place = signing_place("hash", row.id, owner, row.revision)
        row.hash_sealed = reseal(records, row.hash_sealed, place, client_id)
        if row.reason_sealed is not None:
            place = signing_place("reason", row.id, owner, row.revision)
            row.reason_sealed = reseal(records, row.reason_sealed, place, client_id)
        records.db.add(row)


def _give_addenda(records: Records, owners: dict[str, str], client_id: str) -> None:
    addendum = tables.NoteAddendum
    for row in list(records.db.exec(select(addendum).where(col(addendum.note_id).in_(owners)))):
        for column in ("reason", "text", "hash"):
            sealed, place = (
                f"{column}_sealed",
                addendum_place(column, row.id, owners[row.note_id], row.number),
            )
            setattr(row, sealed, reseal(records, getattr(row, sealed), place, client_id))
        records.db.add(row)


def give_aliases(records: Records, aliases: Iterable[tables.ClientAlias], client_id: str) -> None:
    """Let names and addresses that meant another client mean this one."""
    for row in aliases:
        place = Place("client_alias", "value", row.id, row.client_id)
        row.value_sealed = reseal(records, row.value_sealed, place, client_id)
        row.client_id = client_id
        records.db.add(row)
    records.db.flush()


def members_of(records: Records, client_id: str) -> list[tables.Member]:
    """The persons of a couple or group, as rows, by position."""
    member = tables.Member
    query = select(member).where(col(member.client_id) == client_id).order_by(col(member.position))
    return list(records.db.exec(query))


def give_members(records: Records, members: Iterable[tuple[tables.Member, int]], client_id: str) -> None:
    """Make persons of a couple or group this client's, each at the position given."""
    for row, position in members:
        place = Place("member", "name", row.id, row.client_id)
        row.name_sealed = reseal(records, row.name_sealed, place, client_id)
        row.client_id = client_id
        row.position = position
        records.db.add(row)
    records.db.flush()


def give_markers(records: Records, markers: Iterable[tables.Marker], client_id: str) -> None:
    """Let what was followed for another client be followed for this one."""
    for row in markers:
        name_index = marker_index(records, client_id, marker_name(records, row))
        row.name_sealed = reseal(records, row.name_sealed, name_place(row.id, row.client_id), client_id)
        if row.anchors_sealed is not None:
            place = anchors_place(row.id, row.client_id)
            row.anchors_sealed = reseal(records, row.anchors_sealed, place, client_id)
        row.name_index, row.client_id = name_index, client_id
        records.db.add(row)
    records.db.flush()


def give_measures(records: Records, results: Iterable[tables.MeasureResult], client_id: str) -> list[str]:
    """Make what questionnaires gave this client's, voided ones too; their ids."""
    given = []
    for row in results:
        place = result_place(row.id, row.client_id)
        row.result_sealed = reseal(records, row.result_sealed, place, client_id)
        if row.void_reason_sealed is not None:
            place = reason_place(row.id, row.client_id)
            row.void_reason_sealed = reseal(records, row.void_reason_sealed, place, client_id)
        row.client_id = client_id
        records.db.add(row)
        given.append(row.id)
    records.db.flush()
    return given


def give_goals(records: Records, goals: Iterable[tables.Goal], client_id: str) -> list[str]:
    """Let what another client worked towards be this one's; their ids."""
    given = []
    for row in goals:
        row.words_sealed = reseal(records, row.words_sealed, goal_place(row.id, row.client_id), client_id)
        row.client_id = client_id
        records.db.add(row)
        given.append(row.id)
    records.db.flush()
    return given
