"""What the commands print fits 80 columns, also in a file or a pipe, and nothing of it is cut off."""

from zoneinfo import ZoneInfo

import pytest

from sync.commands.showing import show_table, show_text
from tests.cli.conftest import Door, in_hours

WIDEST = 80


def too_long(text: str) -> list[str]:
    return [line for line in text.splitlines() if len(line) > WIDEST]


@pytest.fixture
def practice(door: Door) -> Door:
    """A client of many long aliases and addresses, with an hour ahead."""
    door.ready()
    aliases = [f"Another Name Of Hers {number}" for number in range(8)]
    more = ["--email", "a.long.address.of.hers@correspondence.department.example"]
    door("clients", "add", "Josephine Alexandra Bloggs-Featherstonehaugh", *aliases_of(aliases), *more)
    door.put("Josephine Alexandra Bloggs-Featherstonehaugh", in_hours(20))
    door("once")
    return door


def aliases_of(aliases: list[str]) -> list[str]:
    return [word for alias in aliases for word in ("--alias", alias)]


@pytest.mark.parametrize(
    "words",
    [
        ["clients"],
        ["connections"],
        ["practitioners"],
        ["sessions"],
        ["briefing", "list"],
        ["inbox"],
        ["sessions", "carry"],
        ["connections", "history", "ana", "--since", "2024-01-01"],
    ],
)
def test_a_listing_in_a_pipe_fits_a_terminal(practice: Door, words: list[str]) -> None:
    said = practice(*[practice("connections", "--json").json[0]["id"] if w == "ana" else w for w in words])

    assert [] == too_long(said.out)


def test_nothing_is_cut_off_a_table(practice: Door) -> None:
    told = "".join(practice("clients").out.split())

    for number in range(8):
        assert f"Hers{number}" in told
    assert "…" not in told


def test_the_first_column_stays_whole(practice: Door) -> None:
    [session] = practice("sessions", "--json").json

    assert session["id"][:8] in practice("briefing", "list").out


def test_a_path_too_long_for_a_line_has_one_of_its_own(practice: Door) -> None:
    folder = practice.home / ("a-folder-of-a-very-long-name-" * 2)
    practice.monkeypatch.setenv("PRACTICE_SYNC_MAIL__MAILDIR", str(folder))

    said = practice("doctor").out

    assert f"{folder}." in {line.strip() for line in said.splitlines()}
    assert [] == [line for line in too_long(said) if str(practice.home) not in line]


def test_a_moment_is_not_broken_where_other_columns_can_give_way(
    practice: Door,
) -> None:
    [session] = practice("sessions", "--json").json
    practice("sessions", "mark", session["id"], "cancelled")  # the briefing has a reason now

    told = practice("briefing", "list").out

    assert "withdrawn" in told
    assert f"{in_hours(20).astimezone(ZoneInfo('Europe/London')):%a %d %b %H:%M}" in told


def test_wide_letters_are_counted_as_they_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    names = ["山田太郎" * 4 for _ in range(5)]

    show_table(["A", "B", "C", "D", "E"], [names], "")

    assert 20 == capsys.readouterr().out.count("山")


def test_an_error_fits_a_terminal_and_keeps_commands_and_paths_whole(door: Door) -> None:
    home = door.home.parent / ("a-folder-of-a-very-long-name-" * 3)
    home.mkdir()
    (home / "practice.db").write_bytes(b"")
    door.monkeypatch.setenv("PRACTICE_SYNC_HOME", str(home))

    said = door("init")

    assert 1 == said.code
    assert str(home) in {line.strip() for line in said.err.splitlines()}
    assert "`practice-sync init --recover`" in said.err
    assert [] == [line for line in too_long(said.err) if line.strip() != str(home)]


def test_a_command_within_words_is_never_broken(capsys: pytest.CaptureFixture[str]) -> None:
    command = "`practice-sync connections history 3f9a1c2b --since 2021-01-01`"

    for lead in range(40):
        show_text(f"Say it{'!' * lead} {command}.")

    assert 40 == capsys.readouterr().out.count(f"{command}.\n")


def test_a_mistake_of_usage_fits_a_terminal(door: Door) -> None:
    said = door(
        "sessions", "--status", "a-status-that-there-is-not-and-that-is-long-enough", "--from", "today"
    )

    assert 2 == said.code
    assert said.err.startswith("Usage: practice-sync sessions")
    assert "Error: Invalid value for '--status'" in said.told
    assert [] == too_long(said.err)
