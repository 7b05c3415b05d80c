"""Says by how much an edit moved a series, on the series' own wall clock (R41, R57)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sync.domain.calendar.reading import known_zone
from sync.domain.calendar.recurrence import Rhythm, rhythm_of, step_of, until_of
from sync.domain.calendar.series_ids import original_start_at, split_instance_id, split_stamp
from sync.domain.calendar.values import Appointment, KnownSession


@dataclass(frozen=True, slots=True)
class SeriesMaster:
    """What a recurring event's master looks like, or looked like when last read. `starts_at` is UTC."""

    recurring_event_id: str
    starts_at: datetime | None
    time_zone: str | None
    recurrence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shift:
    """A series moved `by` this much on its wall clock, which keeps its hour across a clock change."""

    by: timedelta
    old_zone: ZoneInfo
    new_zone: ZoneInfo

    def old_wall(self, known: KnownSession) -> datetime | None:
        """The naive wall time for which this session was first planned; None if it cannot be read."""
        text = known.original_start or split_instance_id(known.event_id)[1]
        planned = original_start_at(text, self.old_zone)
        return None if planned is None else wall(planned, self.old_zone)

    def moved(self, known: KnownSession) -> datetime | None:
        """When this session would be planned now, UTC; None if its original start cannot be read."""
        planned = self.old_wall(known)
        return None if planned is None else (planned + self.by).replace(tzinfo=self.new_zone).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Masters:
    """The masters as just read and as read before, by recurring event id; either may lack any.

    Where a master names no zone that is known, that of its sessions, `fallback_zone`, is taken.
    """

    now: Mapping[str, SeriesMaster]
    before: Mapping[str, SeriesMaster]
    fallback_zone: str

    def shift_of(self, master_id: str) -> Shift | None:
        """How far this master itself moved; None unless both readings have its start."""
        before, after = self.before.get(master_id), self.now.get(master_id)
        if before is None or after is None or before.starts_at is None or after.starts_at is None:
            return None
        old_zone, new_zone = self._zone(before), self._zone(after)
        return Shift(wall(after.starts_at, new_zone) - wall(before.starts_at, old_zone), old_zone, new_zone)

    def start_of(self, master_id: str) -> datetime | None:
        """Where this master starts now, UTC; None if it was not read, or is gone."""
        master = self.now.get(master_id)
        return None if master is None else master.starts_at

    def no_shift(self, master_id: str) -> Shift:
        """The master as where it was, for one that cannot be compared."""
        zone = self._zone(self.before.get(master_id) or self.now.get(master_id))
        return Shift(timedelta(0), zone, zone)

    def shift_to_half(
        self, half: SeriesMaster, first: KnownSession, last_id: str, last: Shift
    ) -> Shift | None:
        """From the old instance that a new half begins with to where the half begins.

        That instance is `first`, the earliest session at or after the end of `last_id`, unless some
        before it are not among the sessions: cancelled, or out of the window. Then the stamp in the
        half's id tells, if it is an old start (R39), else the first step after the end. Of a series that
        is gone nobody can say where it was split.
        """
        planned = last.old_wall(first)
        if planned is None or half.starts_at is None or self.is_gone(last_id):
            return None
        zone, stamp = self._zone(half), split_stamp(half.recurring_event_id)
        end, step = self.end_of(last_id, last), step_of(self._rule(last_id, self.before, self.now))
        if end is not None and step is not None:
            ahead = planned + last.by - wall(stamp or end, last.new_zone)
            if stamp is None or ahead % step:
                ahead = planned + last.by - wall(end, last.new_zone)
                ahead = step * max(0, -(-ahead // step) - 1)
            planned -= ahead
        return Shift(wall(half.starts_at, zone) - planned, last.old_zone, zone)

    def end_of(self, master_id: str, shift: Shift) -> datetime | None:
        """Where the series ends now, UTC; how it looked before says nothing about a split."""
        return until_of(self._rule(master_id, self.now), shift.new_zone)

    def fits(self, master_id: str, moment: datetime | None) -> bool | None:
        """Whether the rule as it is now leads to `moment`; None where that cannot be worked out."""
        master, step = self.now.get(master_id), step_of(self._rule(master_id, self.now))
        if moment is None or step is None or master is None or master.starts_at is None:
            return None
        zone = self._zone(master)
        return not (wall(moment, zone) - wall(master.starts_at, zone)) % step

    def has_step(self, master_id: str) -> bool:
        """Whether the same time lies between any two neighbours of the series, and is known."""
        return step_of(self._rule(master_id, self.before, self.now)) is not None

    def rhythms(self, old_id: str, new_id: str) -> tuple[Rhythm | None, Rhythm | None]:
        """How often the series repeated, and how often it repeats now; None where it cannot be read."""
        before = rhythm_of(self._rule(old_id, self.before, self.now))
        return before, rhythm_of(self._rule(new_id, self.now, self.before))

    def is_gone(self, master_id: str) -> bool:
        """Whether the series was asked for and has no start: it is gone, or not ours to see."""
        return master_id in self.now and self.now[master_id].starts_at is None

    def _rule(self, master_id: str, *readings: Mapping[str, SeriesMaster]) -> tuple[str, ...]:
        found = (reading[master_id].recurrence for reading in readings if master_id in reading)
        return next(found, ())

    def _zone(self, master: SeriesMaster | None) -> ZoneInfo:
        fallback = known_zone(self.fallback_zone, "UTC")
        return ZoneInfo(known_zone(master.time_zone if master else None, fallback))


def wall(moment: datetime, zone: ZoneInfo) -> datetime:
    """What the clock on the wall shows at `moment`: naive."""
    return moment.astimezone(zone).replace(tzinfo=None, fold=0)


def planned_at(appointment: Appointment, zone: ZoneInfo) -> datetime | None:
    """When an instance was first planned, UTC; a mere day begins at midnight in `zone`."""
    event = appointment.event
    return original_start_at(event.original_start or split_instance_id(event.event_id)[1], zone)


def after_end(orphans: Iterable[KnownSession], shift: Shift, end: datetime | None) -> list[KnownSession]:
    """Those planned at or after `end`, in order; all that can be read if no end is known."""
    planned = [(moved, one.event_id, one) for one in orphans if (moved := shift.moved(one)) is not None]
    planned.sort(key=lambda item: item[:2])
    return [one for moved, _, one in planned if end is None or moved >= end]
