"""`clients`: the people, and what points to them in a calendar."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import click

from sync.commands.client_rhythm import PAUSED, cadence, end, pause, reopen, status_on
from sync.commands.meaning import the_client, the_practitioner
from sync.commands.opening import opened_app
from sync.commands.showing import at_terminal, show_json, show_table, show_text
from sync.commands.suggest import suggest
from sync.domain.attendance.agreement import Agreement
from sync.domain.people import Client
from sync.domain.phrasing import counted, listed
from sync.errors import Refused
from sync.jobs.clients import KINDS, NewClientWish, add, add_pointers, remove_pointers
from sync.jobs.clients import rename as rename_client
from sync.jobs.merges import foresee as foresee_merge
from sync.jobs.merges import merge as merge_clients
from sync.jobs.merges import undo as undo_merge
from sync.jobs.wishes import zones
from sync.store.agreements import agreements, pause_reasons
from sync.store.clients import clients as everybody


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_context
def clients(context: click.Context, as_json: bool) -> None:
    """The people. Without a command: list them."""
    if context.invoked_subcommand is None:
        _list(as_json)


@clients.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def list_(as_json: bool) -> None:
    """List the clients with their codes."""
    _list(as_json)


@clients.command("add")
@click.argument("name")
@click.option("--code", help="One short word; her initials unless you choose.")
@click.option("--email", "addresses", multiple=True, help="An address she is invited by (repeatable).")
@click.option("--alias", "aliases", multiple=True, help="Other words for her in a title (repeatable).")
@click.option("--practitioner", help="Whose client: an address; needed when several work here.")
@click.option("--cadence", "every", type=click.IntRange(1, 365), help="Days between sessions, as agreed.")
@click.option("--kind", type=click.Choice(KINDS), default="individual", show_default=True)
@click.option("--member", "members", multiple=True, help="A person of a couple or group (repeatable).")
def add_(
    name: str,
    code: str | None,
    addresses: tuple[str, ...],
    aliases: tuple[str, ...],
    practitioner: str | None,
    every: int | None,
    kind: str,
    members: tuple[str, ...],
) -> None:
    """Add NAME. The name itself, the code, aliases and addresses all mean her in the calendar."""
    with opened_app() as app:
        with app.reading() as records:
            whose = the_practitioner(records, practitioner)
        wish = NewClientWish(name, code, kind, every, aliases, addresses, members)
        made = add(app, whose.id, wish, app.now())
    click.echo(f"Added with the code {made.code}.")
    if code is None and made.code[-1].isdigit():
        show_text("Its initials are taken or an everyday word; `--code` chooses another code.")


@clients.command(short_help="Let other words, or an address, mean a client.")
@click.argument("client")
@click.argument("aliases", nargs=-1)
@click.option("--email", "addresses", multiple=True, help="An address she is invited by (repeatable).")
@click.option("--remove", is_flag=True, help="From now on they do not mean her; learned titles, too.")
def alias(client: str, aliases: tuple[str, ...], addresses: tuple[str, ...], remove: bool) -> None:
    """Let other words, or an address, mean CLIENT (a code, name or id) in the calendar."""
    if not aliases and not addresses:
        raise Refused("No alias was given.", "Say `practice-sync clients alias CLIENT ALIAS`.")
    with opened_app() as app:
        with app.reading() as records:
            person = the_client(records, client)
        if remove:
            gone = remove_pointers(app, person.id, aliases, addresses)
            click.echo("Removed." if gone else f"Nothing of that means {person.code}.")
            return
        added = add_pointers(app, person.id, aliases, addresses, app.now())
    click.echo(
        "Known already." if added.new == 0 else "Added. The next reading looks at the calendar afresh."
    )
    if added.shared_with:
        show_text(
            f"That means {listed(added.shared_with)} too, so an hour that has nothing else is asked about."
        )


@clients.command()
@click.argument("client")
@click.argument("name")
@click.option("--forget", is_flag=True, help="The old name no longer means her in the calendar.")
def rename(client: str, name: str, forget: bool) -> None:
    """Give CLIENT (a code, name or id) the name NAME. The old one goes on to mean her; her code stays."""
    with opened_app() as app:
        with app.reading() as records:
            person = the_client(records, client)
        rename_client(app, person.id, name, app.now(), forget=forget)
    click.echo(f"Renamed; the code stays {person.code}.")


@clients.command()
@click.argument("gone", required=False)
@click.argument("kept", required=False)
@click.option("--yes", is_flag=True, help="Do it without asking, as a script must.")
@click.option("--any-kind", is_flag=True, help="Although the one is a person, the other a couple or so.")
@click.option("--undo", metavar="CODE", help="Part again the record of this code (or id).")
def merge(gone: str | None, kept: str | None, yes: bool, any_kind: bool, undo: str | None) -> None:
    """Make GONE a part of KEPT, when both are the same client. Nothing is lost, and it can be undone."""
    if (undo is None) != (gone is not None and kept is not None) or (undo is not None and gone is not None):
        raise click.UsageError("Name both records, GONE and KEPT, or one with --undo.")
    with opened_app() as app:
        if undo is not None:
            parted, whole, count = undo_merge(app, undo, app.now())
            click.echo(f"{parted.code} is a record of its own again, with {_hours(count)}.")
            click.echo(f"What came to {whole.code} since stays there.")
            return
        with app.reading() as records:
            one = the_client(records, gone or "", merged=True)
            other = the_client(records, kept or "")
        count = foresee_merge(app, one.id, other.id, any_kind=any_kind)
        if not yes and not _agreed_to_merge(one, other, count):
            click.echo("Nothing was changed.")
            return
        count = merge_clients(app, one.id, other.id, app.now(), any_kind=any_kind)
    click.echo(f"{one.code} is part of {other.code} now; {_hours(count)} moved, with all notes.")
    click.echo(f"To take it back: practice-sync clients merge --undo {one.code}")


def _agreed_to_merge(gone: Client, kept: Client, count: int) -> bool:
    """Say what will be joined, and ask; where nobody can answer, `Refused`."""
    if not at_terminal():
        raise Refused(
            "Nobody can be asked here, so nothing was joined.", "If both are one client, add `--yes`."
        )
    show_text(
        f"{gone.code} ({gone.name}) becomes part of {kept.code} ({kept.name}), with {_hours(count)}, every "
        f"note, and all names and addresses. What means {gone.code} in the calendar means {kept.code} then."
    )
    show_text(f"Nothing is lost. To take it back: practice-sync clients merge --undo {gone.code}")
    return click.confirm("Are they the same client?", default=False)


def _hours(count: int) -> str:
    return counted(count, "session")


for each in (cadence, pause, end, reopen, suggest):
    clients.add_command(each)


def _list(as_json: bool) -> None:
    with opened_app() as app, app.reading() as records:
        people, said, own = everybody(records), agreements(records), zones(app, records)
        why = {client_id: pause_reasons(records, client_id) for client_id in said if said[client_id].pauses}
        days = {whose: app.now().astimezone(ZoneInfo(zone)).date() for whose, zone in own.items()}
    seen = [(p, said.get(p.id, Agreement()), days[p.practitioner_id]) for p in people]
    if as_json:
        show_json([_row(*each, why.get(each[0].id, {})) for each in seen])
        return
    show_table(
        ["Code", "Name", "Kind", "Also known as", "Status"],
        [
            [
                p.code,
                p.name,
                p.kind,
                ", ".join((*p.aliases, *p.addresses)),
                _status_and_why(p, agreed, today, why.get(p.id, {})),
            ]
            for p, agreed, today in seen
        ],
        "Nobody yet. Add somebody: practice-sync clients add NAME",
    )


def _status_and_why(person: Client, agreed: Agreement, today: date, why: Mapping[date, str]) -> str:
    """`paused: parental leave`; the reason is for the therapist's eyes, and no report has it."""
    status = status_on(person, agreed, today)
    reasons = [why[each.from_on] for each in agreed.pauses if each.covers(today) and each.from_on in why]
    return f"{status}: {'; '.join(reasons)}" if status == PAUSED and reasons else status


def _row(person: Client, agreed: Agreement, today: date, why: Mapping[date, str]) -> dict[str, Any]:
    agreed_now = agreed.cadence_on(today)
    return {
        "id": person.id,
        "code": person.code,
        "name": person.name,
        "kind": person.kind,
        "status": status_on(person, agreed, today),
        "cadence_days": None if agreed_now is None else agreed_now.days,
        "cadences": [{"days": each.days, "valid_from": _iso(each.valid_from)} for each in agreed.cadences],
        "pauses": [
            {"from": _iso(each.from_on), "to": _iso(each.until_on and each.until_on - timedelta(days=1))}
            | {"reason": why.get(each.from_on)}
            for each in agreed.pauses
        ],
        "endings": [
            {"on": _iso(each.ended_on), "type": each.kind, "goals_met": each.goals_met}
            | {"reopened": _iso(each.reopened_on)}
            for each in agreed.endings
        ],
        "aliases": list(person.aliases),
        "addresses": list(person.addresses),
        "titles": list(person.titles),
        "members": [{"id": member.id, "name": member.name} for member in person.members],
        "practitioner_id": person.practitioner_id,
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
