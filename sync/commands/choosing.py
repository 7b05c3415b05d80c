"""Shows an account's calendars and lets a person choose among them; what she does not choose is forgotten."""

from collections.abc import Sequence
from typing import Any

import click

from sync.commands.showing import show_table
from sync.errors import Refused
from sync.ports import ListedCalendar

NO_TITLES = "Only when it is busy is shared with this account, not the titles."
SHARE_TITLES = "Ask its owner to share it with “See all event details”, then connect again."
_ACCESS = {
    "owner": "may see and change all",
    "writer": "may change events",
    "writerWithoutPrivateAccess": "may change events",
    "reader": "may see events",
    "freeBusyReader": "busy or free only",
}


def show_calendars(calendars: Sequence[ListedCalendar]) -> None:
    """Print them with their numbers."""
    show_table(
        ["No.", "Name", "Access", "Whose"],
        [
            [
                str(number),
                each.name or each.calendar_id,
                _ACCESS.get(each.access_role, each.access_role),
                "own" if each.is_own else "shared",
            ]
            for number, each in enumerate(calendars, 1)
        ],
        "This account has no calendar.",
    )


def as_rows(calendars: Sequence[ListedCalendar]) -> list[dict[str, Any]]:
    """The same for `--json`."""
    return [
        {
            "id": each.calendar_id,
            "name": each.name,
            "access": each.access_role,
            "own": each.is_own,
            "primary": each.is_primary,
            "shows_titles": each.shows_titles,
        }
        for each in calendars
    ]


def choose_calendars(calendars: Sequence[ListedCalendar]) -> tuple[str, ...]:
    """The ids of those that a person names by number; asked again until the answer makes sense."""
    if not calendars:
        raise Refused("This account has no calendar.", "Sign in with the account that keeps the calendar.")
    show_calendars(calendars)
    while True:
        said = click.prompt("Which ones? Their numbers, such as 1 or 1,3", default="1")
        numbers = said.replace(",", " ").split()
        if not numbers or not all(each.isdecimal() and 1 <= int(each) <= len(calendars) for each in numbers):
            click.echo(f"Numbers from 1 to {len(calendars)} are expected.", err=True)
            continue
        chosen = [calendars[int(each) - 1] for each in dict.fromkeys(numbers)]
        if all(each.shows_titles for each in chosen):
            return tuple(dict.fromkeys(each.calendar_id for each in chosen))
        click.echo(f"{NO_TITLES} {SHARE_TITLES}", err=True)
