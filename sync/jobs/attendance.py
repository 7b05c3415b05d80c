"""Gathers what is known of attendance: of one client for her therapist, and of all for a report."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sync.app import App
from sync.domain.attendance.agreement import Agreement
from sync.domain.attendance.report import ClientSeen, Days, Report, client_seen, report_of
from sync.domain.attendance.tally import RECENT_DAYS
from sync.domain.attendance.view import View, view_of
from sync.domain.people import Client
from sync.jobs.wishes import zone_of
from sync.store.agreements import agreement_of, agreements
from sync.store.attendance import client_codes_of, session_states
from sync.store.clients import clients
from sync.store.practitioners import practitioners
from sync.store.records import Records


def attendance_of(
    app: App, records: Records, person: Client, now: datetime, before: datetime | None = None
) -> View:
    """One client's attendance as of `now`; only of what began `before` a moment or lies ahead, if given."""
    limit = app.settings.attendance.late_cancel_hours
    states = session_states(records, limit, client_id=person.id).get(person.id, [])
    if before is not None:
        states = [state for state in states if state.starts_at < before or state.ends_at > now]
    zone = ZoneInfo(zone_of(app, records, person.practitioner_id))
    episode_days = app.settings.attendance.new_episode_days
    return view_of(states, agreement_of(records, person.id), zone, now, episode_days)


@dataclass(frozen=True, slots=True)
class ReportWish:
    """Which days, both included (the last 90 unless said), and of whom (of everybody unless said)."""

    first: date | None = None
    last: date | None = None
    practitioner_id: str | None = None

    def days(self, today: date) -> Days:
        """The days that are meant on `today`."""
        last = self.last or today
        return Days(self.first or last - timedelta(days=RECENT_DAYS - 1), last)


def attendance_report(app: App, wish: ReportWish, now: datetime) -> Report:
    """The report as of `now`: from codes, states and times alone, so that no note and no name is opened.

    Names are opened only where the settings want them shown.
    """
    wanted = app.settings.attendance
    today = now.astimezone(ZoneInfo(app.settings.practice.time_zone)).date()
    days = wish.days(today)
    with app.reading() as records:
        people = [one for one in practitioners(records) if wish.practitioner_id in (None, one.id)]
        codes = client_codes_of(records, wish.practitioner_id)
        states = session_states(records, wanted.late_cancel_hours, practitioner_id=wish.practitioner_id)
        agreed = agreements(records)
        names = {one.id: one.name for one in clients(records)} if wanted.show_names else {}
    zones = {one.id: ZoneInfo(one.time_zone or app.settings.practice.time_zone) for one in people}
    seen: dict[str, list[ClientSeen]] = defaultdict(list)
    for one in codes:
        said, zone = agreed.get(one.id, Agreement()), zones[one.practitioner_id]
        view = view_of(states.get(one.id, ()), said, zone, now, wanted.new_episode_days)
        seen[one.practitioner_id].append(client_seen(one.code, names.get(one.id, ""), view, days))
    return report_of(days, today, [(one.name, seen[one.id]) for one in people])
