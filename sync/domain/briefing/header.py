"""The top of the page: who comes, which session it is, where, and what became of the last appointment."""

from sync.domain.attendance.fates import AppointmentFate, Fate
from sync.domain.briefing.display import web_link
from sync.domain.briefing.privacy import Privacy
from sync.domain.briefing.values import BriefingFacts, Place
from sync.domain.briefing.wording import Wording
from sync.domain.phrasing import counted

_BECAME = {
    Fate.NO_SHOW: "was not kept",
    Fate.LATE_CANCEL: "was cancelled late",
    Fate.EARLY_CANCEL: "was cancelled in time",
    Fate.RESCHEDULED: "was moved",
    Fate.BY_PRACTITIONER: "was cancelled by you",
    Fate.UNKNOWN: "was cancelled; by whom is not recorded",
}


def who_comes(facts: BriefingFacts, wording: Wording) -> str:
    """The code, with the name in front where the mail may carry it."""
    if facts.privacy is not Privacy.FULL:
        return wording.mask.code
    return f"{wording.phrase(facts.client_name)} ({wording.mask.code})"


def standing_of(facts: BriefingFacts, wording: Wording) -> str:
    """Which session it is, and how long ago the last one was, in days of the practitioner's calendar."""
    parts = []
    if facts.number is not None:
        parts.append("First session" if facts.number == 1 else f"Session {facts.number}")
    if facts.people > 1:
        parts.append(f"{facts.people} people")
    if facts.last_seen_at is not None:
        days = (wording.time.day_of(facts.starts_at) - wording.time.day_of(facts.last_seen_at)).days
        ago = f"{counted(days, 'day')} ago, on {wording.time.day(facts.last_seen_at)}"
        seen = "last seen earlier the same day" if days == 0 else f"last seen {ago}"
        parts.append(f"after a gap: {seen}" if facts.after_gap else seen)
    return " · ".join(parts)


def place_of(facts: BriefingFacts, wording: Wording) -> Place:
    """A link is shown only if it is an ordinary one that names nobody; the calendar has it anyway."""
    location = wording.phrase(facts.location or "")
    link = web_link(facts.video_link) or ""
    if link and wording.mask.over(link) != link:
        return Place(location, "")
    return Place("" if location == link else location, link)


def flags_of(facts: BriefingFacts, wording: Wording) -> tuple[str, ...]:
    """What is out of the ordinary about this appointment and the one before."""
    flags = []
    if facts.moved_from is not None and facts.moved_from != facts.replaces_start:
        flags.append(f"Moved here from {wording.time.moment(facts.moved_from)}.")
    if facts.client_declined:
        flags.append("The client has declined the invitation. The session stands until you say otherwise.")
    if facts.last_time is not None:
        flags.extend(_last_time(facts.last_time, wording))
    return tuple(flags)


def _last_time(fate: AppointmentFate, wording: Wording) -> list[str]:
    became = _BECAME.get(fate.fate)
    if became is None and not fate.late_change:
        return []
    became = became or "was moved"
    late = " at short notice" if fate.late_change and became == "was moved" else ""
    return [f"The appointment before this one ({wording.time.day(fate.starts_at)}) {became}{late}."]
