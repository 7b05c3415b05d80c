"""The comment an editor shows above a note: which note it is and what is carried forward.

It is dropped again on saving.
"""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from hashlib import sha256

from sync.domain.notes.carry import CarriedForward

_OPENS = "<!-- practice-sync: the progress note, which briefings read."
_SAYS = """What is for you alone goes into the private note: `note private edit`.
Write below; this block is dropped on saving.
"""
_CLOSES = "(practice-sync: end of this block, {sum}) -->"
_BLOCK = re.compile(
    r"(?P<inside>.*?)\(practice-sync: end of this block, (?P<sum>[0-9a-f]+)\) -->(?:\r\n|\n|\r)?", re.DOTALL
)


def as_comment(carried: CarriedForward, day: Callable[[datetime], str]) -> str:
    """The block to show above the note's body, ending with a line end.

    `day` says a UTC moment as the day a person reads. Tasks have no box here: ticking one in a
    block that is dropped would be lost.
    """
    inside = "\n".join([_SAYS, *map(_harmless, carried_lines(carried, day))])
    return "\n".join([_OPENS, inside, _CLOSES.format(sum=_sum_of(inside)), ""])


def drop_comment(text: str) -> str:
    """`text` without the block of `as_comment` at its beginning; everything else stays as it is.

    A block that is not as it was laid stays too: it may by now hold words of the therapist.
    """
    before, opens, after = text.partition(_OPENS)
    if not opens or before.strip("\ufeff \t\r\n"):
        return text
    block = _BLOCK.match(after)
    if block is None or _sum_of(block["inside"]) != block["sum"]:
        return text
    return before + after[block.end() :]


def _sum_of(inside: str) -> str:
    """By which a block's lines are known again, blanks at their ends and blank lines around them aside."""
    said = "\n".join(line.rstrip() for line in inside.splitlines()).strip("\n")
    return sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def carried_lines(carried: CarriedForward, day: Callable[[datetime], str]) -> Iterator[str]:
    """What is carried forward, line by line, a blank one below each part."""
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
