"""Finds the client of an appointment: one certain match, a question, or nothing. It never guesses."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sync.domain.calendar.title_pattern import new_name
from sync.domain.calendar.values import Appointment
from sync.domain.calendar.words import exact_words, joins, words


@dataclass(frozen=True, slots=True)
class ClientEvidence:
    """What points to one client: a code, names (own and aliases), mail addresses."""

    client_id: str
    code: str
    names: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """The appointment is certainly this client's; `why` names the kinds of evidence."""

    client_id: str
    why: tuple[str, ...]


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
    by_code: dict[str, set[str]] = field(default_factory=dict)
    by_name: dict[tuple[str, ...], set[str]] = field(default_factory=dict)
    by_name_word: dict[str, set[str]] = field(default_factory=dict)
    longest_name: int = 0
    _titles: dict[str, tuple[frozenset[str], frozenset[str]]] = field(default_factory=dict)

    @classmethod
    def of(cls, clients: Iterable[ClientEvidence]) -> "Directory":
        """Arrange `clients`."""
        directory = cls()
        for client in clients:
            directory._add(client)
        return directory

    def _add(self, client: ClientEvidence) -> None:
        for address in client.addresses:
            self.by_address.setdefault(address.casefold(), set()).add(client.client_id)
        self.by_code.setdefault(client.code, set()).add(client.client_id)
        for name in client.names:
            parts = words(name)
            if not parts:
                continue
            self.by_name.setdefault(parts, set()).add(client.client_id)
            self.longest_name = max(self.longest_name, len(parts))
            for part in parts:
                if len(part) >= SHORTEST_NAME_WORD:
                    self.by_name_word.setdefault(part, set()).add(client.client_id)

    def pointed_at(self, title: str) -> tuple[frozenset[str], frozenset[str]]:
        """Whom a code in `title` means, and whom a name; kept, because the same titles come every week."""
        known = self._titles.get(title)
        if known is None:
            known = frozenset(self.coded_in(title)), frozenset(self.named_in(title))
            self._titles[title] = known
        return known

    def whole(self, name: str) -> tuple[frozenset[str], frozenset[str]]:
        """Whom `name` means as a whole, as a code and as a name: a longer name is another person's."""
        return frozenset(self.by_code.get(name.strip(), ())), frozenset(self.by_name.get(words(name), ()))

    def named_in(self, title: str) -> set[str]:
        """Whose whole name or alias stands in `title`; a longer name hides a shorter one within it."""
        parts, joined = words(title), joins(title)
        found: set[str] = set()
        at = 0
        while at < len(parts):
            for length in range(min(self.longest_name, len(parts) - at), 0, -1):
                owners = self.by_name.get(parts[at : at + length])
                if owners and not (joined[at] or joined[at + length]):
                    found |= owners
                    at += length
                    break
            else:
                at += 1
        return found

    def coded_in(self, title: str) -> set[str]:
        """Whose code stands in `title`, exactly, as a whole word: `AB` is not in `LAB`.

        A code of one letter is too often a word (`I`, `A`): it counts only where it is the whole title.
        """
        found = exact_words(title)
        telling = found if len(found) == 1 else (word for word in found if len(word) > 1)
        return set().union(*(self.by_code.get(word, ()) for word in telling))

    def hinted_in(self, title: str) -> set[str]:
        """Who shares one word of a name with `title`: too little to know, enough to ask."""
        return set().union(*(self.by_name_word.get(word, ()) for word in words(title)))


SHORTEST_NAME_WORD = 3


def match_client(
    appointment: Appointment,
    directory: Directory,
    series_clients: Mapping[str, str],
    *,
    dedicated: bool = False,
    title_pattern: str | None = None,
) -> Answer:
    """Say whose `appointment` is.

    Certain evidence is an invited address, an exact code, a whole name or alias in the title, or
    a series whose other sessions have an owner (`series_clients`: recurring event id to client).
    All of it must agree on one client. On a calendar of the practice's own (`dedicated`) what
    matches `title_pattern` with a clear new name is a new client, and no evidence is a question.
    """
    name = new_name(title_pattern, appointment.title)
    coded, named = directory.whole(name) if name else directory.pointed_at(appointment.title)
    invited = _invited(appointment, directory)
    series = _known_series(appointment, series_clients)
    if name and series and not (coded or named or invited):
        return Unsure("another name stands in a known series", tuple(sorted(series)))
    kinds = (("address", invited), ("code", coded), ("name", named), ("series", series))
    pointing = [(kind, clients) for kind, clients in kinds if clients]
    if pointing:
        agreed = frozenset.intersection(*(clients for _, clients in pointing))
        if len(agreed) == 1:
            return Match(next(iter(agreed)), tuple(kind for kind, _ in pointing))
        return Unsure("several clients fit", tuple(sorted(frozenset().union(*(c for _, c in pointing)))))
    hinted = tuple(sorted(directory.hinted_in(name or appointment.title)))
    if hinted:
        return Unsure("only part of a name fits", hinted)
    if not dedicated:
        return NoEvidence()
    if name is not None:
        return NewClient(name)
    return Unsure("nobody known fits", ())


def _invited(appointment: Appointment, directory: Directory) -> frozenset[str]:
    if not appointment.event.attendees:
        return _NOBODY
    others = (a.address.casefold() for a in appointment.event.attendees if not a.is_self)
    return _NOBODY.union(*(directory.by_address.get(address, ()) for address in others))


def _known_series(appointment: Appointment, series_clients: Mapping[str, str]) -> frozenset[str]:
    owner = series_clients.get(appointment.event.recurring_event_id or "")
    return _NOBODY if owner is None else frozenset((owner,))


_NOBODY: frozenset[str] = frozenset()
