"""`doctor`: check every part and say what to fix."""

import sys

import click

from sync.app import system_clock
from sync.checkup import check_up
from sync.commands.opening import opened_app
from sync.commands.showing import show_json, show_text
from sync.domain.phrasing import counted
from sync.jobs.practitioners import send_test as send_test_mails


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option("--send-test", is_flag=True, help="Send every practitioner a mail, to see that it arrives.")
def doctor(as_json: bool, send_test: bool) -> None:
    """Check every part and say what to fix. Changes nothing."""
    if send_test:
        _send_test()
        return
    findings = []
    for finding in check_up(system_clock):
        findings.append(finding)
        if not as_json:
            show_text(finding.said, f"{'ok ' if finding.sound else 'FIX'}  {finding.part:<11} ")
            if finding.remedy:
                show_text(finding.remedy, " " * 17)
    if as_json:
        show_json(findings)
    if not all(finding.sound for finding in findings):
        sys.exit(1)


def _send_test() -> None:
    with opened_app() as app:
        sent, failed = send_test_mails(app, app.now())
    if sent:
        click.echo(
            f"{counted(sent, 'test mail')} handed over. Look whether {'it' if sent == 1 else 'they'} arrived."
        )
    if failed or not sent:
        click.echo(f"{failed} could not be handed over. `practice-sync doctor` says why.", err=True)
        sys.exit(1)
