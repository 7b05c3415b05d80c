"""The attendance report at the door: a table, JSON, CSV and a page of the same numbers."""

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.conftest import Door, in_hours


@pytest.fixture
def practice(door: Door) -> Door:
    door.ready()
    door("clients", "add", "Jo Bloggs", "--cadence", "7")
    for days in (1, 2):
        door.put("Jo Bloggs", in_hours(-24 * days))
    door.put("Jo Bloggs", in_hours(48))
    door("once")
    return door


def test_the_report_is_one_thing_in_every_form(practice: Door, tmp_path: Path) -> None:
    page = tmp_path / "report.html"

    table = practice("attendance")
    document = practice("attendance", "--json").json
    rows = list(csv.DictReader(io.StringIO(practice("attendance", "--csv", "-").out)))
    written = practice("attendance", "--html", str(page))

    assert (0, True) == (table.code, "2 of 2" in table.out)
    assert all(len(line) <= 80 for line in table.out.splitlines())
    [client], [summary] = document["clients"], document["practitioners"]
    assert ("JB", "ongoing", 2, None) == (
        client["code"],
        client["standing"],
        client["counts"]["kept"],
        client["attendance_rate"]["percent"],
    )
    assert (True, None, "Ana Okafor") == (summary["suppressed"], summary["counts"], summary["practitioner"])
    assert [("JB", "2")] == [(row["client"], row["kept"]) for row in rows]
    assert (0, "", 0o600) == (written.code, written.out, page.stat().st_mode & 0o777)
    assert "JB" in page.read_text()
    assert "Bloggs" not in page.read_text() + table.out + str(document) + str(rows)


def test_the_days_can_be_chosen(practice: Door) -> None:
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    document = practice("attendance", "--from", "today", "--to", "today", "--json").json

    assert (today, today, 0) == (document["from"], document["to"], document["clients"][0]["counts"]["kept"])


@pytest.mark.parametrize(
    "words", [("--from", "2026-08-02", "--to", "2026-08-01"), ("--practitioner", "nobody@x.example")]
)
def test_what_cannot_be_is_refused(practice: Door, words: tuple[str, ...]) -> None:
    said = practice("attendance", *words)

    assert (1, "") == (said.code, said.out)
