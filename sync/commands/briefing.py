"""`briefing`: see one before it is sent, and what became of each."""

import webbrowser
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from models.tables import Message
from sync.adapters.loopback_page import show_once
from sync.app import App
from sync.commands.meaning import Moment, moment_in, the_session
from sync.commands.opening import opened_app
from sync.commands.private_file import write_private
from sync.commands.showing import short, show_json, show_table, show_text
from sync.domain.briefing.day_moments import WISHES
from sync.domain.briefing.outbox import MessageKind, MessageStatus, shown_status
from sync.domain.briefing.privacy import Privacy
from sync.errors import Refused
from sync.jobs.brief import privacy_of
from sync.jobs.preview import preview_letter, remarks
from sync.jobs.wishes import zones
from sync.store.outbox import messages
from sync.store.practitioners import practitioner, practitioners
from sync.store.sessions import client_codes, session_row


@click.group()
def briefing() -> None:
    """Briefings: preview, list."""


@briefing.command()
@click.argument("session")
@click.option("--privacy", type=click.Choice([p.value for p in Privacy]), help="As it would look then.")
@click.option("--at", "moment", type=Moment(), help="As of this moment.")
@click.option("--html", "file", type=click.Path(path_type=Path), help="Write the mail as it would look.")
@click.option("--open", "in_browser", is_flag=True, help="Show it in your browser; no file is left behind.")
def preview(
    session: str, privacy: str | None, moment: datetime | None, file: Path | None, *, in_browser: bool
) -> None:
    """Show the briefing for SESSION as it is now, or was or will be at another moment. Nothing is sent."""
    with opened_app() as app:
        at = app.now() if moment is None else moment_in(app, moment)
        with app.reading() as records:
            session_id = the_session(records, session)
            person = practitioner(records, session_row(records, session_id).practitioner_id)
            wanted = Privacy(privacy) if privacy else privacy_of(app, person)
            letter = preview_letter(app, records, session_id, wanted, at)
            said = remarks(app, records, session_id, at)
    for remark in said:
        show_text(remark, err=True)
    page = app.renderer.preview_html(letter)
    if file is not None:
        write_private(file, page)
        show_text(f"Written to {file}. It holds clinical words: remove it when you have looked.")
    if in_browser:
        _show(page)
    if file is None and not in_browser:
        click.echo(letter.text, nl=False)


def _show(page: str) -> None:
    if not show_once(page, webbrowser.open):
        raise Refused("No browser came for the page.", "Write it into a file: `--html FILE`.")
    click.echo("Shown in your browser, once: no file is left behind.", err=True)


@briefing.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def list_(as_json: bool) -> None:
    """The fate of each briefing, and of each digest, preview and follow-up."""
    with opened_app() as app:
        rows = _rows(app)
        with app.reading() as records:
            owners, zone_by_owner = practitioners(records), zones(app, records)
        zone_by_address = {person.email: zone_by_owner[person.id] for person in owners}
    if as_json:
        show_json(rows)
        return
    show_table(
        ["Session", "Client", "Begins", "Status", "Sent", "Why"],
        [
            [
                (row["session_id"] or "")[:8],
                row["client_code"] or "",
                short(row["session_starts_at"], zone_by_address[row["to"]]),
                _fate(row["kind"], row["status"]),
                _sent(row, zone_by_address[row["to"]]),
                row["reason"] or "",
            ]
            for row in rows
        ],
        "No briefings yet.",
    )


def _sent(row: dict[str, Any], zone: str) -> str:
    """When it was sent; as long as it waits, when it is due."""
    if row["status"] == "pending":
        return f"due {short(row['due_at'], zone)[4:]}"
    return short(row["sent_at"], zone)


def _fate(kind: str, status: str) -> str:
    return status if kind == MessageKind.BRIEFING else f"{kind.replace('_', '-')} {status}"


def _is_of_a_day(mail: Message) -> bool:
    """Whether it is a digest and the like, but for days that had nothing to say."""
    return mail.kind in WISHES and (mail.attempts > 0 or mail.status == MessageStatus.PENDING)


def _rows(app: App) -> list[dict[str, Any]]:
    with app.reading() as records:
        addresses = {person.id: person.email for person in practitioners(records)}
        codes = client_codes(records)
        return [
            {
                "id": mail.id,
                "kind": mail.kind,
                "session_id": mail.about_id if mail.about_id in codes else None,
                "client_code": codes.get(mail.about_id),
                "session_starts_at": mail.about_at if mail.about_id in codes else None,
                "due_at": mail.due_at,
                "sent_at": mail.sent_at,
                "status": shown_status(mail.status),
                "to": addresses[mail.practitioner_id],
                "message_id": mail.message_id,
                "attempts": mail.attempts,
                "reason": mail.reason,
            }
            for mail in messages(records)
            if mail.about_id in codes or _is_of_a_day(mail)
        ]
