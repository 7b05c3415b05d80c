"""Keeps what is followed for each client: which marker, which way is better, and what its ends mean."""

import json
from collections import defaultdict
from dataclasses import replace
from datetime import datetime

from sqlmodel import col, select

from models import tables
from models.vault import Place
from sync.domain.progress.definitions import Domain, MarkerDefinition
from sync.domain.progress.markers import label_key
from sync.store.records import Records


def markers_by_client(
    records: Records, client_id: str | None = None
) -> dict[str, tuple[MarkerDefinition, ...]]:
    """What is or was followed, in the order it was added, by client; of one only, if given."""
    row = tables.Marker
    query = select(row).order_by(col(row.created_at), col(row.id))
    if client_id is not None:
        query = query.where(col(row.client_id) == client_id)
    rows = list(records.db.exec(query))
    records.fetch_vaults({each.client_id for each in rows})
    found: dict[str, list[MarkerDefinition]] = defaultdict(list)
    for each in rows:
        found[each.client_id].append(_opened(records, each))
    return {whose: tuple(definitions) for whose, definitions in found.items()}


def markers_of(records: Records, client_id: str) -> tuple[MarkerDefinition, ...]:
    """What is or was followed for one client, in the order it was added."""
    return markers_by_client(records, client_id).get(client_id, ())


def find_marker(records: Records, client_id: str, name: str) -> MarkerDefinition | None:
    """The client's marker of this name, whatever its case and spaces; a retired one too."""
    row = tables.Marker
    query = select(row).where(
        col(row.client_id) == client_id, col(row.name_index) == marker_index(records, client_id, name)
    )
    found = records.db.exec(query).first()
    return None if found is None else _opened(records, found)


def add_marker(
    records: Records, client_id: str, definition: MarkerDefinition, now: datetime
) -> MarkerDefinition:
    """Keep what is followed from now on; its id is made here."""
    row_id = tables.new_id()
    name = records.vault_of(client_id).seal(definition.name, name_place(row_id, client_id))
    records.db.add(
        tables.Marker(
            id=row_id,
            client_id=client_id,
            name_sealed=name,
            name_index=marker_index(records, client_id, definition.name),
            domain=definition.domain,
            higher_is_better=definition.higher_is_better,
            scale=definition.scale,
            anchors_sealed=_sealed_anchors(records, row_id, client_id, definition),
            created_at=now,
            retired_at=definition.retired_at,
        )
    )
    records.db.flush()
    return replace(definition, id=row_id)


def change_marker(records: Records, definition: MarkerDefinition) -> None:
    """Keep all that is said of the marker of this id anew, but for its name."""
    row = records.db.get_one(tables.Marker, definition.id)
    row.domain = definition.domain
    row.higher_is_better = definition.higher_is_better
    row.scale = definition.scale
    row.anchors_sealed = _sealed_anchors(records, row.id, row.client_id, definition)
    row.retired_at = definition.retired_at
    records.db.add(row)
    records.db.flush()


def marker_index(records: Records, client_id: str, name: str) -> str:
    """How a client's marker is found without being readable.

    Many clients rate the same few things: the index is each client's own, so that it does not show who.
    """
    return records.vault.blind_index("marker.name", f"{client_id} {label_key(name)}")


def name_place(marker_id: str, client_id: str) -> Place:
    """Where a marker's name stands."""
    return Place("marker", "name", marker_id, client_id)


def anchors_place(marker_id: str, client_id: str) -> Place:
    """Where the words for the ends of a marker's scale stand."""
    return Place("marker", "anchors", marker_id, client_id)


def marker_name(records: Records, row: tables.Marker) -> str:
    """The name that is sealed in a row."""
    return records.vault_of(row.client_id).open(row.name_sealed, name_place(row.id, row.client_id))


def _sealed_anchors(
    records: Records, row_id: str, client_id: str, definition: MarkerDefinition
) -> bytes | None:
    ends = [definition.lowest, definition.highest]
    if ends == [None, None]:
        return None
    return records.vault_of(client_id).seal(json.dumps(ends), anchors_place(row_id, client_id))


def _opened(records: Records, row: tables.Marker) -> MarkerDefinition:
    lowest, highest = None, None
    if row.anchors_sealed is not None:
        place = anchors_place(row.id, row.client_id)
        lowest, highest = json.loads(records.vault_of(row.client_id).open(row.anchors_sealed, place))
    return MarkerDefinition(
        id=row.id,
        name=marker_name(records, row),
        domain=Domain(row.domain),
        higher_is_better=row.higher_is_better,
        scale=row.scale,
        lowest=lowest,
        highest=highest,
        retired_at=row.retired_at,
    )
