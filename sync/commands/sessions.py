"""`sessions`: session records and attendance."""

from datetime import date
from typing import Any

import click

from sync.commands.lessons import show_lesson
from sync.commands.meaning import Day, Status, day_begins, the_client, the_session
from sync.commands.opening import opened_app
from sync.commands.session_carry import carry
from sync.commands.session_flags import flags, settle
from sync.commands.showing import local, show_facts, show_json, show_table, show_text
from sync.domain.attendance.states import CANCELLED, NO_SHOW, STATUSES, UNCONFIRMED
from sync.domain.calendar.absence import SECOND_LOOK
from sync.domain.session_record import SessionRecord
from sync.domain.session_story import Happening, hours_before, note_happenings, story_of
from sync.errors import Refused
from sync.jobs.assigning import assign_session
from sync.jobs.marks import MARKS, SAID_BY, Cancelling, mark_session
from sync.jobs.wishes import zone_of, zones
from sync.store.ledger import story_of_session
from sync.store.missing import missing_ahead
from sync.store.notes import note_moments
from sync.store.sessions import SessionFilter, session_record, session_records

_NOTE_SHOWN = ("stub", "draft", "signed")
_NOTE_WORDS = {"stub": "not written yet", "draft": "written", "signed": "written and signed"}
_STATUS_WORDS = {NO_SHOW: "no-show", UNCONFIRMED: "unconfirmed: it is over, and nobody said how it went"}
_CANCELLED_BY = {
    "client": "by the client",
    "practitioner": "by you",
    "unknown": "(by whom is not known)",
}


@click.group(invoke_without_command=True)
@click.option("--from", "first", type=Day(), help="From this day on.")
@click.option("--to", "last", type=Day(), help="Up to and with this day.")
@click.option("--client", help="A code, name or id.")
@click.option("--status", type=Status(STATUSES))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_context
def sessions(
    context: click.Context,
    first: str | date | None,
    last: str | date | None,
    client: str | None,
    status: str | None,
    as_json: bool,
) -> None:
    """Session records and attendance. Without a command: list them."""
    if context.invoked_subcommand is not None:
        return
    with opened_app() as app, app.reading() as records:
        wanted = SessionFilter(
            starts_from=day_begins(app, first),
            starts_before=day_begins(app, last, after=1),
            client_id=the_client(records, client).id if client else None,
            status=status,
        )
        found = session_records(records, wanted, app.now())
        zone_by_owner = zones(app, records)
    if as_json:
        show_json([session_json(session) for session in found])
        return
    show_table(
        ["Id", "When", "Client", "No.", "Status", "Note", "Briefing"],
        [_row(session, zone_by_owner[session.practitioner_id]) for session in found],
        "No sessions.",
    )


sessions.add_command(carry)
sessions.add_command(flags)
sessions.add_command(settle)


@sessions.command(short_help="Tell the story of SESSION.")
@click.argument("session")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def show(session: str, as_json: bool) -> None:
    """Tell the story of SESSION: what it is, and what was seen of it when."""
    with opened_app() as app, app.reading() as records:
        found = session_record(records, the_session(records, session), app.now())
        story = story_of_session(records, found.id)
        noted = note_happenings(note_moments(records, found.id))
        missing_since = missing_ahead(records, app.now()).get(found.id)
        zone = zone_of(app, records, found.practitioner_id)
    if as_json:
        more = {"missing_since": missing_since, "ledger": [_entry(one) for one in story]}
        show_json(session_json(found) | more)
        return
    facts = _facts(found, zone)
    if missing_since is not None:
        facts["Missing"] = (
            f"in the calendar since {local(missing_since, zone)}; looked for again from "
            f"{local(missing_since + SECOND_LOOK, zone)[-5:]} on, before it is cancelled"
        )
    show_facts(facts)
    click.echo()
    for line in story_of([*story, *noted], zone):
        show_text(line.words, f"{local(line.at, zone)}  ")


@sessions.command()
@click.argument("session")
@click.argument("status", type=Status(MARKS))
@click.option("--by", type=click.Choice(SAID_BY), help="Who cancelled.")
@click.option("--notice", type=click.IntRange(0, 8760), help="How many hours before the start it was.")
def mark(session: str, status: str, by: str | None, notice: int | None) -> None:
    """Say what became of SESSION."""
    if by is not None and status != CANCELLED:
        raise Refused("Only a cancellation has somebody who cancelled.", "Leave out `--by`.")
    if notice is not None and status != CANCELLED:
        raise Refused("Only a cancellation gives notice.", "Leave out `--notice`.")
    with opened_app() as app:
        with app.reading() as records:
            session_id = the_session(records, session)
        mark_session(app, session_id, status, app.now(), Cancelling(by or "unknown", notice))
    click.echo(f"Marked as {status.replace('_', '-')}.")


