"""Joins what is followed for two records that are one client's, and parts it again."""

from datetime import datetime
from typing import Any

from sqlmodel import col, select

from models import tables
from sync.domain.progress.markers import label_key
from sync.store.markers import marker_name
from sync.store.records import Records
from sync.store.resealing import give_markers

Joined = dict[str, Any]
"""`moved`: the ids of the rows that went over. `again`: rows followed again, and since when they were not."""


def join_markers(records: Records, gone_id: str, kept_id: str) -> Joined:
    """Follow for `kept` what is followed for `gone`; what to remember, to part them again.

    Of two of one name `kept`'s stands and `gone`'s stays where it is; where only `kept`'s was retired,
    it is followed again.
    """
    there = {label_key(marker_name(records, row)): row for row in _rows(records, kept_id)}
    moving: list[tables.Marker] = []
    again: dict[str, str] = {}
    for row in _rows(records, gone_id):
        same = there.get(label_key(marker_name(records, row)))
        if same is None:
            moving.append(row)
        elif same.retired_at is not None and row.retired_at is None:
            again[same.id] = same.retired_at.isoformat()
            same.retired_at = None
            records.db.add(same)
    give_markers(records, moving, kept_id)
    return {"moved": sorted(row.id for row in moving), "again": again}


def part_markers(records: Records, gone_id: str, kept_id: str, joined: Joined) -> None:
    """Give back what went over and is still there; what was followed again only for that is retired again."""
    rows = _rows(records, kept_id)
    for row in rows:
        if row.id in joined["again"] and row.retired_at is None:
            row.retired_at = datetime.fromisoformat(joined["again"][row.id])
            records.db.add(row)
    give_markers(records, [row for row in rows if row.id in joined["moved"]], gone_id)


def _rows(records: Records, client_id: str) -> list[tables.Marker]:
    row = tables.Marker
    return list(records.db.exec(select(row).where(col(row.client_id) == client_id).order_by(col(row.id))))
