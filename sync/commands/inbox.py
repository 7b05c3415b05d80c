"""`inbox`: appointments whose client is not certain."""

import click

from sync.commands.meaning import the_client
from sync.commands.opening import opened_app
from sync.commands.showing import local, show_json, show_table
from sync.jobs.questions import assign as assign_question
from sync.jobs.questions import ignore as ignore_question
from sync.jobs.questions import waiting


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_context
def inbox(context: click.Context, as_json: bool) -> None:
    """Appointments whose client is not certain. Without a command: list them."""
    if context.invoked_subcommand is not None:
        return
    with opened_app() as app:
        items = waiting(app)
        zone = app.settings.practice.time_zone
    if as_json:
        show_json(
            [
                {
                    "id": item.question.id,
                    "starts_at": item.question.starts_at,
                    "title": item.question.event.title or "",
                    "reason": item.question.reason,
                    "candidates": item.candidates,
                }
                for item in items
            ]
        )
        return
    show_table(
        ["Id", "When", "Title", "Why it waits", "Perhaps"],
        [
            [
                item.question.id[:8],
                local(item.question.starts_at, zone),
                item.question.event.title or "(no title)",
                item.question.reason,
                ", ".join(candidate.name for candidate in item.candidates) or "–",
            ]
            for item in items
        ],
        "The inbox is empty.",
    )


@inbox.command()
@click.argument("item")
@click.argument("client")
def assign(item: str, client: str) -> None:
    """Say that ITEM, and its series, is a session of CLIENT (a code, name or id)."""
    with opened_app() as app:
        with app.reading() as records:
            person = the_client(records, client)
        starts_at = assign_question(app, item, person.id, app.now())
        click.echo(f"A session of {person.code} on {local(starts_at, app.settings.practice.time_zone)}.")


@inbox.command()
@click.argument("item")
def ignore(item: str) -> None:
    """Say that ITEM, and its series, is no session; its words are forgotten."""
    with opened_app() as app:
        ignore_question(app, item, app.now())
    click.echo("Ignored and forgotten.")
