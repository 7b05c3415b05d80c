"""A permission that ends after seven days is understood, explained, and told beforehand the next time."""

from datetime import timedelta

import pytest

from models import tables
from sync.domain.calendar.links import LinkState
from sync.errors import PermissionEnded, SignInNeeded, SyncError
from sync.jobs.connections import connect, pause, resume
from sync.store.links import LinkWish, SignIn, account, link
from sync.store.practitioners import practitioner
from tests.jobs.looking import HOUR, fates, rows
from tests.practice import ANA, Practice

REFUSED = "Google no longer accepts our permission (invalid_grant)"


def refusing(practice: Practice, monkeypatch: pytest.MonkeyPatch, trouble: SyncError) -> None:
    """From now on Google refuses every question."""

    class Refusing:
        def ring(self, *_: object) -> None:
            raise trouble

        snapshot = event = ring

        def close(self) -> None:
            """Nothing is open."""

    monkeypatch.setattr(practice.app, "source", lambda *_: Refusing())


def granted_anew(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    with practice.app.reading() as records:
        person = practitioner(records, practice.practitioner_id)
    sign_in = SignIn("google", "1", ANA, '{"fresh": 1}')
    connect(practice.app, person, sign_in, [LinkWish(ANA)], practice.clock())


def dead_after_seven_days(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    practice.clock.forward(days=7, minutes=-1)
    practice.once()
    practice.clock.forward(minutes=2)
    refusing(practice, monkeypatch, PermissionEnded(REFUSED))
    practice.once()


def lasted(practice: Practice) -> float | None:
    [row] = rows(practice, tables.Account)
    return row.previous_grant_days


def test_r85_how_long_a_permission_lasted_is_noted_once(
    on_each: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    dead_after_seven_days(on_each, monkeypatch)
    on_each.clock.forward(days=30)
    pause(on_each.app, on_each.link_id, on_each.clock())
    resume(on_each.app, on_each.link_id, on_each.clock())
    on_each.once()

    with on_each.app.reading() as records:
        calendar = link(records, on_each.link_id)
        grant = account(records, calendar.account_id).grant
    assert (LinkState.SIGN_IN, None, 7.0) == (calendar.state, grant.granted_at, grant.previous_days)


def test_another_refusal_says_nothing_of_how_long_a_permission_lasts(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    practice.clock.forward(days=7)
    refusing(practice, monkeypatch, SignInNeeded("the permission to read events is missing"))
    practice.once()

    assert None is lasted(practice)
    assert "Testing" not in practice.inbox.letters[0].text


def test_r85_the_mail_explains_why_and_what_to_do_first(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    dead_after_seven_days(practice, monkeypatch)

    [letter] = practice.inbox.letters
    words = " ".join(letter.text.split())
    assert ["sent"] == fates(practice, "alert")
    assert "after seven days" in words
    assert "Audience, Publish app" in words
    assert "practice-sync connect google" in words


def test_a_permission_that_ended_early_is_not_explained_by_testing(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    practice.clock.forward(days=3)
    practice.once()
    refusing(practice, monkeypatch, PermissionEnded(REFUSED))
    practice.once()

    assert 3.0 == lasted(practice)
    assert "Testing" not in practice.inbox.letters[0].text


def test_r85_the_next_end_is_told_in_the_briefing_a_day_before(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    dead_after_seven_days(practice, monkeypatch)
    granted_anew(practice, monkeypatch)
    practice.client("Jo Bloggs")
    granted_at = practice.clock()
    for days in (5, 6):
        practice.put("Jo Bloggs", granted_at + timedelta(days=days) + 2 * HOUR)
    practice.once()
    practice.inbox.letters.clear()

    for days in (5, 6):
        practice.clock.set(granted_at + timedelta(days=days) + HOUR)
        practice.once()

    early, late = (" ".join(letter.text.split()) for letter in practice.inbox.letters)
    assert "permission" not in early
    assert "Google’s permission will probably end tomorrow, Wednesday 24 June" in late
    assert "GOOGLE’S PERMISSION ENDS SOON" in late


def test_r85_once_a_permission_has_outlived_seven_days_no_end_is_told_of_the_next(
    on_each: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    dead_after_seven_days(on_each, monkeypatch)
    granted_anew(on_each, monkeypatch)  # the app is published by now
    for _ in range(10):
        on_each.clock.forward(days=1)
        on_each.once()

    granted_anew(on_each, monkeypatch)
    on_each.client("Jo Bloggs")
    on_each.put("Jo Bloggs", on_each.clock() + timedelta(days=6) + 2 * HOUR)
    on_each.once()
    on_each.inbox.letters.clear()
    on_each.clock.forward(days=6, hours=1)
    on_each.once()

    [letter] = on_each.inbox.letters
    assert None is lasted(on_each)
    assert "permission" not in letter.text
