"""Finds the client of an appointment: one certain match, a question, or nothing. It never guesses."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import prod

from sync.domain.calendar.title_index import Pointer, TitleIndex, Told
from sync.domain.calendar.title_noise import undecorated
from sync.domain.calendar.title_pattern import new_name
from sync.domain.calendar.values import Appointment

STRENGTH = {
    "address": 0.99,
    "title": 0.99,
    "code": 0.98,
    "name": 0.97,
    "series": 0.95,
    "longer name": 0.6,
    "initials": 0.5,
    "member": 0.5,
    "joined code": 0.4,
    "number": 0.4,
    "part of name": 0.4,
}
"""How far each kind of evidence goes by itself: it ranks candidates and decides nothing."""


def score_of(kinds: Iterable[str]) -> float:
    """How strong evidence of these kinds is together, from 0 to 100."""
    return round(100 * (1 - prod(1 - STRENGTH[kind] for kind in set(kinds))), 1)


@dataclass(frozen=True, slots=True)
class ClientEvidence:
    """What points to one client: a code, names (own and aliases), mail addresses, members' names.

    `titles` are whole titles that were learned to mean this client, as `learned_key` makes them.
    """

    client_id: str
    code: str
    names: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """The appointment is certainly this client's; `why` names the kinds of evidence, all of which agree."""

    client_id: str
    why: tuple[str, ...]

    @property
    def score(self) -> float:
        """How strong the evidence is, from 0 to 100."""
        return score_of(self.why)


@dataclass(frozen=True, slots=True)
class NewClient:
    """A clear new name on a calendar that is the practice's own."""

    name: str


@dataclass(frozen=True, slots=True)
class Unsure:
    """Evidence that conflicts or is too weak: a person has to say. `client_ids` are the candidates."""

    reason: str
    client_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoEvidence:
    """Nothing points to a client."""


Answer = Match | NewClient | Unsure | NoEvidence


@dataclass(slots=True)
class Directory:
    """Everybody an appointment could belong to, arranged for quick asking. Built once for a reading."""

    by_address: dict[str, set[str]] = field(default_factory=dict)
    titles: TitleIndex = field(default_factory=TitleIndex)
    _told: dict[tuple[str, str | None], tuple[Told, Match | Unsure | None]] = field(default_factory=dict)

    @classmethod
    def of(cls, clients: Iterable[ClientEvidence]) -> "Directory":
        """Arrange `clients`."""
        directory = cls()
        for client in clients:
            for address in client.addresses:
                directory.by_address.setdefault(address.casefold(), set()).add(client.client_id)
            directory.titles.add(client.client_id, client.code, client.names, client.members, client.titles)
        return directory

    def told_by(self, title: str, name: str | None) -> tuple[Told, Match | Unsure | None]:
        """What `title` says, and the answer by that alone; kept, because the same titles come every week."""
        known = self._told.get((title, name))
        if known is None:
            told = self.titles.told(title, name)
            known = self._told[title, name] = told, _by_title_alone(told)
        return known


def match_client(
    appointment: Appointment,
    directory: Directory,
    series_clients: Mapping[str, str],
    *,
    dedicated: bool = False,
    title_pattern: str | None = None,
) -> Answer:
    """Say whose `appointment` is.

    Certain evidence is an invited address, an exact code, a whole name or alias in the title, a whole
    title that was learned, or a series whose other sessions have an owner (`series_clients`: recurring
    event id to client). All of it must agree on one client: two names, or two guests, that are two
    clients' are a question. On a calendar of the practice's own (`dedicated`) what matches
    `title_pattern` with a clear new name is a new client, and no evidence is a question.
    """
    name = new_name(title_pattern, appointment.title) if title_pattern else None
    told, alone = directory.told_by(appointment.title, name)
    around = _around(appointment, directory, series_clients)
    if around:
        if name and not told.certain and around[0].kind == "series":
            return Unsure("another name stands in a known series", _all(around))
        return _agreed(around, told)
    if alone:
        return alone
    if not dedicated:
        return NoEvidence()
    return NewClient(name) if name else Unsure("nobody known fits", ())


