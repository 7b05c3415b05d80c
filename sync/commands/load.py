"""`load`: the practitioner's own load, for her eyes: counts beside her own past, and no advice."""

from dataclasses import asdict
from typing import Any

import click

from sync.commands.meaning import the_practitioner
from sync.commands.opening import opened_app
from sync.commands.showing import rfc3339, show_facts, show_json, show_table, show_text
from sync.domain.attendance.load import LATE_FROM, Amount, Load
from sync.domain.briefing.moments import LocalTime, local_time
from sync.domain.phrasing import counted
from sync.domain.progress.markers import sparkline_text
from sync.jobs.load import OwnLoad, own_load
from sync.jobs.wishes import zone_of

ROWS = (
    ("Sessions", "sessions"),
    ("Days with sessions", "days"),
    ("Longest run of days without a free one", "run"),
    ("Most sessions in a row without a break", "row"),
    (f"Evenings after {LATE_FROM:%H:%M}", "late"),
)

TOLD = 6
"""How many weeks are told as numbers."""


@click.command()
@click.option("--practitioner", metavar="EMAIL", help="Whose; needed when several work here.")
@click.option("--weeks", type=click.IntRange(1, 52), default=12, show_default=True, help="How many weeks.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def load(practitioner: str | None, weeks: int, as_json: bool) -> None:
    """Show your own load beside your own past: counts alone, for your eyes."""
    with opened_app() as app:
        with app.reading() as records:
            person = the_practitioner(records, practitioner)
            time = local_time(zone_of(app, records, person.id), app.now())
        own = own_load(app, person.id, weeks, app.now())
    if as_json:
        show_json(_as_json(own))
        return
    show_text(f"{person.name}, for your eyes alone")
    click.echo()
    _show_amounts(own.load)
    click.echo()
    show_facts(_facts(own, time))


def _show_amounts(load: Load) -> None:
    before = "" if load.before is None else f"Median of the {load.stretches} four weeks before"
    show_table(
        ["", "These four weeks", before] if before else ["", "These four weeks"],
        [
            [name, *(f"{getattr(amount, field):g}" for amount in (load.now, load.before) if amount)]
            for name, field in ROWS
        ],
        "",
    )
    if not before:
        show_text("There are too few weeks before to compare them with.")


def _facts(own: OwnLoad, time: LocalTime) -> dict[str, str]:
    counts = [count for _, count in own.load.weeks]
    curve = sparkline_text([float(count) for count in counts], max(1, *counts))
    since = time.date(own.load.weeks[0][0])
    return {
        "Sessions a week": f"{curve} from the week of {since} on",
        "The last ones": f"{', '.join(map(str, counts[-TOLD:]))} so far",
        "Days in a row now": str(own.load.present_run),
        "Notes": _notes(own, time),
    }


def _notes(own: OwnLoad, time: LocalTime) -> str:
    if own.oldest_at is None:
        return "none outstanding"
    oldest = f"the oldest of {time.day(own.oldest_at)}"
    return f"{counted(own.unwritten, 'note')} not written, {own.unsigned} not signed, {oldest}"


def _as_json(own: OwnLoad) -> dict[str, Any]:
    return {
        "as_of": own.load.today.isoformat(),
        "weeks": [{"monday": monday.isoformat(), "sessions": count} for monday, count in own.load.weeks],
        "four_weeks": _amount_json(own.load.now),
        "before": None if own.load.before is None else _amount_json(own.load.before),
        "stretches_before": own.load.stretches,
        "days_in_a_row": own.load.present_run,
        "notes": {
            "not_written": own.unwritten,
            "not_signed": own.unsigned,
            "oldest_at": rfc3339(own.oldest_at),
        },
    }


def _amount_json(amount: Amount) -> dict[str, float]:
    return {
        {"run": "longest_run_of_days", "row": "most_in_a_row", "late": "late_evenings"}.get(name, name): value
        for name, value in asdict(amount).items()
    }
