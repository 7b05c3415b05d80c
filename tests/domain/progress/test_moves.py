"""How markers stood at the rating after sessions that had something."""

from sync.domain.progress.helped import what_helped
from sync.domain.progress.markers import markers_then_and_now
from sync.domain.progress.moves import Move, move_words, moves_after
from tests.domain.notes.builders import note


def moves(*bodies: str) -> tuple[Move, ...]:
    notes = [note(7 * n, body) for n, body in enumerate(bodies)]
    (helped,) = what_helped(notes)
    return moves_after(helped.used_in, markers_then_and_now(notes))


WITH = "Helped: walks +1\nPanic: {}/10"
WITHOUT = "Panic: {}/10"


def test_the_next_rating_is_set_beside_that_of_the_session() -> None:
    (move,) = moves(
        *(text.format(value) for text, value in zip([WITH, WITHOUT] * 3, (8, 6, 7, 6, 9, 6), strict=True))
    )

    assert ("Panic", (-2, -1, -3), -2) == (move.marker, move.differences, move.middle)
    assert [("s0", "s7"), ("s14", "s21"), ("s28", "s35")] == [
        (here.session_id, then.session_id) for here, then in move.over
    ]
    assert "Panic at the next rating: 2 lower (median of 3 times)" == move_words(move)


def test_of_fewer_than_three_nothing_is_said() -> None:
    (move,) = moves(WITH.format(8), WITH.format(6), WITH.format(5))

    assert (2, "Panic: too few to say") == (len(move.differences), move_words(move))
    assert () == moves("Helped: walks +1", WITHOUT.format(5))
    assert () == moves(WITH.format(5))


def test_no_difference_and_a_rise_are_said_as_such() -> None:
    assert [
        "Panic at the next rating: the same (median of 3 times)",
        "Panic at the next rating: 2 higher (median of 3 times)",
    ] == [
        move_words(moves(*(WITH.format(value) for value in values))[0])
        for values in ((5, 5, 5, 5), (1, 3, 5, 7))
    ]
