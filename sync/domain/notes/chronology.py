"""Puts notes in the order of their sessions."""

from collections.abc import Iterable

from sync.domain.notes.values import WrittenNote


def oldest_first(notes: Iterable[WrittenNote]) -> list[WrittenNote]:
    """`notes` by the start of their session; by its id where two start together."""
    return sorted(notes, key=lambda note: (note.starts_at, note.session_id))
