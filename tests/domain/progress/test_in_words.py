"""Then and now in words: what is set side by side, and when nothing is."""

from hypothesis import given
from hypothesis import strategies as st

from sync.domain.notes.values import WrittenNote
from sync.domain.progress.in_words import UNSETTLED, InWords, Settled, then_and_now_in_words
from tests.domain.notes.builders import note

HARD = "It just hits me on the bus, I don't see it coming."
LIGHT = "I noticed it on the bus, and I stayed on for two more stops."
OTHER_LIGHT = "I noticed the cold hands at home and I made some tea instead."


def told(words: str, theme: str = "bus") -> str:
    return f'## Subjective\nShe said: "{words}"\n#{theme}\n\n## Plan\nGo on.\n'


def course(*said: str, every: int = 30) -> list[WrittenNote]:
    return [note(every * number, text) for number, text in enumerate(said)]


def pair(*said: str, every: int = 30, settled: Settled = UNSETTLED) -> tuple[str, str] | None:
    found = then_and_now_in_words(course(*said, every=every), (), settled)
    return (found[0].then.text, found[0].now.text) if found else None


QUIET = "## Subjective\nA week without much to tell. #bus\n"


def test_early_words_stand_beside_late_ones_of_the_same_theme() -> None:
    (found,) = then_and_now_in_words(course(told(HARD), QUIET, QUIET, told(LIGHT)))

    assert ("bus", HARD, LIGHT) == (found.theme, found.then.text, found.now.text)
    assert ("s0", "s90", False) == (
        found.then.evidence.session_id,
        found.now.evidence.session_id,
        found.is_lower,
    )


def test_less_than_ninety_days_or_another_theme_make_no_pair() -> None:
    assert pair(told(HARD), QUIET, QUIET, told(LIGHT), every=29) is None
    assert pair(told(HARD), QUIET, QUIET, told(LIGHT, "sister")) is None
    assert pair(told(HARD), told(LIGHT)) is None
    assert pair(told(LIGHT), QUIET, QUIET, told(LIGHT)) is None
    assert then_and_now_in_words([]) == ()


def test_the_most_alike_are_paired() -> None:
    assert (HARD, LIGHT) == pair(told(HARD), QUIET, QUIET, QUIET, told(LIGHT), told(OTHER_LIGHT))


def test_the_other_way_round_is_shown_where_it_is_more_recent() -> None:
    both = told(LIGHT), told(HARD), QUIET, QUIET

    assert (HARD, OTHER_LIGHT) == pair(*both, told(HARD), told(OTHER_LIGHT))
    assert (LIGHT, HARD) == pair(*both, told(OTHER_LIGHT), told(HARD))


def test_what_was_dismissed_gives_way_and_what_is_pinned_stays() -> None:
    said = told(HARD), QUIET, QUIET, QUIET, told(LIGHT), told(OTHER_LIGHT)
    (first,) = then_and_now_in_words(course(*said))

    assert (HARD, OTHER_LIGHT) == pair(*said, settled=Settled(dismissed=frozenset({first.key})))
    (second,) = then_and_now_in_words(course(*said), (), Settled(dismissed=frozenset({first.key})))
    assert (HARD, OTHER_LIGHT) == pair(*said, settled=Settled(pinned=frozenset({second.key})))


def test_a_pair_is_another_when_its_words_are_written_anew() -> None:
    (before,) = then_and_now_in_words(course(told(HARD), QUIET, told(LIGHT), every=60))
    (after,) = then_and_now_in_words(course(told(HARD), QUIET, told(LIGHT + " Slowly."), every=60))

    assert before.key != after.key


@given(st.lists(st.sampled_from([told(HARD), told(LIGHT), told(OTHER_LIGHT), QUIET]), max_size=12))
def test_every_word_stands_in_its_note_where_it_is_said_to_stand(said: list[str]) -> None:
    bodies = {f"s{30 * number}": body for number, body in enumerate(said)}

    for found in then_and_now_in_words(course(*said)):
        for words in (found.then, found.now):
            body = bodies[words.evidence.session_id]
            assert words.text == body[words.start : words.start + len(words.text)]
        assert isinstance(found, InWords)
        assert (found.now.evidence.starts_at - found.then.evidence.starts_at).days >= 90
