"""A reminder of unwritten notes: seldom, of days and hours only, and none when there is nothing to say."""

import re
from collections import Counter
from datetime import timedelta
from pathlib import Path

from sync.jobs.notes import write_note
from sync.jobs.outbox import send_due
from sync.jobs.practitioners import change
from sync.jobs.reminders import put_reminders
from sync.store.practitioners import set_practitioner
from tests.jobs.looking import fates, mails
from tests.practice import WEDNESDAY, Practice, open_practice
from tests.scanning import finds

DAY = timedelta(days=1)
OVER = WEDNESDAY + timedelta(hours=1, minutes=50)
"""When the hour that begins an hour from now is over."""


def unwritten(practice: Practice, *titles: str) -> list[str]:
    """An hour of each client's, of today, and then of the days after; their ids."""
    for number, title in enumerate(titles):
        practice.client(title)
        practice.put(title, WEDNESDAY + timedelta(hours=1) + number * DAY)
    practice.once()
    return [session.id for session in practice.sessions()]


def live(practice: Practice, days: int) -> list[int]:
    """Send what is due each noon for as many days; on which of them a reminder came."""
    came = []
    for number in range(days):
        before = len(reminders(practice))
        practice.clock.set(OVER + number * DAY)
        send(practice)
        came += [number] if len(reminders(practice)) > before else []
    return came


def send(practice: Practice) -> None:
    send_due(practice.app, practice.clock(), Counter())


def reminders(practice: Practice) -> list[str]:
    return [letter.text for letter in practice.inbox.letters if "notes to write" in letter.subject]


def test_what_nobody_writes_is_told_of_three_times(on_each: Practice) -> None:
    unwritten(on_each, "Jo Bloggs", "Kim Mori")

    assert [3, 7, 14] == live(on_each, 40)
    assert "2 sessions have no note yet" in reminders(on_each)[-1]
    assert "Wednesday 10 June, 10:00" in reminders(on_each)[-1]


def test_what_was_told_of_three_times_is_said_no_more(practice: Practice) -> None:
    unwritten(practice, "Jo Bloggs")
    assert [3, 7, 14] == live(practice, 20)
    practice.client("Kim Mori")
    practice.put("Kim Mori", practice.clock() + timedelta(hours=1))
    practice.once()

    practice.clock.forward(days=4)
    send(practice)

    assert (4, True) == (len(reminders(practice)), "1 session has no note yet" in reminders(practice)[-1])
    assert "Wednesday 10 June" not in reminders(practice)[-1]


def test_what_the_follow_up_told_of_is_not_said_again_later_that_evening(practice: Practice) -> None:
    change(practice.app, practice.practitioner_id, {"follow_up_at": "13:00"})
    practice.client("Jo Bloggs")
    practice.client("Kim Mori")
    practice.put("Jo Bloggs", WEDNESDAY + timedelta(hours=1))
    practice.put("Kim Mori", WEDNESDAY + 3 * DAY + timedelta(hours=1))
    practice.once()
    practice.clock.set(WEDNESDAY + 3 * DAY + timedelta(hours=6))

    send(practice)
    send(practice)

    assert ["Notes: Saturday 13 June", "Practice Sync: notes to write"] == [
        letter.subject for letter in practice.inbox.letters if "otes" in letter.subject
    ]
    [said] = reminders(practice)
    assert ("Wednesday 10 June" in said, "Saturday" in said) == (True, False)


def test_no_name_no_code_and_no_word_stands_in_it(practice: Practice) -> None:
    jo, kim = unwritten(practice, "Quillon Zyxwerth", "Ottilie Bränzholt")
    write_note(practice.app, jo, "Thornwick.", OVER)

    live(practice, 8)

    [letter] = [letter for letter in practice.inbox.letters if "notes to write" in letter.subject]
    assert "Practice Sync: notes to write" == letter.subject
    assert "1 note is written and not signed." in letter.text
    for part in (letter.text, letter.html):
        assert [] == finds(part.encode(), ["Quillon", "Zyxwerth", "Ottilie", "Thornwick", kim], "reminder")
        assert None is re.search(r"\b(QZ|OB)\b", part)


def test_two_passes_put_one(on_each: Practice) -> None:
    unwritten(on_each, "Jo Bloggs")

    for _ in range(2):
        put_reminders(on_each.app, OVER + 4 * DAY)

    assert ["pending"] == fates(on_each, "reminder")


def test_what_was_written_meanwhile_is_not_told_of(practice: Practice) -> None:
    [session_id] = unwritten(practice, "Jo Bloggs")
    put_reminders(practice.app, OVER + 4 * DAY)
    write_note(practice.app, session_id, "She came.", OVER + 4 * DAY)

    practice.clock.set(OVER + 4 * DAY)
    send(practice)

    assert (["withdrawn"], []) == (fates(practice, "reminder"), reminders(practice))


def test_written_in_time_nothing_comes(practice: Practice) -> None:
    [session_id] = unwritten(practice, "Jo Bloggs")
    write_note(practice.app, session_id, "She came.", OVER)

    assert [] == live(practice, 20)


def test_the_settings_end_it(tmp_path: Path, sqlite_url: str) -> None:
    practice = open_practice(tmp_path, sqlite_url, settings={"PRACTICE_SYNC_NOTES__REMINDERS": "off"})
    unwritten(practice, "Jo Bloggs")

    assert ([], []) == (live(practice, 20), mails(practice, "reminder"))
    practice.app.close()


def test_it_waits_for_the_end_of_quiet_hours(practice: Practice) -> None:
    unwritten(practice, "Jo Bloggs")
    with practice.app.writing() as records:
        set_practitioner(records, practice.practitioner_id, {"quiet_hours": "21:00-13:00"})

    practice.clock.set(OVER + 3 * DAY)
    send(practice)
    assert [] == reminders(practice)
    practice.clock.forward(hours=4)
    send(practice)

    assert 1 == len(reminders(practice))
