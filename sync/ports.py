"""What the service needs from outside, in its own words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

from sync.domain.calendar.values import Doorbell, Event, Snapshot, Window

Known = Callable[[], Mapping[str, str]]
"""Tells with which etag each event was last read; asked while the first page is on its way."""


def nothing_known() -> Mapping[str, str]:
    """For a reading that shall look at every event."""
    return {}


class CalendarSource(Protocol):
    """One signed-in account's calendars. Every method may raise a `SyncError`, nothing else."""

    @property
    def absence_is_proof(self) -> bool:
        """Whether "not there", asked for by itself, means gone; else a second reading has to agree."""

    @property
    def ask_every(self) -> timedelta:
        """How far apart it may be asked when nobody waits for the answer."""

    def snapshot(self, calendar_id: str, window: Window, known: Known = nothing_known) -> Snapshot:
        """Read every event that overlaps `window`, recurrences expanded, cancelled ones included.

        An event that still has the etag that is `known` of it need only be named as unchanged.
        Raises `CalendarUnreachable` unless every page arrived and was what it claims to be.
        """

    def ring(self, calendar_id: str, sync_token: str | None) -> Doorbell:
        """Ask what changed since `sync_token`; None mints a first token and names no event.

        Raises `SyncTokenExpired` when the token is no longer accepted.
        """

    def event(self, calendar_id: str, event_id: str) -> Event | None:
        """Read one event as it is now; None when it is gone (404 or 410)."""

    def close(self) -> None:
        """Give back the connection that this thread holds; the next question opens another."""


TITLES_HIDDEN = "freeBusyReader"
"""Google's name for the role that sees when a calendar is busy, and nothing else."""


@dataclass(frozen=True, slots=True)
class ListedCalendar:
    """One calendar as its account's list shows it. `access_role` is Google's word for what we may see."""

    calendar_id: str = field(repr=False)
    name: str = field(repr=False)
    access_role: str
    is_primary: bool = False

    @property
    def is_own(self) -> bool:
        """Whether it is the account's own, not another's that was shared."""
        return self.access_role == "owner"

    @property
    def shows_titles(self) -> bool:
        """Whether its events say more than that somebody is busy."""
        return self.access_role != TITLES_HIDDEN


class CalendarAccount(CalendarSource, Protocol):
    """A source that can also say which calendars its account has."""

    def calendars(self) -> tuple[ListedCalendar, ...]:
        """The account's own list, its own calendar first. Raises a `SyncError`."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A finished mail. `message_id` is the same for every attempt; `html` may be empty.

    `images` are PNGs by content id, referred to in the HTML as `cid:<name>`. `replaces` is the Message-ID of
    the mail that this one takes the place of. With a `certificate` (PEM) everything but the headers is
    encrypted to it, or the letter is not sent. `permission` is what opens the account that it is sent from,
    where that is her own: a secret, in JSON.
    """

    to: str
    subject: str
    text: str
    html: str
    message_id: str
    images: tuple[tuple[str, bytes], ...] = ()
    replaces: str = ""
    certificate: str = field(default="", repr=False)
    permission: str = field(default="", repr=False)


class Mailer(Protocol):
    """Hands one letter to whatever carries mail."""

    @property
    def over_network(self) -> bool:
        """Whether the letter leaves this machine: then the address must have been confirmed."""

    def send(self, letter: Letter, handing_over: Callable[[], None]) -> str | None:
        """Deliver `letter`, calling `handing_over` just before the point of no return.

        Returns when it was accepted, with the carrier's own id of it if it says one. Raises
        `DeliveryPostponed` (certainly not sent), `DeliveryImpossible` (refused for good) or
        `DeliveryDoubtful` (nobody knows).
        """

    def check(self, permission: str = "") -> None:
        """See that letters could be handed over, and hand over none. Raises as `send` does."""

    def identity(self, permission: str = "") -> str:
        """All that signing in depends on, secrets too: once it changes, a refused sign-in is tried again."""

    def close(self) -> None:
        """Give back the connection that a round of letters went over; the next letter opens another."""


class KeyStore(Protocol):
    """A place that keeps the 32 bytes of the root key."""

    def read(self) -> bytes:
        """The key. Raises `KeyMissing` or `KeyUnsafe`."""

    def write(self, key: bytes) -> None:
        """Keep `key`; never over another one. Raises `KeyUnsafe`."""
