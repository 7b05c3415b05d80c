"""Ranks whom a title may mean, for a person to choose from; never to decide."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

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
    names = [(client, "name", client.name) for client in clients]
    names += [(client, "alias", alias) for client in clients for alias in client.aliases]
    like = process.extract(
        fold(title),
        [fold(name) for _, _, name in names],
        scorer=fuzz.WRatio,
        score_cutoff=LEAST_SCORE,
        limit=None,
    )
    best: dict[str, Candidate] = {}
    for _, score, at in like:
        client, kind, _ = names[at]
        found = Candidate(client.id, client.name, round(score, 1), f"the title is like this {kind}")
        if client.id not in best or found.score > best[client.id].score:
            best[client.id] = found
    return sorted(best.values(), key=lambda c: (-c.score, c.name))[:SHOWN]
