"""`markers`: what is followed for a client from note to note."""

from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any

import click

from sync.commands.list_first import ListsUnlessTold
from sync.commands.meaning import the_client
from sync.commands.opening import opened_app
from sync.commands.showing import show_json, show_table, show_text
from sync.domain.people import Client
from sync.domain.progress.catalogue import CATALOGUE
from sync.domain.progress.definitions import Domain, MarkerDefinition
from sync.jobs.goals import GoalWish, the_goal
from sync.jobs.goals import change as change_goal
from sync.jobs.markers import MarkerWish, change, follow, the_marker
from sync.jobs.markers import retire as retire_marker
from sync.store.clients import clients
from sync.store.markers import markers_by_client

_HIGHER, _LOWER = "higher", "lower"


@click.group(cls=ListsUnlessTold)
def markers() -> None:
    """What is followed for a client, such as Panic. Without a command: list it, of CLIENT or of all."""


_OPTIONS = (
    click.option("--better", type=click.Choice([_HIGHER, _LOWER]), help="Which ratings are better."),
    click.option("--domain", type=click.Choice(list(map(str, Domain))), help="What it is about."),
    click.option("--scale", type=click.IntRange(2, 100), help="Rated from 0 to this; 10 unless said."),
    click.option("--lowest", metavar="TEXT", help="What 0 means; empty for no words."),
    click.option("--highest", metavar="TEXT", help="What the top means; empty for no words."),
    click.option("--goal", metavar="GOAL", help="The goal it points to: its number or first words."),
)


def _said_of_it(command: Callable[..., None]) -> Callable[..., None]:
    """Let a command take what can be said of a marker."""
    return reduce(lambda taken, option: option(taken), reversed(_OPTIONS), command)


@markers.command("list")
@click.argument("client", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def list_(client: str | None, as_json: bool) -> None:
    """List what is followed for CLIENT (a code, name or id), or for everybody; retired ones too."""
    with opened_app() as app, app.reading() as records:
        people = clients(records) if client is None else [the_client(records, client)]
        found = markers_by_client(records, people[0].id if client is not None else None)
    followed = [(person, definition) for person in people for definition in found.get(person.id, ())]
    if as_json:
        show_json([_row(person, definition) for person, definition in followed])
        return
    show_table(
        ["Client", "Marker", "Better", "Scale", "Domain", "Followed"],
        [
            [
                person.code,
                definition.name,
                _direction(definition.higher_is_better),
                _scale_words(definition),
                definition.domain,
                "yes" if definition.retired_at is None else "retired",
            ]
            for person, definition in followed
        ],
        "Nothing is followed yet. For ideas: practice-sync markers suggest",
    )


@markers.command()
@click.argument("client")
@click.argument("name")
@_said_of_it
def add(
    client: str,
    name: str,
    better: str | None,
    domain: str | None,
    scale: int | None,
    lowest: str | None,
    highest: str | None,
    goal: str | None,
) -> None:
    """Follow NAME for CLIENT: each note's stub asks for it, and its course can be told.

    Direction, domain and the words for both ends are the catalogue's where it knows NAME.
    """
    wish = _wish(better, domain, scale, lowest, highest)
    with opened_app() as app:
        with app.reading() as records:
            person = the_client(records, client)
            if goal is not None:
                the_goal(records, person.id, goal)  # before anything is written
        made, again = follow(app, person.id, name, wish, app.now())
        if goal is not None:
            change_goal(app, person.id, goal, GoalWish(markers=(made.name,)), app.now())
    _show_one("Followed again" if again else "Followed", person, made)


@markers.command()
@click.argument("client")
@click.argument("name")
@_said_of_it
def edit(
    client: str,
    name: str,
    better: str | None,
    domain: str | None,
    scale: int | None,
    lowest: str | None,
    highest: str | None,
    goal: str | None,
) -> None:
    """Say something else of CLIENT's marker NAME. What you leave out stays as it is."""
    wish = _wish(better, domain, scale, lowest, highest)
    with opened_app() as app:
        with app.reading() as records:
            person = the_client(records, client)
            made = the_marker(records, person.id, name)
        if goal is not None:
            change_goal(app, person.id, goal, GoalWish(markers=(made.name,)), app.now())
        if goal is None or wish != MarkerWish():
            made = change(app, person.id, name, wish)
    _show_one("Changed", person, made)


@markers.command()
@click.argument("client")
@click.argument("name")
def retire(client: str, name: str) -> None:
    """Ask for CLIENT's marker NAME no more. What was rated stays; `markers add` follows it again."""
    with opened_app() as app:
        with app.reading() as records:
            person = the_client(records, client)
        changed = retire_marker(app, person.id, name, app.now())
    click.echo("Retired: no stub asks for it from now on." if changed else "It is retired already.")


@markers.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def suggest(as_json: bool) -> None:
    """Print the catalogue: what is often followed, which way is better, and what the ends mean.

    With --json also the other spellings that mean it.
    """
    entries = sorted(CATALOGUE, key=lambda entry: list(Domain).index(entry.domain))
    if as_json:
        show_json(entries)
        return
    show_table(
        ["Marker", "Better", "0", "10", "Domain"],
        [
            [
                entry.name,
                _direction(entry.higher_is_better),
                entry.lowest,
                entry.highest,
                entry.domain,
            ]
            for entry in entries
        ],
        "",
    )


def _wish(
    better: str | None, domain: str | None, scale: int | None, lowest: str | None, highest: str | None
) -> MarkerWish:
    return MarkerWish(
        None if better is None else better == _HIGHER,
        None if domain is None else Domain(domain),
        None if scale is None else float(scale),
        lowest,
        highest,
    )


def _show_one(done: str, person: Client, definition: MarkerDefinition) -> None:
    better = _direction(definition.higher_is_better)
    show_text(f"{done} for {person.code}: {definition.name}, {_scale_words(definition)}; {better} is better.")


def _direction(higher_is_better: bool) -> str:
    return _HIGHER if higher_is_better else _LOWER


def _scale_words(definition: MarkerDefinition) -> str:
    """`0 (none) to 10 (the worst yet)`."""
    ends: Sequence[tuple[str, str | None]] = (
        ("0", definition.lowest),
        (f"{definition.scale:g}", definition.highest),
    )
    return " to ".join(number if words is None else f"{number} ({words})" for number, words in ends)


def _row(person: Client, definition: MarkerDefinition) -> dict[str, Any]:
    return {
        "id": definition.id,
        "client_id": person.id,
        "client_code": person.code,
        "name": definition.name,
        "domain": definition.domain,
        "higher_is_better": definition.higher_is_better,
        "scale": definition.scale,
        "lowest": definition.lowest,
        "highest": definition.highest,
        "retired_at": definition.retired_at,
    }
