"""The attendance report: a row for each client's code, a summary for each practitioner, and no ranking."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sync.domain.attendance.agreement import Ending
from sync.domain.attendance.episodes import Standing
from sync.domain.attendance.flags import Flag, flags_of
from sync.domain.attendance.tally import Tally, added, between, tally_of
from sync.domain.attendance.view import View

LEAST_IN_A_GROUP = 5
"""Of fewer clients no rate is told, and of fewer endings no kind: they would be somebody's own."""

_OVER = (Standing.NOTHING, Standing.NEVER_STARTED, Standing.CLOSED, Standing.ENDED)


@dataclass(frozen=True, slots=True)
class Days:
    """The days a report is about, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class ClientSeen:
    """One client as the report has her: the counts and the end of its days, and the flags A1 to A6 of today.

    `name` is empty unless names are to be shown.
    """

    code: str
    name: str
    view: View
    tally: Tally
    ending: Ending | None
    flags: tuple[Flag, ...]

    @property
    def is_listed(self) -> bool:
        """Whether there is anything to tell: an appointment or an end on these days, or work that goes on."""
        return self.tally.total > 0 or self.ending is not None or self.view.standing not in _OVER


def client_seen(code: str, name: str, view: View, days: Days) -> ClientSeen:
    """A client as a report about these days has her."""
    said = [one for one in view.rhythm.agreement.endings if days.first <= one.ended_on <= days.last]
    tally = tally_of(between(view.fates, days.first, days.last))
    return ClientSeen(code, name, view, tally, said[-1] if said else None, flags_of(view))


@dataclass(frozen=True, slots=True)
class Endings:
    """How many ended on these days; of five at least also how, and how many dropped out."""

    count: int
    kinds: tuple[tuple[str, int], ...] | None = None
    drop_outs: int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """One practitioner's part; `unlisted` counts her clients of whom there is nothing to tell."""

    practitioner: str
    clients: tuple[ClientSeen, ...]
    unlisted: int = 0

    @property
    def standings(self) -> tuple[tuple[Standing, int], ...]:
        """How many of those listed stand how, in the order of the standings."""
        counts = Counter(client.view.standing for client in self.clients)
        return tuple((standing, counts[standing]) for standing in Standing if counts[standing])

    @property
    def lapsed(self) -> tuple[str, ...]:
        """The codes of those who have lapsed."""
        return tuple(c.code for c in self.clients if c.view.standing is Standing.LAPSED)

    @property
    def with_appointments(self) -> int:
        """How many of them had an appointment on the days of the report."""
        return sum(client.tally.total > 0 for client in self.clients)

    @property
    def tally(self) -> Tally | None:
        """The counts of all together; None where they are fewer than five."""
        if self.with_appointments < LEAST_IN_A_GROUP:
            return None
        return added(client.tally for client in self.clients)

    @property
    def endings(self) -> Endings:
        """The ends of the days of the report."""
        said = [client.ending for client in self.clients if client.ending is not None]
        if len(said) < LEAST_IN_A_GROUP:
            return Endings(len(said))
        kinds = Counter(str(ending.kind) for ending in said)
        return Endings(len(said), tuple(sorted(kinds.items())), sum(ending.is_drop_out for ending in said))


@dataclass(frozen=True, slots=True)
class Report:
    """The whole: the days, the day from which it is seen, and a section for each practitioner, by name."""

    days: Days
    today: date
    sections: tuple[Section, ...]


def report_of(days: Days, today: date, sections: Iterable[tuple[str, Sequence[ClientSeen]]]) -> Report:
    """The report of these practitioners, by name, each with her clients by code."""
    return Report(
        days,
        today,
        tuple(
            Section(
                name,
                tuple(client for client in clients if client.is_listed),
                sum(not client.is_listed for client in clients),
            )
            for name, clients in sorted(sections, key=lambda section: section[0].casefold())
        ),
    )
