"""`progress` at the door: a client's way on one page of a terminal, every statement with its sessions."""

from datetime import UTC, datetime, timedelta

from tests.cli.conftest import Door, in_hours

WEEK = 24 * 7


def written(door: Door, *values: int, label: str = "Sleep", more: str = "") -> list[str]:
    """A session and its note for each value, a week apart, the last one yesterday; their ids."""
    door.ready()
    door("clients", "add", "Jo Bloggs")
    door("connections", "--json")
    starts = [in_hours(-24 - WEEK * back) for back in range(len(values) - 1, -1, -1)]
    for start in starts:
        door.put("Jo Bloggs", start)
    door("pull", "--full")
    ids = [session["id"] for session in door("sessions", "--json").json if session["starts_at"] < _now()]
    for session_id, value in zip(ids, values, strict=True):
        saved = door("note", "write", session_id, "--file", "-", stdin=f"{label}: {value}/10\n{more}")
        assert saved.code == 0, saved
    return ids


def _now() -> str:
    return datetime.now(UTC).isoformat()


def test_without_a_note_there_is_nothing_to_see(door: Door) -> None:
    door.ready()
    door("clients", "add", "Jo Bloggs")

    assert "JB: no note has been written yet.\n" == door("progress", "JB").out
    assert [] == door("progress", "JB", "--json").json["markers"]


def test_a_page_shows_each_marker_with_its_reading(door: Door) -> None:
    door.monkeypatch.setenv("PRACTICE_SYNC_SYNC__PAST_DAYS", "90")
    more = "#boundaries\nHelped: walks +1\n- [ ] walk\nRisk: none\n"
    written(door, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, more=more)

    page = door("progress", "JB").out

    assert "Sleep ▃▃▄▄▅▅▅▅▆▆ first 3, latest 7 of 10 · 10 ratings" in page, page
    assert "A gradual rise since" in page
    assert "boundaries: in 10 sessions, last on" in page
    assert "walks: helpful in 10 of 10 uses (last on" in page
    assert "Still open  walk (since" in page
    assert "Risk        none (" in page
    assert all(len(line) <= 80 for line in page.splitlines())
    assert "Jo Bloggs" not in page


def test_every_statement_in_json_carries_its_evidence(door: Door) -> None:
    door.monkeypatch.setenv("PRACTICE_SYNC_SYNC__PAST_DAYS", "90")
    ids = written(door, 8, 8, 7, 7, 6, 6, 5, 4, label="Panic")

    [marker] = door("progress", "JB", "--json").json["markers"]

    assert ("improving", False, "emotional") == (
        marker["label"],
        marker["higher_is_better"],
        marker["domain"],
    )
    assert ids == [each["session_id"] for each in marker["evidence"]]
    assert (8, 4) == (marker["first"]["value"], marker["latest"]["value"])
    first = datetime.fromisoformat(marker["first"]["date"])
    assert first < datetime.now(UTC) - timedelta(days=49)


def test_the_last_risk_stays_in_sight_whole_below_what_was_noted_since(door: Door) -> None:
    ids = written(door, 5, 5, more="Risk: passive thoughts, no plan\n")
    door("note", "write", ids[-1], "--file", "-", stdin="Talk.\n\nRisk: No risk noted.\n")

    assert "before that: passive thoughts, no plan (" in door("progress", "JB").out
    before = door("progress", "JB", "--json").json["risk"]["before"]
    assert ("passive thoughts, no plan", ids[0]) == (before["text"], before["evidence"][0]["session_id"])


def test_words_of_then_and_now_can_be_dismissed_and_pinned_again(door: Door) -> None:
    door.monkeypatch.setenv("PRACTICE_SYNC_SYNC__PAST_DAYS", "150")
    ids = written(door, *[5] * 16, more="#bus\n")
    hard, light = "It just hits me, I don't see it coming.", "I noticed it and I stayed on for two stops."
    for session_id, said in ((ids[0], hard), (ids[-1], light)):
        door("note", "write", session_id, "--file", "-", stdin=f'She said: "{said}"\n\n#bus\n')

    [pair] = door("progress", "JB", "--json").json["then_and_now"]
    page = door("progress", "JB").out

    assert [(ids[0], hard), (ids[-1], light)] == [(e["session_id"], e["text"]) for e in pair["evidence"]]
    assert f"bus [{pair['key'][:8]}]" in page
    assert f"“{hard}”" in page
    dismissed = door("progress", "JB", "--dismiss", pair["key"][:8]).out
    assert hard not in dismissed
    assert dismissed.startswith("Dismissed: these words are not shown again.")
    assert f"`practice-sync progress JB --pin {pair['key'][:8]}`" in dismissed.splitlines()[1]
    assert hard not in door("progress", "JB").out
    pinned = door("progress", "JB", "--pin", pair["key"]).out
    assert (True, True) == (pinned.startswith("Pinned: "), f"“{hard}”" in pinned)
    refused = door("progress", "JB", "--dismiss", "abcdef12")
    assert (1, True) == (refused.code, "No words of then and now have this key." in refused.err)


def test_every_statement_has_a_key_a_sentence_and_evidence(door: Door) -> None:
    door.monkeypatch.setenv("PRACTICE_SYNC_SYNC__PAST_DAYS", "90")
    more = "#boundaries\nHelped: letter 0\n- [ ] walk\nRisk: none\n\nPlan: Go on as before.\n"
    written(door, *[5, 6] * 4, more=more)

    seen = door("progress", "JB", "--json").json
    statements = [seen["risk"], *seen["last_session"], *seen["markers"], *seen["themes"], *seen["helped"]]
    statements += [*seen["helped"][0]["moves"], *seen["stuck"], *seen["open_threads"]["tasks"]]
    statements += [seen["attendance"]]

    assert 9 == len(statements)
    assert 9 == len({each["key"] for each in statements})
    assert all(each["sentence"] and each["evidence"] for each in statements)
    assert "Go on as before." == seen["last_session"][0]["text"]
    assert "question for supervision" in seen["stuck"][0]["sentence"]


def test_a_goal_left_alone_is_told_of_once(door: Door) -> None:
    door.monkeypatch.setenv("PRACTICE_SYNC_SYNC__PAST_DAYS", "90")
    written(door, *[5] * 8)
    assert 0 == door("goals", "add", "JB", "ride the bus", "--since", "2026-01-01").code

    page = door("progress", "JB").out

    assert (1, 1) == (page.count("ride the bus"), page.count("not named in 8 notes")), page


def test_what_nobody_gave_a_direction_has_no_label(door: Door) -> None:
    door.monkeypatch.setenv("PRACTICE_SYNC_SYNC__PAST_DAYS", "90")
    written(door, 3, 3, 4, 4, 5, 5, 6, 6, label="Zest for stamps")

    [marker] = door("progress", "JB", "--json").json["markers"]

    assert (None, None) == (marker["label"], marker["higher_is_better"])
    assert "which way is better" in door("progress", "JB").out
    assert (
        0
        == door("markers", "add", "JB", "Zest for stamps", "--better", "lower", "--domain", "cognitive").code
    )
    [marker] = door("progress", "JB", "--json").json["markers"]
    assert ("worsening", "cognitive") == (marker["label"], marker["domain"])


def test_an_unknown_client_is_said_to_be_unknown(door: Door) -> None:
    door.ready()

    said = door("progress", "Nobody")

    assert (1, True) == (said.code, "No client has this code" in said.err)
