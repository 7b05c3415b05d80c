"""Entering what a questionnaire gave, and what is refused; nothing is kept then."""

from datetime import date, timedelta

import pytest

from sync.domain.briefing.privacy import Privacy
from sync.domain.people import Client
from sync.domain.progress.evidence import Evidence
from sync.domain.progress.instruments.phq9 import PHQ9
from sync.domain.progress.instruments.totals import ORS, SRS
from sync.errors import Refused
from sync.jobs.assigning import assign_session
from sync.jobs.attendance import ReportWish, attendance_report
from sync.jobs.brief import briefing_for
from sync.jobs.marks import mark_session
from sync.jobs.measures import MeasureEntry, enter, measures_of, void
from sync.jobs.progress import progress_of
from tests.jobs.looking import TOMORROW
from tests.practice import WEDNESDAY, Practice

YESTERDAY = WEDNESDAY - timedelta(days=1)


@pytest.fixture
def jo(practice: Practice) -> Client:
    person = practice.client("Jo Bloggs")
    practice.put("Jo Bloggs", YESTERDAY)
    practice.put("Jo Bloggs", TOMORROW)
    practice.once()
    return person


def totals(practice: Practice, client: Client) -> list[float]:
    return [each.total for each in measures_of(practice.app, client.id, WEDNESDAY).results]


def test_it_is_of_today_or_of_its_sessions_day_or_of_the_day_that_is_said(
    practice: Practice, jo: Client
) -> None:
    session = practice.sessions()[0]
    wishes = [
        MeasureEntry(PHQ9, total=1),
        MeasureEntry(PHQ9, total=2, session_id=session.id),
        MeasureEntry(PHQ9, total=3, taken_on=date(2026, 5, 4)),
    ]

    made = [enter(practice.app, jo.id, wish, WEDNESDAY) for wish in wishes]

    assert [date(2026, 6, 10), date(2026, 6, 9), date(2026, 5, 4)] == [each.taken_on for each in made]
    assert Evidence(session.id, session.starts_at) == made[1].session


def test_what_cannot_be_is_refused_and_nothing_is_kept(practice: Practice, jo: Client) -> None:
    kim = practice.client("Kim Mori")
    wrong = [
        MeasureEntry(PHQ9),
        MeasureEntry(PHQ9, total=28),
        MeasureEntry(PHQ9, answers=[0] * 8),
        MeasureEntry(ORS, answers=[1] * 4),
        MeasureEntry(PHQ9, total=3, taken_on=date(2026, 6, 11)),
    ]
    for wish in wrong:
        with pytest.raises(Refused):
            enter(practice.app, jo.id, wish, WEDNESDAY)
    with pytest.raises(Refused, match="another client"):
        enter(
            practice.app, kim.id, MeasureEntry(PHQ9, total=3, session_id=practice.sessions()[0].id), WEDNESDAY
        )

    assert [] == totals(practice, jo) + totals(practice, kim)


def test_the_same_twice_is_one_until_it_is_voided(practice: Practice, jo: Client) -> None:
    made = enter(practice.app, jo.id, MeasureEntry(PHQ9, total=3), WEDNESDAY)
    with pytest.raises(Refused, match="already"):
        enter(practice.app, jo.id, MeasureEntry(PHQ9, total=3), WEDNESDAY)

    for reason in ("", "x" * 201):
        with pytest.raises(Refused):
            void(practice.app, made.id, reason, WEDNESDAY)
    void(practice.app, made.id[:8], "of another client", WEDNESDAY)
    with pytest.raises(Refused, match="voided already"):
        void(practice.app, made.id, "again", WEDNESDAY)
    with pytest.raises(Refused, match="No result"):
        void(practice.app, "nothing", "again", WEDNESDAY)

    assert made.id != enter(practice.app, jo.id, MeasureEntry(PHQ9, total=3), WEDNESDAY).id
    assert [3, 3] == totals(practice, jo)


def test_a_session_that_was_given_to_another_client_is_no_longer_named(
    practice: Practice, jo: Client
) -> None:
    session, kim = practice.sessions()[0], practice.client("Kim Mori")
    enter(practice.app, jo.id, MeasureEntry(PHQ9, total=3, session_id=session.id), WEDNESDAY)

    assign_session(practice.app, session.id, kim.id, WEDNESDAY)

    [kept] = measures_of(practice.app, jo.id, WEDNESDAY).results
    assert (None, 3) == (kept.session, kept.total)
    assert [] == totals(practice, kim)


def test_progress_and_the_briefing_say_what_was_answered_about_risk(practice: Practice, jo: Client) -> None:
    enter(practice.app, jo.id, MeasureEntry(PHQ9, answers=[0] * 8 + [2]), WEDNESDAY)
    ahead = practice.sessions()[-1]

    seen = progress_of(practice.app, jo.id, WEDNESDAY)
    with practice.app.reading() as records:
        page = briefing_for(practice.app, records, ahead.id, WEDNESDAY, Privacy.CODE)
        before = briefing_for(practice.app, records, ahead.id, YESTERDAY, Privacy.CODE)

    assert seen.at_risk
    assert ["PHQ-9"] == [measure.instrument.name for measure in seen.measures]
    assert "2 (More than half the days) on 10 June." in page.safety.items[0].text
    assert () == before.safety.items


def test_a_miss_near_a_session_rated_low_is_flagged_for_her_alone(practice: Practice, jo: Client) -> None:
    mark_session(practice.app, practice.sessions()[0].id, "no_show", WEDNESDAY)
    before = progress_of(practice.app, jo.id, WEDNESDAY)

    enter(practice.app, jo.id, MeasureEntry(SRS, total=30), WEDNESDAY)
    after = progress_of(practice.app, jo.id, WEDNESDAY)

    assert "A7" not in [flag.name for flag in before.attendance.flags]
    assert "A7" in [flag.name for flag in after.attendance.flags]
    with practice.app.reading() as records:
        page = briefing_for(practice.app, records, practice.sessions()[-1].id, WEDNESDAY, Privacy.CODE)
    assert any("a lower stretch or a low SRS" in line for line in page.attendance)
    report = attendance_report(practice.app, ReportWish(), WEDNESDAY)
    assert "A7" not in [flag.name for each in report.sections[0].clients for flag in each.flags]
