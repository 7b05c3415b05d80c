"""Says what is followed for a client, and which way is better, so that its course can be told."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from sync.app import App
from sync.domain.briefing.display import one_line
from sync.domain.notes.stub import can_be_rated
from sync.domain.progress.catalogue import Entry, catalogued
from sync.domain.progress.definitions import Domain, MarkerDefinition
from sync.errors import Refused
from sync.jobs.clients import hold_client
from sync.store.clients import client
from sync.store.markers import add_marker, change_marker, find_marker
from sync.store.records import Records

USUAL_SCALE = 10.0
LONGEST_END = 60
"""Characters that say what an end of a scale means."""

_HELP = "See `practice-sync markers edit --help`."


@dataclass(frozen=True, slots=True)
class MarkerWish:
    """What the therapist says of a marker; None is left open, an empty text takes the words away."""

    higher_is_better: bool | None = None
    domain: Domain | None = None
    scale: float | None = None
    lowest: str | None = None
    highest: str | None = None


def follow(
    app: App, client_id: str, name: str, wish: MarkerWish, now: datetime
) -> tuple[MarkerDefinition, bool]:
    """Follow a marker for a client from now on; and whether it had been retired before.

    What `wish` leaves open is as it was before, else as the catalogue knows it. Raises `Refused` where
    neither knows which way is better or the domain, for what is followed already, and for a name or scale
    that a note could not hold.
    """
    name = one_line(name)
    with app.writing() as records:
        hold_client(records, client_id)
        before = find_marker(records, client_id, name)
        if before is not None and before.retired_at is None:
            raise Refused("This is followed already.", f"To say something else of it: {_HELP}")
        if before is not None:
            again = _said_anew(replace(before, retired_at=None), wish)
            change_marker(records, again)
            return again, True
        return add_marker(records, client_id, _defined(name, wish), now), False


def change(app: App, client_id: str, name: str, wish: MarkerWish) -> MarkerDefinition:
    """Say something else of a client's marker; what `wish` leaves open stays. Raises `Refused`."""
    if wish == MarkerWish():
        raise Refused("Nothing was given to change.", _HELP)
    return _restated(app, client_id, name, lambda known: _said_anew(known, wish))[1]


def retire(app: App, client_id: str, name: str, now: datetime) -> bool:
    """Ask for a marker no more; whether it was followed until now. Raises `Refused` for an unknown one."""
    before, _ = _restated(
        app, client_id, name, lambda known: replace(known, retired_at=known.retired_at or now)
    )
    return before.retired_at is None


def the_marker(records: Records, client_id: str, name: str) -> MarkerDefinition:
    """The client's marker of this name; else `Refused`."""
    found = find_marker(records, client_id, one_line(name))
    if found is None:
        code = client(records, client_id).code
        raise Refused(
            "No marker of this name is followed for this client.",
            f"See `practice-sync markers list {code}` for what is.",
        )
    return found


def _restated(
    app: App, client_id: str, name: str, restate: Callable[[MarkerDefinition], MarkerDefinition]
) -> tuple[MarkerDefinition, MarkerDefinition]:
    """A client's marker before and after."""
    with app.writing() as records:
        hold_client(records, client_id)
        before = the_marker(records, client_id, name)
        after = restate(before)
        change_marker(records, after)
        return before, after


def _defined(name: str, wish: MarkerWish) -> MarkerDefinition:
    entry = catalogued(name)
    better, domain = wish.higher_is_better, wish.domain
    if entry is not None:
        better = entry.higher_is_better if better is None else better
        domain = domain or entry.domain
    if better is None or domain is None:
        raise Refused(
            "The catalogue does not know this marker, so its direction and domain must be said.",
            f"Say `--better higher` or `--better lower`, and `--domain` with one of {', '.join(Domain)}.",
        )
    lowest, highest = _ends_of(entry, wish, better=better)
    return _sound(
        MarkerDefinition("", name, domain, better, wish.scale or USUAL_SCALE, _end(lowest), _end(highest))
    )


def _ends_of(entry: Entry | None, wish: MarkerWish, *, better: bool) -> tuple[str | None, str | None]:
    """The words for both ends: her own, else the catalogue's where it means the same direction."""
    if (wish.lowest, wish.highest) != (None, None) or entry is None or entry.higher_is_better != better:
        return wish.lowest, wish.highest
    return entry.lowest, entry.highest


def _said_anew(known: MarkerDefinition, wish: MarkerWish) -> MarkerDefinition:
    return _sound(
        replace(
            known,
            higher_is_better=known.higher_is_better
            if wish.higher_is_better is None
            else wish.higher_is_better,
            domain=wish.domain or known.domain,
            scale=wish.scale or known.scale,
            lowest=known.lowest if wish.lowest is None else _end(wish.lowest),
            highest=known.highest if wish.highest is None else _end(wish.highest),
        )
    )


def _end(text: str | None) -> str | None:
    return (one_line(text) or None) if text is not None else None


def _sound(definition: MarkerDefinition) -> MarkerDefinition:
    """The definition itself, if notes can be rated by it."""
    if not can_be_rated(definition.name, definition.scale):
        raise Refused(
            "In a note this would not be read as a marker.",
            "Take a short name without a colon that is no heading and no day, such as Panic.",
        )
    if any(len(end) > LONGEST_END for end in (definition.lowest, definition.highest) if end):
        raise Refused(
            "The words for an end of the scale are too long.",
            f"Say it in at most {LONGEST_END} characters.",
        )
    return definition
