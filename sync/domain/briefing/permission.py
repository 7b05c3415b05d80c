"""Says beforehand that Google will probably end its permission, and what keeps that from happening (R85)."""

from datetime import datetime

from sync.domain.briefing.moments import LocalTime

HEADING = "Google’s permission ends soon"
REMEDY = "Publish your Google app (docs/connect-google.md), then run"
COMMAND = "practice-sync connect google"


def ending_words(ends_at: datetime, time: LocalTime) -> str:
    """When it will probably end, and why; `ends_at` is aware."""
    days = (time.day_of(ends_at) - time.today).days
    day = "today" if days <= 0 else "tomorrow"
    return (
        f"Google’s permission will probably end {day}, {time.moment(ends_at)}: the one before it ended "
        "after seven days, as it is while a Google app is in Testing."
    )
