"""Episodes, how the work stands, and the flags: each rule on both sides of its limit."""

from datetime import date, timedelta

import pytest

from sync.domain.attendance.agreement import Agreement, Cadence, Ending, EndingType, Pause
from sync.domain.attendance.episodes import Close, Standing
from sync.domain.attendance.flags import RULES, Flag, flags_of, missed_near_a_low
from sync.domain.attendance.line import attendance_line
from sync.domain.attendance.view import View
from tests.domain.attendance.builders import FIRST, at, seen, state, week, weekly

WEEKLY = Agreement((Cadence(7),))
AHEAD = {"k": "s"}


def names(view: View) -> list[str]:
    return [flag.name for flag in flags_of(view)]


def the(name: str, view: View) -> Flag:
    [flag] = [flag for flag in flags_of(view) if flag.name == name]
    return flag


def booked(view_letters: str, agreement: Agreement = WEEKLY) -> View:
    """Sessions every week, the last letter being one that lies ahead."""
    return seen(weekly(view_letters + "s"), week(len(view_letters) - 1), agreement)


def test_ninety_days_without_a_session_open_a_new_episode() -> None:
    states = [state(FIRST), state(FIRST + timedelta(days=89)), state(FIRST + timedelta(days=89 + 90))]
    view = seen(states, FIRST + timedelta(days=180))

    assert [(2, Close.NEW_EPISODE), (1, None)] == [(len(e.sessions), e.close) for e in view.episodes]
    assert 1 == len(seen(states, FIRST + timedelta(days=180), new_episode_days=91).episodes)


def test_a_pause_opens_no_new_episode() -> None:
    states = [state(FIRST), state(FIRST + timedelta(days=100))]
    pause = Pause(FIRST + timedelta(days=10), FIRST + timedelta(days=60))

    view = seen(states, FIRST + timedelta(days=101), Agreement((), (pause,)))
    assert 1 == len(view.episodes)


def test_the_first_session_after_an_end_opens_a_new_episode() -> None:
    ended = Ending(week(2), EndingType.PLANNED, reopened_on=week(3))

    view = seen(weekly("kkk.kk"), week(5), Agreement((), (), (ended,)))
    assert [(3, ended), (2, None)] == [(len(e.sessions), e.ending) for e in view.episodes]
    assert Standing.ONGOING is view.standing


def test_the_end_is_proposed_at_90_days_and_made_for_the_books_at_180() -> None:
    def present(days: int) -> tuple[bool, object, Standing]:
        view = seen([state(FIRST)], FIRST + timedelta(days=days))
        return view.episodes[-1].propose_close, view.episodes[-1].close, view.standing

    assert (False, None, Standing.LAPSED) == present(89)
    assert (True, None, Standing.LAPSED) == present(90)
    assert (False, Close.ADMINISTRATIVE, Standing.CLOSED) == present(180)


@pytest.mark.parametrize(
    ("standing", "letters", "weeks", "agreement"),
    [
        (Standing.NOTHING, "", 0, Agreement()),
        (Standing.STARTING, "..s", 0, Agreement()),
        (Standing.NEVER_STARTED, "nl", 2, Agreement()),
        (Standing.STARTING, "n?", 2, Agreement()),
        (Standing.ONGOING, "kkk", 6, WEEKLY),
        (Standing.LAPSED, "kkk", 7, WEEKLY),
        (Standing.ONGOING, "kkk", 7, Agreement((Cadence(14),))),
        (Standing.RETURNING, "kkk" + "." * 5 + "s", 7, WEEKLY),
        (Standing.PAUSED, "kkk", 7, Agreement((Cadence(7),), (Pause(week(3)),))),
        (Standing.ENDED, "kkk", 7, Agreement((), (), (Ending(week(3)),))),
        (Standing.ENDED, "n", 7, Agreement((), (), (Ending(week(3)),))),
        (Standing.ONGOING, "kkkk", 4, Agreement((), (), (Ending(week(2)),))),
    ],
)
def test_how_the_work_stands(standing: Standing, letters: str, weeks: int, agreement: Agreement) -> None:
    assert standing is seen(weekly(letters), week(weeks), agreement).standing


