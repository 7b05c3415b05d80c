"""What a person types about questionnaires."""

import re

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
