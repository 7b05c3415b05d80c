"""`connections`: the linked calendars, and how reading them goes."""

from datetime import datetime
from typing import Any

import click

from sync.commands.opening import opened_app
from sync.commands.showing import show_json, show_table
from sync.domain.calendar.links import CalendarLink, LinkState
from sync.store.links import links
from sync.store.practitioners import practitioners

_WORDS = {
    LinkState.FINE: "fine",
    LinkState.UNREACHABLE: "not reached",
    LinkState.SIGN_IN: "sign in again",
    LinkState.UNAVAILABLE: "not there any more",
    LinkState.SUSPECT: "much is missing",
    LinkState.PAUSED: "paused",
}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def connections(as_json: bool) -> None:
    """The linked calendars, and how reading them goes."""
    with opened_app() as app:
        with app.reading() as records:
            linked = links(records)
            people = {person.id: person.email for person in practitioners(records)}
        now = app.now()
    if as_json:
        show_json([_row(calendar, people) for calendar in linked])
        return
    show_table(
        ["Calendar", "Practitioner", "State", "Last read"],
        [
            [
                calendar.calendar_id,
                people[calendar.practitioner_id],
                _WORDS[calendar.state] + (f": {calendar.trouble}" if calendar.trouble else ""),
                _age(calendar.last_read_at, now),
            ]
            for calendar in linked
        ],
        "None yet. Link one: practice-sync connect google --client-secrets FILE",
    )


def _age(read_at: datetime | None, now: datetime) -> str:
    if read_at is None:
        return "never"
    minutes = max(int((now - read_at).total_seconds()) // 60, 0)
    if minutes < 120:
        return f"{minutes} min ago"
    return f"{minutes // 60} h ago" if minutes < 2880 else f"{minutes // 1440} days ago"


def _row(calendar: CalendarLink, people: dict[str, str]) -> dict[str, Any]:
    return {
        "id": calendar.id,
        "calendar_id": calendar.calendar_id,
        "practitioner": people[calendar.practitioner_id],
        "dedicated": calendar.dedicated,
        "title_pattern": calendar.title_pattern,
        "status": calendar.state.value,
        "since": calendar.state_since,
        "trouble": calendar.trouble,
        "synced_at": calendar.last_read_at,
        "time_zone": calendar.time_zone,
    }
