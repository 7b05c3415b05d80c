"""One holder of a lease at a time, and a fence that tells the present one from the last."""

from datetime import timedelta

from sync.store.leases import give_back, still_held, take_lease
from tests.practice import WEDNESDAY, Practice

LASTING = timedelta(minutes=10)


def test_a_lease_has_one_holder_until_it_is_over(practice: Practice) -> None:
    with practice.app.writing() as records:
        first = take_lease(records, "thing", "one", WEDNESDAY, LASTING)
        refused = take_lease(records, "thing", "two", WEDNESDAY + LASTING - timedelta(seconds=1), LASTING)
        second = take_lease(records, "thing", "two", WEDNESDAY + LASTING, LASTING)

    assert (True, None, True) == (first is not None, refused, second is not None)
    assert first is not None
    assert second is not None
    assert first.fence < second.fence


def test_two_things_have_two_holders(practice: Practice) -> None:
    with practice.app.writing() as records:
        assert take_lease(records, "a", "one", WEDNESDAY, LASTING) is not None
        assert take_lease(records, "b", "two", WEDNESDAY, LASTING) is not None


def test_the_last_holder_knows_that_it_is_over(practice: Practice) -> None:
    with practice.app.writing() as records:
        first = take_lease(records, "thing", "one", WEDNESDAY, LASTING)
        assert first is not None
        assert still_held(records, first)
        second = take_lease(records, "thing", "one", WEDNESDAY + LASTING, LASTING)
        assert second is not None

        assert (False, True) == (still_held(records, first), still_held(records, second))


def test_what_is_given_back_can_be_taken_at_once(practice: Practice) -> None:
    with practice.app.writing() as records:
        first = take_lease(records, "thing", "one", WEDNESDAY, LASTING)
        assert first is not None
        give_back(records, first)

        assert take_lease(records, "thing", "two", WEDNESDAY, LASTING) is not None


def test_the_last_holder_cannot_give_back_what_is_anothers(practice: Practice) -> None:
    with practice.app.writing() as records:
        first = take_lease(records, "thing", "one", WEDNESDAY, LASTING)
        assert first is not None
        take_lease(records, "thing", "two", WEDNESDAY + LASTING, LASTING)
        give_back(records, first)

        assert take_lease(records, "thing", "three", WEDNESDAY + LASTING, LASTING) is None


def test_what_was_given_back_is_free_even_when_the_clock_went_back(practice: Practice) -> None:
    with practice.app.writing() as records:
        held = take_lease(records, "thing", "one", WEDNESDAY, LASTING)
        assert held is not None
        give_back(records, held)
        again = take_lease(records, "thing", "two", WEDNESDAY - 60 * LASTING, LASTING)

    assert again is not None
