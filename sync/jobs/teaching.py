"""Lets a title whose client a person told mean that client from now on, where that is no guess."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sync.app import App
from sync.domain.calendar.teaching import Lesson, lesson_of
from sync.domain.calendar.title_noise import learned_key
from sync.domain.people import Client
from sync.store.assigning import titles_of_others
from sync.store.clients import TITLE, add_alias, evidence, unlearn
from sync.store.records import Records


def teach(
    app: App, records: Records, person: Client, title: str, now: datetime, elsewhere: Collection[str] = ()
) -> Lesson:
    """Learn `title` as this client's; whoever it meant by an earlier lesson it means no longer.

    `elsewhere` are titles of appointments that wait and are not this one.
    """
    whose, key = person.practitioner_id, learned_key(title)
    if key:
        unlearn(records, whose, key, but=person.id)
    since = now - timedelta(days=app.settings.sync.past_days)
    others = titles_of_others(records, whose, person.id, since)
    lesson = lesson_of(title, person.id, evidence(records, whose), {*elsewhere, *others})
    if lesson is Lesson.LEARNED:
        add_alias(records, person.id, TITLE, key, now)
    return lesson
