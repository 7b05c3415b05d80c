"""Tells what an answer about one appointment taught."""

from sync.commands.showing import show_text
from sync.domain.calendar.teaching import Lesson

_WORDS = {
    Lesson.LEARNED: "From now on this title means {code}.",
    Lesson.ONE_HOUR: "That was said of this hour only.",
    Lesson.TOO_GENERAL: "The title alone names nobody, so it teaches nothing about other appointments.",
    Lesson.AMBIGUOUS: "The title may mean somebody else too, so it teaches nothing about other appointments.",
}


def show_lesson(lesson: Lesson, code: str) -> None:
    """Print it in words."""
    if lesson in _WORDS:
        show_text(_WORDS[lesson].format(code=code))
