"""What a doorbell with nothing new costs beyond its request: our own work, and the database's."""

import time
from datetime import timedelta
from statistics import median

from bench.figures import Figure, Pair
from bench.ground import ANA, NOW, practice, served, source
from sync.jobs.pull import pull_all
from sync.store.links import link

LIMIT_SECONDS = 0.03
RINGS = 40


def figures(runs: int) -> list[Figure]:
    """A visit to a calendar in which nothing changed, without the bare request, as a ratio to 30 ms."""
    pairs = []
    with served(400) as ground, practice(ground) as (app, link_id):
        for _ in range(2):
            pull_all(app, NOW)  # the second visit brings the sync token
        with app.reading() as records:
            token = link(records, link_id).sync_token
        bare = source(ground)
        for _ in range(runs):
            visits, requests = [], []
            for ring in range(RINGS):
                began = time.perf_counter()
                report = pull_all(app, NOW + timedelta(seconds=ring))
                visits.append(time.perf_counter() - began)
                assert not report.calendars[0].full, report
                began = time.perf_counter()
                bare.ring(ANA, token)
                requests.append(time.perf_counter() - began)
            pairs.append(Pair(median(visits) - median(requests), LIMIT_SECONDS))
    return [Figure("doorbell with nothing new, beyond its request / 30 ms", pairs, 1.0)]
