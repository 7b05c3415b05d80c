"""What is added to a signed note counts with it; the note itself stays as it was."""

from sync.domain.notes.addenda import with_addenda
from sync.domain.notes.parsing import read_note
from sync.domain.notes.values import AddendumReading, Rating, WrittenNote
from sync.domain.progress.markers import markers_then_and_now
from sync.domain.progress.risk import latest_risk
from tests.domain.notes.builders import day, note

BODY = "## Plan\nWalk.\n\nPanic: 6/10\nSleep: 5/10\n#sleep\n- [ ] diary\nRisk: none\n"


def amended(*texts: str) -> WrittenNote:
    written = [AddendumReading(day(at + 1), read_note(text)) for at, text in enumerate(texts)]
    return with_addenda(note(0, BODY), written)


def test_what_an_addendum_says_counts_with_the_note() -> None:
    reading = amended("#family\n- [x] diary\n> bring up: the letter\n", "Helped: breathing +1").reading

    assert ("sleep", "family") == reading.themes
    assert [("diary", False), ("diary", True)] == [(task.text, task.done) for task in reading.tasks]
    assert (("the letter",), 1) == (reading.bring_up, len(reading.interventions))


def test_a_marker_rated_again_has_the_later_value_and_the_others_theirs() -> None:
    ratings = amended("panic: 4/10", "PANIC : 3/10").reading.ratings

    assert (Rating("Sleep", 5, 10), Rating("PANIC", 3, 10)) == ratings
    [panic, _] = sorted(markers_then_and_now([amended("Panic: 4/10")]), key=lambda course: course.marker)
    assert [4.0] == [point.value for point in panic.points]


def test_risk_in_an_addendum_stands_below_the_notes_own_with_its_date() -> None:
    risk = latest_risk([amended("It went well.", "Risk: passive thoughts, told at the door")])

    assert risk is not None
    assert ("none\npassive thoughts, told at the door", day(2)) == (risk.latest.text, risk.latest.added_at)


def test_the_same_risk_said_again_stands_once() -> None:
    assert "none" == amended("Risk: none").reading.risk


def test_plans_stand_below_each_other_and_the_notes_own_words_keep_their_places() -> None:
    seen = amended("## Plan\nRest, too.")

    assert "Walk.\n\nRest, too." == seen.reading.plan
    assert [BODY[one.start : one.start + len(one.text)] for one in seen.reading.sentences] == [
        one.text for one in seen.reading.sentences
    ]
    assert [day(1)] == [each.written_at for each in seen.addenda]


def test_without_addenda_a_note_is_what_it_was() -> None:
    assert note(0, BODY) == with_addenda(note(0, BODY), ())
