"""The tables of docs/titles.md are what the code understands."""

import re

import pytest

from sync.domain.calendar.mark_words import mark_phrases
from sync.domain.calendar.matching import ClientEvidence, Directory, Match, Unsure, is_client, match_client
from sync.domain.calendar.title_marks import MarkReader
from tests.domain.calendar.builders import appointment
from tests.manuals import ROOT, spans, told

AB = ClientEvidence("ab", "AB", ("Anna Berg",))
JO = ClientEvidence("jo", "JB", ("Jo Bloggs",))
COUPLE = ClientEvidence("couple", "CC", members=("Jo Bloggs", "Sam Bloggs"))

MARKS = {
    "cancelled": ("cancelled", "unknown", False),
    "cancelled by the client": ("cancelled", "client", False),
    "cancelled by the client, late": ("cancelled", "client", True),
    "cancelled by you": ("cancelled", "practitioner", False),
    "nobody came": ("no_show", "unknown", False),
    "nothing": None,
    "not certain: the hour stays as it was": None,
}


def table(heading: str) -> list[tuple[list[str], str]]:
    """The rows below a heading: the examples, and what is claimed of them."""
    part = told(ROOT / "docs" / "titles.md").partition(f"## {heading}")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (.*?) \| (.*?) \|$", part, re.MULTILINE)
    return [(list(spans(written)), claim) for written, claim in rows if list(spans(written))]


@pytest.mark.parametrize("claim", MARKS)
def test_a_mark_is_understood_as_the_manual_says(claim: str) -> None:
    reader, people = MarkReader(mark_phrases()), Directory.of((AB,))
    [examples] = [written for written, said in table("Cancelled") if said == claim]

    for title in examples:
        mark = reader.read(title, lambda rest: is_client(rest, people, None)).mark
        assert MARKS[claim] == (mark and (mark.state, mark.by, mark.late)), title


def test_the_table_of_clients_is_what_matching_does() -> None:
    rows = table("Whose")
    single, both = Directory.of((AB, JO)), Directory.of((AB, COUPLE))

    for claim, owner, people in (
        ("the client of this whole name", "jo", single),
        ("the client of this whole name: no further given", "jo", single),
        ("the client of this whole name: no further name", "jo", single),
        ("Jo Bloggs, if no other", "jo", single),
        ("the couple whose members", "couple", both),
    ):
        examples = next(written for written, said in rows if said.startswith(claim))
        for title in examples:
            found = match_client(appointment(title), people, {})
            assert isinstance(found, Match), title
            assert owner == found.client_id
    unsure = next(written for written, said in rows if said.startswith("a question, until"))
    for title in ("Jo B.", "Bloggs", "A B", *unsure):
        assert isinstance(match_client(appointment(title), single, {}), Unsure)
