"""The story of one session: plain words, in the order in which things happened, notice in hours."""

from datetime import UTC, datetime, timedelta

import pytest

from sync.domain.session_story import Happening, NoteMoments, note_happenings, story_of

START = datetime(2026, 6, 16, 13, tzinfo=UTC)  # 14:00 in London
HOUR = timedelta(hours=1)
SEEN = START - 30 * HOUR


def words(*happenings: Happening) -> list[str]:
    return [line.words for line in story_of(happenings, "Europe/London")]


def test_things_are_told_in_the_order_in_which_they_happened() -> None:
    seen_late = Happening("cancelled", SEEN, SEEN - 2 * HOUR, START, detail="deleted")
    seen_early = Happening("marked", SEEN - HOUR, detail="no_show")

    lines = story_of([seen_early, seen_late], "Europe/London")

    assert [SEEN - 2 * HOUR, SEEN - HOUR] == [line.at for line in lines]
    assert "Marked as no-show." == lines[1].words


def test_notice_is_counted_from_the_calendars_own_word() -> None:
    cancelled = Happening("cancelled", SEEN, SEEN - 2 * HOUR, START, detail="deleted")

    assert 32.0 == cancelled.notice_hours
    assert ["Cancelled, 32 h before: deleted in the calendar; seen Mon 15 Jun 08:00."] == words(cancelled)


def test_without_that_word_it_was_at_least_so_long_before() -> None:
    cancelled = Happening("cancelled", SEEN, None, START, detail="deleted")

    assert [
        "Cancelled, at least 30 h before: deleted in the calendar; seen then, when it happened is not known."
    ] == words(cancelled)


@pytest.mark.parametrize(("days", "name"), [(7, "Rescheduled"), (8, "Moved"), (-7, "Rescheduled")])
def test_a_move_within_seven_days_is_a_reschedule(days: int, name: str) -> None:
    move = Happening("moved", SEEN, SEEN, START, START + timedelta(days=days))

    assert (abs(days) <= 7) == move.is_reschedule
    assert words(move)[0].startswith(f"{name} from Tue 16 Jun 14:00 to ")


def test_a_series_edit_that_kept_the_time_is_no_move() -> None:
    edit = Happening("relinked", SEEN, SEEN, START, START)

    assert (False, ["Its series was edited; its time stayed."]) == (edit.is_reschedule, words(edit))


def test_a_kind_that_has_no_words_yet_is_told_by_its_name() -> None:
    assert ["merged from AB."] == words(Happening("merged", SEEN, detail="from AB"))


@pytest.mark.parametrize(
    ("kind", "detail", "told"),
    [
        ("marked", "no_show by title", "Its title in the calendar says: no-show."),
        ("marked", "cancelled by color", "Its colour in the calendar says: cancelled."),
        (
            "marked",
            "scheduled by title",
            "Its title in the calendar no longer says otherwise: to take place.",
        ),
        ("settled", "calendar-moved-after-session: moved", "You said: the calendar's time is right."),
        ("flagged", "details-hidden", "Waits for your word: the calendar no longer shows us its title."),
        ("assigned", "AB to CD", "You gave it from AB to CD."),
        ("assigned", "stays AB", "You said that it stays AB's."),
    ],
)
def test_what_is_kept_in_short_is_told_in_words(kind: str, detail: str, told: str) -> None:
    assert [told] == words(Happening(kind, SEEN, detail=detail))


def test_of_a_note_the_first_and_the_last_saving_and_the_signing_are_told() -> None:
    saved = [SEEN, SEEN + HOUR, SEEN + 2 * HOUR]
    moments = NoteMoments(
        saved, signed=[SEEN + 3 * HOUR, SEEN + 5 * HOUR], reopened=[SEEN + 4 * HOUR], amended=[START]
    )

    assert [
        "A note was written.",
        "Its note was saved again; 3 texts of it are kept.",
        "Its note was signed.",
        "Its note was opened again.",
        "Its note was signed.",
        "Its note was added to.",
    ] == words(*note_happenings(moments))
    assert [] == note_happenings(NoteMoments())