@pytest.mark.parametrize(
    ("fires", "letters"),
    [
        (True, "kkkknl"),
        (True, "kkkknpel"),
        (False, "kkkknkl"),
        (False, "kkkknne k".replace(" ", "")),
        (False, "kkkkns"),
        (False, "kkkke"),
        (False, "kkkkn"),
    ],
)
def test_a1_two_misses_in_a_row(fires: bool, letters: str) -> None:
    assert fires == ("A1" in names(booked(letters)))


def test_a1_says_what_was_seen_and_what_is_booked() -> None:
    flag = the("A1", booked("kkkknl"))

    assert (
        "The last 2 appointments that count did not take place (1 no-show, 1 late cancellation). "
        "The next is booked." == flag.words
    )
    assert [week(4), week(5)] == [fate.day for fate in flag.evidence]


def test_a2_three_misses_within_ninety_days() -> None:
    assert "A2" in names(booked("kknknkn"))
    assert "A2" not in names(booked("kknknk"))
    assert "A2" not in names(booked("n" + "k" * 12 + "nkn"))
    assert "A2" in names(booked("n" + "k" * 9 + "nkn"))


def test_a3_a_no_show_before_the_third_kept_session() -> None:
    assert [True, False] == ["A3" in names(booked(letters)) for letters in ("knkk", "kkkn")]
    assert "A3" not in names(booked("klkk")), "a late cancellation is none"
    assert "A3" not in names(booked("kn" + "k" * 13)), "it is long ago"
    assert "A3" in names(booked("kkkk" + "." * 14 + "nkk")), "what led to the present episode counts"


def test_a4_the_open_gap() -> None:
    def after(days: int, letters: str = "kkkkk", agreement: Agreement = WEEKLY) -> bool:
        return "A4" in names(seen(weekly(letters), week(4) + timedelta(days=days), agreement))

    assert [False, True] == [after(17), after(18)]
    assert [False, True] == [after(18, agreement=Agreement((Cadence(14),))), after(18, agreement=Agreement())]
    assert not after(18, "kkkkk....s"), "the next is booked"
    assert not after(18, agreement=Agreement((Cadence(7),), (Pause(week(5)),)))


def test_a4_says_whether_the_spacing_was_agreed() -> None:
    words = [
        the("A4", seen(weekly("kkkkk"), week(7), agreement)).words for agreement in (WEEKLY, Agreement())
    ]

    assert [
        "21 days since the last kept session (agreed every 7 days), and nothing is booked.",
        "21 days since the last kept session (usual every 7 days), and nothing is booked.",
    ] == words


def test_a5_the_spacing_drifts() -> None:
    drifting = "k" * 9 + ".k" * 4
    today = week(len(drifting) - 1)
    states = [*weekly(drifting), state(today + timedelta(days=14), "s")]

    assert (
        "The last four gaps are 14 days at the median, the eight before were 7."
        == the("A5", seen(states, today)).words
    )
    assert "A5" not in names(seen(weekly("k" * 13 + "s"), week(12)))
    changed = Agreement((Cadence(7), Cadence(14, week(9))))
    assert "A5" not in names(seen(states, today, changed)), "another spacing was agreed"


def test_a6_nothing_is_booked_although_it_usually_is() -> None:
    booked_ahead = weekly("kkkkkk")
    one_by_one = [each._replace(created_at=each.starts_at - timedelta(days=5)) for each in booked_ahead]

    assert "A6" in names(seen(booked_ahead, week(5)))
    assert "A6" not in names(seen(one_by_one, week(5)))
    assert "A6" not in names(seen(weekly("kkkkkks"), week(5)))
    assert "A6" not in names(seen([s._replace(is_history=True) for s in booked_ahead], week(5)))


def test_a7_is_never_among_those_for_the_manager_and_needs_a_low_within_two_weeks() -> None:
    view = booked("kkkkkn")

    assert "A7" not in names(view)
    assert missed_near_a_low(view, []) is None
    assert missed_near_a_low(view, [week(5) - timedelta(days=15)]) is None
    near = missed_near_a_low(view, [week(5) - timedelta(days=14)])
    assert near is not None
    assert ("A7", [week(5)]) == (near.name, [fate.day for fate in near.evidence])


def test_of_work_that_has_ended_no_flag_is_raised() -> None:
    assert [] == names(seen(weekly("kkknn"), week(6), Agreement((), (), (Ending(week(5)),))))


