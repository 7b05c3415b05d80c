"""Simulates clients with planted facts, and counts what comes back and what is printed without a source.

The ratio is the share that must come back to the share that did; statements are only counted.
"""

from collections import Counter
from random import Random

from bench.figures import Figure, Pair
from tests.domain.progress.planted import Client, planted
from tests.domain.progress.recalling import recalled, without_source

CLIENTS = 60
LEAST = 95.0


def figures(runs: int) -> list[Figure]:
    """Each kind of planted fact, and the statements; each run has other clients."""
    seen = [_run([planted(Random(run * CLIENTS + each)) for each in range(CLIENTS)]) for run in range(runs)]
    kinds = sorted(seen[0][0])
    recall = [
        Figure(
            f"least to recall / recalled of {kind}, %", [Pair(LEAST, shares[kind]) for shares, _ in seen], 1
        )
        for kind in kinds
    ]
    lacking = [Pair(without, 1) for _, without in seen]
    return [*recall, Figure("statements without a span or the numbers they are made of", lacking, 0)]


def _run(clients: list[Client]) -> tuple[dict[str, float], int]:
    told, back = Counter[str](), Counter[str]()
    for client in clients:
        for kind, is_back in recalled(client):
            told[kind] += 1
            back[kind] += is_back
    without = sum(lacks for client in clients for _, lacks in without_source(client))
    return {kind: 100 * back[kind] / told[kind] for kind in told}, without
