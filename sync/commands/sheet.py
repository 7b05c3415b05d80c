"""`progress CLIENT --sheet`: the page for the client's own eyes, of what the therapist approved."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from sync.adapters.report_pages import ReportPages
from sync.app import App
from sync.commands.private_file import write_private
from sync.commands.showing import at_terminal, rfc3339, show_json, show_text
from sync.domain.briefing.moments import month_and_year
from sync.domain.people import Client
from sync.domain.phrasing import counted, listed
from sync.domain.progress.sheet import Sheet, State, fitting, sheet_of, state_of
from sync.domain.progress.sheet_offers import Offer
from sync.domain.progress.statements import Verdict
from sync.errors import Refused
from sync.jobs.sheet import SheetOffers, say_of, sheet_offers

OPEN = (State.WAITING, State.REWORDED)
_APPROVE = "Approve with `practice-sync progress {code} --sheet --approve KEY`, each by its key."

_OPTIONS = (
    click.option("--sheet", is_flag=True, help="A page to give to CLIENT, of what you approve one by one."),
    click.option("--approve", multiple=True, metavar="KEY", help="With --sheet: let this stand on it."),
    click.option("--withhold", multiple=True, metavar="KEY", help="With --sheet: keep this off it."),
    click.option("--html", "file", type=click.Path(path_type=Path), help="With --sheet: write it to print."),
    click.option("--name", "by_name", is_flag=True, help="With --sheet: greet the client by first name."),
    click.option("--scores", "with_scores", is_flag=True, help="With --sheet: offer ratings in numbers too."),
)


@dataclass(frozen=True, slots=True)
class SheetWish:
    """What was asked for with `--sheet`."""

    as_json: bool
    approve: tuple[str, ...]
    withhold: tuple[str, ...]
    file: Path | None
    by_name: bool
    with_scores: bool


def sheet_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of the sheet; it is told of them by their names."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def wish_of(as_json: bool, options: dict[str, Any]) -> SheetWish | None:
    """What is wished of the sheet; None without `--sheet`, and then none of its options may be there."""
    if options.pop("sheet"):
        return SheetWish(as_json, **options)
    if any(options.values()):
        raise click.UsageError("--approve, --withhold, --html, --name and --scores go with --sheet.")
    return None


def show_sheet(app: App, person: Client, wish: SheetWish, now: datetime) -> None:
    """Take the therapist's word on what is offered, and give the page of what she approved."""
    found = sheet_offers(app, person.id, now, with_scores=wish.with_scores)
    told = [(key, Verdict.APPROVED) for key in wish.approve]
    told += [(key, Verdict.WITHHELD) for key in wish.withhold]
    for offer, verdict in [(_offer_of(found, key, person.code), verdict) for key, verdict in told]:
        say_of(app, person.id, offer, verdict, now)
    if not told and not wish.as_json and at_terminal():
        _ask(app, person, found, now)
    found = sheet_offers(app, person.id, now, with_scores=wish.with_scores)
    if wish.as_json:
        show_json(_as_json(found))
        return
    _tell_of_the_rest(found)
    _give(_page(found, person, wish), wish)


def _offer_of(found: SheetOffers, key: str, code: str) -> Offer:
    offer = next((each for each in found.offers if each.statement.key == key), None)
    if offer is None:
        raise Refused(
            f"No statement has the key “{key}”.",
            f"See the keys with `practice-sync progress {code} --sheet --json`.",
        )
    return offer


def _ask(app: App, person: Client, found: SheetOffers, now: datetime) -> None:
    """Show each statement that waits, whole, and keep each answer at once."""
    waiting = found.of(*OPEN)
    if waiting:
        show_text(
            f"{counted(len(waiting), 'statement')} could stand on the sheet for {person.code}. Only what you "
            "say yes to is shown, in exactly these words; enter is no.",
        )
    for offer in waiting:
        click.echo()
        if state_of(offer, found.verdicts) is State.REWORDED:
            show_text("Approved before in other words.", "  ")
        for line in offer.statement.sentence.splitlines():
            show_text(line, "  ")
        agreed = click.confirm("Put it on the sheet?", default=False)
        say_of(app, person.id, offer, Verdict.APPROVED if agreed else Verdict.WITHHELD, now)
    if waiting:
        click.echo()


def _tell_of_the_rest(found: SheetOffers) -> None:
    """On standard error, so that the sheet alone can be kept: what waits, and what is not on it."""
    waiting, shown = found.of(*OPEN), found.of(State.APPROVED)
    if waiting:
        show_text(f"{counted(len(waiting), 'statement')} not on it, waiting for your word:", err=True)
    for offer in waiting:
        click.echo(f"  {offer.statement.key}", err=True)
        for line in offer.statement.sentence.splitlines():
            show_text(line, "      ", err=True)
    if waiting:
        show_text(_APPROVE.format(code=found.seen.client.code), err=True)
    fits = fitting(shown)
    if crowded := [offer for offer in shown if offer not in fits]:
        keys = listed([offer.statement.key for offer in crowded])
        show_text(f"Approved, but the page has no room for {keys}.", err=True)
    if found.left_out:
        show_text(
            f"The sheet says nothing of {listed(found.left_out)}: worse than before by their ratings.",
            err=True,
        )
    if waiting or crowded or found.left_out:
        click.echo(err=True)


def _page(found: SheetOffers, person: Client, wish: SheetWish) -> Sheet:
    shown = found.of(State.APPROVED)
    if not shown:
        raise Refused("Nothing has been approved for this sheet yet.", _APPROVE.format(code=person.code))
    today = found.seen.time.today
    greeted = _first_names(person) if wish.by_name else None
    return sheet_of(shown, greeted, f"{today.day} {month_and_year(today)}")


def _first_names(person: Client) -> str:
    names = [member.name for member in person.members] or [person.name]
    return listed([name.split()[0] for name in names])


def _give(sheet: Sheet, wish: SheetWish) -> None:
    pages = ReportPages()
    if wish.file is None:
        click.echo(pages.sheet_text(sheet), nl=False)
        return
    write_private(wish.file, pages.sheet_html(sheet))
    show_text(f"Written to {wish.file}: open it in a browser and print it. Then remove the file.")


def _as_json(found: SheetOffers) -> dict[str, Any]:
    return {
        "client": {"id": found.seen.client.id, "code": found.seen.client.code},
        "statements": [
            {
                "key": offer.statement.key,
                "part": offer.part.value,
                "sentence": offer.statement.sentence,
                "state": state_of(offer, found.verdicts).value,
                "evidence": [
                    {"session_id": each.session_id, "date": rfc3339(each.starts_at)}
                    for each in offer.statement.evidence
                ],
            }
            for offer in found.offers
        ],
        "not_spoken_of": list(found.left_out),
    }
