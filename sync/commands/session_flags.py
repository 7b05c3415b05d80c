"""`sessions flags` and `sessions settle`: what waits for the therapist's word, and her answers."""

from typing import Any

import click

from sync.commands.meaning import the_session
from sync.commands.opening import opened_app
from sync.commands.showing import local, show_json, show_text
from sync.domain.calendar.flags import MEANINGS
from sync.jobs.flags import WaitingFlag, waiting
from sync.jobs.flags import settle as settle_flag


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def flags(as_json: bool) -> None:
    """What about sessions waits for your word, and what you may answer."""
    with opened_app() as app:
        found = waiting(app, app.now())
    if as_json:
        show_json([_json(flag) for flag in found])
        return
    if not found:
        click.echo("Nothing waits for your word.")
    for number, flag in enumerate(found):
        if number:
            click.echo()
        _tell(flag)


def _tell(flag: WaitingFlag) -> None:
    session, zone = flag.session, flag.time_zone
    show_text(f"{session.client_code} · {local(session.starts_at, zone)} · {session.status}")
    said = f" It says {local(flag.said_starts_at, zone)}." if flag.said_starts_at else ""
    show_text(flag.meaning.what + said, "  ")
    click.echo(f"  practice-sync sessions settle {session.id[:8]} {flag.kind} --as …")
    for answer, does in flag.meaning.answers.items():
        show_text(does, f"    {answer:<10} ")


def _json(flag: WaitingFlag) -> dict[str, Any]:
    return {
        "session_id": flag.session.id,
        "client_code": flag.session.client_code,
        "starts_at": flag.session.starts_at,
        "status": flag.session.status,
        "flag": flag.kind,
        "raised_at": flag.raised_at,
        "calendar_says": flag.said_starts_at,
        "what": flag.meaning.what,
        "answers": dict(flag.meaning.answers),
    }


@click.command()
@click.argument("session")
@click.argument("flag", type=click.Choice(list(MEANINGS)))
@click.option("--as", "answer", required=True, help="What holds; `sessions flags` lists the answers.")
def settle(session: str, flag: str, answer: str) -> None:
    """Answer what FLAG of SESSION asks."""
    with opened_app() as app:
        with app.reading() as records:
            session_id = the_session(records, session)
        settle_flag(app, session_id, flag, answer, app.now())
    click.echo(f"Settled: {MEANINGS[flag].answers[answer]}.")
