"""`doctor`: check every part and say what to fix."""

import sys

import click

from sync.app import system_clock
from sync.checkup import check_up
from sync.commands.showing import show_json


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def doctor(as_json: bool) -> None:
    """Check every part and say what to fix. Changes nothing."""
    findings = []
    for finding in check_up(system_clock):
        findings.append(finding)
        if not as_json:
            click.echo(f"{'ok ' if finding.sound else 'FIX'}  {finding.part:<11} {finding.said}")
            if finding.remedy:
                click.echo(f"{'':<17}{finding.remedy}")
    if as_json:
        show_json(findings)
    if not all(finding.sound for finding in findings):
        sys.exit(1)
