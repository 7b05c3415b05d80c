"""What a person types about questionnaires."""

import re
from typing import Any

import pytest

from sync.domain.progress.instruments.known import INSTRUMENTS
from tests.cli.conftest import Door
from tests.cli.test_width import too_long
from tests.manuals import ROOT, told


def test_every_questionnaire_is_listed_with_its_licence_and_whose_it_is(door: Door) -> None:
    said = door("measure", "list")

    assert [] == too_long(said.out)
    words = " ".join(said.out.split())
    for instrument in INSTRUMENTS:
        assert f"{instrument.name} · {instrument.about}" in words
        assert instrument.licence in words
        assert instrument.attribution in words


def test_as_json_the_items_are_there_where_they_may_be(door: Door) -> None:
    shown = {each["name"]: each for each in door("measure", "list", "--json").json}

    assert (9, 4, 9) == tuple(
        len(value) if isinstance(value, list) else value
        for value in (shown["PHQ-9"][key] for key in ("items", "answers", "risk_item"))
    )
    assert shown["ORS"]["items"] is None
    assert {"points": 7, "basis": "assumed"}.items() <= shown["K10"]["reliable_change"].items()


def test_the_manual_names_every_questionnaire_and_what_counts_as_change() -> None:
    rows = re.findall(
        r"^\| ([\w -]+) \| (.*?) \| (.*?) \|", told(ROOT / "docs" / "measures.md"), re.MULTILINE
    )
    by_name = {name: (entered, counts) for name, entered, counts in rows}

    for instrument in INSTRUMENTS:
        entered, counts = by_name[instrument.name]
        assert (instrument.form is not None) == ("answers" in entered)
        if instrument.reliable_change is not None:
            assert f"{instrument.reliable_change.points:g} points" in counts
            assert instrument.reliable_change.is_provisional == ("provisional" in counts)


@pytest.fixture
def practice(door: Door) -> Door:
    door("init")
    door("practitioners", "add", "Ana Okafor", "ana@practice.example")
    door("clients", "add", "Jo Bloggs")
    return door


def shown(practice: Door) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = practice("measure", "show", "JB", "--json").json
    return found


def test_two_results_and_what_lies_between_them(practice: Door) -> None:
    first = practice("measure", "enter", "JB", "phq9", "--answers", "2,2,2,2,2,2,1,1,1", "--on", "2026-03-03")
    second = practice("measure", "enter", "jb", "PHQ-9", "--total", "8", "--on", "2026-05-04")
    page = practice("measure", "show", "JB")

    assert (0, 0, 0) == (first.code, second.code, page.code)
    assert "PHQ-9 of 3 March" in first.out
    assert "7 points lower, a reliable change for the better (6 or more, published)" in _line(second.out)
    assert "item 9, “Thoughts that you would be better off dead" in _line(first.out)
    assert "PHQ-9 ▅▃ 15 → 8 · 0 to 27, lower is better · 2 results" in page.out
    assert "PHQ-9 of 4 May" in page.out
    assert "total only; risk items not visible" in page.out
    assert [] == too_long(first.out) + too_long(second.out) + too_long(page.out)
    [course] = shown(practice)
    assert ("PHQ-9", 2, "mild", 6, "published") == tuple(
        course[key] for key in ("name", "n", "band", "rci", "rci_basis")
    )
    assert {"points": -7.0, "reliable": True, "direction": "better"}.items() <= course["change"].items()
    assert [{"session_id": None, "date": "2026-03-03"}] == course["evidence"][:1]
    [told] = practice("progress", "JB", "--json").json["measures"]
    assert course == {name: value for name, value in told.items() if name != "key"} | {"voided": []}
    assert "PHQ-9 ▅▃ 15 → 8" in practice("progress", "JB").out
    assert "Risk        none recorded\n            PHQ-9, item 9, “Thoughts" in practice("progress", "JB").out


def _line(text: str) -> str:
    return " ".join(text.split())


