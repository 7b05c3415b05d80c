"""When a lasting trouble is told: at its beginning and again on set days, never once for each run."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sync.domain.briefing.notices import AlertKind

QUIET = timedelta(hours=12)
"""How long nothing more is told of a thing that was told of: trouble may come and go."""

PATIENCE = timedelta(hours=2)
"""How long a calendar may be out of reach before it is worth a mail; it mostly passes by itself."""

_AT_ONCE = timedelta()
_DAY = timedelta(days=1)
_SIGN_IN = (_AT_ONCE, 2 * _DAY, 6 * _DAY, 13 * _DAY)
"""On the first day, the third, the seventh and the fourteenth."""

TOLD_AFTER = {
    AlertKind.SIGN_IN: _SIGN_IN,
    AlertKind.TESTING: _SIGN_IN,
    AlertKind.GONE: (_AT_ONCE, 2 * _DAY),
    AlertKind.UNAVAILABLE: (PATIENCE,),
    AlertKind.CERTIFICATE: (-14 * _DAY, _AT_ONCE, 2 * _DAY, 6 * _DAY),
}
"""How long after its beginning each trouble is told; the others are told once, at once."""


@dataclass(frozen=True, slots=True)
class Told:
    """A mail about a thing: which moment of the schedule it stood for, and when it was really put out.

    `arrived` says that it is in somebody's inbox, for all we know.
    """

    about_id: str
    due_at: datetime
    put_at: datetime
    arrived: bool = True


def telling_due(kind: AlertKind, since: datetime, now: datetime, told: Sequence[Told]) -> datetime | None:
    """The moment of the schedule that a mail is to be put out for at `now`; None when there is none.

    The trouble has lasted since `since`; `told` is what was told of the same thing before, of this
    trouble or an earlier one. What was slept through is told once, not once for each day.
    """
    past = [since + after for after in TOLD_AFTER.get(kind, (_AT_ONCE,)) if since + after <= now]
    if not past:
        return None
    latest = past[-1]
    if any(each.due_at >= latest or now - each.put_at < QUIET for each in told):
        return None
    return latest


def untold_words(reasons: Sequence[str]) -> str:
    """What to say where alerts did not reach her: how many, and why the latest did not."""
    many = "An alert" if len(reasons) == 1 else f"{len(reasons)} alerts"
    return f"{many} could not be mailed. {reasons[-1]}".rstrip()
