"""`practitioners`: who works here, and how they want their briefings and notes."""

import secrets
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import click

from sync.app import App
from sync.commands.mail_certificate import certificate_wishes, say_certificate, the_certificate
from sync.commands.meaning import OFF, ClockHour, Stretch, Zone, the_practitioner
from sync.commands.opening import opened_app
from sync.commands.showing import show_json, show_table
from sync.domain.calendar.colors import COLORS, MEANINGS, NO_MEANING, color_id, named_meanings
from sync.domain.notes.formats import FORMATS
from sync.domain.people import Practitioner
from sync.errors import Refused
from sync.jobs.outbox import send_due
from sync.jobs.practitioners import add, change, confirm_address, send_code
from sync.store.practitioners import practitioners as everybody

_WISHES = (
    click.option("--time-zone", type=Zone(), help="IANA zone, such as Europe/Berlin."),
    click.option("--lead", "lead_minutes", type=click.IntRange(5, 10080), help="Minutes before a session."),
    click.option("--privacy", type=click.Choice(["link", "code", "full"]), help="What mail may carry."),
    click.option(
        "--format",
        "note_format",
        metavar="NAME",
        help=f"Format of notes: {', '.join(sorted(FORMATS))}, or your own (docs/notes.md).",
    ),
    click.option(
        "--digest", "digest_at", type=ClockHour(), help="The day's sessions by mail: 07:00, or off."
    ),
    click.option("--preview", "preview_at", type=ClockHour(), help="Tomorrow's the evening before, or off."),
    click.option("--follow-up", "follow_up_at", type=ClockHour(), help="Which notes of today are missing."),
    click.option("--quiet", "quiet_hours", type=Stretch(), help="No mail then: 21:00-06:30, or off."),
)


def _wishes(command: Any) -> Any:
    for option in reversed(_WISHES):
        command = option(command)
    return command


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_context
def practitioners(context: click.Context, as_json: bool) -> None:
    """Who works here. Without a command: list them."""
    if context.invoked_subcommand is None:
        _list(as_json)


@practitioners.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def list_(as_json: bool) -> None:
    """List the practitioners with their wishes."""
    _list(as_json)


@practitioners.command("add")
@click.argument("name")
@click.argument("email")
@_wishes
def add_(name: str, email: str, **told: Any) -> None:
    """Add NAME, who reads mail at EMAIL."""
    with opened_app() as app:
        add(app, name, email, _given(app, told), app.now())
        zone = told["time_zone"] or app.settings.practice.time_zone
    click.echo(f"The time zone is {zone}. To change it:")
    click.echo(f"  practice-sync practitioners set {email} --time-zone ZONE")
    click.echo("Added. Next: practice-sync connect google --client-secrets FILE")
    click.echo("Without a Google client: practice-sync connect ics ADDRESS")


@practitioners.command("set")
@click.argument("email")
@click.option("--name", help="Another name.")
@click.option("--email", "new_email", help="Another address; it has to be confirmed anew.")
@click.option(
    "--color",
    "colors",
    multiple=True,
    metavar="COLOR=MEANING",
    help="What a colour in her calendar means: no_show, cancelled, cancelled_by_client, "
    "cancelled_by_practitioner or none. COLOR is a name such as tomato, or its number (repeatable).",
)
@click.option(
    "--certificate",
    metavar="FILE|none",
    help="Encrypt her mail to this certificate of hers (S/MIME): docs/privacy.md.",
)
@_wishes
def set_(
    email: str, name: str, new_email: str, colors: tuple[str, ...], certificate: str, **told: Any
) -> None:
    """Change how the practitioner at EMAIL wants things."""
    with opened_app() as app:
        with app.reading() as records:
            person = the_practitioner(records, email)
        wishes = _given(app, told)
        if colors:
            wishes["color_meanings"] = _meanings(person.color_meanings, colors)
        if name:
            wishes["name"] = name
        if new_email:
            wishes["email"] = new_email
        if certificate:
            found = the_certificate(certificate, app.now())
            wishes |= certificate_wishes(found)
        if not wishes:
            raise Refused("Nothing to change was named.", "See `practice-sync practitioners set --help`.")
        change(app, person.id, wishes)
    told_more = " Stubs that are laid keep their format." if told["note_format"] else ""
    told_more += " The next reading looks at the calendar afresh." if colors else ""
    click.echo("Changed." + told_more)
    if certificate:
        say_certificate(found, new_email or person.email)


