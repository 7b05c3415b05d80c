"""Shows a briefing before it is sent, or as it would have been at another moment."""

from dataclasses import dataclass, replace
from datetime import datetime

from sync.app import App
from sync.domain.briefing.compose import compose_briefing
from sync.domain.briefing.moments import local_time
from sync.domain.briefing.notices import LinkNotice, compose_link_notice
from sync.domain.briefing.privacy import Privacy
from sync.domain.briefing.values import Briefing, BriefingFacts
from sync.domain.session_record import SessionRecord
from sync.domain.then import NOT_TURNED_BACK, measures_then, session_then
from sync.jobs.brief import Known, day_in, facts_from, known_of
from sync.jobs.wishes import zone_of
from sync.ports import Letter
from sync.store.measures import measure_results
from sync.store.notes_then import notes_then
from sync.store.outbox import replaced_by
from sync.store.practitioners import practitioner
from sync.store.records import Records
from sync.store.sessions import session_record, session_row

AGE_THEN = "How old the calendar's data was then is not recorded."
AGE_LATER = "How old the calendar's data will be then is not known yet."


@dataclass(frozen=True, slots=True)
class PreviewWish:
    """How a briefing is to be seen: as it would be sent `at` a moment, looked at `now`; both aware.

    Looking at what is now means that both are the same: time goes on while a page is made.
    """

    privacy: Privacy
    at: datetime
    now: datetime

    @property
    def is_past(self) -> bool:
        """Whether records have to be turned back for it."""
        return self.at < self.now


def preview_letter(app: App, records: Records, session_id: str, wish: PreviewWish) -> Letter:
    """The briefing for a session as it would be sent then; it is on its way to nobody."""
    session = session_record(records, session_id, wish.at)
    person = practitioner(records, session.practitioner_id)
    page = _page(app, records, session, wish)
    return app.renderer.letter(page, person.email, "<preview@localhost>")


def remarks(app: App, records: Records, session_id: str, wish: PreviewWish) -> tuple[str, ...]:
    """What to know of a preview: what cannot be turned back to its moment."""
    if not wish.is_past:
        return ()
    session = session_row(records, session_id)
    time = local_time(zone_of(app, records, session.practitioner_id), wish.now)
    unknown = f"The appointment was first seen later, on {time.moment(session.created_at)}."
    return (
        f"As of {time.moment(wish.at)}. {NOT_TURNED_BACK}",
        *([unknown] if session.created_at > wish.at else []),
    )


def _page(app: App, records: Records, session: SessionRecord, wish: PreviewWish) -> Briefing | LinkNotice:
    at = wish.at
    known = _known_then(app, records, session, at) if wish.is_past else known_of(app, records, session, at)
    if wish.privacy is Privacy.LINK:
        zone = zone_of(app, records, session.practitioner_id)
        return compose_link_notice(session.id, known.session.starts_at, zone, at, known.replaces_start)
    return compose_briefing(_with_age(facts_from(app, records, known, at, wish.privacy), wish), at)


def _known_then(app: App, records: Records, session: SessionRecord, at: datetime) -> Known:
    then = session_then(session, at)
    until = min(then.starts_at, at)
    zone = zone_of(app, records, session.practitioner_id)
    replaced = replaced_by(records, session.id, then.starts_at, sent_until=at)
    return Known(
        then,
        notes_then(records, session.client_id, until, at),
        measures_then(measure_results(records, session.client_id, until=day_in(zone, until)), at),
        replaced[0] if replaced else None,
    )


def _with_age(facts: BriefingFacts, wish: PreviewWish) -> BriefingFacts:
    if wish.is_past:
        return replace(facts, calendar_age=AGE_THEN)
    if wish.at == wish.now or facts.calendar_trouble is not None:
        return facts
    return replace(facts, calendar_age=AGE_LATER)
