"""Sentences and quotations: verbatim, each with its place in the note."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.domain.notes.parsing import read_note
from sync.domain.notes.values import Quote, Sentence

PIECES = [
    "She left. ",
    "Dr. Who came!\r\n",
    "> ",
    "- ",
    "“no”",
    '"I can’t"',
    "'so it is'",
    "## Plan\n",
    "Risk: low\n",
    "\n\n",
    "\ufeff",
    "Data: ",
    "„ja“",
    "。",
    "…",
    "Panic: 6/10 later.\n",
]


@given(st.text() | st.lists(st.text(max_size=20) | st.sampled_from(PIECES), max_size=20).map("".join))
def test_every_sentence_and_quote_stands_at_its_place(body: str) -> None:
    reading = read_note(body)

    pieces: list[Sentence | Quote] = [*reading.sentences, *reading.quotes]
    for found in pieces:
        assert body[found.start : found.start + len(found.text)] == found.text
        assert found.text == found.text.strip()
        assert any(map(str.isalpha, found.text))
    ends = [each.start + len(each.text) for each in reading.sentences]
    assert all(each.start >= end for each, end in zip(reading.sentences[1:], ends, strict=False))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She came late. He was there!", ["She came late.", "He was there!"]),
        (
            "Dr. Bloggs wrote, e.g. a letter. J. Doe did not.",
            ["Dr. Bloggs wrote, e.g. a letter.", "J. Doe did not."],
        ),
        ("She said “no.” Then she left.", ["She said “no.”", "Then she left."]),
        ("“Stop!” he said. ok", ["“Stop!” he said. ok"]),
        (
            "It was 3.5 km. She ran... and fell… Then home.",
            ["It was 3.5 km.", "She ran... and fell…", "Then home."],
        ),
        (
            "She noticed it on the bus\nand got off.\nThen she walked.",
            ["She noticed it on the bus\nand got off.", "Then she walked."],
        ),
        ("Slept badly\nArgued at work", ["Slept badly", "Argued at work"]),
        ("- slept\n- ate\n  a little", ["slept", "ate\n  a little"]),
        ("1. First. 2. Second.", ["First.", "Second."]),
        ("> as she\n> wrote", ["as she", "wrote"]),
        ("昨日は眠れた。今日も。", ["昨日は眠れた。", "今日も。"]),
        ("Er kam am 3. Mai an. Bei 6. Dann ging er.", ["Er kam am 3. Mai an.", "Bei 6.", "Dann ging er."]),
        ("At 3 p.m. She left.", ["At 3 p.m.", "She left."]),
        ("### Week 1\nshe walked. #bus #sun", ["she walked."]),
        ("---\n* * *\n12. 13.", []),
        ("Panic: 6/10 on the bus. Slept.", ["Panic: 6/10 on the bus.", "Slept."]),
        ("Panic: 6/10\nThemes: #sleep\n- [ ] walk\nHelped: bath +1", []),
        ("Risk: thoughts. No plan.\n## Risk\nNone voiced.", []),
    ],
)
def test_prose_is_cut_into_sentences(text: str, expected: list[str]) -> None:
    assert expected == [sentence.text for sentence in read_note(text).sentences]


def test_a_wrapped_sentence_keeps_its_line_end_and_knows_its_section() -> None:
    body = "\ufeffData: He slept.\r\n\r\n## Plan\r\nShe will walk in the park\r\nevery day.\r\n"

    assert read_note(body).sentences == (
        Sentence("He slept.", "presentation", 7),
        Sentence("She will walk in the park\r\nevery day.", "plan", 29),
    )


def test_what_is_to_be_brought_up_is_a_sentence_of_its_own_kind() -> None:
    body = "## Plan\nWalk on.\n\n- **Bring up:** the letter, the letter\nBring up:\n- her mother\n"

    sentences = read_note(body).sentences

    assert {("Walk on.", "plan"), ("the letter, the letter", "bring_up"), ("her mother", "bring_up")} == {
        (sentence.text, sentence.field) for sentence in sentences
    }
    assert all(body.startswith(sentence.text, sentence.start) for sentence in sentences)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('She said "I can\'t." Then "no".', ["I can't.", "no"]),
        ("“It’s the dogs’ fault” and ‘I don’t know’.", ["It’s the dogs’ fault", "I don’t know"]),
        ("«Je ne sais pas», « bon » et ‹oui›", ["Je ne sais pas", "bon", "oui"]),
        ("Sie sagt: „Ich kann nicht mehr.“ Und »doch«.", ["Ich kann nicht mehr.", "doch"]),
        ("「眠れない」と言った", ["眠れない"]),
        ("He said 'I didn't mean it' again", ["I didn't mean it"]),
        ('"I noticed it\nand stayed"', ["I noticed it\nand stayed"]),
        ("It’s the parents’ house, ’tis so; rock 'n' roll", []),
        ("the '90s and 'cause I couldn't see the parents' house", []),
        ("'I see the kids' rooms", []),
        ('5\'10" tall, 6" long and "" or "6"', []),
        ("He said “I never ended it", []),
        ("Risk: “I want out”", []),
        ('- [ ] read "The Gift"\nHelped: "the letter" +1', []),
    ],
)
def test_words_in_quotation_marks_are_quotes_and_apostrophes_are_not(text: str, expected: list[str]) -> None:
    assert expected == [quote.text for quote in read_note(text).quotes]


def test_a_quote_knows_its_section_and_place() -> None:
    assert read_note('Plan: ask about "the letter" he got').quotes == (Quote("the letter", "plan", 17),)
