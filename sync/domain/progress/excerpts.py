"""Words taken from a note exactly as they stand there, with their place."""

from dataclasses import dataclass
from typing import Self

from sync.domain.notes.values import Quote, Sentence, WrittenNote
from sync.domain.progress.evidence import Evidence, evidence_of


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Verbatim words: of the note of `evidence` they are `body[start:start + len(text)]`.

    `field` is the canonical field of their section. `is_quote` says that they stood in quotation marks.
    """

    text: str
    field: str
    start: int
    evidence: Evidence
    signed: bool
    is_quote: bool = False

    @classmethod
    def of(cls, note: WrittenNote, span: Sentence | Quote) -> Self:
        """The words of `span`, which was read in `note`."""
        is_quote = isinstance(span, Quote)
        return cls(span.text, span.field, span.start, evidence_of(note), note.signed, is_quote)
