"""Keeps requests below a service's quota: each waits for its turn instead of being refused."""

import threading
import time
from collections.abc import Callable, Sequence


class TokenBucket:
    """Lets `per_minute` requests pass, and `burst` of them at once after a rest.

    In any minute at most `burst + per_minute` pass. It knows no clock: `take` is told the moment, in
    seconds of any clock that never goes back. May be shared by threads.
    """

    def __init__(self, per_minute: float, burst: int) -> None:
        self._per_second = per_minute / 60
        self._burst = float(burst)
        self._left = float(burst)
        self._seen_at: float | None = None
        self._one_at_a_time = threading.Lock()

    def take(self, at: float) -> float:
        """Take the next turn; how many seconds it is away. Turns are given in the order of asking."""
        with self._one_at_a_time:
            rested = 0.0 if self._seen_at is None else max(at - self._seen_at, 0.0)
            self._left = min(self._burst, self._left + rested * self._per_second) - 1
            self._seen_at = at if self._seen_at is None else max(at, self._seen_at)
            return max(-self._left / self._per_second, 0.0)


class Pace:
    """Waits until every one of some buckets lets a request pass."""

    def __init__(
        self,
        buckets: Sequence[TokenBucket],
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._buckets = buckets
        self._monotonic = monotonic
        self._sleep = sleep

    def keep(self) -> None:
        """Return when it is this request's turn."""
        now = self._monotonic()
        away = max((bucket.take(now) for bucket in self._buckets), default=0.0)
        if away > 0:
            self._sleep(away)
