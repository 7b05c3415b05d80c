"""What is said of a client's rhythm at the door: cadence, pause, end, and that it goes on."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.cli.conftest import Door


@pytest.fixture
def practice(door: Door) -> Door:
    door("init")
    door("practitioners", "add", "Ana Okafor", "ana@practice.example")
    door("clients", "add", "Jo Bloggs", "--cadence", "7")
    return door


def told(practice: Door) -> dict[str, Any]:
    [client] = practice("clients", "--json").json
    return {name: client[name] for name in ("status", "cadence_days", "cadences", "pauses", "endings")}


def test_a_cadence_holds_from_its_day_on(practice: Door) -> None:
    assert 7 == told(practice)["cadence_days"]

    assert "JB comes every 14 days.\n" == practice("clients", "cadence", "JB", "14").out
    assert "JB comes every 14 days already.\n" == practice("clients", "cadence", "JB", "14").out
    assert 14 == told(practice)["cadence_days"]
    today = f"{datetime.now(UTC):%Y-}"
    first, second = told(practice)["cadences"]
    assert ({"days": 7, "valid_from": None}, 14) == (first, second["days"])
    assert second["valid_from"].startswith(today)


def test_a_pause_is_planned_with_both_its_days_and_its_reason_is_sealed(practice: Door) -> None:
    said = practice(
        "clients", "pause", "JB", "--from", "today", "--to", "tomorrow", "--reason", "Reha CANARY"
    )

    assert (0, True) == (said.code, said.out.startswith("JB pauses from "))
    assert "paused" == told(practice)["status"]
    assert ["Reha CANARY"] == [pause["reason"] for pause in told(practice)["pauses"]]
    assert "paused: Reha CANARY" in practice("clients").out
    for report in (practice("attendance"), practice("attendance", "--json")):
        assert (0, False) == (report.code, "Reha" in report.told + report.out)
    assert b"CANARY" not in practice.stored()
    assert "JB is active now.\n" == practice("clients", "reopen", "JB").out
    assert ("active", []) == (told(practice)["status"], told(practice)["pauses"])


@pytest.mark.parametrize(
    ("words", "remedy"),
    [
        (("pause", "JB", "--from", "2026-08-03", "--to", "2026-08-02"), "`--to`"),
        (("pause", "JB", "--to", "9999-12-31"), "`--to`"),
        (("end", "JB", "--on", "2999-01-01"), "once the work has ended"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    practice: Door, words: tuple[str, ...], remedy: str
) -> None:
    before = practice.stored()

    said = practice("clients", *words)
    assert (1, True, before) == (said.code, remedy in said.told, practice.stored())


def test_a_day_before_anybodys_time_is_refused(practice: Door) -> None:
    said = practice("clients", "end", "JB", "--on", "0001-01-01")

    assert (2, True) == (said.code, "from 1900 on" in said.told)


def test_the_end_says_how_it_was_and_may_be_said_again(practice: Door) -> None:
    yesterday = f"{datetime.now(UTC) - timedelta(days=1):%Y-%m-%d}"
    practice("clients", "end", "JB")
    practice("clients", "end", "JB", "--type", "client-told", "--on", yesterday, "--goals", "open")

    assert "ended" == told(practice)["status"]
    assert [{"on": yesterday, "type": "client-told", "goals_met": False, "reopened": None}] == told(practice)[
        "endings"
    ]
