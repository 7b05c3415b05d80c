"""A briefing as it would be at another moment: as far as the records tell, and saying where they do not."""

from datetime import datetime, timedelta

from sync.domain.briefing.privacy import Privacy
from sync.jobs.notes import write_note
from sync.jobs.preview import PreviewWish, preview_letter, remarks
from tests.jobs.looking import HOUR, TOMORROW, move
from tests.practice import Practice

DAY = timedelta(days=1)
LAST_WEEK = TOMORROW
NEXT = TOMORROW + 7 * DAY


def story(practice: Practice) -> str:
    """Two hours of Jo's; the note of the first is written and changed later; the second is moved. Its id."""
    practice.client("Jo Bloggs")
    practice.put("Jo Bloggs", LAST_WEEK)
    event = practice.put("Jo Bloggs", NEXT)
    practice.once()
    first, second = practice.sessions()
    for hours, plan in ((2, "breathing"), (48, "letters")):
        practice.clock.set(LAST_WEEK + hours * HOUR)
        write_note(practice.app, first.id, f"## Plan\n{plan}\n\nRisk: none seen.\n", practice.clock())
    move(practice, event, NEXT + 2 * HOUR)
    practice.clock.set(LAST_WEEK + 3 * DAY)
    practice.once()
    practice.clock.set(NEXT - DAY)
    practice.once()
    return second.id


def preview(practice: Practice, session: str, at: datetime, privacy: Privacy = Privacy.CODE) -> str:
    with practice.app.reading() as records:
        return preview_letter(practice.app, records, session, PreviewWish(privacy, at, practice.clock())).text


def test_an_earlier_moment_knows_the_text_and_the_hour_of_then(on_each: Practice) -> None:
    session = story(on_each)

    before = preview(on_each, session, LAST_WEEK + HOUR)
    between = preview(on_each, session, LAST_WEEK + 3 * HOUR)
    later = preview(on_each, session, LAST_WEEK + 2.5 * DAY)
    now = preview(on_each, session, on_each.clock())

    assert "there are no notes yet" in before
    assert ("breathing" in between, "letters" in between) == (True, False)
    assert ("breathing" in later, "letters" in later, "Moved" in later) == (False, True, False)
    assert [True, True, True] == ["Thursday 18 June, 09:00" in text for text in (before, between, later)]
    assert "Thursday 18 June, 11:00" in now
    assert "Moved here from Thursday 18 June, 09:00." in now


def test_what_cannot_be_turned_back_is_said(practice: Practice) -> None:
    session = story(practice)

    def wish(at: datetime) -> PreviewWish:
        return PreviewWish(Privacy.CODE, at, practice.clock())

    with practice.app.reading() as records:
        [then] = remarks(practice.app, records, session, wish(LAST_WEEK + HOUR))
        _, unknown = remarks(practice.app, records, session, wish(LAST_WEEK - 7 * DAY))
        present = remarks(practice.app, records, session, wish(practice.clock()))

    assert then.startswith("As of Thursday 11 June, 10:00. Notes,")
    assert "The appointment was first seen later, on Wednesday 10 June, 09:00." == unknown
    assert () == present
    assert "How old the calendar's data was then is not recorded." in preview(practice, session, LAST_WEEK)


def test_a_moment_to_come_makes_no_alarm_of_a_reading_that_is_still_to_come(practice: Practice) -> None:
    session = story(practice)

    text = preview(practice, session, NEXT + HOUR)

    assert "How old the calendar's data will be then is not known yet." in text
    assert "MOVED ON" not in text


def test_a_notice_shows_the_hour_of_then_too(practice: Practice) -> None:
    session = story(practice)

    assert "Thursday 18 June, 09:00" in preview(practice, session, LAST_WEEK, Privacy.LINK)
    assert "Thursday 18 June, 11:00" in preview(practice, session, practice.clock(), Privacy.LINK)
