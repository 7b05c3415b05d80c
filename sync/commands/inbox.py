"""`inbox`: appointments whose client is not certain."""

from textwrap import wrap

import click

from sync.commands.lessons import show_lesson
from sync.commands.meaning import the_client
from sync.commands.opening import opened_app
from sync.commands.showing import WIDTH, local, short, show_json
from sync.domain.briefing.display import one_line
from sync.errors import Refused
from sync.jobs.questions import Answer, Waiting, waiting
from sync.jobs.questions import assign as assign_question
from sync.jobs.questions import ignore as ignore_question
from sync.jobs.wishes import zone_of


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_context
def inbox(context: click.Context, as_json: bool) -> None:
    """Appointments whose client is not certain. Without a command: list them."""
    if context.invoked_subcommand is not None:
        return
    with opened_app() as app:
        items = waiting(app)
    if as_json:
        show_json([_row(item) for item in items])
        return
    if not items:
        click.echo("The inbox is empty.")
        return
    for item in items:
        _show(item)
    first = items[0].question.id[:8]
    one = "To answer" if len(items) == 1 else "To answer the first"
    click.echo(f"{one}: practice-sync inbox assign {first} CLIENT")
    click.echo(f"If it is no session: practice-sync inbox ignore {first}")


def _row(item: Waiting) -> dict[str, object]:
    return {
        "id": item.question.id,
        "starts_at": item.question.starts_at,
        "title": item.question.event.title or "",
        "reason": item.question.reason,
        "candidates": item.candidates,
    }


def _show(item: Waiting) -> None:
    """One appointment in a few lines that fit a terminal, and below it whose it may be and why."""
    question = item.question
    title = one_line(question.event.title or "(no title)")
    when = short(question.starts_at, item.time_zone)
    lines = wrap(f"{question.id[:8]}  {when}  {title}", WIDTH, subsequent_indent=" " * 10)
    lines += wrap(f"{question.reason}", WIDTH, initial_indent=" " * 10, subsequent_indent=" " * 10)
    for candidate in item.candidates:
        told = f"{item.codes[candidate.client_id]}  {one_line(candidate.name)}: {candidate.why}"
        lines += wrap(told, WIDTH, initial_indent=" " * 10 + "? ", subsequent_indent=" " * 12)
    click.echo("\n".join([*lines, ""]))


@inbox.command()
@click.argument("item")
@click.argument("client", required=False)
@click.option("--new", "name", help="Whose it is: a new client of this name.")
@click.option("--once", is_flag=True, help="This hour only; nothing is learned.")
@click.option("--email", "with_address", is_flag=True, help="The only guest's address means the client, too.")
@click.option("--past", is_flag=True, help="Read the calendar's past again with what was learned.")
def assign(
    item: str, client: str | None, name: str | None, once: bool, with_address: bool, past: bool
) -> None:
    """Say that ITEM is a session of CLIENT (a code, name or id); its series and title follow."""
    if (client is None) == (name is None):
        raise click.UsageError("Name the CLIENT, or a new one with --new.")
    if once and past:
        raise Refused("One hour only has no past.", "Leave out `--once` or `--past`.")
    with opened_app() as app:
        person_id = None
        if client is not None:
            with app.reading() as records:
                person_id = the_client(records, client).id
        done = assign_question(app, item, Answer(person_id, name, once, with_address, past), app.now())
        with app.reading() as records:
            zone = zone_of(app, records, done.client.practitioner_id)
    click.echo(f"A session of {done.client.code} on {local(done.starts_at, zone)}.")
    show_lesson(done.lesson, done.client.code)
    if done.still_waiting:
        click.echo(f"{done.still_waiting} more of this title: see `inbox` again after the next reading.")


@inbox.command()
@click.argument("item")
@click.option("--once", is_flag=True, help="This hour only; the rest of its series is asked about.")
def ignore(item: str, once: bool) -> None:
    """Say that ITEM, and its series, is no session; its words are forgotten."""
    with opened_app() as app:
        ignore_question(app, item, app.now(), once=once)
    click.echo("Ignored and forgotten.")
