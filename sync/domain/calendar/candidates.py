"""Ranks whom an appointment may mean, with the reasons, for a person to choose from; never to decide."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from rapidfuzz import fuzz, process

from sync.domain.calendar.matching import score_of
from sync.domain.calendar.words import fold
from sync.domain.people import Client

SHOWN = 3
LEAST_SCORE = 50.0
LIKENESS = 0.6
"""How far the likeness of a title to a name goes beside real evidence."""

REASONS = {
    "address": "a guest has this client's address",
    "title": "this title meant this client before",
    "code": "the title has this client's code",
    "name": "the title has this client's whole name",
    "series": "the series is this client's",
    "longer name": "the title has this client's name with another name beside it",
    "initials": "the title has this client's initials",
    "member": "the title names a member",
    "joined code": "the title has this client's code, joined to more",
    "number": "the title has this client's number",
    "part of name": "the title has part of this name",
}
"""What each kind of evidence says to a person."""

NOTHING: Mapping[str, Sequence[str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Candidate:
    """One client an appointment may mean. `score` is 0 to 100; `why` gives every reason, the best first."""

    client_id: str
    name: str
    score: float
    why: str


def rank_candidates(
    title: str, clients: Sequence[Client], pointing: Mapping[str, Sequence[str]] = NOTHING
) -> list[Candidate]:
    """The clients whom the evidence points to, or whose name is most like `title`, the best first.

    `pointing` gives the kinds of evidence by client, as `evidence_for` does. All of these are listed, and
    others up to three.
    """
    like = _likeness(title, clients)
    found = [
        Candidate(
            client.id,
            client.name,
            round(100 - (100 - score_of(kinds)) * (1 - LIKENESS * alike / 100), 1),
            "; ".join((*(REASONS[kind] for kind in kinds), *said)),
        )
        for client in clients
        for kinds in [pointing.get(client.id, ())]
        for alike, said in [like.get(client.id, (0.0, ()))]
        if kinds or alike
    ]
    found.sort(key=lambda candidate: (-candidate.score, candidate.name))
    return found[: max(SHOWN, len(pointing))]


def _likeness(title: str, clients: Sequence[Client]) -> dict[str, tuple[float, tuple[str, ...]]]:
    """How like `title` each client's name or likest alias is, from `LEAST_SCORE` on, and in words."""
    names = [(client, "name", client.name) for client in clients]
    names += [(client, "alias", alias) for client in clients for alias in client.aliases]
    like = process.extract(
        fold(title),
        [fold(name) for _, _, name in names],
        scorer=fuzz.WRatio,
        score_cutoff=LEAST_SCORE,
        limit=None,
    )
    best: dict[str, tuple[float, tuple[str, ...]]] = {}
    for _, score, at in like:
        client, kind, _ = names[at]
        if client.id not in best or score > best[client.id][0]:
            best[client.id] = score, (f"the title is like this {kind}",)
    return best
