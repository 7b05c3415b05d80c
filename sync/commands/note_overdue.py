"""`note overdue`: sessions that are over and wait for their note, or for its signing."""

import click

from sync.commands.meaning import the_practitioner
from sync.commands.opening import opened_app
from sync.commands.showing import local, show_json, show_table
from sync.jobs.wishes import zones
from sync.store.overdue import overdue_notes
from sync.store.practitioners import practitioners

_MISSING = {"stub": "not written", "draft": "not signed"}


@click.command(short_help="List sessions that wait for their note.")
@click.option("--practitioner", "email", help="Whose, by mail address; else everybody's.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def overdue(email: str | None, as_json: bool) -> None:
    """List the sessions that are over and have no note yet, or one that is not signed, the oldest first."""
    with opened_app() as app, app.reading() as records:
        now = app.now()
        whose = the_practitioner(records, email).id if email else None
        found = overdue_notes(records, now, whose)
        zone_by_owner = zones(app, records)
        addresses = {person.id: person.email for person in practitioners(records)}
    days = {each.session_id: (now - each.ends_at).days for each in found}
    if as_json:
        show_json(
            [
                {
                    "session_id": each.session_id,
                    "client_code": each.client_code,
                    "practitioner": addresses[each.practitioner_id],
                    "starts_at": each.starts_at,
                    "ends_at": each.ends_at,
                    "note": each.note,
                    "days": days[each.session_id],
                }
                for each in found
            ]
        )
        return
    show_table(
        ["Days", "Id", "When", "Client", "Note"],
        [
            [
                str(days[each.session_id]),
                each.session_id[:8],
                local(each.starts_at, zone_by_owner[each.practitioner_id]),
                each.client_code,
                _MISSING[each.note],
            ]
            for each in found
        ],
        "Every session that is over has its note, and every note is signed.",
    )