def evidence_for(
    appointment: Appointment,
    directory: Directory,
    series_clients: Mapping[str, str],
    title_pattern: str | None = None,
) -> dict[str, tuple[str, ...]]:
    """Every client to whom anything about `appointment` points, with the kinds of it, the strongest first."""
    told, _ = directory.told_by(appointment.title, new_name(title_pattern, appointment.title))
    around = _around(appointment, directory, series_clients)
    pointers = sorted((*around, *told.certain, *told.hints), key=lambda pointer: -STRENGTH[pointer.kind])
    found: dict[str, dict[str, None]] = {}
    for pointer in pointers:
        for client in pointer.clients:
            found.setdefault(client, {})[pointer.kind] = None
    return {client: tuple(kinds) for client, kinds in found.items()}


def certain_clients(title: str, directory: Directory, title_pattern: str | None) -> frozenset[str]:
    """Every client whom something in `title` means, whether it agrees or not."""
    told, _ = directory.told_by(title, new_name(title_pattern, title))
    return frozenset().union(*(pointer.clients for pointer in told.certain))


def hinted_clients(words: str, directory: Directory) -> frozenset[str]:
    """Every client to whom anything in `words`, a part of a title, points: also half a name."""
    told, _ = directory.told_by(words, None)
    return frozenset().union(*(pointer.clients for pointer in (*told.certain, *told.hints)))


def is_client(title: str, directory: Directory, title_pattern: str | None) -> bool:
    """Whether `title` is one of these clients and nothing else."""
    return directory.titles.is_client(new_name(title_pattern, title) or undecorated(title))


def _by_title_alone(told: Told) -> Match | Unsure | None:
    if told.certain:
        return _agreed((), told)
    return Unsure(_why_unsure(told.hints), _all(told.hints)) if told.hints else None


def _agreed(around: tuple[Pointer, ...], told: Told) -> Match | Unsure:
    pointers = (*around, *told.certain)
    agreed = frozenset.intersection(*(pointer.clients for pointer in pointers))
    kinds = tuple(kind for kind in STRENGTH if any(pointer.kind == kind for pointer in pointers))
    if len(agreed) == 1:
        [client] = agreed
        if kinds != ("name",) or not told.names_in_part(client):
            return Match(client, kinds)
    return Unsure("several clients fit", _all(pointers))


def _all(pointers: Iterable[Pointer]) -> tuple[str, ...]:
    return tuple(sorted(frozenset().union(*(pointer.clients for pointer in pointers))))


def _why_unsure(hints: Iterable[Pointer]) -> str:
    kinds = {hint.kind for hint in hints}
    if "member" in kinds:
        return "only a member of a couple or group is named"
    if "longer name" in kinds:
        return "a longer name may be another person's"
    return "only part of a name fits" if "part of name" in kinds else "only initials or a number fit"


def _around(
    appointment: Appointment, directory: Directory, series_clients: Mapping[str, str]
) -> tuple[Pointer, ...]:
    """What points to a client beside the title: each invited address that is known, and the series."""
    event = appointment.event
    invited: tuple[Pointer, ...] = ()
    if event.attendees:
        invited = tuple(_invited(appointment, directory))
    owner = series_clients.get(event.recurring_event_id or "")
    return invited if owner is None else (*invited, Pointer("series", frozenset((owner,))))


def _invited(appointment: Appointment, directory: Directory) -> Iterator[Pointer]:
    """Whose each invited address is, as far as it is known."""
    for attendee in appointment.event.attendees:
        owners = None if attendee.is_self else directory.by_address.get(attendee.address.casefold())
        if owners:
            yield Pointer("address", frozenset(owners))
