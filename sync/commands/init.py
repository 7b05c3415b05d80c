"""`init`: set up a home folder, a key and a database, or bring them up to date."""

import sys
from datetime import UTC, datetime

import click

from sync.adapters.secret_store import SMTP_PASSWORD, secret_store
from sync.settings import load_settings
from sync.setup import recover, require_new_home, set_up


@click.command()
@click.option("--recover", "recovering", is_flag=True, help="Open this database with your recovery code.")
@click.option("--smtp-password", is_flag=True, help="Only ask for the mail server's password and keep it.")
def init(recovering: bool, smtp_password: bool) -> None:
    """Set up a home folder, a key and a database. Run again, it brings them up to date."""
    settings = load_settings()
    home = settings.home
    now = datetime.now(UTC)
    if smtp_password:
        password = _ask_secret("Password of the mail server")
        secret_store(settings).write(SMTP_PASSWORD, password)
        click.echo("Kept. Try it: practice-sync doctor")
        return
    if recovering:
        done = recover(home, lambda: _ask_secret("Recovery code"))
        click.echo(f"The key is back, in {done.key_place}. Nothing else was changed.")
        return
    require_new_home(home)
    done = set_up(home, now)
    click.echo(f"Home folder  {home}")
    click.echo(f"Key          in {done.key_place}")
    click.echo(f"Database     {'ready' if not done.migrated else 'made'}")
    if done.recovery_code is not None:
        click.echo(_RECOVERY.format(code=done.recovery_code))
    if done.settings.mail.transport == "maildir":
        click.echo(f"Briefings stay in the local folder {done.settings.mail.maildir}")
        click.echo("until you set up mail in settings.toml.")
    if done.recovery_code is not None:
        click.echo("Next: practice-sync practitioners add NAME EMAIL")


def _ask_secret(what: str) -> str:
    """Ask without showing what is typed; from a pipe, take its first line."""
    if sys.stdin.isatty():
        typed: str = click.prompt(what, hide_input=True, err=True)
        return typed
    return sys.stdin.readline().strip()


_RECOVERY = """
Your recovery code, shown this once and kept nowhere:

    {code}

Write it down and keep it apart from this computer. If the key is ever lost,
only this code opens your records again.
"""