@practitioners.command(short_help="Prove that an address is the practitioner's.")
@click.argument("email")
@click.option("--code", help="The six digits from the mail.")
def confirm(email: str, code: str | None) -> None:
    """Prove that EMAIL is read by the practitioner: first have a code sent, then give it back."""
    with opened_app() as app:
        with app.reading() as records:
            person = the_practitioner(records, email)
        if code is None:
            send_code(app, person.id, f"{secrets.randbelow(1_000_000):06}", app.now())
            counts: Counter[str] = Counter()
            send_due(app, app.now(), counts)
            if counts["notices_failed"] or not counts["notices_sent"]:
                click.echo("The code could not be sent yet; `once` and `work` try again.", err=True)
                sys.exit(1)
            click.echo(
                f"A code is on its way. Then: practice-sync practitioners confirm {person.email} --code CODE"
            )
        else:
            confirm_address(app, person.id, code, app.now())
            click.echo("Confirmed.")


def _meanings(known: Mapping[str, str], said: Iterable[str]) -> dict[str, str]:
    """What colours mean once `said` (`tomato=no_show`) holds too. Raises `Refused`."""
    meanings = dict(known)
    for each in said:
        color, _, meaning = each.partition("=")
        found = color_id(color)
        if found is None:
            raise Refused("That is no colour of Google's calendar.", f"Choose among {', '.join(COLORS)}.")
        if meaning not in (*MEANINGS, NO_MEANING):
            raise Refused(
                "That is no meaning that a colour can have.",
                f"Say `--color {color}=MEANING` with {', '.join(MEANINGS)} or {NO_MEANING}.",
            )
        meanings.pop(found, None)
        if meaning != NO_MEANING:
            meanings[found] = meaning
    return meanings


def _given(app: App, told: Mapping[str, Any]) -> dict[str, Any]:
    """What was said, by column; `off` means none. Raises `Refused` for a format that cannot be used."""
    if told["note_format"] is not None:
        app.note_formats.require(told["note_format"])
    return {name: None if said == OFF else said for name, said in told.items() if said is not None}


def _list(as_json: bool) -> None:
    with opened_app() as app:
        with app.reading() as records:
            people = everybody(records)
        rows = [_row(app, person) for person in people]
    if as_json:
        show_json(rows)
        return
    show_table(
        ["Name", "Address", "Zone", "Lead", "Mail", "Notes"],
        [
            [
                r["name"],
                r["email"],
                r["time_zone"],
                f"{r['lead_minutes']} min",
                r["privacy"],
                r["note_format"],
            ]
            for r in rows
        ],
        "Nobody yet. Add somebody: practice-sync practitioners add NAME EMAIL",
    )


def _row(app: App, person: Practitioner) -> dict[str, Any]:
    briefing = app.settings.briefing
    return {
        "id": person.id,
        "name": person.name,
        "email": person.email,
        "email_confirmed": person.email_confirmed_at is not None,
        "time_zone": person.time_zone or app.settings.practice.time_zone,
        "lead_minutes": person.lead_minutes or briefing.lead_minutes,
        "privacy": person.privacy or briefing.privacy,
        "encrypted_until": person.certificate_ends_at if person.certificate else None,
        "note_format": person.note_format,
        "digest": person.digest_at,
        "preview": person.preview_at,
        "follow_up": person.follow_up_at,
        "quiet": person.quiet_hours,
        "colors": named_meanings(person.color_meanings),
    }