@sessions.command(short_help="Say with whom SESSION is.")
@click.argument("session")
@click.argument("client")
@click.option("--series", is_flag=True, help="All hours of its series, past and to come.")
@click.option("--kept-too", is_flag=True, help="With --series: hours you said stay whose they are, too.")
def assign(session: str, client: str, series: bool, kept_too: bool) -> None:
    """Say that SESSION is with CLIENT (a code, name or id): it moves there with its note."""
    if kept_too and not series:
        raise click.UsageError("--kept-too goes with --series")
    with opened_app() as app:
        with app.reading() as records:
            session_id, person = the_session(records, session), the_client(records, client)
        done = assign_session(app, session_id, person.id, app.now(), series=series, kept_too=kept_too)
    if not done.sessions:
        click.echo(f"It stays a session of {person.code}.")
        return
    many = "1 session is" if done.sessions == 1 else f"{done.sessions} sessions are"
    click.echo(f"{many} with {person.code} now, with all notes.")
    if done.kept:
        hours = "1 hour stays" if done.kept == 1 else f"{done.kept} hours stay"
        show_text(f"{hours} as you answered before; with --kept-too they go along.")
    show_lesson(done.lesson, person.code)
    if done.briefings:
        click.echo("A briefing for the wrong client had been sent: a new one goes out.")


def _entry(one: Happening) -> dict[str, Any]:
    return {
        "seen_at": one.seen_at,
        "kind": one.kind,
        "happened_at": one.happened_at,
        "from": one.from_starts_at,
        "to": one.to_starts_at,
        "notice_hours": one.notice_hours,
        "reschedule": one.is_reschedule,
        "detail": one.detail,
    }


def _facts(session: SessionRecord, zone: str) -> dict[str, str]:
    facts = {
        "Session": session.id,
        "Client": f"{session.client_code} ({session.client_name})",
        "When": local(session.starts_at, zone),
        "Status": _status(session),
        "Note": _NOTE_WORDS.get(session.note_status or "", "–"),
        "Briefing": session.briefing.status if session.briefing else "–",
    }
    if session.flags:
        facts["To settle"] = "see `practice-sync sessions flags`"
    return facts


def _status(session: SessionRecord) -> str:
    """The status in words, a cancellation with notice and by whom."""
    words = _STATUS_WORDS.get(session.status, session.status)
    if session.cancelled_by is None:
        return words
    by = _CANCELLED_BY.get(session.cancelled_by, session.cancelled_by)
    notice = "" if session.notice_hours is None else f", {hours_before(session.notice_hours)}"
    return f"{words} {by}{notice}{' (late)' if session.late else ''}"


def _row(session: SessionRecord, zone: str) -> list[str]:
    return [
        session.id[:8],
        local(session.starts_at, zone),
        session.client_code,
        str(session.number or "–"),
        session.status.replace("_", "-")
        + (" (late)" if session.late else "")
        + (" !" if session.flags else ""),
        session.note_status if session.note_status in _NOTE_SHOWN else "–",
        session.briefing.status if session.briefing else "–",
    ]


def session_json(session: SessionRecord) -> dict[str, Any]:
    """One session as `sessions --json` promises it."""
    note = {"id": session.note_id, "status": session.note_status}
    return {
        "id": session.id,
        "calendar_id": session.calendar_id,
        "event_id": session.event_id,
        "ical_uid": session.ical_uid,
        "starts_at": session.starts_at,
        "ends_at": session.ends_at,
        "time_zone": session.time_zone,
        "status": session.status,
        "history": session.is_history,
        "cancelled_by": session.cancelled_by,
        "notice_hours": session.notice_hours,
        "late": session.late,
        "clients": [
            {"id": who.id, "name": who.name, "attendance": who.attendance} for who in session.participants
        ],
        "client_code": session.client_code,
        "number": session.number,
        "moves": [
            {"from": move.from_starts_at, "to": move.to_starts_at, "seen_at": move.seen_at}
            for move in session.moves
        ],
        "note": note if session.note_status in _NOTE_SHOWN else None,
        "briefing": session.briefing,
        "flags": session.flags,
    }
