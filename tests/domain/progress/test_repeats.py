"""What has been said and has not changed is left out for four sessions."""

from collections.abc import Iterator

from sync.domain.progress.repeats import is_due


def said(held: str) -> str:
    """Which of the statements that held, one for each session, were said."""
    return "".join(now if is_due(now, reversed(held[:at])) else "." for at, now in enumerate(held))


def test_what_is_new_is_said_and_then_left_out_for_four_sessions() -> None:
    assert "a....a....a" == said("a" * 11)
    assert "a..b....b" == said("aaabbbbbb")
    assert "aba....a" == said("abaaaaaa")


def test_the_past_is_asked_only_as_far_back_as_nothing_changed() -> None:
    def earlier() -> Iterator[str]:
        yield from "ab"
        raise AssertionError("asked too far back")

    assert not is_due("a", earlier())
