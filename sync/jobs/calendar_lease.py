"""One at a time: whoever reads a calendar holds it meanwhile (R15)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from sync.app import App
from sync.store.leases import Lease, give_back, take_lease

HOLDING = timedelta(minutes=10)
"""How long a reading may hold its calendar; its requests are bounded well below that."""


def lease_name(link_id: str) -> str:
    """What the lease of one calendar is called."""
    return f"calendar:{link_id}"


@contextmanager
def leased_calendar(app: App, link_id: str, now: datetime) -> Iterator[Lease | None]:
    """Hold the calendar for the block; None when another process has it.

    It is held from the moment of asking on, which in a long round lies well after `now`.
    """
    with app.writing() as records:
        lease = take_lease(records, lease_name(link_id), app.owner, max(now, app.now()), HOLDING)
    try:
        yield lease
    finally:
        if lease is not None:
            with app.writing() as records:
                give_back(records, lease)
