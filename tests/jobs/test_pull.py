"""A pass over the calendar: appointments become sessions, and follow the calendar from then on."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.practice import WEDNESDAY, Practice, open_practice

TOMORROW = WEDNESDAY + timedelta(days=1)


@pytest.fixture
def practice(tmp_path: Path, database_url: str) -> Iterator[Practice]:
    opened = open_practice(tmp_path, database_url)
    yield opened
    opened.app.close()


def test_an_appointment_of_a_client_becomes_a_session_with_a_stub_and_a_briefing(practice: Practice) -> None:
    client = practice.client("Jo Bloggs")
    practice.put("Jo Bloggs", TOMORROW)

    report = practice.once()

    session = practice.the_session()
    assert 1 == report.counts["created"]
    assert (client.id, TOMORROW, "scheduled", 1) == (
        session.client_id,
        session.starts_at,
        session.status,
        session.number,
    )
    assert "stub" == session.note_status
    assert session.briefing is not None
    assert ("pending", TOMORROW - timedelta(hours=1)) == (session.briefing.status, session.briefing.due_at)
