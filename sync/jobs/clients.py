"""Adds clients and what points to them; another word for a client makes the calendar worth a fresh look."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sync.app import App
from sync.domain.calendar.title_noise import learned_key
from sync.domain.calendar.words import words
from sync.domain.people import MERGED, Client, is_address
from sync.errors import Refused
from sync.store.agreements import add_cadence
from sync.store.clients import (
    ADDRESS,
    ALIAS,
    FORMER,
    TITLE,
    add_alias,
    add_client,
    add_member,
    also_meant,
    client,
    codes,
    find_client,
    hold_names,
    remove_alias,
    rename_client,
)
from sync.store.links import links, want_snapshot
from sync.store.records import Records

KINDS = ("individual", "couple", "family", "group")


@dataclass(frozen=True, slots=True)
class NewClientWish:
    """A client to be added, as the therapist says it."""

    name: str
    code: str | None = None
    kind: str = "individual"
    cadence_days: int | None = None
    aliases: Sequence[str] = ()
    addresses: Sequence[str] = ()
    members: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class PointersAdded:
    """How many words and addresses are new, and the codes of other clients whom any of them means too."""

    new: int
    shared_with: tuple[str, ...] = ()


def hold_client(records: Records, client_id: str) -> None:
    """Let nobody else add to a client's record or merge it until the transaction ends.

    Raises `Refused` for a record that is part of another.
    """
    hold_names(records)
    if client(records, client_id).status == MERGED:
        raise Refused("This record is part of another.", "See `practice-sync clients` for the codes.")


def add(app: App, practitioner_id: str, wish: NewClientWish, now: datetime) -> Client:
    """Add a client. Raises `Refused` for a taken code, a name that is known already, or no name."""
    with app.writing() as records:
        hold_names(records)
        made = add_to(records, practitioner_id, wish, now)
        look_again(records, practitioner_id)
        return made


def add_to(records: Records, practitioner_id: str, wish: NewClientWish, now: datetime) -> Client:
    """Add a client within a transaction that holds the names. Raises `Refused`, as `add` does."""
    _check(wish)
    _require_new(records, practitioner_id, wish)
    made = add_client(
        records,
        practitioner_id,
        wish.name.strip(),
        now,
        code=wish.code,
        kind=wish.kind,
    )
    if wish.cadence_days is not None:
        add_cadence(records, made.id, wish.cadence_days, None, now)
    for position, member in enumerate(wish.members):
        add_member(records, made.id, member, position)
    add_pointers_of(records, made.id, wish.aliases, wish.addresses, now)
    return client(records, made.id)


def add_pointers(
    app: App, client_id: str, aliases: Sequence[str], addresses: Sequence[str], now: datetime
) -> PointersAdded:
    """Let other names and addresses mean this client. Raises `Refused`."""
    _check_pointers(aliases, addresses)
    with app.writing() as records:
        pointers = _pointers(aliases, addresses)
        added = add_pointers_of(records, client_id, aliases, addresses, now)
        look_again(records, client(records, client_id).practitioner_id)
        shared = [code for kind, value in pointers for code in also_meant(records, client_id, kind, value)]
        return PointersAdded(added, tuple(dict.fromkeys(shared)))


def rename(app: App, client_id: str, name: str, now: datetime, *, forget: bool = False) -> Client:
    """Give a client another name. Raises `Refused` for a name that is none or another client's.

    The old name goes on to mean her in the calendar, unless it is to be forgotten; it stays out of mails.
    """
    _require_name(name)
    with app.writing() as records:
        hold_names(records)
        person = client(records, client_id)
        others = [c for c in _of_this_name(records, person.practitioner_id, name) if c.id != client_id]
        if others:
            raise Refused(
                "Another client has this name.", "If both are one, see `practice-sync clients merge --help`."
            )
        if words(name) != words(person.name):
            add_alias(records, client_id, FORMER if forget else ALIAS, person.name, now)
        rename_client(records, client_id, name.strip())
        look_again(records, person.practitioner_id)
        return client(records, client_id)


def remove_pointers(app: App, client_id: str, aliases: Sequence[str], addresses: Sequence[str]) -> int:
    """Let other names, learned titles and addresses no longer mean this client; how many did.

    What was found by them stays as it is: `sessions assign` gives it to somebody else.
    """
    with app.writing() as records:
        hold_names(records)
        gone = [remove_alias(records, client_id, (ALIAS,), alias) for alias in aliases]
        gone += [remove_alias(records, client_id, (TITLE,), learned_key(alias)) for alias in aliases]
        gone += [remove_alias(records, client_id, (ADDRESS,), address) for address in addresses]
        look_again(records, client(records, client_id).practitioner_id)
        return sum(gone)


def add_pointers_of(
    records: Records, client_id: str, aliases: Sequence[str], addresses: Sequence[str], now: datetime
) -> int:
    """Let other names and addresses, which have been checked, mean this client; how many were new."""
    return sum(
        add_alias(records, client_id, kind, value, now) for kind, value in _pointers(aliases, addresses)
    )


def _pointers(aliases: Sequence[str], addresses: Sequence[str]) -> list[tuple[str, str]]:
    return [(ALIAS, alias.strip()) for alias in aliases] + [
        (ADDRESS, address.strip()) for address in addresses
    ]


def _check(wish: NewClientWish) -> None:
    _require_name(wish.name)
    if wish.code is not None and (len(words(wish.code)) != 1 or wish.code != wish.code.strip()):
        raise Refused("A code is one word of letters and digits.", "Choose one such as `KM` or `KM2`.")
    if wish.members and wish.kind == "individual":
        raise Refused("Only a couple, family or group has members.", "Add `--kind couple`.")
    _check_pointers(wish.aliases, wish.addresses)


def _require_name(name: str) -> None:
    if not words(name):
        raise Refused("A client needs a name with letters.", "Give the name as it stands in the calendar.")


def _check_pointers(aliases: Sequence[str], addresses: Sequence[str]) -> None:
    if any(not words(alias) for alias in aliases):
        raise Refused("An alias needs letters or digits.", "Give the words as they stand in a title.")
    if any(not is_address(address) for address in addresses):
        raise Refused("That is not a mail address.", "Give one bare address after each `--email`.")


def _require_new(records: Records, practitioner_id: str, wish: NewClientWish) -> None:
    if wish.code is not None and wish.code in codes(records):
        raise Refused("This code is taken.", "Choose another; `practice-sync clients` shows them.")
    if wish.code is None and _of_this_name(records, practitioner_id, wish.name):
        raise Refused(
            "A client of this name is known already.",
            "If this is another person, give them a `--code` of their own.",
        )


def _of_this_name(records: Records, practitioner_id: str, name: str) -> list[Client]:
    """A practitioner's clients of this very name."""
    found = find_client(records, name)
    return [c for c in found if c.practitioner_id == practitioner_id and words(c.name) == words(name)]


def look_again(records: Records, practitioner_id: str) -> None:
    """What stood in the calendar unmatched may have an owner now."""
    for calendar in links(records):
        if calendar.practitioner_id == practitioner_id and calendar.is_read:
            want_snapshot(records, calendar.id)
