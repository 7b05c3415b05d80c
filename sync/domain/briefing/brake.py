"""Holds mail back where too much goes to one reader: a fault of ours must not flood an inbox."""

from collections.abc import Sequence
from datetime import datetime, timedelta

LIMITS = ((20, timedelta(minutes=10)), (100, timedelta(days=1)))
"""How many mails may go to one recipient within which span; many recipients are no flood."""


def held_until(sent: Sequence[datetime], now: datetime) -> datetime | None:
    """When the next mail to a recipient may go, to whom mails went at the moments `sent`; None: at once."""
    ends = []
    for most, span in LIMITS:
        within = sorted(at for at in sent if at > now - span)
        if len(within) >= most:
            ends.append(within[-most] + span)
    return max(ends, default=None)
