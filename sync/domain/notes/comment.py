"""The comment an editor shows above a note: what is carried forward, dropped again on saving."""

from collections.abc import Callable, Iterator
from datetime import datetime

from sync.domain.notes.carry import CarriedForward

_OPENS = "<!-- practice-sync: from earlier notes. Write below; this block is dropped on saving."
_CLOSES = "(practice-sync: end of what is carried forward) -->"
_COMMENT_END = "-->"


def as_comment(carried: CarriedForward, day: Callable[[datetime], str]) -> str:
    """The block to show above the note's body, ending with a line end; empty if nothing is carried.

    `day` says a UTC moment as the day a person reads. Tasks have no box here: ticking one in a
    block that is dropped would be lost.
    """
    lines = list(_carried_lines(carried, day))
    if not lines:
        return ""
    return "\n".join([_OPENS, "", *map(_harmless, lines), _CLOSES, ""])


def drop_comment(text: str) -> str:
    """`text` without the block of `as_comment` at its beginning; everything else stays as it is.

    A block whose closing line was damaged stays too: it may by now hold words of the therapist.
    """
    before, opens, after = text.partition(_OPENS)
    if not opens or before.strip("\ufeff \t\r\n"):
        return text
    end = after.find(_COMMENT_END) + len(_COMMENT_END)
    if not after[:end].endswith(_CLOSES):
        return text
    rest = after[end:]
    for line_end in ("\r\n", "\n", "\r"):
        if rest.startswith(line_end):
            return before + rest.removeprefix(line_end)
    return before + rest


def _carried_lines(carried: CarriedForward, day: Callable[[datetime], str]) -> Iterator[str]:
    if carried.plan:
        yield f"Plan of {day(carried.plan.given_at)}{'' if carried.plan.signed else ' (not signed)'}:"
        yield from (f"  {line}" for line in carried.plan.text.splitlines())
        yield ""
    if carried.open_tasks:
        yield "Still open:"
        yield from (f"  • {task.text} (since {day(task.given_at)})" for task in carried.open_tasks)
        yield ""
    if carried.bring_up:
        yield "To bring up:"
        yield from (f"  • {text}" for text in carried.bring_up)
        yield ""


def _harmless(line: str) -> str:
    """`line` without anything that would end the comment early."""
    return line.replace("-->", "-- >").replace("--!>", "--! >")
