"""Builds facts and notes of an invented client; each test says only what it is about."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sync.domain.attendance.line import AttendanceLine
from sync.domain.briefing.compose import compose_briefing
from sync.domain.briefing.values import Briefing, BriefingFacts
from sync.domain.notes.values import (
    Intervention,
    NoteReading,
    Quote,
    Rating,
    Sentence,
    TaskMention,
    WrittenNote,
)
from sync.domain.progress.definitions import Domain, MarkerDefinition

NOW = datetime(2026, 6, 16, 11, 2, tzinfo=UTC)
STARTS_AT = datetime(2026, 6, 16, 12, 0, tzinfo=UTC)
SESSION = "5f2c9e1a-7b1d-4c3e-9a55-0d6f4b8e2a10"


def utc(day: str, clock: str = "12:00") -> datetime:
    """`2026-06-02` at noon in UTC, or at `clock`."""
    return datetime.fromisoformat(f"{day}T{clock}+00:00")


def note(day: str, *, signed: bool = True, **reading: Any) -> WrittenNote:
    """The note of a session on `day`, at noon in UTC."""
    return WrittenNote(f"session-{day}", utc(day), signed, NoteReading(**reading))


def facts(**changed: Any) -> BriefingFacts:
    """A first session on Tuesday 16 June 2026, 14:00 in Berlin, calendar read just now."""
    known: dict[str, Any] = {
        "session_id": SESSION,
        "starts_at": STARTS_AT,
        "ends_at": STARTS_AT + timedelta(minutes=50),
        "time_zone": "Europe/Berlin",
        "client_code": "MK",
        "client_name": "Marta Kessler",
        "calendar_checked_at": NOW,
    }
    return BriefingFacts(**(known | changed))


def briefing(**changed: Any) -> Briefing:
    """The briefing of `facts(**changed)` at 13:02 in Berlin."""
    return compose_briefing(facts(**changed), NOW)


def full_facts(**changed: Any) -> BriefingFacts:
    """The 38th session of a long therapy, with something in every section."""
    known: dict[str, Any] = {
        "number": 38,
        "last_seen_at": utc("2026-06-02"),
        "private_terms": ("marta.kessler@example.org", "Matti"),
        "video_link": "https://meet.example.org/abc-defg-hij",
        "location": "Room 2",
        "notes": long_therapy(),
        "followed": (
            MarkerDefinition(
                "m1", "Noticing early signs", Domain.COGNITIVE, higher_is_better=True, scale=10.0
            ),
        ),
        "unwritten": 1,
        "attendance": AttendanceLine(
            "7 of the last 8 appointments kept, 1 cancelled in time; the next after this one is booked."
        ),
        "moved_from": utc("2026-06-15", "08:00"),
    }
    return facts(**(known | changed))


def long_therapy() -> tuple[WrittenNote, ...]:
    """Nine months of weekly notes, most of them only rated."""
    noticing = [
        3,
        3,
        2,
        3,
        4,
        3,
        3,
        4,
        4,
        3,
        4,
        5,
        4,
        4,
        5,
        4,
        5,
        5,
        4,
        5,
        6,
        5,
        5,
        6,
        6,
        5,
        6,
        6,
        7,
        6,
        6,
        5,
        6,
        6,
    ]
    sleep = [
        6,
        5,
        6,
        7,
        6,
        6,
        5,
        6,
        7,
        6,
        6,
        6,
        7,
        6,
        5,
        6,
        6,
        7,
        6,
        6,
        6,
        5,
        6,
        6,
        7,
        6,
        6,
        6,
        5,
        6,
        6,
        4,
        4,
        4,
    ]
    begin = utc("2025-10-07")
    weekly = [
        WrittenNote(
            f"session-{number}",
            begin + timedelta(weeks=number),
            signed=number != 33,
            reading=_weekly(number, float(noticing[number]), float(sleep[number])),
        )
        for number in range(34)
    ]
    return (*weekly, _last_note())


def _weekly(number: int, noticing: float, sleep: float) -> NoteReading:
    ratings = [Rating("Noticing early signs", noticing, 10.0), Rating("Sleep", sleep, 10.0)]
    if number >= 28:
        ratings.append(Rating("Contact with brother", [2, 2, 3, 2, 3, 3][number - 28], 5.0))
    return NoteReading(
        ratings=tuple(ratings),
        interventions=(Intervention("Warming the hands", 1 if number % 10 else 0),)
        if number % 5 == 0
        else (),
        **(_said("It just hits me when Marta’s mother rings, I don't see it coming.") if number == 3 else {}),
        themes=("mother", "school")
        if number in (3, 6, 9)
        else ("mother",)
        if number % 3 == 0
        else ("work", "saying-no")
        if number % 4 == 0
        else (),
        tasks=(TaskMention("Sleep diary, mornings only", done=False),) if number == 31 else (),
        risk="Passive thoughts on two evenings, no plan, no intent. Safety plan reviewed with Marta."
        if number == 18
        else None,
    )


def _said(words: str) -> dict[str, Any]:
    """What the client said of her mother, and a day that is planned for."""
    return {
        "sentences": (
            Sentence(f"“{words}”", "presentation", 0),
            Sentence("Matti’s hearing on 18 June 2026 is not to be forgotten.", "plan", 200),
        ),
        "quotes": (Quote(words, "presentation", 1),),
    }


def _last_note() -> WrittenNote:
    return note(
        "2026-06-02",
        signed=False,
        ratings=(
            Rating("Noticing early signs", 6.0, 10.0),
            Rating("Sleep", 4.0, 10.0),
            Rating("Contact with brother", 3.5, 5.0),
            Rating("Energy", 5.0, 10.0),
        ),
        **_said("I noticed it in the kitchen, and I asked for a minute before I answered."),
        themes=("mother", "self-worth"),
        tasks=(TaskMention("Evening walk, three times a week", done=False),),
        plan="Talk about the visit to her mother: what Marta wanted to say and did not.\n"
        "Stay with the moment on the bus; no new exercise yet.",
        bring_up=("Job review on 20 June – how does Matti want to prepare?",),
    )
