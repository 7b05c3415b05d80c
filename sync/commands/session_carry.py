"""`sessions carry`: a cancelled session's note for another session of the client, if she says so."""

import click

from sync.commands.opening import opened_app
from sync.commands.showing import local, show_json, show_table
from sync.errors import Refused
from sync.jobs.carries import answer_offer, offers


@click.command()
@click.argument("offer", required=False)
@click.option("--accept", is_flag=True, help="The note is meant for the new session: it goes there.")
@click.option("--decline", is_flag=True, help="It is not; it stays, and this is not offered again.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def carry(offer: str | None, accept: bool, decline: bool, as_json: bool) -> None:
    """Notes of cancelled sessions that another session may be meant by. With OFFER: answer one."""
    if offer is not None and accept == decline:
        raise Refused("An offer is accepted or declined.", "Say `--accept` or `--decline`.")
    if offer is None and (accept or decline):
        raise Refused("Which offer is not said.", "See `practice-sync sessions carry` for the ids.")
    with opened_app() as app:
        if offer is not None:
            answer_offer(app, offer, app.now(), accept=accept)
            click.echo("The note is with the new session now." if accept else "The note stays where it is.")
            return
        found = offers(app)
    if as_json:
        show_json(found)
        return
    show_table(
        ["Id", "Client", "Note of", "For"],
        [
            [
                o.id[:8],
                o.client_code,
                local(o.from_starts_at, o.time_zone),
                local(o.to_starts_at, o.time_zone),
            ]
            for o in found
        ],
        "No note waits to be carried.",
    )
