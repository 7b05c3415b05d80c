"""Keeps what the therapist said of single statements, with the words they had when she said it."""

import json
from collections.abc import Collection
from datetime import datetime

from sqlmodel import col, select

from models import tables
from models.vault import Place
from sync.domain.progress.statements import Judged, Statement, Verdict
from sync.store.records import Records

Row = tables.Statement


def verdicts(records: Records, client_id: str, about: str) -> dict[str, Judged]:
    """What holds of the client's statements, by their key, about the `sheet` or the `page`."""
    query = select(Row).where(col(Row.client_id) == client_id, col(Row.about) == about)
    rows = list(records.db.exec(query.order_by(col(Row.said_at), col(Row.id))))
    records.fetch_vaults({row.client_id for row in rows})
    said = [(_said(records, row), Verdict(row.verdict)) for row in rows]
    return {key: Judged(verdict, sentence) for (key, sentence), verdict in said}


def judge(records: Records, client_id: str, statement: Statement, verdict: Verdict, now: datetime) -> None:
    """Keep what she says of a statement in its present words; what she said of it before holds no more."""
    index = _key_index(records, client_id, statement.key)
    row = _row(records, client_id, index, verdict.about)
    row_id = tables.new_id() if row is None else row.id
    sealed = _sealed(records, row_id, client_id, (statement.key, statement.sentence))
    if row is None:
        row = Row(
            id=row_id,
            client_id=client_id,
            key_index=index,
            about=verdict.about,
            verdict=verdict,
            said_sealed=sealed,
            said_at=now,
        )
    row.verdict, row.said_sealed, row.said_at = verdict, sealed, now
    records.db.add(row)
    records.db.flush()


def take_back(records: Records, client_id: str, key: str, about: str) -> None:
    """Forget what she said of the statement of `key`; nothing where she said nothing."""
    row = _row(records, client_id, _key_index(records, client_id, key), about)
    if row is not None:
        records.db.delete(row)
        records.db.flush()


def _row(records: Records, client_id: str, index: str, about: str) -> Row | None:
    query = select(Row).where(
        col(Row.client_id) == client_id, col(Row.key_index) == index, col(Row.about) == about
    )
    return records.db.exec(query).first()


def join_statements(records: Records, gone_id: str, kept_id: str) -> list[str]:
    """Let what was said of `gone`'s statements hold for `kept`, where nothing was said of the same there.

    The ids of the rows that went over.
    """
    there = {(_said(records, row)[0], row.about) for row in _rows(records, kept_id)}
    moving = [row for row in _rows(records, gone_id) if (_said(records, row)[0], row.about) not in there]
    _give(records, moving, kept_id)
    return [row.id for row in moving]


def part_statements(records: Records, gone_id: str, kept_id: str, moved: Collection[str]) -> None:
    """Give back those of the rows that are still there."""
    _give(records, [row for row in _rows(records, kept_id) if row.id in moved], gone_id)


def _give(records: Records, rows: Collection[Row], client_id: str) -> None:
    for row in rows:
        key, sentence = _said(records, row)
        row.said_sealed = _sealed(records, row.id, client_id, (key, sentence))
        row.key_index, row.client_id = _key_index(records, client_id, key), client_id
        records.db.add(row)
    records.db.flush()


def _rows(records: Records, client_id: str) -> list[Row]:
    return list(records.db.exec(select(Row).where(col(Row.client_id) == client_id).order_by(col(Row.id))))


def _key_index(records: Records, client_id: str, key: str) -> str:
    """How a key, which may name what a client struggles with, is found without being readable."""
    return records.vault.blind_index("statement.key", f"{client_id} {key}")


def _said_place(row_id: str, client_id: str) -> Place:
    return Place("statement", "said", row_id, client_id)


def _sealed(records: Records, row_id: str, client_id: str, said: tuple[str, str]) -> bytes:
    return records.vault_of(client_id).seal(json.dumps(said), _said_place(row_id, client_id))


def _said(records: Records, row: Row) -> tuple[str, str]:
    """The key and the words that are sealed in a row."""
    place = _said_place(row.id, row.client_id)
    key, sentence = json.loads(records.vault_of(row.client_id).open(row.said_sealed, place))
    return key, sentence
