"""Lays a note stub for every session in reach that has none."""

from datetime import datetime, timedelta

from sync.app import App
from sync.store.notes import lay_stubs, sessions_without_note
from sync.store.practitioners import practitioners


def lay_missing_stubs(app: App, now: datetime) -> int:
    """Lay a stub, in the practitioner's format, for each session from the reading window's beginning
    to `notes.stub_days_ahead` from now; how many. Run again it lays nothing twice.
    """
    past = timedelta(days=app.settings.sync.past_days)
    ahead = timedelta(days=app.settings.notes.stub_days_ahead)
    with app.reading() as records:
        missing = sessions_without_note(records, now - past, now + ahead)
    if not missing:
        return 0
    with app.writing() as records:
        formats = {person.id: person.note_format for person in practitioners(records)}
        still = sessions_without_note(records, now - past, now + ahead, held=True)
        stubs = [(session, client, formats[practitioner]) for session, client, practitioner in still]
        return lay_stubs(records, stubs, now)
