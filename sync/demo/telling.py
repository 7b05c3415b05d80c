"""Tells what the demo did and where to look, in lines that fit a terminal of 80 columns."""

import shlex
import textwrap
from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sync.demo.calendar import PRACTITIONER, WAITING_TITLE
from sync.demo.days import TIME_ZONE
from sync.demo.outcome import Delivered, Outcome

WIDTH = 78
DOWNWARD, GONE = "MNB", "IL"
"""Whose courses are worth a look of their own: the one going down, the one who stopped coming."""

PLAIN = str.maketrans("╭╰─│–→·…“”’", '++-|->-.""\'')
"""What stands for our signs where an encoding has none of them."""


def tell(outcome: Outcome, seconds: float, set_aside: Sequence[str]) -> Iterator[str]:
    """All lines, in order. Only a path that is longer than a line makes one longer.

    `set_aside` names the user's own overrides, which would lead the commands astray.
    """
    yield "Practice Sync, played through with invented people"
    yield from _told(
        "Nothing of yours was read or changed, and nothing left this machine. Everything below was done "
        "by the service itself; only the calendar, the people and the clock are make-believe."
    )
    for title, part in (
        ("SET UP", _set_up(outcome)),
        ("THE CLOCK WAS MOVED", _clock(outcome, seconds)),
        ("READ FROM THE CALENDAR", _read(outcome)),
        ("NOTES", _notes(outcome)),
        ("BRIEFINGS FOR TOMORROW", _briefings(outcome)),
        (f"THE BRIEFING FOR {outcome.shown.code}, AS IT WAS MAILED", _framed(outcome.shown.text)),
        ("LOOK AROUND", _look_around(outcome, set_aside)),
        ("WHEN YOU HAVE SEEN ENOUGH", _remove(outcome)),
    ):
        yield ""
        yield title
        yield from part


def _set_up(outcome: Outcome) -> Iterator[str]:
    counts = outcome.counts
    yield from _told(
        f"A practice with a home and a key of its own: {PRACTITIONER}, {TIME_ZONE}, with {counts.clients} "
        "clients, one of them a couple. Her calendar is served on this machine, answers as "
        "Google Calendar does, over HTTP, and ended with the demo."
    )


def _clock(outcome: Outcome, seconds: float) -> Iterator[str]:
    first = _day(outcome.first_session_at)
    yield from _told(
        f"Ten months went by in {seconds:.0f} seconds: {outcome.counts.passes} passes, one at the end of "
        f"each week from {first} on, two as of now, and one tomorrow for each briefing, at the minute it "
        "is due. So records and mails of tomorrow are there already."
    )


def _read(outcome: Outcome) -> Iterator[str]:
    counts = outcome.counts
    yield from _told(f"{counts.events} events stood in the calendar.")
    since = f"{counts.moved} was moved today, {counts.cancelled} called off"
    yield f"  {counts.sessions:>5}  became sessions; {since}."
    yield f"  {counts.waiting:>5}  waits in the inbox for a person to say whose it is:"
    yield f"         “{WAITING_TITLE}”"
    yield f"  {counts.without_trace:>5}  are nobody's session, from the dentist to a birthday: of these no"
    yield "         word was kept."


def _notes(outcome: Outcome) -> Iterator[str]:
    counts = outcome.counts
    yield from _told(
        f"{counts.notes} notes were written, each after its session. {counts.stubs} stubs lie ready for the "
        "coming two weeks, with the headings and what is to be rated."
    )


def _briefings(outcome: Outcome) -> Iterator[str]:
    day = _day(outcome.delivered[0].starts_at)
    yield from _told(
        f"Delivered on {day}, one for each session, with the client's code in place of every name:"
    )
    for one in outcome.delivered:
        yield f"    {one.code:<5}{_time(one.starts_at)}   sent at {_time(one.sent_at)}{_remark(one)}"


def _remark(one: Delivered) -> str:
    return "   (moved to this hour today)" if one.moved else ""


def _framed(text: str) -> Iterator[str]:
    yield f"  ╭{'─' * (WIDTH - 3)}"
    for line in text.splitlines():
        yield f"  │ {line}".rstrip()
    yield f"  ╰{'─' * (WIDTH - 3)}"


def _look_around(outcome: Outcome, set_aside: Sequence[str]) -> Iterator[str]:
    previews = {one.code: one.session_id[:8] for one in outcome.delivered}
    shown = outcome.shown
    yield "  The mails, one file each:"
    yield f"    {outcome.maildir / 'new'}"
    yield f"  The mail for {shown.code} as it looks, for your browser:"
    yield f"    {shown.page}"
    yield "  Records, notes and briefings, with the program's own commands (put"
    yield "  `uv run` before each, unless you have installed it):"
    yield ""
    for name in set_aside:
        yield f"    unset {name}"
    yield f"    export PRACTICE_SYNC_HOME={shlex.quote(str(outcome.home.folder))}"
    for command, meaning in (
        (f"note show {shown.last_note_of[:8]}", f"the last note on {shown.code}"),
        (f"progress {shown.code}", f"the way of {shown.code} over months"),
        (f"briefing preview {previews[DOWNWARD]}", f"{DOWNWARD}: a course going down"),
        (f"sessions --client {GONE}", f"{GONE}: somebody who stopped coming"),
        ("briefing list", "what was sent, and what is to come"),
        ("inbox", "what waits for an answer"),
    ):
        yield f"    practice-sync {command:<27}{meaning}"


def _remove(outcome: Outcome) -> Iterator[str]:
    yield from _told(
        "The sample's calendar is gone, so `pull`, `once` and `doctor` cannot reach it any more, and "
        "`doctor` also notices that the clock was moved. All the sample has is in the folder below. To "
        "remove it:"
    )
    yield ""
    yield "    unset PRACTICE_SYNC_HOME"
    for folder in outcome.home.made:
        yield f"    rm -r {shlex.quote(str(folder))}"


def _told(text: str) -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent="  ",
        subsequent_indent="  ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _day(moment: datetime) -> str:
    local = moment.astimezone(ZoneInfo(TIME_ZONE))
    return f"{local:%A} {local.day} {local:%B}"


def _time(moment: datetime) -> str:
    return f"{moment.astimezone(ZoneInfo(TIME_ZONE)):%H:%M}"


def printable(line: str, encoding: str) -> str:
    """`line` as a terminal with this encoding can show it."""
    try:
        line.encode(encoding)
    except UnicodeEncodeError:
        return line.translate(PLAIN).encode(encoding, "replace").decode(encoding)
    return line
