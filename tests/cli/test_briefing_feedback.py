"""`briefing feedback` at a terminal: what is called wrong is not said again, until it is taken back."""

from tests.cli.conftest import Door, in_hours
from tests.cli.test_progress import written


def test_a_line_called_wrong_stays_away_and_can_be_taken_back(door: Door) -> None:
    door.monkeypatch.setenv("PRACTICE_SYNC_SYNC__PAST_DAYS", "90")
    written(door, 7, 7, 7, 6, 6, 5, 4, 3, more="Helped: walks +1\nRisk: none\nPlan: stay with it.\n")
    door.put("Jo Bloggs", in_hours(30))
    door("pull")
    session = str(door("sessions", "--json").json[-1]["id"])[:8]

    listed = door("briefing", "feedback", session)
    keys = {
        line.split("  ", 1)[1].split(":")[0]: line[:8] for line in listed.out.splitlines() if "  " in line
    }
    assert "moving down" in " ".join(listed.out.split())
    assert not {"none", "stay with it."} & set(keys)
    assert keys["Sleep"] in door("briefing", "preview", session, "--keys").out

    said = door("briefing", "feedback", session, "--wrong", keys["Sleep"], "--not-useful", keys["walks"])
    assert (0, True) == (said.code, said.out.startswith("Not said again: Sleep"))
    page = door("briefing", "preview", session).out
    assert "stay with it." in page
    assert "moving down" not in page
    assert "walks" not in page
    progress = door("progress", "JB").out
    assert "moving down" not in progress
    assert "walks" not in progress
    told = door("briefing", "feedback", session, "--json").json
    assert {None, "wrong", "dismissed"} >= {each["verdict"] for each in told} >= {"wrong", "dismissed"}

    door("briefing", "feedback", session, "--take-back", keys["Sleep"])
    assert "moving down" in " ".join(door("briefing", "preview", session).out.split())
    unknown = door("briefing", "feedback", session, "--wrong", "abcdef01")
    assert (1, True) == (unknown.code, "No line has this key." in unknown.err)
