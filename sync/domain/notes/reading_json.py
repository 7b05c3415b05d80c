"""A note's reading as JSON and back, marked with the parser that made it."""

import json
from dataclasses import asdict
from typing import Any

from sync.domain.notes.values import (
    Intervention,
    NoteReading,
    Quote,
    Rating,
    Section,
    Sentence,
    TaskMention,
)

PARSER_VERSION = 13
"""Raised whenever `read_note` understands a text differently: stored readings are then made again."""


def to_json(reading: NoteReading) -> str:
    """`reading` as one JSON object, with the parser's version under `parser`."""
    return json.dumps({"parser": PARSER_VERSION, **asdict(reading)}, separators=(",", ":"))


def is_current(text: str) -> bool:
    """Whether `text` was written by this parser. If not, read the note's body again."""
    return _stored(text) is not None


def _stored(text: str) -> dict[str, Any] | None:
    try:
        stored = json.loads(text)
    except ValueError:
        return None
    return stored if isinstance(stored, dict) and stored.get("parser") == PARSER_VERSION else None


def from_json(text: str) -> NoteReading:
    """The reading in `text`. Raises `ValueError` when it is none, or of another parser's version."""
    stored = _stored(text)
    if stored is None:
        raise ValueError("not a reading of this parser")
    try:
        return NoteReading(
            ratings=tuple(Rating(**rating) for rating in stored["ratings"]),
            themes=tuple(stored["themes"]),
            tasks=tuple(TaskMention(**task) for task in stored["tasks"]),
            risk=stored["risk"],
            plan=stored["plan"],
            bring_up=tuple(stored["bring_up"]),
            interventions=tuple(Intervention(**done) for done in stored["interventions"]),
            goals=tuple(stored["goals"]),
            sections=tuple(Section(**section) for section in stored["sections"]),
            sentences=tuple(Sentence(**sentence) for sentence in stored["sentences"]),
            quotes=tuple(Quote(**quote) for quote in stored["quotes"]),
            not_understood=tuple(stored["not_understood"]),
        )
    except (KeyError, TypeError) as broken:
        raise ValueError("not a whole reading") from broken
