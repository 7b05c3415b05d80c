"""The sample by the rule: each course reads as its story says, and nothing false is said on the way."""

import pytest

from sync.demo.sample import sample_clients
from sync.domain.progress.in_words import then_and_now_in_words
from sync.domain.progress.no_risk import says_none
from sync.domain.progress.risk import latest_risk
from sync.domain.progress.trends import DOWN, UP, Label
from tests.demo.courses import kept_weeks, readings_at, written_until

CLIENTS = {client.code: client for client in sample_clients()}

SAID = {
    ("ZA", 1): {"Noticing early signs": Label.IMPROVING, "Panic": Label.IMPROVING},
    ("TN", 2): {"Anger under control": Label.HOLDING_GAINS, "Drinking days": Label.HOLDING_GAINS},
    ("NA", 14): {"Energy": Label.IMPROVING, "Contact with others": Label.IMPROVING},
    ("NA", 9): {"Energy": Label.SETBACK, "Contact with others": Label.SETBACK},
    ("NA", 2): {"Energy": Label.RECENT_LIFT, "Contact with others": Label.RECENT_LIFT},
    ("MNB", 18): {"Hope": Label.STEADY, "Sleep": Label.STEADY},
    ("MNB", 1): {"Hope": Label.WORSENING, "Sleep": Label.WORSENING, "Eating with others": Label.STEADY},
    ("AR", 2): {"Mood": Label.FLUCTUATING, "Self-criticism": Label.STEADY},
    ("KO", 1): {"Exam worry": Label.TOO_EARLY},
    ("IL", 14): {"Loneliness": Label.HOLDING_GAINS},
    ("IL", 8): {"Loneliness": Label.STEADY},
    ("PL", 2): {"Feeling heard": Label.HOLDING_GAINS, "Quarrels that end in silence": Label.IMPROVING},
}
"""What the rule says of each marker when the session of that week is over."""

NEVER = {"ZA": DOWN, "TN": DOWN, "PL": DOWN, "IL": DOWN, "MNB": UP, "AR": UP | DOWN, "KO": UP | DOWN}
"""What would be false at any time."""


@pytest.mark.parametrize(("code", "week"), SAID)
def test_a_course_reads_as_its_story_says(code: str, week: int) -> None:
    found = {name: each.trend for name, each in readings_at(CLIENTS[code], week).items() if each.trend}

    assert SAID[code, week] == {name: trend.label for name, trend in found.items()}
    assert all(trend.confirmed for trend in found.values() if trend.label in UP | DOWN)


@pytest.mark.parametrize("code", NEVER)
def test_nothing_false_is_said_on_the_way(code: str) -> None:
    claimed = [
        (week, name, reading.trend.label.value)
        for week in kept_weeks(CLIENTS[code])
        for name, reading in readings_at(CLIENTS[code], week).items()
        if reading.trend is not None and reading.trend.label in NEVER[code]
    ]

    assert [] == claimed


@pytest.mark.parametrize("code", sorted(CLIENTS.keys() - {"KO"}))
def test_a_client_comes_for_eight_months_or_more(code: str) -> None:
    weeks = kept_weeks(CLIENTS[code])

    assert 7 * (weeks[0] - weeks[-1]) >= 245


def test_words_of_then_stand_beside_words_of_now() -> None:
    pairs = {
        code: {(pair.theme, pair.is_lower) for pair in then_and_now_in_words(written_until(client, 0))}
        for code, client in CLIENTS.items()
    }

    assert ("bus", False) in pairs["ZA"]
    assert ("evenings", True) in pairs["MNB"]
    assert {False} == {lower for code in ("TN", "NA", "PL") for _, lower in pairs[code]}
    assert set() == pairs["KO"]


def test_only_the_one_who_goes_down_is_at_risk_at_the_end() -> None:
    risks = {code: latest_risk(written_until(client, 0)) for code, client in CLIENTS.items()}

    assert {"MNB"} == {code for code, risk in risks.items() if risk and not says_none(risk.latest.text)}
