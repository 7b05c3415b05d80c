"""Has a body read by a process of its own, within bounds of time and memory, and takes what it answers."""

import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from sync.adapters.ics_wire import Answer, Question, answer_of, question_json
from sync.domain.calendar.values import Event
from sync.errors import CalendarUnreachable

WALL_SECONDS = 60.0
"""The process may use ten seconds of the processor; on a busy machine that takes longer."""

_ADVICE = "Publish only the last year and the next, or look for an appointment that repeats without sense."
_START = "import sys; sys.path.insert(0, sys.argv[1]); from sync.adapters.ics_child import main; main()"
_COMMAND = (sys.executable, "-I", "-c", _START, str(Path(__file__).parents[2]))
"""Isolated from the environment, and so told where this program is."""

_NEEDED = ("SYSTEMROOT", "PATH", "LD_LIBRARY_PATH")


def read_in_child(raw: bytes, question: Question, wall_seconds: float = WALL_SECONDS) -> Answer:
    """What the body holds. Raises `CalendarUnreachable` where it is too much, or the process fails."""
    try:
        done = subprocess.run(  # noqa: S603 - our own program, and nothing of the calendar in its arguments
            _COMMAND,
            input=question_json(question) + raw,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={name: os.environ[name] for name in _NEEDED if name in os.environ},
            timeout=wall_seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise CalendarUnreachable("the calendar takes too long to read", _ADVICE) from None
    except OSError as failed:
        raise CalendarUnreachable(f"the calendar could not be read ({type(failed).__name__})") from None
    if done.returncode != 0:
        raise CalendarUnreachable("the calendar is too much to read", _ADVICE)
    try:
        answer = answer_of(done.stdout)
    except (ValueError, TypeError, LookupError):
        raise CalendarUnreachable("the calendar could not be read") from None
    events = {event_id: _with_etag(event) for event_id, event in answer.events.items()}
    return replace(answer, events=events)


def _with_etag(event: Event) -> Event:
    """A mark that is equal as long as all that we use is; a mere stamp is nothing that we use (R71)."""
    telling = event._replace(updated_at=None)._asdict()
    said = repr(sorted((name, _said(value)) for name, value in telling.items()))
    return event._replace(etag=hashlib.blake2b(said.encode("utf-8", "replace"), digest_size=12).hexdigest())


def _said(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime | date) else repr(value)