def test_the_items_are_asked_one_by_one_word_for_word(practice: Door) -> None:
    practice.monkeypatch.setattr("sync.commands.measure.at_terminal", lambda: True)

    said = practice(
        "measure", "enter", "JB", "core-10", stdin="".join(["1\n", "x\n", "3\n"] + ["0\n"] * 7 + ["-\n"])
    )

    assert 0 == said.code, said
    assert "4  Most or all the time" in said.out
    assert "© CORE System Trust" in said.out
    assert "2/10  I have felt I have someone to turn to for support when needed" in said.out
    assert [] == too_long(said.out)
    [course] = shown(practice)
    # 1 + (4-3) + (4-0) in nine items; ten ninths of which make 6.7
    assert (6.7, [1, 3, 0, 0, 0, 0, 0, 0, 0, None]) == (
        course["latest"]["value"],
        course["latest"]["answers"],
    )


def test_nothing_is_asked_in_vain(practice: Door) -> None:
    practice.monkeypatch.setattr("sync.commands.measure.at_terminal", lambda: True)

    phq9 = practice("measure", "enter", "JB", "phq9", stdin="-\n" + "1\n" * 9)
    core = practice("measure", "enter", "JB", "core10", stdin="-\n-\n" + "1\n" * 9)
    ors = practice("measure", "enter", "JB", "ors", stdin="24\n")

    early = practice("measure", "enter", "JB", "phq9", "--on", "tomorrow", stdin="1\n" * 9)
    assert (1, "") == (early.code, early.out)
    assert "left out" not in phq9.out
    assert (0, 0, 0) == (phq9.code, core.code, ors.code)
    assert {"PHQ-9": [1] * 9, "CORE-10": [None, *[1] * 9], "ORS": None} == {
        course["name"]: course["latest"]["answers"] for course in shown(practice)
    }


def test_an_answer_can_be_taken_back_while_they_are_asked(practice: Door) -> None:
    practice.monkeypatch.setattr("sync.commands.measure.at_terminal", lambda: True)

    said = practice("measure", "enter", "JB", "phq9", stdin="b\n3\n2\nb\nb\n0\n" + "1\n" * 8)

    assert 0 == said.code, said
    [course] = shown(practice)
    assert [0, *[1] * 8] == course["latest"]["answers"]


def test_a_total_that_is_no_whole_number_is_refused_for_that_reason(practice: Door) -> None:
    said = practice("measure", "enter", "JB", "phq9", "--total", "9.5")

    assert (1, True) == (said.code, "Totals of PHQ-9 are whole numbers from 0 to 27." in said.err)


def test_without_a_terminal_or_with_the_wrong_words_nothing_is_kept(practice: Door) -> None:
    before = practice.stored()
    for words in (
        ["JB", "phq9"],
        ["JB", "nothing", "--total", "3"],
        ["JB", "phq9", "--total", "3", "--answers", "1"],
        ["JB", "phq9", "--answers", "1,2,many"],
        ["JB", "phq9", "--total", "nan"],
        ["JB", "phq9", "--total", "inf"],
    ):
        said = practice("measure", "enter", *words)
        assert (1, "") == (said.code, said.out), words
    assert 1 == practice("measure", "void", "0000", "--reason", "none such").code
    assert before == practice.stored()
    assert [] == shown(practice)
    assert "measure list" in practice("measure", "show", "JB").out


def test_what_was_entered_by_mistake_is_voided_and_still_shown(practice: Door) -> None:
    practice("measure", "enter", "JB", "ors", "--total", "24.5")
    [course] = shown(practice)

    voided = practice("measure", "void", course["latest"]["id"][:8], "--reason", "of another client")

    assert [] == too_long(voided.out)
    assert "practice-sync measure enter JB ORS" in voided.out
    [nothing_left] = shown(practice)
    assert ("ORS", 0, []) == tuple(nothing_left[key] for key in ("name", "n", "results"))
    [gone] = nothing_left["voided"]
    assert (24.5, "of another client") == (gone["value"], gone["reason"])
    assert gone["voided_at"].endswith("Z")
    assert [] == practice("progress", "JB", "--json").json["measures"]
    practice("measure", "enter", "JB", "ors", "--total", "26")
    [course] = shown(practice)
    assert (1, [gone]) == (course["n"], course["voided"])
    assert "24.5 (25 or below) · total only · voided: of another client" in _line(
        practice("measure", "show", "JB").out
    )
