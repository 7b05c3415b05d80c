"""`work`: the background worker."""

import logging
import sys

import click

from sync.commands.opening import opened_app
from sync.worker import Worker


@click.command()
@click.option("--no-web", is_flag=True, hidden=True)
def work(no_web: bool) -> None:  # noqa: ARG001 - taken so that a service file need not change later
    """Work in the background until stopped: read calendars, lay stubs, send briefings."""
    logging.basicConfig(
        level=logging.INFO, stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s %(message)s"
    )
    # These speak of requests, with calendar ids in their addresses, and of every tick.
    for chatty in ("googleapiclient", "google", "apscheduler", "urllib3", "httplib2"):
        logging.getLogger(chatty).setLevel(logging.CRITICAL)
    with opened_app() as app:
        if app.settings.mail.transport == "maildir":
            click.echo(f"Briefings stay in the local folder {app.settings.mail.maildir}.", err=True)
        Worker(app).run()
