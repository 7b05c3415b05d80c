"""Requests keep below the quota: each waits for its turn."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from sync.adapters.pacing import Pace, TokenBucket


class Time:
    """A clock that goes on only while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def passed(pace: Pace, time: Time, count: int) -> list[float]:
    """When each of `count` requests passed that are made as fast as they may."""
    moments = []
    for _ in range(count):
        pace.keep()
        moments.append(time())
    return moments


def paced(*buckets: TokenBucket) -> tuple[Pace, Time]:
    time = Time()
    clock: Callable[[], float] = time
    return Pace(buckets, clock, time.sleep), time


def test_a_burst_passes_at_once_and_the_rest_at_the_rate() -> None:
    pace, time = paced(TokenBucket(60, burst=3))

    assert [0, 0, 0, 1, 2] == [round(at, 6) for at in passed(pace, time, 5)]


def test_after_a_rest_a_burst_passes_again_and_no_more_than_that() -> None:
    pace, time = paced(TokenBucket(60, burst=3))
    passed(pace, time, 3)
    time.sleep(1000)

    assert [1000, 1000, 1000, 1001] == [round(at, 6) for at in passed(pace, time, 4)]


@given(rests=st.lists(st.floats(0, 40), max_size=60), burst=st.integers(1, 20), rate=st.integers(1, 120))
def test_r87_no_minute_lets_more_pass_than_rate_and_burst(rests: list[float], burst: int, rate: int) -> None:
    pace, time = paced(TokenBucket(rate, burst))
    moments = []
    for rest in rests:
        time.sleep(rest)
        moments += passed(pace, time, 3)

    for begin in moments:
        assert sum(begin <= at < begin + 59.999 for at in moments) <= rate + burst


def test_a_request_waits_for_the_slowest_of_its_buckets() -> None:
    pace, time = paced(TokenBucket(6000, burst=1), TokenBucket(60, burst=1))

    assert [0, 1, 2] == [round(at, 6) for at in passed(pace, time, 3)]


def test_a_clock_that_goes_back_gives_no_turn_twice() -> None:
    bucket = TokenBucket(60, burst=1)

    assert [0.0, 1.0, 2.0] == [bucket.take(10.0), bucket.take(10.0), bucket.take(5.0)]
