"""Composes a briefing from its facts, section by section, in a fixed order."""

from datetime import datetime

from sync.domain.briefing.agreed import compose_agreed
from sync.domain.briefing.budget import within_a_page
from sync.domain.briefing.display import one_line
from sync.domain.briefing.footer import compose_sources, feedback_command
from sync.domain.briefing.freshness import compose_freshness
from sync.domain.briefing.header import flags_of, place_of, standing_of, who_comes
from sync.domain.briefing.known import compose_known
from sync.domain.briefing.long_view import compose_courses
from sync.domain.briefing.moments import local_time
from sync.domain.briefing.notices import replaces_words
from sync.domain.briefing.privacy import Privacy, mask_for
from sync.domain.briefing.safety import compose_safety
from sync.domain.briefing.seen import see
from sync.domain.briefing.threads import compose_helped, compose_threads
from sync.domain.briefing.values import Briefing, BriefingFacts
from sync.domain.briefing.wording import Wording


def compose_briefing(facts: BriefingFacts, now: datetime) -> Briefing:
    """The finished briefing at `now` (aware). Its order and its parts: docs/decisions/briefing-page.md.

    Unless the privacy is `full`, the client's code stands in place of every name and address.
    """
    wording = _wording(facts, now)
    seen = see(facts, wording)
    freshness = compose_freshness(facts, wording.time, now)
    long_view, right_now = compose_courses(seen)
    page = Briefing(
        session_id=facts.session_id,
        subject=f"Briefing: {wording.time.moment(facts.starts_at)}",
        who=who_comes(facts, wording),
        when=wording.time.span(facts.starts_at, facts.ends_at),
        standing=standing_of(facts, wording),
        place=place_of(facts, wording),
        flags=flags_of(facts, wording),
        freshness=freshness,
        safety=compose_safety(facts.notes, wording, facts.measures),
        opening="" if facts.notes else _opening(facts),
        agreed=compose_agreed(facts.notes, wording),
        known=compose_known(seen),
        long_view=long_view,
        right_now=right_now,
        threads=compose_threads(seen),
        helped=compose_helped(seen),
        attendance=facts.attendance.lines if facts.attendance else (),
        sources=compose_sources(seen, freshness),
        feedback=feedback_command(seen),
        replaces=replaces_words(facts.replaces_start, wording.time),
    )
    return within_a_page(page)


def _wording(facts: BriefingFacts, now: datetime) -> Wording:
    hidden = () if facts.privacy is Privacy.FULL else (facts.client_name, *facts.private_terms)
    others = () if facts.privacy is Privacy.FULL else facts.other_clients
    mask = mask_for(hidden, one_line(facts.client_code), others)
    return Wording(local_time(facts.time_zone, now), mask)


def _opening(facts: BriefingFacts) -> str:
    first = "This is the first session. " if facts.number == 1 else ""
    return f"{first}Once a note is written, its plan, tasks and ratings show here before the next session."
