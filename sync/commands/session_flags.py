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
    for number, group in enumerate(_grouped(found)):
        if number:
            click.echo()
        _tell(group)


def _grouped(found: list[WaitingFlag]) -> list[list[WaitingFlag]]:
    """What is the same of a whole series stands together; what the calendar says of one hour stands alone."""
    groups: dict[tuple[str, ...], list[WaitingFlag]] = {}
    for flag in found:
        alone = flag.series is None or flag.said_starts_at is not None
        key = (flag.session.id,) if alone else (flag.series or "", flag.other.id if flag.other else "")
        groups.setdefault((flag.kind, *key), []).append(flag)
    return list(groups.values())


def _tell(group: list[WaitingFlag]) -> None:
    first, many = group[0], len(group) > 1
    session, zone = first.session, first.time_zone
    when = local(session.starts_at, zone)
    if many:
        last = local(group[-1].session.starts_at, zone)
        show_text(f"{session.client_code} · {len(group)} hours of one series, {when} to {last}")
    else:
        show_text(f"{session.client_code} · {when} · {session.status.replace('_', '-')}")
    said = f" It says {local(first.said_starts_at, zone)}." if first.said_starts_at else ""
    show_text(first.what + said, "  ")
    series = " --series" if many else ""
    if first.other is not None:
        click.echo(f"  practice-sync sessions assign {session.id[:8]} {first.other.code}{series}")
        click.echo("  or, if it is not:")
    click.echo(f"  practice-sync sessions settle {session.id[:8]} {first.kind} --as …")
    for answer, does in first.meaning.answers.items():
        show_text(does, f"    {answer:<10} ")
    if many:
        show_text(f"With --series all {len(group)} are answered, without it the one that is named of", "  ")
        show_text(", ".join(flag.session.id[:8] for flag in group) + ".", "  ")


def _json(flag: WaitingFlag) -> dict[str, Any]:
    return {
        "session_id": flag.session.id,
        "client_code": flag.session.client_code,
        "starts_at": flag.session.starts_at,
        "status": flag.session.status,
        "flag": flag.kind,
        "raised_at": flag.raised_at,
        "calendar_says": flag.said_starts_at,
        "what": flag.what,
        "other_client": None if flag.other is None else {"code": flag.other.code, "name": flag.other.name},
        "series": flag.series,
        "answers": dict(flag.meaning.answers),
    }


@click.command()
@click.argument("session")
@click.argument("flag", type=click.Choice(list(MEANINGS)))
@click.option("--series", is_flag=True, help="Answer it for every hour of its series that has this flag.")
@click.option("--as", "answer", required=True, help="What holds; `sessions flags` lists the answers.")
def settle(session: str, flag: str, series: bool, answer: str) -> None:
    """Answer what FLAG of SESSION asks."""
    with opened_app() as app:
        with app.reading() as records:
            session_id = the_session(records, session)
        count = settle_flag(app, session_id, flag, answer, app.now(), series=series)
    many = f" {count} hours" if count > 1 else ""
    click.echo(f"Settled{many}: {MEANINGS[flag].answers[answer]}.")
