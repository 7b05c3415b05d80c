"""Finds hours ahead that may be a second time what was held already: a past hour moved into the future."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sync.domain.calendar.relinking import Relink, master_of
from sync.domain.calendar.series_ids import series_root
from sync.domain.calendar.series_places import series_of
from sync.domain.calendar.series_shift import Masters, planned_at
from sync.domain.calendar.values import Appointment, KnownSession


def doubles_of_held(
    orphans: Sequence[KnownSession],
    newcomers: Sequence[Appointment],
    pairs: Collection[Relink],
    masters: Masters,
    now: datetime,
) -> frozenset[str]:
    """The event ids of `newcomers` ahead that an orphan which has begun would have become (R41).

    Such an orphan is a record and stays what it was, so that its new hour would be a session of its own.
    """
    old, new = {p.known.event_id for p in pairs}, {p.appointment.event.event_id for p in pairs}
    held = [one for one in orphans if one.starts_at <= now and one.event_id not in old]
    ahead = [one for one in newcomers if one.starts_at > now and one.event.event_id not in new]
    return frozenset(
        appointment.event.event_id
        for appointment in ahead
        if any(_is_next_to(known, appointment, masters) for known in held)
    )


def _is_next_to(known: KnownSession, appointment: Appointment, masters: Masters) -> bool:
    """Where the series' own shift leads, or within half of its interval."""
    old_id, new_id = series_of(known), master_of(appointment)
    if series_root(old_id) != series_root(new_id):
        return False
    shift = masters.shift_of(old_id) if old_id == new_id else None
    if shift is not None and shift.moved(known) == planned_at(appointment, shift.new_zone):
        return True
    before, after = masters.rhythms(old_id, new_id)
    rhythm = after or before
    return rhythm is not None and abs(appointment.starts_at - known.starts_at) < rhythm.gap / 2
