"""Notes what the therapist says of a client's rhythm: a cadence, a pause, the end, and that it goes on."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sync.app import App
from sync.domain.attendance.agreement import Ending, Pause
from sync.domain.people import ACTIVE, ENDED
from sync.errors import Refused
from sync.jobs.clients import hold_client
from sync.jobs.wishes import zone_of
from sync.store.agreements import (
    add_cadence,
    add_ending,
    add_pause,
    agreement_of,
    end_pauses,
    take_back_endings,
)
from sync.store.clients import client, set_status
from sync.store.records import Records

LAST_YEAR = 2200


@dataclass(frozen=True, slots=True)
class PauseWish:
    """A pause as it is said: `first` None is today, `last` (which it includes) None leaves it open."""

    first: date | None = None
    last: date | None = None
    reason: str = ""


def agree_cadence(app: App, client_id: str, days: int, valid_from: date | None, now: datetime) -> bool:
    """Every so many days from a day on, today unless said; whether that is new.

    The first that is said without a day holds for as long as anything is known of her.
    """
    with app.writing() as records:
        hold_client(records, client_id)
        agreed = agreement_of(records, client_id)
        if valid_from is None and agreed.cadences:
            valid_from = _today(app, records, client_id, now)
        before = agreed.cadence_on(valid_from or date.min)
        if before is not None and before.days == days:
            return False
        add_cadence(records, client_id, days, valid_from, now)
        return True


def plan_pause(app: App, client_id: str, wish: PauseWish, now: datetime) -> Pause:
    """Plan a pause; what was said of the very same days is not kept twice. Raises `Refused`."""
    with app.writing() as records:
        hold_client(records, client_id)
        first = wish.first or _today(app, records, client_id, now)
        if wish.last is not None and wish.last.year > LAST_YEAR:
            raise Refused("That day lies beyond the calendar.", "Leave `--to` out for an open pause.")
        if wish.last is not None and wish.last < first:
            raise Refused("A pause ends on its first day or later.", "Give `--to` a later day than `--from`.")
        until = None if wish.last is None else wish.last + timedelta(days=1)
        pause = Pause(first, until, wish.reason.strip())
        if Pause(first, until) not in agreement_of(records, client_id).pauses:
            add_pause(records, client_id, pause, now)
        return pause


def end_work(app: App, client_id: str, ending: Ending, now: datetime) -> bool:
    """Note that the work with a client ended, on a day that does not lie ahead; whether that is new.

    Raises `Refused`.
    """
    with app.writing() as records:
        hold_client(records, client_id)
        today = _today(app, records, client_id, now)
        if ending.ended_on > today:
            raise Refused("That day lies ahead.", "Say it once the work has ended.")
        known = ending in agreement_of(records, client_id).endings
        if not known:
            add_ending(records, client_id, ending, now)
        return set_status(records, client_id, ENDED) or not known


def go_on(app: App, client_id: str, now: datetime) -> bool:
    """Note that work with a client goes on from today: no end and no pause holds; whether one did."""
    with app.writing() as records:
        hold_client(records, client_id)
        today = _today(app, records, client_id, now)
        paused = end_pauses(records, client_id, today) > 0
        take_back_endings(records, client_id, today)
        return set_status(records, client_id, ACTIVE) or paused


def _today(app: App, records: Records, client_id: str, now: datetime) -> date:
    zone = zone_of(app, records, client(records, client_id).practitioner_id)
    return now.astimezone(ZoneInfo(zone)).date()
