"""A clock that is set by hand, for a sample that lives through months."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass
class SetClock:
    """Stands still at `now` (aware, UTC) until it is set."""

    now: datetime

    def __call__(self) -> datetime:
        """The moment it is set to."""
        return self.now

    def set(self, now: datetime) -> None:
        """Go to another moment."""
        self.now = now

    def forward(self, by: timedelta) -> None:
        """Go on by a while."""
        self.now += by
