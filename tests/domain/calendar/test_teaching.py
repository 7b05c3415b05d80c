"""An answer teaches a title only where that is no guess about somebody else."""

import pytest

from sync.domain.calendar.matching import ClientEvidence
from sync.domain.calendar.teaching import Lesson, lesson_of

EVERYBODY = (
    ClientEvidence("kim", "KM", ("Kim Mori",)),
    ClientEvidence("jo", "JB", ("Jo Bloggs", "Joey"), titles=("panda",)),
    ClientEvidence("tim", "TB", ("Tim Bloggs",)),
)


@pytest.mark.parametrize(
    ("title", "lesson"),
    [
        ("Panda", Lesson.LEARNED),  # what was learned of another before was wrong
        ("Kim", Lesson.LEARNED),
        ("🌿 Weekly panda #12 (online)", Lesson.LEARNED),
        ("Therapy", Lesson.TOO_GENERAL),
        ("Session 12 online", Lesson.TOO_GENERAL),
        ("🌿", Lesson.TOO_GENERAL),
        ("", Lesson.TOO_GENERAL),
        ("Bloggs", Lesson.AMBIGUOUS),
        ("joey", Lesson.AMBIGUOUS),
        ("JB", Lesson.AMBIGUOUS),
        ("Kim and Jo Bloggs", Lesson.AMBIGUOUS),
    ],
)
def test_what_a_title_that_is_kims_teaches(title: str, lesson: Lesson) -> None:
    assert lesson == lesson_of(title, "kim", EVERYBODY, ())


def test_what_somebody_elses_hours_are_called_too_is_not_learned() -> None:
    assert Lesson.AMBIGUOUS == lesson_of("Panda", "kim", EVERYBODY, ["Tea", "panda #3"])
    assert Lesson.LEARNED == lesson_of("Panda", "kim", EVERYBODY, ["Tea", "Panda two", ""])
