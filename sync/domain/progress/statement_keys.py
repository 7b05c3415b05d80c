"""By what a statement is known again, when a therapist has approved or dismissed it."""

from collections.abc import Iterable
from hashlib import sha256

from sync.domain.progress.evidence import Evidence
from sync.domain.progress.excerpts import Excerpt

_LENGTH = 32


def statement_key(kind: str, words: str, sources: Iterable[Evidence | Excerpt]) -> str:
    """32 hexadecimal digits: the same for the same kind of statement in the same words of the same sources.

    When a note it rests on is written anew, or the statement says something else, it is another one, so
    that nothing is taken for approved that was not. Dates are no part of it: they are worded by the day.
    Who knows the sources could try words until they fit: where it is kept it is sealed or blinded.
    """
    parts = [kind, words, *(_named(source) for source in sources)]
    return sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()[:_LENGTH]


def _named(source: Evidence | Excerpt) -> str:
    if isinstance(source, Evidence):
        return source.session_id
    return f"{source.evidence.session_id}:{source.field}:{source.start}:{source.text}"
