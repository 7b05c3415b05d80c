"""Gathers what a briefing is made from, and makes it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sync.app import App
from sync.domain.attendance.fates import AppointmentFate
from sync.domain.attendance.line import attendance_line
from sync.domain.briefing.compose import compose_briefing
from sync.domain.briefing.notices import OnlyHours
from sync.domain.briefing.privacy import Privacy
from sync.domain.briefing.values import Briefing, BriefingFacts, CalendarTrouble
from sync.domain.calendar.grants import probable_end
from sync.domain.calendar.links import ADDRESS_LOST, CalendarLink, LinkState, stale_after
from sync.domain.notes.values import WrittenNote
from sync.domain.people import Client, Practitioner
from sync.domain.progress.catalogue import higher_is_better
from sync.domain.progress.definitions import MarkerDefinition
from sync.domain.progress.lows import low_days
from sync.domain.progress.marker_readings import read_markers
from sync.domain.progress.measures import MeasureResult
from sync.domain.session_record import SessionRecord
from sync.jobs.attendance import attendance_of
from sync.jobs.progress import page_verdicts
from sync.jobs.wishes import zone_of
from sync.store.clients import client, clients
from sync.store.goals import goals_of
from sync.store.links import Account, account, link
from sync.store.markers import markers_of
from sync.store.measures import measure_results
from sync.store.notes import written_notes
from sync.store.outbox import replaced_by
from sync.store.records import Records
from sync.store.sessions import session_record, session_row

_TROUBLES = {
    LinkState.SIGN_IN: CalendarTrouble.SIGN_IN,
    LinkState.UNAVAILABLE: CalendarTrouble.UNAVAILABLE,
    LinkState.PAUSED: CalendarTrouble.PAUSED,
    LinkState.SUSPECT: CalendarTrouble.SUSPECT,
}


def privacy_of(app: App, person: Practitioner) -> Privacy:
    """What mail to her may carry: her own wish, else the settings'."""
    return Privacy(person.privacy or app.settings.briefing.privacy)


def privacy_toward(app: App, person: Practitioner, now: datetime) -> Privacy:
    """What mail to her may carry as things stand."""
    return privacy_of(app, person) if only_hours(app, person, now) is None else Privacy.LINK


def only_hours(app: App, person: Practitioner, now: datetime) -> OnlyHours | None:
    """Why mail to her may carry no clinical word; None where it may.

    Until an address is proved hers it may not, nor where mail is to be encrypted and cannot be.
    """
    if app.mailer.over_network and person.email_confirmed_at is None:
        return OnlyHours.NOT_PROVED
    if person.certificate and not can_encrypt(person, now):
        return OnlyHours.CANNOT_ENCRYPT
    return OnlyHours.CHOSEN if privacy_of(app, person) is Privacy.LINK else None


def can_encrypt(person: Practitioner, now: datetime) -> bool:
    """Whether mail to her can be encrypted: there is a certificate, and it has not ended."""
    ends_at = person.certificate_ends_at
    return bool(person.certificate) and ends_at is not None and now < ends_at


@dataclass(frozen=True, slots=True)
class Known:
    """What a briefing is made from that changes as time goes on."""

    session: SessionRecord
    notes: tuple[WrittenNote, ...]
    measures: tuple[MeasureResult, ...]
    replaces_start: datetime | None


def briefing_for(
    app: App, records: Records, session_id: str, now: datetime, privacy: Privacy, *, refreshed: bool = False
) -> Briefing:
    """The finished briefing for one session as of `now`; `refreshed` if its event was just read again.

    It speaks of what came before the session: notes of earlier hours, and what became of them.
    """
    known = known_of(app, records, session_record(records, session_id, now), now)
    facts = facts_from(app, records, known, now, privacy)
    return compose_briefing(replace(facts, event_refreshed=refreshed), now)


def known_of(app: App, records: Records, session: SessionRecord, now: datetime) -> Known:
    """What is known of a session and of what came before it."""
    zone = zone_of(app, records, session.practitioner_id)
    until = min(session.starts_at, now)
    replaced = replaced_by(records, session.id, session.starts_at)
    return Known(
        session,
        written_notes(records, session.client_id, before=until),
        measure_results(records, session.client_id, until=day_in(zone, until)),
        replaced[0] if replaced else None,
    )


def facts_from(app: App, records: Records, known: Known, now: datetime, privacy: Privacy) -> BriefingFacts:
    """All that a briefing is made from as of `now`."""
    session, notes = known.session, known.notes
    person = client(records, session.client_id)
    calendar = link(records, session_row(records, session.id).calendar_link_id)
    permission = account(records, calendar.account_id)
    zone = zone_of(app, records, session.practitioner_id)
    followed = markers_of(records, person.id)
    attendance = attendance_of(app, records, person, now, before=session.starts_at)
    lows = _lows(known, followed, zone) if attendance.ninety_days.missed else ()
    fates = [fate for fate in attendance.fates if fate.starts_at < session.starts_at]
    return BriefingFacts(
        session_id=session.id,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        time_zone=zone,
        client_code=person.code,
        client_name=person.name,
        privacy=privacy,
        private_terms=person.private_terms[1:],
        other_clients=_others(records, person) if privacy is Privacy.CODE else (),
        number=session.number,
        last_seen_at=max((fate.starts_at for fate in fates if fate.kept), default=None),
        after_gap=attendance.rhythm.is_long_open,
        last_time=fates[-1] if fates else None,
        people=len(person.members),
        video_link=session.details.video_link,
        location=session.details.location,
        notes=notes,
        followed=followed,
        settled=page_verdicts(records, person.id),
        goals=goals_of(records, person.id),
        measures=known.measures,
        unwritten=_unwritten(fates, {note.session_id for note in notes}),
        attendance=attendance_line(attendance, session.starts_at, lows),
        client_declined=session.client_declined,
        moved_from=session.moves[-1].from_starts_at if session.moves else None,
        replaces_start=known.replaces_start,
        calendar_checked_at=calendar.last_read_at,
        calendar_trouble=_trouble(calendar, permission),
        calendar_is_published=permission.is_published,
        calendar_trouble_since=calendar.state_since,
        calendar_stale_after=stale_after(app.settings.sync.snapshot_minutes),
        permission_ends_at=probable_end(permission.grant, now),
    )


def day_in(zone: str, at: datetime) -> date:
    """The day of a moment in a zone."""
    return at.astimezone(ZoneInfo(zone)).date()


def _lows(known: Known, followed: tuple[MarkerDefinition, ...], zone: str) -> Sequence[date]:
    """The days of a lower stretch; asked for only where an appointment was missed lately."""
    markers = read_markers(known.notes, lambda label, scale: higher_is_better(label, scale, followed))
    return low_days(markers, known.measures, lambda at: day_in(zone, at))


def _trouble(calendar: CalendarLink, permission: Account) -> CalendarTrouble | None:
    if permission.is_published and calendar.state in ADDRESS_LOST:
        return CalendarTrouble.ADDRESS
    return _TROUBLES.get(calendar.state)


def _others(records: Records, person: Client) -> tuple[tuple[str, str], ...]:
    """What names the other clients of this practice, with the code that stands for each."""
    everybody = clients(records, person.practitioner_id)
    return tuple((term, o.code) for o in everybody if o.id != person.id for term in o.private_terms)


def _unwritten(fates: Sequence[AppointmentFate], written: set[str]) -> int:
    return sum(1 for f in fates if f.kept and not f.is_history and f.session_id not in written)
