"""Which sentences tell of noticing, answering and deciding, or of being unable to, and which do not."""

import pytest

from sync.domain.notes.formats import FORMATS
from sync.domain.progress.cued import cued_in
from tests.domain.notes.builders import note


def found(report: str) -> list[tuple[str, bool]]:
    written = note(0, f"## Subjective\n{report}\n")
    return [(each.excerpt.text, each.is_rising) for each in cued_in(written, ["Zoë"])]


@pytest.mark.parametrize(
    ("report", "is_rising"),
    [
        ("She noticed the cold hands on the platform and waited.", True),
        ("Zoë noticed the cold hands on the platform and waited.", True),
        ("Noticed the cold hands on the platform and then waited.", True),
        ("Her sister rang twice, and she stayed with the silence.", True),
        ("She could not open the laptop on any day of the week.", False),
        ("One episode at her desk; she had no idea why it started.", False),
        ("It comes in the queue and she cannot stop it for hours.", False),
        ("Instead of spiralling she just noticed it and went on with the dishes.", True),
        ("Sie bemerkte die kalten Hände auf dem Bahnsteig und wartete.", True),
        ("Die Panik kam aus dem Nichts, und sie war den ganzen Tag müde.", False),
    ],
)
def test_a_cue_tells_which_way_a_sentence_points(report: str, is_rising: bool) -> None:
    assert [(report, is_rising)] == found(report)


@pytest.mark.parametrize(
    "report",
    [
        "She never noticed the cold hands on the platform that day.",  # denied
        "It was not unbearable this week, she said to me today.",
        "If it comes back she thinks that she noticed it early.",  # supposed
        "She would have noticed the cold hands on the platform earlier.",
        "She hopes that she will have decided by the end of May.",
        "Her mother noticed the cold hands on the platform that day.",  # somebody else
        "Oona noticed the cold hands on the platform that day again.",
        "She noticed thoughts of wanting to die on two evenings last week.",  # risk
        "She noticed no suicidal thoughts on any evening of the week.",
        "She noticed the cold hands and could not move for a while.",  # both ways
        "Two evenings with wine in the week instead of five of them.",
        "She noticed it.",  # too short
        "She noticed " + "and went on " * 20 + "to the end.",  # too long
    ],
)
def test_what_is_denied_supposed_of_others_or_of_risk_is_left_alone(report: str) -> None:
    assert [] == found(report)


def test_a_quotation_stands_for_the_sentence_around_it() -> None:
    said = "I noticed the cold hands on the platform and waited."

    assert [(said, True)] == found(f'She decided to tell me: "{said}" We laughed.')


@pytest.mark.parametrize(
    "report",
    [
        'Her mother wrote: "I noticed how you asked me not to come on Sunday."',
        '"I noticed how you asked me not to come on Sunday," her mother wrote.',
        'The leaflet says: "Noticed early, a reaction passed quickly in most cases."',
    ],
)
def test_what_others_said_is_not_put_into_the_clients_mouth(report: str) -> None:
    assert [] == [text for text, _ in found(report) if text in report.split('"')[1]]


def test_a_quotation_that_goes_on_to_speak_of_risk_is_left_alone() -> None:
    assert [] == found('She said: "I noticed the cold hands on the stairs. Then I wanted to die."')


def test_only_the_report_and_quoted_words_are_read() -> None:
    words = "She noticed the cold hands on the platform and waited."
    quoted = 'She told me: "I noticed the cold hands on the platform and waited."'

    seen = [
        len(list(cued_in(note(0, f"## {heading.title}\n{text}\n"))))
        for heading in FORMATS["soap"].headings
        for text in (words, quoted)
    ]

    assert [1, 1, 0, 1, 0, 1, 0, 1] == seen
