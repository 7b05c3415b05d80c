"""What was said of a client before its days were kept is taken along: her cadence, a pause, an end."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text

from models.database import open_database
from models.migrate import migrate

MADE = datetime(2026, 1, 5, 9, tzinfo=UTC)

PERSON = (
    "INSERT INTO practitioner (id, name_sealed, email_sealed, email_index, note_format, color_meanings, "
    "created_at) VALUES ('p', :sealed, :sealed, 'x', 'soap', '{}', :made)"
)
CLIENT = (
    "INSERT INTO client (id, practitioner_id, code, kind, name_sealed, name_index, key_wrapped, "
    "cadence_days, status, created_at) "
    "VALUES (:id, 'p', :id, 'individual', :sealed, 'x', :sealed, :days, :status, :made)"
)

MERGE = (
    "INSERT INTO client_merge (id, from_client_id, into_client_id, moved, merged_at) "
    "VALUES (:id, :id, 'a', :moved, :made)"
)


def test_what_was_said_before_is_taken_along(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    database = open_database(database_url, create=True)
    with monkeypatch.context() as earlier:
        earlier.setattr("models.migrate.HEAD", "0005")
        migrate(database)
    told = {"sealed": b"x", "made": MADE.replace(tzinfo=None)}
    with database.transaction() as db:
        db.connection().execute(text(PERSON), told)
        for one, status, days in (("a", "active", 14), ("b", "paused", None), ("c", "ended", 7)):
            db.connection().execute(text(CLIENT), told | {"id": one, "status": status, "days": days})
        for one, was in (("d", "paused"), ("e", "ended")):
            db.connection().execute(text(CLIENT), told | {"id": one, "status": "merged", "days": None})
            merge = {"id": one, "moved": f'{{"status": "{was}"}}', "made": told["made"]}
            db.connection().execute(text(MERGE), merge)

    assert migrate(database)

    with database.reading() as db:
        run = db.connection().execute
        cadences = run(
            text("SELECT client_id, days, valid_from FROM client_cadence ORDER BY client_id")
        ).all()
        pauses = run(text("SELECT client_id, from_on, until_on FROM client_pause ORDER BY client_id")).all()
        endings = run(text("SELECT client_id, ended_on, kind FROM client_ending ORDER BY client_id")).all()
        undone_to = run(text("SELECT moved FROM client_merge ORDER BY id")).scalars().all()
        states = run(text("SELECT status FROM client ORDER BY id")).scalars().all()
    database.close()
    assert [("a", 14, None), ("c", 7, None)] == [tuple(row) for row in cadences]
    first = str(date(2026, 1, 5))
    assert [("b", first, None), ("d", first, None)] == [(one, str(day), until) for one, day, until in pauses]
    assert [("c", first, "unknown"), ("e", first, "unknown")] == [
        (one, str(day), k) for one, day, k in endings
    ]
    assert ["active", "active", "ended", "merged", "merged"] == list(states)
    assert [True, False] == ["active" in str(moved) for moved in undone_to]
