"""Keeps that two records are one client's: what went from the one to the other, so that it can go back."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, or_
from sqlmodel import col, select

from models import tables
from sync.domain.calendar.words import words
from sync.domain.people import MERGED, Client
from sync.store.agreement_merges import join_agreements, part_agreements, take_back_cadence
from sync.store.clients import ALIAS, SHORTEST_ID, add_alias
from sync.store.doubles import Joined, join_doubles, part_doubles, to_part
from sync.store.goals import goal_rows
from sync.store.marker_merges import join_markers, part_markers
from sync.store.measures import rows_of
from sync.store.outbox import Arming
from sync.store.records import Records
from sync.store.resealing import (
    give_aliases,
    give_goals,
    give_measures,
    give_members,
    give_sessions,
    members_of,
)
from sync.store.statements import join_statements, part_statements

Moved = dict[str, Any]
"""Row ids by table, and what stood in a row where that was changed; as `client_merge.moved` keeps it."""


@dataclass(frozen=True, slots=True)
class Merge:
    """One merge that holds: the record of `gone_id` is part of `kept_id`'s."""

    id: str
    gone_id: str
    kept_id: str


def merge_clients(records: Records, gone: Client, kept: Client, now: datetime) -> int:
    """Make all that is `gone`'s `kept`'s; how many sessions that were. `gone`'s row stays, as merged.

    Its name goes on to mean `kept`, as its code does by `evidence`. What `kept` has already (the same
    alias, a person of the same name) is not doubled: that row stays where it is. A meeting that both had is
    one session from then on.
    """
    session = tables.Session
    sessions = list(records.db.exec(select(session.id).where(col(session.client_id) == gone.id)))
    give_sessions(records, sessions, kept.id)
    moved: Moved = {"session": sorted(sessions), "status": gone.status}
    moved["client_alias"] = _move_aliases(records, gone.id, kept.id)
    moved["made_alias"] = _keep_name(records, gone, kept, now)
    moved["member"], moved["attendance"] = _move_members(records, gone, kept)
    moved["markers"] = join_markers(records, gone.id, kept.id)
    moved["measures"] = give_measures(records, rows_of(records, gone.id), kept.id)
    moved["statements"] = join_statements(records, gone.id, kept.id)
    moved["goals"] = give_goals(records, goal_rows(records, gone.id), kept.id)
    moved["agreements"] = join_agreements(records, gone.id, kept.id)
    moved["joined"] = join_doubles(records, kept.id, kept.practitioner_id, now)
    row = records.db.get_one(tables.Client, gone.id)
    row.status, row.merged_into_id = MERGED, kept.id
    records.db.add(row)
    records.db.add(
        tables.ClientMerge(from_client_id=gone.id, into_client_id=kept.id, moved=moved, merged_at=now)
    )
    records.db.flush()
    return len(sessions)


def undo_merge(records: Records, merge: Merge, now: datetime, arming: Arming) -> int:
    """Give back exactly what moved and is still there; how many sessions. What came since stays.

    A meeting that is two clients' then is two sessions again, in whatever order the merges are undone.
    """
    row = records.db.get_one(tables.ClientMerge, merge.id)
    moved: Moved = row.moved
    sessions = _still_of(records, tables.Session, merge.kept_id, moved["session"])
    give_sessions(records, sessions, merge.gone_id)
    _part_meetings(records, row, sessions, now, arming)
    made = _still_of(records, tables.ClientAlias, merge.kept_id, moved["made_alias"])
    alias = tables.ClientAlias
    records.db.connection().execute(delete(alias).where(col(alias.id).in_(made)))
    ids = _still_of(records, alias, merge.kept_id, moved["client_alias"])
    give_aliases(records, records.db.exec(select(alias).where(col(alias.id).in_(ids))), merge.gone_id)
    _give_members_back(records, merge, moved)
    if "markers" in moved:  # merges of before there were any have none
        part_markers(records, merge.gone_id, merge.kept_id, moved["markers"])
    went = {*moved.get("measures", ()), *moved.get("goals", ())}  # likewise
    give_measures(records, [r for r in rows_of(records, merge.kept_id) if r.id in went], merge.gone_id)
    give_goals(records, [r for r in goal_rows(records, merge.kept_id) if r.id in went], merge.gone_id)
    part_statements(records, merge.gone_id, merge.kept_id, moved.get("statements", ()))
    _part_agreements(records, merge, moved)
    gone = records.db.get_one(tables.Client, merge.gone_id)
    gone.status, gone.merged_into_id = moved["status"], None
    row.undone_at = now
    for changed in (gone, row):
        records.db.add(changed)
    records.db.flush()
    return len(sessions)


