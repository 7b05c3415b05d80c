"""Headings of every format, in other languages too, and which note reads which."""

import re

import pytest

from sync.domain.notes.formats import FIELDS, FORMATS, headings_of
from sync.domain.notes.parsing import read_note
from sync.domain.notes.stub import stub_body
from tests.manuals import ROOT, told


def fields_of(body: str, note_format: str = "soap") -> list[str]:
    return [section.field for section in read_note(body, headings_of(note_format)).sections]


WHATEVER = ", after whatever you write"
SOAP_FIELDS = ["presentation", "observations", "assessment", "plan"]


@pytest.mark.parametrize(
    "titles",
    [
        "Subjective Objective Assessment Plan",
        "Subjektiv Objektiv Beurteilung Plan",
        "Subjectif Objectif Analyse Plan",
        "SUBJETIVO OBJETIVO EVALUACION PLAN",
        "Subjetivo Objetivo Evaluación Plan",
        "Soggettivo Oggettivo Valutazione Piano",
        "Subjectief Objectief Beoordeling Plan",
        "Subjetivo Objetivo Avaliação Plano",
    ],
)
def test_a_soap_note_has_its_headings_in_many_languages(titles: str) -> None:
    assert SOAP_FIELDS == fields_of("\n".join(f"## {title}\n\nwords\n" for title in titles.split()))


@pytest.mark.parametrize(
    ("note_format", "titles", "fields"),
    [
        ("dap", "Daten Einschätzung Plan", ["presentation", "assessment", "plan"]),
        ("birp", "Comportement Intervention Réponse Plan", None),
        ("girp", "Ziel Intervention Reaktion Plan", None),
        ("girp", "Objectif Intervention Réponse Plan", None),
        ("pie", "Problema Intervención Evaluación Plan", None),
        ("pie", "Problème Interventions Évaluation Plan", None),
    ],
)
def test_the_other_formats_too_and_the_notes_own_comes_first(
    note_format: str, titles: str, fields: list[str] | None
) -> None:
    expected = fields or ["presentation", "interventions", "response", "plan"]
    for form in ("## {}\nwords", "{}: words", "**{}**\nwords"):
        body = "\n".join(form.format(title) for title in titles.split())
        assert expected == fields_of(body, note_format)


@pytest.mark.parametrize("line", ["Goal: to sleep by eleven", "Problem: he drinks", "Piano: twice a week"])
def test_everyday_words_are_no_headings_in_notes_of_other_formats(line: str) -> None:
    assert read_note(f"Plan: rest\n{line}", headings_of("soap")).plan == f"rest\n{line}"
    name, _, words = line.partition(": ")
    assert len(fields_of(f"## Plan\nrest\n## {name}\n{words}")) == 2


def test_a_risk_line_may_be_in_another_language() -> None:
    for name in ("Risiko", "Risque", "Riesgo", "Rischio", "Risico", "Risco"):
        assert read_note(f"{name}: x").risk == "x"


def test_an_unknown_heading_may_name_its_field() -> None:
    body = "## Was war <!-- presentation -->\n\nmüde\n\n## Traum <!-- dream -->\nBrücke"

    assert [(s.field, s.text) for s in read_note(body).sections] == [
        ("presentation", "müde"),
        ("free_text", "## Traum <!-- dream -->\nBrücke"),
    ]


def test_every_heading_of_every_format_leads_to_its_field_in_its_own_stub() -> None:
    for name, note_format in FORMATS.items():
        expected = [heading.field for heading in note_format.headings]
        body = stub_body(note_format, [])
        for heading in note_format.headings:
            assert heading.field in FIELDS
            body = body.replace(f"## {heading.title}\n", f"## {heading.title}\nwords\n")

        assert expected == [field for field in fields_of(body, name) if field != "free_text"]


def test_the_manual_lists_the_formats_as_they_are() -> None:
    manual = told(ROOT / "docs" / "notes.md")
    rows = re.findall(r"^\| `(\w+)` \| (.*?) \| ([A-Z ]+) \|$", manual, re.MULTILINE)

    assert {name for name, _, _ in rows} == set(FORMATS) - {"free"}
    for name, titles, letters in rows:
        headings = FORMATS[name].headings
        assert [heading.title for heading in headings] == titles.removesuffix(WHATEVER).split(", ")
        assert [heading.letter for heading in headings if heading.letter] == letters.split()
