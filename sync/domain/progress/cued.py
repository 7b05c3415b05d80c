"""Finds the sentences in which a client notices, answers or decides, or in which she cannot.

What is supposed, said of somebody else, undone by a negation, or about risk is left alone.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sync.domain.notes.formats import FREE_TEXT, PRESENTATION
from sync.domain.notes.values import Quote, Sentence, WrittenNote
from sync.domain.progress.cues.known import FUNCTION_WORDS, has_cue, language_of, speaks_of_risk
from sync.domain.progress.cues.values import CueList
from sync.domain.progress.excerpts import Excerpt
from sync.domain.progress.similarity import words_in

FEWEST_WORDS, MOST_WORDS = 8, 35

REPORT = frozenset({PRESENTATION, FREE_TEXT})
"""Where a note tells what the client reports; her quoted words may stand anywhere."""

_NEGATED_WITHIN = 3
_AFTER_A_QUOTE = 5
_NAME_BEFORE = re.compile(r"(?:^|\W)([^\W\d_][\w’'-]*)\W*$")


@dataclass(frozen=True, slots=True)
class Cued:
    """Words with a cue, and which way it points; `words` are the telling ones beside the cues."""

    excerpt: Excerpt
    is_rising: bool
    words: tuple[str, ...]


def cued_in(note: WrittenNote, names: Collection[str] = ()) -> Iterator[Cued]:
    """What `note` holds of such words; a quotation comes in place of the sentence that it stands in.

    `names` are what the client is called, each a word: others' names say that it is about them.
    """
    called = {name.casefold() for name in names}
    spoken_for = set()  # sentences that a quotation stands for, or that begin one about risk
    for quote in note.reading.quotes:
        around = _around(note, quote)
        if around is None:
            continue
        found = _cued(note, quote, called, around) if _is_sized(quote.text) else None
        if found or speaks_of_risk(quote.text):
            spoken_for.add(around.start)
        if found:
            yield found
    for sentence in note.reading.sentences:
        is_read = sentence.field in REPORT and sentence.start not in spoken_for and _is_sized(sentence.text)
        if is_read and (found := _cued(note, sentence, called, sentence)):
            yield found


def _is_sized(text: str) -> bool:
    return FEWEST_WORDS <= len(words_in(text)) <= MOST_WORDS


def _around(note: WrittenNote, quote: Quote) -> Sentence | None:
    """The sentence that a quotation begins in."""
    return next(
        (s for s in note.reading.sentences if s.start <= quote.start < s.start + len(s.text)),
        None,
    )


def _cued(note: WrittenNote, span: Sentence | Quote, names: set[str], around: Sentence) -> Cued | None:
    if not has_cue(span.text):
        return None
    cues = language_of(words_in(span.text))
    if isinstance(span, Quote) and not _is_the_clients(span, around, cues):
        return None
    poles = set(_poles(span.text, cues, names))
    if len(poles) != 1 or None in poles or any(map(speaks_of_risk, {span.text, around.text})):
        return None
    beside = cues.sinking_in.sub(" ", cues.rising_in.sub(" ", span.text))
    about = tuple(word for word in words_in(beside) if word not in FUNCTION_WORDS)
    return Cued(Excerpt.of(note, span), True in poles, about)


def _poles(text: str, cues: CueList, names: set[str]) -> Iterator[bool | None]:
    """For each cue whether it rises; None where it is supposed, denied, or somebody else's."""
    for rises, pattern in ((True, cues.rising_in), (False, cues.sinking_in)):
        for cue in pattern.finditer(text):
            before = text[: cue.start()]
            if not rises:  # "I cannot stop it for hours": what she cannot undoes nothing that follows
                before = cues.sinking_in.sub(" ", before)
            if cues.undoing_in.match(text, cue.start()):
                continue  # "instead" is one, "instead of" is none
            if not rises and cues.undoing_before.search(before):
                continue  # "instead of spiralling" leaves it to the other cues
            yield rises if _stands(before, cues, names) else None


def _stands(before: str, cues: CueList, names: set[str]) -> bool:
    words = words_in(before)
    if cues.supposing_in.search(before) or cues.undoing_before.search(before):
        return False
    if any(word in cues.negations for word in words[-_NEGATED_WITHIN:]):
        return False
    return not (_is_of_others(words, cues) or _is_named(before, cues, names))


def _is_of_others(words: list[str], cues: CueList) -> bool:
    """Whether the one named last among `words` is not the client."""
    named = [word in cues.others for word in words if word in cues.others or word in cues.client]
    return bool(named) and named[-1]


def _is_named(before: str, cues: CueList, names: set[str]) -> bool:
    """Whether a name that is not the client's stands right before: `Oona noticed`."""
    found = _NAME_BEFORE.search(before)
    if found is None or not found[1][0].isupper():
        return False
    word = found[1].casefold()
    return not (word in names or word in cues.client or word in cues.function_words)


def _is_the_clients(quote: Quote, around: Sentence, cues: CueList) -> bool:
    """Whether the quoted words are in the first person, and the sentence gives them to nobody else."""
    if not any(word in cues.first_person for word in words_in(quote.text)):
        return False
    begins = quote.start - around.start
    after = words_in(around.text[begins + len(quote.text) :])[:_AFTER_A_QUOTE]
    return not (_is_of_others(words_in(around.text[:begins]), cues) or _is_of_others(after, cues))