def _part_meetings(
    records: Records, undone: tables.ClientMerge, left: Collection[str], now: datetime, arming: Arming
) -> None:
    """Make two sessions again of each meeting of which one session has `left`, whichever merge joined them.

    What the client who stays has twice by that is joined again, in the name of a merge that holds.
    """
    merge = tables.ClientMerge
    into = select(merge).where(
        col(merge.into_client_id) == undone.into_client_id, col(merge.undone_at).is_(None)
    )
    holding = list(records.db.exec(into))
    joined = {row.id: row.moved.get("joined", []) for row in holding}
    parting = to_part([one for each in joined.values() for one in each], joined[undone.id], left)
    part_doubles(records, parting, now, arming)
    others = [row for row in holding if row.id != undone.id]
    for row in others:
        _note_joined(records, row, [one for one in joined[row.id] if one not in parting])
    staying = {one[side] for one in parting if "kept" in one for side in ("double", "kept")}.difference(left)
    if len(staying) > 1:
        kept = records.db.get_one(tables.Client, undone.into_client_id)
        anew = join_doubles(records, kept.id, kept.practitioner_id, now)
        for row in others[-1:]:
            _note_joined(records, row, [*row.moved["joined"], *anew])


def _note_joined(records: Records, row: tables.ClientMerge, joined: Sequence[Joined]) -> None:
    row.moved = row.moved | {"joined": list(joined)}  # a change within the old one would not be seen
    records.db.add(row)
    records.db.flush()


def find_merges(records: Records, said: str) -> list[Merge]:
    """The merges that hold and are meant by `said`: the code or (the start of) an id of the record gone."""
    merge, person = tables.ClientMerge, tables.Client
    meant = [func.lower(col(person.code)) == said.lower()]
    if len(said) >= SHORTEST_ID:
        meant += [col(row.id).startswith(said, autoescape=True) for row in (person, merge)]
    query = (
        select(merge)
        .join(person, col(person.id) == col(merge.from_client_id))
        .where(col(merge.undone_at).is_(None), or_(*meant))
    )
    return [Merge(row.id, row.from_client_id, row.into_client_id) for row in records.db.exec(query)]


def _still_of(
    records: Records, table: type[tables.Session | tables.ClientAlias], client_id: str, ids: Collection[str]
) -> list[str]:
    """Those of `ids` that are this client's at present."""
    query = select(table.id).where(col(table.client_id) == client_id)
    return sorted(set(records.db.exec(query)) & set(ids))


def _move_aliases(records: Records, gone_id: str, kept_id: str) -> list[str]:
    alias = tables.ClientAlias
    rows = list(records.db.exec(select(alias).where(col(alias.client_id).in_((gone_id, kept_id)))))
    had = {(row.kind, row.value_index) for row in rows if row.client_id == kept_id}
    moving = [row for row in rows if row.client_id == gone_id and (row.kind, row.value_index) not in had]
    give_aliases(records, moving, kept_id)
    return sorted(row.id for row in moving)


def _keep_name(records: Records, gone: Client, kept: Client, now: datetime) -> list[str]:
    """Let the name of the record gone mean the other; the ids of the aliases that were made for it."""
    if words(gone.name) == words(kept.name):
        return []
    before = _alias_ids(records, kept.id)
    add_alias(records, kept.id, ALIAS, gone.name, now)
    return sorted(_alias_ids(records, kept.id) - before)


def _alias_ids(records: Records, client_id: str) -> set[str]:
    alias = tables.ClientAlias
    return set(records.db.exec(select(alias.id).where(col(alias.client_id) == client_id)))


def _move_members(records: Records, gone: Client, kept: Client) -> tuple[dict[str, int], dict[str, str]]:
    """Move the persons of a couple or group behind those who are there.

    Where one of the same name is there already, her attendance is hers. Who moved with the position each
    had, and the attendances with the person each was told of.
    """
    there = {words(member.name): member.id for member in kept.members}
    same = {m.id: there.pop(words(m.name)) for m in gone.members if words(m.name) in there}
    told = _tell_attendance_of(records, same)
    rows = members_of(records, gone.id)
    behind = 1 + max((row.position for row in members_of(records, kept.id)), default=-1)
    moving = [(row, behind + row.position) for row in rows if row.id not in same]
    positions = {row.id: row.position for row, _ in moving}
    give_members(records, moving, kept.id)
    return positions, told


def _tell_attendance_of(records: Records, same: Mapping[str, str]) -> dict[str, str]:
    attendance = tables.Attendance
    rows = list(records.db.exec(select(attendance).where(col(attendance.member_id).in_(same))))
    told = {row.id: row.member_id for row in rows}
    for row in rows:
        row.member_id = same[row.member_id]
        records.db.add(row)
    records.db.flush()
    return told


def _give_members_back(records: Records, merge: Merge, moved: Moved) -> None:
    positions = moved["member"]
    rows = [(r, positions[r.id]) for r in members_of(records, merge.kept_id) if r.id in positions]
    give_members(records, rows, merge.gone_id)
    for attendance_id, member_id in moved["attendance"].items():
        row = records.db.get(tables.Attendance, attendance_id)
        if row is not None:
            row.member_id = member_id
            records.db.add(row)
    records.db.flush()


def _part_agreements(records: Records, merge: Merge, moved: Moved) -> None:
    """Give back what was said of her rhythm; a merge of before it had days had lent a cadence, if any."""
    if "agreements" in moved:
        part_agreements(records, merge.gone_id, merge.kept_id, moved["agreements"])
    elif moved["cadence_days"] is not None:
        take_back_cadence(records, merge.kept_id, moved["cadence_days"])
