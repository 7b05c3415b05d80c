"""Shows results: one JSON document, or a table that fits a terminal."""

import json
import re
import shutil
import sys
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, is_dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import click

from sync.domain.briefing.display import block, one_line

WIDTH = 79
PIPED = 80
"""Columns of a table in a file or a pipe: the same everywhere, and nothing is cut off."""


LONGEST_WHOLE = 22
LEAST_COLUMN = 8
"""What a column may hold to be never broken, and what is left at the least to each of the others."""

_COMMAND = re.compile(r"`[^`]*`\S*|(?<=: )practice-sync .*")
_LEAD = re.compile(r" {0,12}(?:(?:[-*+•·>]|\d{1,3}[.)]) (?:\[.\] )?)?")
_KEPT = "\ue000"
"""A command within words, and the space in it that no line is broken at: no text that is shown holds it."""


def at_terminal() -> bool:
    """Whether somebody sees what is printed and can answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def show_json(value: Any) -> None:
    """Print `value` as one JSON document, moments as RFC 3339 in UTC with `Z`."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=False, default=_plain))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return rfc3339(value)
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    raise TypeError(type(value).__name__)


def rfc3339(moment: datetime | None) -> str | None:
    """`2026-06-16T13:00:00Z`, or None."""
    if moment is None:
        return None
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def local(moment: datetime | None, time_zone: str) -> str:
    """`Tue 16 Jun 2026 14:00` where the practitioner is; a dash for none."""
    return "–" if moment is None else moment.astimezone(ZoneInfo(time_zone)).strftime("%a %d %b %Y %H:%M")


def short(moment: datetime | None, time_zone: str) -> str:
    """`Tue 16 Jun 14:00` where the practitioner is; a dash for none."""
    return "–" if moment is None else moment.astimezone(ZoneInfo(time_zone)).strftime("%a %d %b %H:%M")


def show_table(headings: Sequence[str], rows: Iterable[Sequence[str]], nothing: str) -> None:
    """Print rows below headings, or the words for nothing. Titles may hold anything: it is shown inert.

    What is too long for its column goes on below, to the last letter.
    """
    rows = list(rows)
    if not rows:
        click.echo(nothing)
        return
    # Loaded here because most commands show no table, and it takes 40 ms.
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console = Console(file=sys.stdout, highlight=False)
    if not console.is_terminal:
        console.width = PIPED
    cells = [[one_line(cell) for cell in row] for row in rows]
    whole = _whole_columns([headings, *cells], console.width)
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False, header_style="bold")
    for at, heading in enumerate(headings):
        table.add_column(heading, overflow="fold", no_wrap=at in whole)
    for row in cells:
        table.add_row(*map(Text, row))
    console.print(table)


def _whole_columns(lines: Sequence[Sequence[str]], width: int) -> set[int]:
    """The columns that are never broken: ids, codes, moments; none where they leave no place for the rest."""
    from rich.cells import cell_len  # noqa: PLC0415 - as above

    widths = [max(map(cell_len, column)) for column in zip(*lines, strict=True)]
    short = {at for at, wide in enumerate(widths) if wide <= LONGEST_WHOLE}
    needed = sum(widths[at] + 2 for at in short) + LEAST_COLUMN * (len(widths) - len(short))
    return short if needed <= width else set()


def show_text(text: str, lead: str = "", *, err: bool = False) -> None:
    """Print words that fit a terminal after `lead`, which later lines are set in by.

    A path, an address or a command stays whole, so that it can be copied. `err`: on standard error.
    """
    filled = textwrap.fill(
        _COMMAND.sub(lambda found: found[0].replace(" ", _KEPT), one_line(text)),
        WIDTH,
        initial_indent=lead,
        subsequent_indent=" " * len(lead),
        break_on_hyphens=False,
        break_long_words=False,
    )
    click.echo(filled.replace(_KEPT, " "), err=err)


def show_verbatim(text: str) -> None:
    """Print a text as it is; to somebody at a terminal its long lines are wrapped, and it is shown inert."""
    if sys.stdout.isatty():
        text = wrapped(block(text), shutil.get_terminal_size().columns)
    click.echo(text, nl=not text.endswith("\n"), color=True)  # a pipe gets every character


def wrapped(text: str, width: int) -> str:
    """`text` in lines of at most `width` letters; what goes on is set in like its line, or its bullet."""
    lines = []
    for line in text.split("\n"):
        lead = _LEAD.match(line)
        lines.append(textwrap.fill(line, width, subsequent_indent=" " * (lead.end() if lead else 0)) or line)
    return "\n".join(lines)


def show_facts(facts: Mapping[str, str]) -> None:
    """Print names and what they are, each from a line of its own on."""
    width = max(map(len, facts), default=0)
    for name, value in facts.items():
        show_text(value, f"{name:<{width}}  ")
