"""The people: practitioners and their clients, opened, as values."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Practitioner:
    """Who works here. `time_zone`, `lead_minutes` and `privacy` are None where the settings decide.

    `color_meanings` says what a colour in her calendar means: its id to a meaning. `digest_at`, `preview_at`
    and `follow_up_at` are hours of her wall clock (`07:00`), `quiet_hours` is a stretch of them; None: none.
    `certificate` is what her mail is encrypted to (PEM), good until `certificate_ends_at`; empty: to nothing.
    """

    id: str
    name: str
    email: str
    time_zone: str | None = None
    lead_minutes: int | None = None
    privacy: str | None = None
    note_format: str = "soap"
    email_confirmed_at: datetime | None = None
    color_meanings: Mapping[str, str] = field(default_factory=dict)
    digest_at: str | None = None
    preview_at: str | None = None
    follow_up_at: str | None = None
    quiet_hours: str | None = None
    certificate: str = field(default="", repr=False)
    certificate_ends_at: datetime | None = None


ACTIVE = "active"
ENDED = "ended"
MERGED = "merged"
"""What a client's record can be; a merged one is part of another, and is shown nowhere."""


@dataclass(frozen=True, slots=True)
class Member:
    """One person of a couple, family or group."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Client:
    """One person, couple, family or group, with all that may point to them in a calendar.

    `titles` are whole titles that were learned to mean them, folded.
    """

    id: str
    practitioner_id: str
    code: str
    name: str
    kind: str = "individual"
    status: str = "active"
    aliases: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    members: tuple[Member, ...] = ()
    titles: tuple[str, ...] = ()
    former_names: tuple[str, ...] = ()

    @property
    def private_terms(self) -> tuple[str, ...]:
        """Every word of theirs that must not stand in a mail that is to carry the code only."""
        members = (member.name for member in self.members)
        return (self.name, *self.aliases, *self.addresses, *members, *self.titles, *self.former_names)


_EVERYDAY = """
A I AM PM TV IT DR MR MS MRS UK US USA EU UN HR PC OK ID PE PS PT RE TBA TBC TBD TBH FYI DIY DJ BBQ GP
AA AC AD AI AP BA BC BS CC CD CEO CFO CV DC DM DVD ER ETA FM FT HQ IP IQ LA LP MA MD MP NA NB NHS NO NY
OH ON OT PA PHD PR QA RN RV SMS SOS SUV TO UFO UP VAT VET VIP VS WC WE WFH XL
"""
EVERYDAY = frozenset(_EVERYDAY.split())
"""Initials that stand in everyday titles ("Dentist 9 AM"): they point to nobody by themselves."""


def free_code(name: str, taken: Iterable[str]) -> str:
    """The initials of `name` in capitals; where they are taken or everyday, the smallest digit from 2 on."""
    letters = [part[0] for part in name.split() if part[0].isalpha()]
    initials = "".join(letters[:4]).upper() or "C"
    used = {*taken, *EVERYDAY}
    if initials not in used:
        return initials
    number = 2
    while f"{initials}{number}" in used:
        number += 1
    return f"{initials}{number}"


def folded_address(address: str) -> str:
    """A mail address as it is compared: without outer spaces, in one case."""
    return address.strip().casefold()


_ADDRESS = re.compile(r"[^@\s<>,;:\"()\\]+@[^@\s<>,;:\"()\\.]+(\.[^@\s<>,;:\"()\\.]+)*")


def is_address(text: str) -> bool:
    """Whether `text` is one bare mail address, fit to be written to."""
    return len(text) <= 254 and _ADDRESS.fullmatch(text.strip()) is not None
