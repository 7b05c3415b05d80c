"""Decides whether a title whose client a person told means that client from now on."""

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum

from sync.domain.calendar.matching import ClientEvidence, Directory
from sync.domain.calendar.title_noise import learned_key


class Lesson(StrEnum):
    """What an answer taught. Only `LEARNED` changes how other titles are read."""

    LEARNED = "learned"
    ONE_HOUR = "one hour"
    TOO_GENERAL = "too general"
    AMBIGUOUS = "ambiguous"
    NONE = "none"


def lesson_of(
    title: str, client_id: str, everybody: Iterable[ClientEvidence], elsewhere: Iterable[str]
) -> Lesson:
    """What it teaches that `title` is this client's; `elsewhere` are titles of others' appointments.

    Nothing where no word of it tells one client from another, and nothing where it points, however
    faintly, to somebody else or is what somebody else's hours are called: that would be a guess. What
    was learned of others before does not count, for this answer says that it was wrong.
    """
    key = learned_key(title)
    if not key:
        return Lesson.TOO_GENERAL
    others = Directory.of(replace(each, titles=()) for each in everybody if each.client_id != client_id)
    told, _ = others.told_by(title, None)
    if told.certain or told.hints or key in map(learned_key, elsewhere):
        return Lesson.AMBIGUOUS
    return Lesson.LEARNED
