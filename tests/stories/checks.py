"""Holds the records and the letters of a story against its truth."""

from collections import defaultdict
from datetime import datetime

from sync.domain.session_record import SessionRecord
from sync.jobs.notes import note_history
from sync.store.outbox import messages
from tests.stories.life import LEAD, Life
from tests.stories.post import ACCEPTED, Attempt
from tests.stories.truth import Hour, Standing

Letters = dict[str, list[Attempt]]
"""Message-ID to every attempt to deliver it, in order."""


def check_records(life: Life) -> None:
    """Every record says what is true; none is missing, none is too many."""
    records = {record.event_id: record for record in life.practice.sessions()}
    truth = {hour.event_id: hour for hour in life.hours if hour.entered}

    assert len(records) == len(life.practice.sessions())
    assert sorted(truth) == sorted(records)
    for event_id, hour in truth.items():
        assert _as_it_was(hour, life.now) == _as_recorded(records[event_id])


def _as_it_was(hour: Hour, now: datetime) -> tuple[object, ...]:
    return hour.client_id, hour.starts_at, hour.ends_at, hour.status(now), hour.client_declined


def _as_recorded(record: SessionRecord) -> tuple[object, ...]:
    return record.client_id, record.starts_at, record.ends_at, record.status, record.client_declined


def check_contradictions(life: Life) -> None:
    """Where the calendar was tidied after the hour's start, the therapist is asked; her note answers."""
    for hour in life.hours:
        if hour.meddled and not hour.after:
            [record] = [record for record in life.practice.sessions() if record.event_id == hour.event_id]
            assert record.flags


def check_notes(life: Life) -> None:
    """Every text that was ever saved can be read, byte for byte, and stubs stand where they should."""
    written = 0
    records = {record.event_id: record for record in life.practice.sessions()}
    for hour in life.hours:
        if not hour.entered:
            continue
        record = records[hour.event_id]
        history = note_history(life.practice.app, record.id)
        assert [text.encode() for text in hour.texts] == [one.body.encode() for one in history]
        assert _note_status(hour, life.now) in (record.note_status, None)
        written += len(history)
    assert written > 10


def _note_status(hour: Hour, now: datetime) -> str | None:
    if hour.texts:
        return "draft"
    if not hour.lost and hour.starts_at <= now:
        return "stub"
    return None


def check_letters(life: Life) -> None:
    """One briefing for each start of each hour that took place, in time; withdrawn when it no longer held."""
    with life.practice.app.reading() as records:
        assert set() == {mail.reason for mail in messages(records) if mail.status == "failed"}
    briefings = _by_subject(life, "Briefing: ")
    withdrawals = _by_subject(life, "Withdrawn: ")
    for hour in life.hours:
        for start in sorted({standing.starts_at for standing in hour.standings}):
            when = _in_words(life, start)
            _check_start(hour, start, briefings.pop(when, {}), withdrawals.pop(when, {}), life.now)
    assert ({}, {}) == (briefings, withdrawals)


def _by_subject(life: Life, beginning: str) -> dict[str, Letters]:
    found: dict[str, Letters] = defaultdict(lambda: defaultdict(list))
    for attempt in life.post.attempts:
        if attempt.letter.subject.startswith(beginning):
            when = attempt.letter.subject.removeprefix(beginning)
            found[when][attempt.letter.message_id].append(attempt)
    return found


def _in_words(life: Life, at: datetime) -> str:
    local = at.astimezone(life.zone)
    year = "" if local.year == life.now.year else f" {local.year}"
    return f"{local:%A} {local.day} {local:%B}{year}, {local:%H:%M}"


def _check_start(
    hour: Hour, start: datetime, briefings: Letters, withdrawals: Letters, now: datetime
) -> None:
    """Walk through the times in which the hour was agreed for `start`, and take up each letter in turn."""
    for letter in (*briefings.values(), *withdrawals.values()):
        _check_attempts(letter, start)
    told = False
    sent, withdrawn = list(briefings.values()), list(withdrawals.values())
    for standing in (one for one in hour.standings if one.starts_at == start):
        if not told:
            told = _check_told(standing, sent, now)
        if standing.cancelled and told:
            _check_withdrawn(standing, withdrawn)
            told = False
    assert ([], []) == (sent, withdrawn)


def _check_told(standing: Standing, sent: list[list[Attempt]], now: datetime) -> bool:
    """Whether a briefing went out in this stretch; if one was due, it did, and not before it was."""
    earliest = standing.due(LEAD, now, at_the_latest=False)
    latest = standing.due(LEAD, now, at_the_latest=True)
    letter = sent.pop(0) if sent else []
    tries = [one for one in letter if standing.until_seen is None or one.at <= standing.until_seen]
    later = letter[len(tries) :]
    if latest is not None:
        assert tries, "no briefing was sent"
        assert tries[0].at <= latest
    if tries:
        assert earliest is not None, "a briefing for an hour that was not agreed"
        assert earliest <= tries[0].at
    told = any(one.handed_over for one in tries)
    if tries and standing.until is None:
        assert any(one.delivered for one in tries), "a briefing was given up"
    if later:
        assert not told, "a letter was sent again after it had been withdrawn"
        sent.insert(0, later)
    return told


def _check_withdrawn(standing: Standing, withdrawn: list[list[Attempt]]) -> None:
    assert standing.until is not None
    assert standing.until_seen is not None
    assert withdrawn, "no withdrawal was sent"
    assert standing.until <= withdrawn.pop(0)[0].at <= standing.until_seen


def _check_attempts(letter: list[Attempt], start: datetime) -> None:
    """Before the start only; and a second copy only where nobody knew of the first."""
    copies = [attempt for attempt in letter if attempt.handed_over]
    assert all(attempt.at < start for attempt in letter)
    assert len(copies) <= 2
    assert all(attempt.outcome != ACCEPTED for attempt in copies[:-1])
