"""docs/sessions.md is true: its table of changes, and its examples to the letter."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from click.testing import CliRunner

from sync.app import App
from sync.commands import session_flags, sessions
from sync.domain.attendance.states import STATUSES
from sync.jobs.notes import write_note
from tests.jobs.looking import HOUR, TOMORROW, delete, move, weekly
from tests.manuals import FENCE, ROOT, told
from tests.practice import ANA, Practice

PAGE = told(ROOT / "docs" / "sessions.md")
ROWS = re.findall(r"^\| (.*?) \| (.*?) \| (.*?) \|$", PAGE, re.MULTILINE)[1:]
GUEST = "jo@post.example"


def answers(practice: Practice, event: str, who: str, response: str = "declined") -> None:
    guests = [{"email": ANA, "responseStatus": "accepted"}, {"email": GUEST, "responseStatus": "accepted"}]
    said = [each | {"responseStatus": response} if each["email"] == who else each for each in guests]
    practice.world.patch(ANA, event, {"attendees": said})


def restored(practice: Practice, event: str) -> None:
    delete(practice, event)
    step(practice)
    practice.world.restore(ANA, event)


def titled(title: str) -> Callable[[Practice, str], None]:
    return lambda practice, event: practice.world.patch(ANA, event, {"summary": title})


DOING: dict[str, Callable[[Practice, str], None]] = {
    "moved to another time": lambda p, event: move(p, event, TOMORROW + timedelta(days=1)),
    "deleted": delete,
    "deleted and brought back": restored,
    "made an all-day event": lambda p, event: p.world.patch(
        ANA, event, {"start": {"date": "2026-06-11"}, "end": {"date": "2026-06-12"}}
    ),
    "shown as free": lambda p, event: p.world.patch(ANA, event, {"transparency": "transparent"}),
    "you decline it": lambda p, event: answers(p, event, ANA),
    "the guest declines": lambda p, event: answers(p, event, GUEST),
    '"cancelled" at the title\'s edge': titled("Jo Bloggs – cancelled"),
    "another client's name for a title": titled("Ann Lee"),
    'a longer name in the title ("Mary Jo Bloggs")': titled("Mary Jo Bloggs"),
}


def step(practice: Practice) -> None:
    practice.clock.forward(minutes=1)
    practice.once(full=True)


def became(practice: Practice) -> str:
    """What became of the only session, in the words of the manual."""
    session = practice.the_session()
    if session.flags:
        return "a question"
    if session.status == "cancelled":
        return "cancelled by you" if session.cancelled_by == "practitioner" else "cancelled"
    if session.client_declined:
        return "noted, and it stands"
    if session.starts_at != TOMORROW:
        return "the same session at the new time"
    return "the same session again"


def test_the_table_has_every_change_that_is_tried() -> None:
    assert list(DOING) == [change for change, _, _ in ROWS]


def changed(practice: Practice, change: str, *, begun: bool) -> tuple[str, str]:
    """Make the change with an hour that is known; its session's id and status before."""
    practice.client("Jo Bloggs", addresses=(GUEST,))
    practice.client("Ann Lee")
    event = practice.put("Jo Bloggs", TOMORROW)
    step(practice)
    if begun:
        practice.clock.set(TOMORROW + HOUR / 2)
    before = practice.the_session()
    DOING[change](practice, event)
    step(practice)
    return before.id, before.status


@pytest.mark.parametrize(("change", "claim"), [(change, before) for change, before, _ in ROWS])
def test_a_change_before_the_start_does_what_the_manual_says(
    practice: Practice, change: str, claim: str
) -> None:
    session_id, _ = changed(practice, change, begun=False)

    assert (session_id, claim) == (practice.the_session().id, became(practice))


@pytest.mark.parametrize(("change", "claim"), [(change, after) for change, _, after in ROWS])
def test_a_change_from_the_start_on_does_what_the_manual_says(
    practice: Practice, change: str, claim: str
) -> None:
    session_id, status = changed(practice, change, begun=True)

    session = practice.the_session()
    assert (session_id, claim == "a question") == (session.id, bool(session.flags))
    assert ("cancelled" if claim == "cancelled" else status) == session.status


def test_the_states_are_all_told() -> None:
    listed = re.findall(r"^\| `([\w-]+)` \|", PAGE, re.MULTILINE)

    assert set(STATUSES) == {state.replace("-", "_") for state in listed}


# The examples

WHOLE_ID = "7c1e4a52-5d0b-4b6e-9a57-3f1f2f0a9c11"


def said(practice: Practice, monkeypatch: pytest.MonkeyPatch, *words: str) -> str:
    """What a command prints, with every id as the manual writes it."""

    @contextmanager
    def opened() -> Iterator[App]:
        yield practice.app

    for module in (sessions, session_flags):
        monkeypatch.setattr(module, "opened_app", opened)
    done = CliRunner().invoke(sessions.sessions, words)
    assert 0 == done.exit_code, done.output
    whole = re.sub(
        r"\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", "7c1e4a52-5d0b-4b6e-9a57-3f1f2f0a9c11", done.output
    )
    return re.sub(r"\b[0-9a-f]{8}\b", "7c1e4a52", whole)


def example(beginning: str) -> str:
    [found] = [block for kind, block in FENCE.findall(PAGE) if kind == "text" and block.startswith(beginning)]
    return str(found)


def test_the_story_is_told_as_in_the_manual(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    practice.client("Jo Bloggs")
    event = practice.put("Jo Bloggs", TOMORROW)
    practice.once()
    practice.clock.forward(hours=1)
    session_id = practice.the_session().id
    write_note(practice.app, session_id, "P: ask about the move", practice.clock())
    practice.clock.forward(hours=1)
    move(practice, event, TOMORROW + timedelta(days=1))
    practice.clock.forward(minutes=1)
    practice.once()
    practice.clock.forward(hours=8)
    delete(practice, event)
    practice.clock.forward(minutes=1)
    practice.once()

    assert example("Session ") == said(practice, monkeypatch, "show", session_id)


def test_the_questions_are_asked_as_in_the_manual(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    practice.client("Jo Bloggs"), practice.client("Ann Lee")
    event = weekly(practice, count=3)
    practice.once()
    practice.world.patch(ANA, event, {"summary": "Ann Lee"})
    practice.clock.forward(minutes=1)
    practice.once()

    assert example("JB ") == said(practice, monkeypatch, "flags")
