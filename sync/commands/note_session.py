"""Which session a command about a note means, and on whose wall its times are told."""

from sync.app import App
from sync.commands.meaning import the_session
from sync.jobs.wishes import zone_of
from sync.store.sessions import session_row


def session_and_zone(app: App, said: str) -> tuple[str, str]:
    """The id of the session that `said` means, and its practitioner's time zone. Raises `Refused`."""
    with app.reading() as records:
        session_id = the_session(records, said)
        return session_id, zone_of(app, records, session_row(records, session_id).practitioner_id)
