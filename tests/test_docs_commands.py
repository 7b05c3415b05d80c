"""Every command and option that a manual or the program names is one that the program has."""

import re
import shlex
from collections.abc import Iterator

import click
import pytest

import cli
from tests.manuals import FENCE, MANUALS, README, SOURCES, SPAN, Quoted, spans, strings, told

OUR_NAME = "practice-sync "


def commands() -> dict[tuple[str, ...], click.Command]:
    """Every command and subcommand by its words."""
    context = click.Context(cli.practice_sync)
    found: dict[tuple[str, ...], click.Command] = {}
    for name in cli.COMMANDS:
        command = cli.practice_sync.get_command(context, name)
        assert command is not None
        found[name,] = command
        if isinstance(command, click.Group):
            found |= {(name, sub): each for sub, each in command.commands.items()}
    return found


ALL = commands()
OPTIONS = {option for command in ALL.values() for param in command.params for option in param.opts} | {
    "--help"
}


def spoken_of(readme: str) -> set[tuple[str, ...]]:
    """The commands that the README's table names: in a row, a word alone belongs to the group before it."""
    found: set[tuple[str, ...]] = set()
    for row in re.findall(r"^\| (`.*?) \|", readme, re.MULTILINE):
        group = ""
        for name in spans(row):
            words = tuple(name.split())
            if words[0] in cli.COMMANDS:
                group = words[0]
                found |= {words[:1], words}
            else:
                found.add((group, *words))
    return found


def is_the_group_itself(path: tuple[str, ...]) -> bool:
    """Whether this `list` is what its group does when it is called alone."""
    group = ALL[path[:1]]
    return path[1:] == ("list",) and isinstance(group, click.Group) and group.invoke_without_command


def test_every_command_has_help_and_stands_in_the_readme() -> None:
    spoken = spoken_of(told(README))

    assert [] == [path for path, command in ALL.items() if not (command.help or "").strip()]
    assert set() == {path for path in ALL if path not in spoken and not is_the_group_itself(path)}
    assert set() == spoken - set(ALL)


def command_lines_of_manuals() -> Iterator[Quoted]:
    for manual in MANUALS:
        text = told(manual)
        for _, block in FENCE.findall(text):
            for line in block.splitlines():
                if OUR_NAME in line:
                    yield Quoted(line.partition(OUR_NAME)[2], manual.name)
        for span in spans(text):
            if span.startswith(OUR_NAME):
                yield Quoted(span.removeprefix(OUR_NAME), manual.name)
            elif span.split()[0] in cli.COMMANDS:
                yield Quoted(span, manual.name)


def command_lines_of_code() -> Iterator[Quoted]:
    for file in SOURCES:
        for text in strings(file):
            for words in re.findall(rf"(?<![\w/.-]){OUR_NAME}([a-z][^`\n]*)", text):
                yield Quoted(words, file.name)


def what_is_wrong(line: str, *, complete: bool = False) -> str:
    """Why `practice-sync <line>` would not be taken, else empty. `complete`: nothing may be missing."""
    command: click.Command = cli.practice_sync
    words = shlex.split(line, comments=True)
    while True:
        context = click.Context(command)
        try:
            given, rest, _ = command.make_parser(context).parse_args(words)
        except click.UsageError as refused:
            return refused.format_message()
        if complete and (missing := missing_from(command, given)):
            return f"{missing} is missing"
        if not rest:
            return ""
        if not isinstance(command, click.Group):
            return f"too many words: {rest}"
        next_one = command.get_command(context, rest[0])
        if next_one is None:
            return f"there is no command {rest[0]}"
        command, words = next_one, rest[1:]


def missing_from(command: click.Command, given: dict[str, object]) -> str:
    wanted = (p for p in command.params if isinstance(p, click.Option) and p.required)
    return next((option.opts[0] for option in wanted if option.name not in given), "")


def test_every_command_line_that_the_manuals_show_is_one() -> None:
    lines = list(command_lines_of_manuals())

    assert len(lines) > 20
    assert [] == [(each, wrong) for each in lines if (wrong := what_is_wrong(each.words))]


def test_every_command_line_that_the_program_says_is_one() -> None:
    lines = list(command_lines_of_code())

    assert len(lines) > 40
    assert [] == [(each, wrong) for each in lines if (wrong := what_is_wrong(each.words))]


def test_what_the_program_tells_to_run_lacks_no_option() -> None:
    lines = command_lines_of_code()

    assert [] == [(each, wrong) for each in lines if (wrong := what_is_wrong(each.words, complete=True))]


def test_every_option_that_is_named_exists() -> None:
    named = [Quoted(span, manual.name) for manual in MANUALS for span in spans(told(manual))]
    named += [
        Quoted(words, file.name) for file in SOURCES for text in strings(file) for words in SPAN.findall(text)
    ]
    of_ours = [each for each in named if each.words.startswith("--")]
    wrong = [
        (each.place, word)
        for each in of_ours
        for word in each.words.split()
        if word.startswith("--") and word not in OPTIONS
    ]

    assert len(of_ours) > 5
    assert [] == wrong


@pytest.mark.parametrize(
    "line", ["pul", "pull --ful", "note show", "init now", "sessions mark one held more", "connect fax X"]
)
def test_a_line_that_is_none_is_told(line: str) -> None:
    assert (line != "note show") == bool(what_is_wrong(line))
