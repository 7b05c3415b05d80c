"""`progress --sheet` at the door: approved one by one, shown in those words, and never before."""

import stat
from pathlib import Path

import pytest

from tests.cli.conftest import Door
from tests.cli.test_progress import written

MORE = '#boundaries\nHelped: walks +1\n- [x] ring Oona\nShe said: "Nobody may read this."\n'
HELD = "this has got better since"


@pytest.fixture
def risen(door: Door) -> Door:
    door.monkeypatch.setenv("PRACTICE_SYNC_SYNC__PAST_DAYS", "90")
    written(door, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, more=MORE)
    return door


def states(door: Door) -> dict[str, str]:
    told = door("progress", "JB", "--sheet", "--json").json
    return {each["key"]: each["state"] for each in told["statements"] if each["evidence"]}


def test_only_what_was_approved_is_on_the_sheet(risen: Door, tmp_path: Path) -> None:
    before = risen("progress", "JB", "--sheet")

    assert (1, "") == (before.code, before.out)
    assert "held.sleep" in before.err
    assert "--approve KEY" in before.told

    page = risen("progress", "JB", "--sheet", "--approve", "held.sleep", "--withhold", "done.ring-oona")
    assert HELD in page.out
    assert [] == [word for word in ("alks", "Oona", "Nobody", "Jo", "of 10") if word in page.out], page.out
    assert "practised.walks" in page.err
    assert "done.ring-oona" not in page.err
    assert {
        "held.sleep": "approved",
        "done.ring-oona": "withheld",
        "practised.walks": "waiting",
    } == states(risen)

    file = tmp_path / "sheet.html"
    named = risen("progress", "JB", "--sheet", "--name", "--html", str(file))
    assert 0 == named.code
    assert "Dear Jo," in file.read_text()
    assert HELD in file.read_text()
    assert "alks" not in file.read_text()
    assert 0o600 == stat.S_IMODE(file.stat().st_mode)


def test_on_a_terminal_each_is_asked_about_and_enter_is_no(
    risen: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sync.commands.sheet.at_terminal", lambda: True)

    page = risen("progress", "JB", "--sheet", stdin="\ny\n\n")
    assert 3 == page.out.count("Put it on the sheet?")
    assert {"practised.walks": "withheld", "done.ring-oona": "approved", "held.sleep": "withheld"} == states(
        risen
    )

    again = risen("progress", "JB", "--sheet", stdin="")
    assert 0 == again.out.count("Put it on the sheet?")
    assert "“ring Oona”" in again.out


def test_what_cannot_be_meant_is_refused_in_one_line_and_nothing_is_kept(risen: Door, tmp_path: Path) -> None:
    before = risen.stored()
    unknown = risen("progress", "JB", "--sheet", "--approve", "held.sleep", "--approve", "held.slep")
    stray = risen("progress", "JB", "--approve", "held.sleep")

    assert (1, "No statement has the key “held.slep”" in unknown.err) == (unknown.code, True)
    assert (2, "go with --sheet" in stray.told) == (stray.code, True)
    assert before == risen.stored()
    nowhere = risen(
        "progress", "JB", "--sheet", "--approve", "held.sleep", "--html", str(tmp_path / "no" / "x.html")
    )
    assert (1, "cannot be written" in nowhere.told) == (nowhere.code, True)
