"""Gathers what may stand on a client's sheet, and keeps what the therapist says of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sync.app import App
from sync.domain.briefing.moments import month_and_year
from sync.domain.progress.sheet import State, state_of
from sync.domain.progress.sheet_offers import Course, Offer, going_down, offers
from sync.domain.progress.statements import Judged, Verdict
from sync.jobs.progress import ClientProgress, progress_of
from sync.store.statements import judge, verdicts

SHEET = Verdict.APPROVED.about


@dataclass(frozen=True, slots=True)
class SheetOffers:
    """What may be put on a client's sheet, and what was said of it; `left_out` are markers that got worse."""

    seen: ClientProgress
    offers: tuple[Offer, ...]
    verdicts: Mapping[str, Judged]
    left_out: tuple[str, ...]

    def of(self, *states: State) -> tuple[Offer, ...]:
        """The offers that stand so."""
        return tuple(offer for offer in self.offers if state_of(offer, self.verdicts) in states)


def sheet_offers(app: App, client_id: str, now: datetime, *, with_scores: bool = False) -> SheetOffers:
    """What of a client's way at `now` may be put on her sheet."""
    seen = progress_of(app, client_id, now)
    course = Course(seen.notes, seen.markers, seen.helped, seen.in_words, seen.at_risk)
    with app.reading() as records:
        said = verdicts(records, client_id, SHEET)
    found = offers(course, lambda at: month_and_year(seen.time.day_of(at)), with_scores=with_scores)
    return SheetOffers(seen, found, said, going_down(seen.markers, found))


def say_of(app: App, client_id: str, offer: Offer, verdict: Verdict, now: datetime) -> None:
    """Keep what she says of a statement in the words that it has now."""
    with app.writing() as records:
        judge(records, client_id, offer.statement, verdict, now)
