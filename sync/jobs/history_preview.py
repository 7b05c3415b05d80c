"""Says what an import of the past would make; reads the calendar and writes nothing anywhere."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from sync.domain.calendar.changes import Create
from sync.domain.calendar.history import next_slice
from sync.domain.calendar.matching import ClientEvidence, NewClient
from sync.domain.calendar.planning import Rules
from sync.domain.calendar.words import words
from sync.domain.people import free_code
from sync.jobs.history_reading import read_past, window_begins
from sync.jobs.history_report import HistoryReport, Telling, owner_of
from sync.jobs.visit import Visit
from sync.jobs.wishes import zone_of
from sync.store.clients import clients, codes


@dataclass(slots=True)
class _Imagined:
    """Whom the slices so far would have made, and whose series they would be: the next ones go by that."""

    taken: set[str]
    people: dict[tuple[str, ...], ClientEvidence] = field(default_factory=dict)
    series: dict[str, set[str]] = field(default_factory=dict)

    def make(self, creates: Iterable[Create]) -> dict[tuple[str, ...], str]:
        """Imagine the new clients of these sessions; their ids by their folded words."""
        owners: dict[tuple[str, ...], str] = {}
        for create in creates:
            if isinstance(create.owner, NewClient):
                owners[words(create.owner.name)] = self._client(create.owner.name)
            series_id = create.appointment.event.recurring_event_id
            if series_id:
                self.series.setdefault(series_id, set()).add(owner_of(create, owners))
        return owners

    def _client(self, name: str) -> str:
        known = self.people.get(words(name))
        if known is None:
            code = free_code(name, self.taken)
            self.taken.add(code)
            known = self.people[words(name)] = ClientEvidence(f"imagined {code}", code, (name,))
        return known.client_id

    def owned(self, rules: Rules) -> Rules:
        """The rules with the series that the slices so far would have given an owner."""
        agreed = {series_id: next(iter(who)) for series_id, who in self.series.items() if len(who) == 1}
        return replace(rules, series_clients=agreed | dict(rules.series_clients))


def preview_history(visit: Visit, since: datetime, tell: Telling = lambda _report: None) -> HistoryReport:
    """What reading the past of a calendar from `since` on would make of it, as things are now.

    The calendar need not be linked. Raises a `SyncError` when it cannot be read.
    """
    app = visit.app
    with app.reading() as records:
        zone = zone_of(app, records, visit.calendar.practitioner_id)
        known_codes = {person.id: person.code for person in clients(records)}
        imagined = _Imagined(codes(records))
    until = max(window_begins(app, zone, visit.now), since)
    report = HistoryReport(zone, since, since, until)
    while (span := next_slice(report.read_to, until)) is not None:
        reading = read_past(visit, span, until, imagined.people.values(), imagined.owned)
        report.read_to = span.ends_at
        made = [c for c in reading.plan.creates if c.appointment.event.event_id not in reading.elsewhere]
        report.count(reading, made, imagined.make(made))
        tell(report)
    report.done = True
    report.codes = known_codes | {person.client_id: person.code for person in imagined.people.values()}
    return report