def test_every_flag_has_its_rule_and_its_evidence_grade() -> None:
    direct = {name for name, (_, grade) in RULES.items() if grade == "direct"}

    assert {f"A{number}" for number in range(1, 8)} == set(RULES)
    assert {"A1", "A2", "A3"} == direct


@pytest.mark.parametrize(
    ("letters", "sentence"),
    [
        ("kkkkkkke", "7 of the last 8 appointments kept, 1 cancelled in time; the next is booked."),
        ("kkkk", "4 of the last 4 appointments kept; the next is booked."),
        ("n", "The last appointment was not kept (1 no-show); the next is booked."),
        ("kknl", "2 of the last 4 appointments kept, 1 no-show, 1 cancelled late; the next is booked."),
        ("p", ""),
    ],
)
def test_the_line_tells_counts(letters: str, sentence: str) -> None:
    assert sentence == attendance_line(booked(letters)).sentence


def test_before_a_session_the_line_tells_of_the_one_after_it() -> None:
    view = seen(weekly("kks"), week(1))

    assert (
        "2 of the last 2 appointments kept; nothing is booked after this one."
        == attendance_line(view, at(week(2))).sentence
    )


def test_a_year_with_one_client_by_hand() -> None:
    """Weekly from January; a holiday in August; two misses in October; nothing since 3 November.

    January to July 27 hours of which two were cancelled in time and one by the practitioner; on the last
    Tuesday but one of June she gave the hour up a day before and had another on Thursday.
    """
    first = "kkkkkekkkkkkpkkkkkkkkkkkkekk"  # 28 weeks: 6 January to 14 July
    states = weekly(first)
    given_up = states[24]._replace(
        status="cancelled",
        cancelled_by="client",
        late=True,
        cancelled_at=states[24].starts_at - timedelta(hours=20),
    )
    instead = state(
        week(24) + timedelta(days=2), "k", 15, created_at=states[24].starts_at - timedelta(hours=20)
    )
    states[24:25] = [given_up, instead]
    autumn = date(2026, 9, 1)
    states += weekly("kkkkknlkkk", autumn)  # 1 September to 3 November
    pause = Pause(date(2026, 7, 20), date(2026, 8, 31))
    view = seen(states, date(2026, 11, 24), Agreement((Cadence(7),), (pause,)))

    assert 39 == len(view.fates)
    everything = attendance_line(view)
    assert "6 of the last 8 appointments kept, 1 no-show, 1 cancelled late; nothing is booked." == (
        everything.sentence
    )
    # 27 August to 24 November are the 90 days: all ten hours of autumn lie in them.
    assert (8, 1, 1) == (
        view.ninety_days.kept,
        view.ninety_days.no_show,
        view.ninety_days.late_cancel,
    )
    assert 80 == view.ninety_days.attendance_rate.percent
    # From 14 July to 1 September are 49 days, 42 of them in the pause: on cadence.
    [summer] = [gap for gap in view.rhythm.gaps if gap.before.day == autumn]
    assert (7, True) == (summer.days, summer.is_on_cadence)
    # Gaps within 90 days: 1 Sep (7), 8, 15, 22, 29 Sep, 20 Oct (21 days), 27 Oct, 3 Nov; the open one is 21.
    assert (7, 9) == (view.rhythm.adherence.part, view.rhythm.adherence.whole)  # type: ignore[union-attr] # four at least
    # 27 to 30 August in the pause: 86 days of the 90 count, which means 12.3 sessions.
    assert view.coverage is not None
    assert (8, 12.3) == (view.coverage.kept, round(view.coverage.expected, 1))
    # 21 days since: more than 2 × 7 + 3, no more than 28.
    assert Standing.ONGOING is view.standing
    assert ["A4", "A6"] == names(view)


def test_work_is_not_closed_while_something_is_booked_or_a_pause_was_planned() -> None:
    booked_again = [state(FIRST), state(FIRST + timedelta(days=190), "s")]
    view = seen(booked_again, FIRST + timedelta(days=185))
    paused = seen([state(FIRST)], FIRST + timedelta(days=400), Agreement((), (Pause(week(1)),)))

    assert (None, False, Standing.RETURNING) == (
        view.episodes[-1].close,
        view.episodes[-1].propose_close,
        view.standing,
    )
    assert (None, Standing.PAUSED) == (paused.episodes[-1].close, paused.standing)
