"""Composes a briefing from its facts, section by section, in a fixed order."""

from datetime import datetime

from sync.domain.briefing.agreed import compose_agreed
from sync.domain.briefing.display import one_line, web_link
from sync.domain.briefing.freshness import compose_freshness
from sync.domain.briefing.long_view import (
    compose_helped,
    compose_in_words,
    compose_themes,
    compose_to_pick_up,
)
from sync.domain.briefing.moments import local_time
from sync.domain.briefing.notices import replaces_words
from sync.domain.briefing.privacy import Privacy, mask_for
from sync.domain.briefing.safety import compose_safety
from sync.domain.briefing.then_and_now import compose_markers, name_further_markers
from sync.domain.briefing.values import Briefing, BriefingFacts, Freshness, Place
from sync.domain.briefing.wording import Wording
from sync.domain.notes.chronology import oldest_first
from sync.domain.phrasing import counted
from sync.domain.progress.catalogue import better_by
from sync.domain.progress.marker_readings import read_markers
from sync.domain.progress.risk import latest_risk
from sync.domain.progress.risk_items import is_at_risk, risk_items

NOT_A_JUDGEMENT = "Computed from your notes; not a clinical judgement."


def compose_briefing(facts: BriefingFacts, now: datetime) -> Briefing:
    """The finished briefing at `now` (aware). Its order and its parts: docs/decisions/briefing-page.md.

    Unless the privacy is `full`, the client's code stands in place of every name and address.
    """
    wording = _wording(facts, now)
    readings = read_markers(facts.notes, better_by(facts.followed))
    at_risk = is_at_risk(latest_risk(facts.notes), risk_items(facts.measures))
    freshness = compose_freshness(facts, wording.time, now)
    return Briefing(
        session_id=facts.session_id,
        subject=f"Briefing: {wording.time.moment(facts.starts_at)}",
        who=_who(facts, wording),
        when=wording.time.span(facts.starts_at, facts.ends_at),
        standing=_standing(facts, wording),
        place=_place(facts, wording),
        flags=_flags(facts, wording),
        freshness=freshness,
        safety=compose_safety(facts.notes, wording, facts.measures),
        opening="" if facts.notes else _opening(facts),
        agreed=compose_agreed(facts.notes, wording),
        markers=compose_markers(readings, wording, at_risk=at_risk),
        more_markers=name_further_markers(readings, wording),
        in_words=compose_in_words(facts, wording),
        to_pick_up=compose_to_pick_up(facts, wording),
        themes=compose_themes(facts.notes, wording),
        helped=compose_helped(facts.notes, wording),
        attendance=facts.attendance.lines if facts.attendance else (),
        sources=_sources(facts, freshness, wording),
        replaces=replaces_words(facts.replaces_start, wording.time),
    )


def _wording(facts: BriefingFacts, now: datetime) -> Wording:
    hidden = () if facts.privacy is Privacy.FULL else (facts.client_name, *facts.private_terms)
    others = () if facts.privacy is Privacy.FULL else facts.other_clients
    mask = mask_for(hidden, one_line(facts.client_code), others)
    return Wording(local_time(facts.time_zone, now), mask)


def _who(facts: BriefingFacts, wording: Wording) -> str:
    if facts.privacy is not Privacy.FULL:
        return wording.mask.code
    return f"{wording.phrase(facts.client_name)} ({wording.mask.code})"


def _standing(facts: BriefingFacts, wording: Wording) -> str:
    """Which session it is, and how long ago the last one was, in days of the practitioner's calendar."""
    parts = []
    if facts.number is not None:
        parts.append("First session" if facts.number == 1 else f"Session {facts.number}")
    if facts.last_seen_at is not None:
        days = (wording.time.day_of(facts.starts_at) - wording.time.day_of(facts.last_seen_at)).days
        earlier = "earlier the same day" if days == 0 else f"{counted(days, 'day')} earlier, on"
        seen = f"last seen {earlier}"
        parts.append(seen if days == 0 else f"{seen} {wording.time.day(facts.last_seen_at)}")
    return " · ".join(parts)


def _place(facts: BriefingFacts, wording: Wording) -> Place:
    """A link is shown only if it is an ordinary one that names nobody; the calendar has it anyway."""
    location = wording.phrase(facts.location or "")
    link = web_link(facts.video_link) or ""
    if link and wording.mask.over(link) != link:
        return Place(location, "")
    return Place("" if location == link else location, link)


def _flags(facts: BriefingFacts, wording: Wording) -> tuple[str, ...]:
    flags = []
    if facts.moved_from is not None and facts.moved_from != facts.replaces_start:
        flags.append(f"Moved here from {wording.time.moment(facts.moved_from)}.")
    if facts.client_declined:
        flags.append("The client has declined the invitation. The session stands until you say otherwise.")
    return tuple(flags)


def _opening(facts: BriefingFacts) -> str:
    first = "This is the first session. " if facts.number == 1 else ""
    return f"{first}Once a note is written, its plan, tasks and ratings show here before the next session."


def _sources(facts: BriefingFacts, freshness: Freshness, wording: Wording) -> tuple[str, ...]:
    lines = [_notes_used(facts, wording)] if facts.notes else []
    if facts.unwritten:
        have = "has" if facts.unwritten == 1 else "have"
        lines.append(f"{counted(facts.unwritten, 'earlier session')} {have} no note yet.")
    if not freshness.loud:
        lines.append(freshness.text)
    lines.append(f"Times are for {facts.time_zone}.")
    return (*lines, NOT_A_JUDGEMENT) if facts.notes else tuple(lines)


def _notes_used(facts: BriefingFacts, wording: Wording) -> str:
    in_order = oldest_first(facts.notes)
    first, last = (wording.time.day(note.starts_at) for note in (in_order[0], in_order[-1]))
    unsigned = sum(not note.signed for note in facts.notes)
    if len(in_order) == 1:
        return f"From 1 note, of {last}{', not signed' if unsigned else ''}."
    unsigned_part = f", {unsigned} of them not signed" if unsigned else ""
    return f"From {len(in_order)} notes, {first} to {last}{unsigned_part}."
