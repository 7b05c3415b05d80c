"""The foot of the page: what it was made from, what is missing, and how to say that it is wrong."""

from collections.abc import Iterator

from sync.domain.briefing.seen import Seen
from sync.domain.briefing.values import Freshness
from sync.domain.phrasing import counted, listed
from sync.domain.progress.markers import label_key

NOT_A_JUDGEMENT = "Computed from your notes; not a clinical judgement."
MOST_NAMED = 3


def compose_sources(seen: Seen, freshness: Freshness) -> tuple[str, ...]:
    """One line for each source, and what stands in none of them."""
    return tuple(_sources(seen, freshness))


def feedback_command(seen: Seen) -> str:
    """By which to say that a line is wrong or useless; nothing while the page has no note to speak from."""
    return f"practice-sync briefing feedback {seen.facts.session_id[:8]} --list" if seen.notes else ""


def _sources(seen: Seen, freshness: Freshness) -> Iterator[str]:
    if seen.notes:
        yield _notes_used(seen)
    if seen.facts.unwritten:
        have = "has" if seen.facts.unwritten == 1 else "have"
        yield f"{counted(seen.facts.unwritten, 'earlier session')} {have} no note yet."
    yield from _not_rated(seen)
    if not freshness.loud:
        yield freshness.text
    yield f"Times are for {seen.facts.time_zone}."
    if seen.notes or seen.measures:
        yield NOT_A_JUDGEMENT


def _notes_used(seen: Seen) -> str:
    first, last = (seen.wording.time.day(note.starts_at) for note in (seen.notes[0], seen.notes[-1]))
    unsigned = sum(not note.signed for note in seen.notes)
    if len(seen.notes) == 1:
        return f"From 1 note, of {last}{', not signed' if unsigned else ''}."
    unsigned_part = f", {unsigned} of them not signed" if unsigned else ""
    return f"From {len(seen.notes)} notes, {first} to {last}{unsigned_part}."


def _not_rated(seen: Seen) -> Iterator[str]:
    """The markers that are followed and have no rating in the last note: that says nothing of them."""
    if not seen.notes:
        return
    rated = {label_key(rating.marker) for rating in seen.notes[-1].reading.ratings}
    followed = [each.name for each in seen.facts.followed if each.retired_at is None]
    missing = [seen.wording.phrase(name) for name in followed if label_key(name) not in rated]
    if missing:
        more = len(missing) - MOST_NAMED
        named = missing[:MOST_NAMED] + ([f"{more} more"] if more > 0 else [])
        yield f"Not rated in the last note: {listed(named)}."
