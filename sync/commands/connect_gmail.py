"""`connect gmail`: let a practitioner's mail be sent from her own Gmail account."""

from pathlib import Path

import click

from sync.app import App
from sync.commands.meaning import the_practitioner
from sync.commands.opening import opened_app
from sync.commands.showing import show_text
from sync.commands.signing_in import SignInWay, sign_in_to_google
from sync.domain.people import Practitioner
from sync.jobs.sending_permission import end_sending, keep_sending

_BY_HAND = "https://myaccount.google.com/connections"


@click.command()
@click.option(
    "--client-secrets",
    "client_file",
    type=click.Path(path_type=Path),
    help="The file of your Google desktop client (JSON), unless one is known.",
)
@click.option("--practitioner", help="Whose mail: an address; needed when several work here.")
@click.option("--no-browser", is_flag=True, help="Only print the address to open.")
@click.option("--paste", is_flag=True, help="Paste the answer's address by hand; no port is opened.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port for the answer; 0 picks one.")
@click.option("--remove", is_flag=True, help="Send no more from it, and give the permission back.")
def gmail(
    client_file: Path | None,
    practitioner: str | None,
    no_browser: bool,
    paste: bool,
    port: int,
    remove: bool,
) -> None:
    """Let her mail be sent from her own Gmail account: sending only, nothing is read."""
    if paste and no_browser:
        raise click.UsageError("--paste opens no browser")
    with opened_app() as app:
        with app.reading() as records:
            person = the_practitioner(records, practitioner)
        if remove:
            _remove(app, person)
        else:
            _connect(app, SignInWay(person, client_file, no_browser, paste, port))


def _connect(app: App, way: SignInWay) -> None:
    # Google's library takes 0.3 s to load, and only signing in needs it.
    from sync.adapters.google_scopes import GMAIL_SEND, IDENTITY  # noqa: PLC0415

    sign_in = sign_in_to_google(app, way, (*IDENTITY, GMAIL_SEND))
    if keep_sending(app, way.person, sign_in, app.now()):
        show_text("Another Gmail account than before sends from now on; the former is forgotten here.")
    show_text(f"Mail to {way.person.email} is sent from {sign_in.email}.")
    if app.settings.mail.transport != "gmail":
        show_text('To use it, write transport = "gmail" into [mail] of the settings.')
    click.echo("To try it: practice-sync doctor --send-test")


def _remove(app: App, person: Practitioner) -> None:
    ended = end_sending(app, person)
    if ended.needed:
        show_text(
            "Forgotten here. At Google it stays: another permission is for the same account, and Google "
            f"takes back all at once. To end all by hand: {_BY_HAND}"
        )
    elif ended.trouble:
        show_text(f"Forgotten here, but Google was not told ({ended.trouble}).", err=True)
        show_text(f"End it there by hand: {_BY_HAND}", "  ", err=True)
    else:
        show_text("The permission was given back to Google and forgotten here.")
