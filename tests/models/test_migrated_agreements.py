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

    assert migrate(database)

    with database.reading() as db:
        run = db.connection().execute
        cadences = run(
            text("SELECT client_id, days, valid_from FROM client_cadence ORDER BY client_id")
        ).all()
        pauses = run(text("SELECT client_id, from_on, until_on FROM client_pause")).all()
        endings = run(text("SELECT client_id, ended_on, kind FROM client_ending")).all()
        states = run(text("SELECT status FROM client ORDER BY id")).scalars().all()
    database.close()
    assert [("a", 14, None), ("c", 7, None)] == [tuple(row) for row in cadences]
    assert [("b", f"{date(2026, 1, 5)}", None)] == [(one, str(first), until) for one, first, until in pauses]
    assert [("c", "2026-01-05", "unknown")] == [(one, str(day), kind) for one, day, kind in endings]
    assert ["active", "active", "ended"] == list(states)
