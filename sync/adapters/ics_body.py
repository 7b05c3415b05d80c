"""Takes a published calendar apart into its events, line by line, before anything reads them.

So that one broken event spoils no other, and that a page which is no calendar, or half of one, is known
for what it is. The format is RFC 5545's.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sync.errors import CalendarUnreachable

MOST_EVENTS = 10_000
MOST_LINES = 1_000_000

_LINE_END = re.compile(rb"\r\n|\n|\r")
_STAMPS = (b"DTSTAMP", b"LAST-MODIFIED", b"CREATED")
"""What many producers write anew with every answer; it says nothing of what changed."""


@dataclass(frozen=True, slots=True)
class Block:
    """One VEVENT as it stands in the file. `uid` is as written, None if there is none."""

    lines: tuple[bytes, ...]
    uid: str | None

    @property
    def text(self) -> str:
        """The block, to parse."""
        return b"\r\n".join(self.lines).decode("utf-8", "replace") + "\r\n"

    @property
    def digest(self) -> bytes:
        """What the block says, without the stamps that change with every answer."""
        return _digest(self.lines)


@dataclass(frozen=True, slots=True)
class Body:
    """A whole calendar, taken apart: `frame` is all but its events, zones included."""

    frame: tuple[bytes, ...]
    blocks: tuple[Block, ...]

    @property
    def frame_digest(self) -> bytes:
        """What the calendar says beside its events."""
        return _digest(self.frame)


def take_apart(raw: bytes) -> Body:
    """Take a body apart. Raises `CalendarUnreachable` where it is no calendar, or not a whole one.

    A network's sign-in page comes as 200 too, and a cut file may end between two events: neither may
    look like a calendar without appointments.
    """
    if raw.count(b"\n") + raw.count(b"\r") > MOST_LINES:
        raise CalendarUnreachable("the calendar holds more than a million lines", _TOO_MANY)
    lines = [line for line in _LINE_END.split(raw.removeprefix(b"\xef\xbb\xbf")) if line.strip()]
    if not lines or not _says(lines[0], b"BEGIN:VCALENDAR"):
        raise CalendarUnreachable("what came is not a calendar")
    if not _says(lines[-1], b"END:VCALENDAR"):
        raise CalendarUnreachable("the calendar arrived in part only")
    frame: list[bytes] = []
    blocks: list[Block] = []
    for is_event, piece in _pieces(lines):
        if not is_event:
            frame.extend(piece)
            continue
        blocks.append(Block(tuple(piece), _uid(piece)))
        if len(blocks) > MOST_EVENTS:
            raise CalendarUnreachable("the calendar holds more than 10,000 events", _TOO_MANY)
    return Body(_one_frame(frame), tuple(blocks))


def _digest(lines: Iterable[bytes]) -> bytes:
    telling = (line for line in lines if not line.upper().startswith(_STAMPS))
    return hashlib.blake2b(b"\n".join(telling), digest_size=16).digest()


def _pieces(lines: list[bytes]) -> Iterator[tuple[bool, list[bytes]]]:
    """Runs of lines: within an event, or outside any."""
    run: list[bytes] = []
    inside = False
    for line in lines:
        if _says(line, b"BEGIN:VEVENT"):
            yield inside, run
            run, inside = [line], True
        elif inside and _says(line, b"END:VEVENT"):
            yield True, [*run, line]
            run, inside = [], False
        else:
            run.append(line)
    if inside:  # it never ends, and so reaches to the end of the calendar
        raise CalendarUnreachable("the calendar arrived in part only")
    yield False, run


def _says(line: bytes, words: bytes) -> bool:
    return line.strip().upper() == words


def _uid(lines: Iterable[bytes]) -> str | None:
    """The event's own UID, unfolded; that of an alarm inside it does not count."""
    depth, found = 0, None
    for line in lines:
        upper = line[:16].upper()
        if found is not None:
            if line[:1] not in (b" ", b"\t"):
                break
            found += line[1:]
        elif upper.startswith(b"BEGIN:"):
            depth += 1
        elif upper.startswith(b"END:"):
            depth -= 1
        elif depth == 1 and upper.startswith((b"UID:", b"UID;")):
            found = line.partition(b":")[2]
    return None if found is None else found.decode("utf-8", "replace").strip() or None


def _one_frame(frame: list[bytes]) -> tuple[bytes, ...]:
    """Several calendars in one file are read as one."""
    inner = [
        line for line in frame if not _says(line, b"BEGIN:VCALENDAR") and not _says(line, b"END:VCALENDAR")
    ]
    return (b"BEGIN:VCALENDAR", *inner, b"END:VCALENDAR")


_TOO_MANY = "Publish only the last year and the next, or move old appointments to another calendar."
