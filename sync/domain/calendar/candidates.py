"""Ranks whom a title may mean, for a person to choose from; never to decide."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from sync.domain.calendar.words import fold
from sync.domain.people import Client

SHOWN = 3
LEAST_SCORE = 50.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """One client a title may mean. `score` is 0 to 100; `why` names what it is like."""

    client_id: str
    name: str
    score: float
    why: str


def rank_candidates(title: str, clients: Sequence[Client]) -> list[Candidate]:
    """The clients whose name or alias is most like `title`, the best first, at most three."""
    ranked = [_likeness(title, client) for client in clients]
    fitting = [candidate for candidate in ranked if candidate.score >= LEAST_SCORE]
    return sorted(fitting, key=lambda c: (-c.score, c.name))[:SHOWN]


def _likeness(title: str, client: Client) -> Candidate:
    folded = fold(title)
    names = [("name", client.name), *(("alias", alias) for alias in client.aliases)]
    scored = [(fuzz.WRatio(folded, fold(name)), why) for why, name in names]
    score, why = max(scored)
    return Candidate(client.id, client.name, round(score, 1), f"the title is like this {why}")
