"""A practice's own note format: a template in its home, or one clear word why not."""

from pathlib import Path

import pytest

from sync.adapters.note_formats import NoteFormats
from sync.domain.notes.formats import FORMATS
from sync.domain.notes.parsing import read_note
from sync.domain.notes.rendering import fill_of
from sync.domain.notes.stub import is_untouched, stub_body, stub_fill
from sync.errors import Refused
from tests.manuals import FENCE, ROOT, told

OWN = """{# for us alone #}
{{ section("presentation", "Was war") }}
<!-- in her words -->

{{ section("observations", "Gesehen", markers=true) }}



{% if true %}
{{ section("plan", "Plan", risk=true) }}
{% endif %}
"""
STUB = """## Was war <!-- presentation -->
<!-- in her words -->

## Gesehen <!-- observations -->

Panic: /10

## Plan

Risk:
"""


def formats(folder: Path, template: str) -> NoteFormats:
    (folder / "own.md.j2").write_text(template, encoding="utf-8")
    return NoteFormats(folder)


def test_its_sections_are_laid_out_and_read_again_without_the_template(tmp_path: Path) -> None:
    own = formats(tmp_path, OWN)

    own.require("own")
    stub = own.laid_out("own", stub_fill(["Panic"]))
    reading = read_note(stub.replace("words -->", "words -->\nmüde").replace("Risk:", "walk"))

    assert STUB == stub
    assert is_untouched(stub)
    assert [section.field for section in reading.sections] == ["presentation", "plan"]
    assert reading.plan == "walk"


def test_a_note_of_another_format_is_laid_out_in_it_and_twice_is_the_same(tmp_path: Path) -> None:
    own = formats(tmp_path, OWN)
    told = "Late.\n\n## Subjective\ntired  \n\n\n\nvery\n\n## Assessment\nbrave\n"
    written = f"{told}## Risk\nlow\n## Plan\n- [ ] walk"

    once = own.laid_out("own", fill_of(read_note(written).sections))

    assert once == own.laid_out("own", fill_of(read_note(once).sections))
    assert "tired  \n\n\n\nvery" in once
    assert (read_note(once).risk, len(read_note(once).tasks)) == ("low", 1)
    assert [section.field for section in read_note(once).sections] == [
        "free_text",
        "presentation",
        "plan",
        "risk",
    ]


def test_a_section_of_risk_holds_what_is_said_of_it(tmp_path: Path) -> None:
    own = formats(tmp_path, "{{ section('plan', 'Plan') }}\n{{ section('risk', 'Sicherheit') }}")

    laid = own.laid_out("own", fill_of(read_note("Late.\n## Risk\nlow\n## Plan\nwalk").sections))

    assert laid == "Late.\n\n## Plan\n\nwalk\n## Sicherheit <!-- risk -->\n\nlow\n"
    assert (read_note(laid).risk, read_note(laid).plan) == ("low", "walk")


def test_a_template_may_ask_for_nothing_and_have_no_section(tmp_path: Path) -> None:
    assert formats(tmp_path, "").laid_out("own", stub_fill(["Panic"])) == "Panic: /10\n\nRisk:\n"


def test_ours_are_laid_out_as_ever_and_all_are_named(tmp_path: Path) -> None:
    own = formats(tmp_path, OWN)
    (tmp_path / "Not A Name.md.j2").touch()

    assert own.names() == sorted([*FORMATS, "own"])
    assert own.laid_out("soap", stub_fill(["Panic"])) == stub_body(FORMATS["soap"], ["Panic"])
    assert NoteFormats(tmp_path / "nowhere").names() == sorted(FORMATS)


@pytest.mark.parametrize(
    ("template", "why"),
    [
        ("\n{{ section('plan', 'Plan' }}", "line 2"),
        ("{{ sektion('plan', 'Plan') }}", "'sektion' is undefined"),
        ("{{ client }}", "'client' is undefined"),
        ("{{ section('dreams', 'Dreams') }}", "not of dreams"),
        ("{{ section('plan') }}", "title"),
        ("{{ section('plan', 'a: b') }}", "plain words"),
        ("{{ section('plan', '12') }}", "plain words"),
        ("{{ section.__func__.__globals__ }}", "unsafe"),
        ("{{ 1 / 0 }}", "zero"),
        ("{% include 'other' %}", "loader"),
        ("{{ 'x' * 9000000000 }}", "not for note formats"),
        ("{{ '%9000000000d' % 1 }}", "not for note formats"),
        ("{% for n in range(9) %}{% endfor %}", "'range' is undefined"),
        ("{{ 'x' | center(9000000000) }}", "No filter named"),
        ("{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}", "recursion"),
        ("{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}", "too deep"),
        ("{% for _ in '" + "x" * 1000 + "' %}" + "y" * 200 + "{% endfor %}", "too long"),
        ("\ue000", "no text"),
        ("How was she?", "taken for yours: “How was she?”"),
        ("{{ section('plan', 'Plan') }}\nPanic: 6/10", "taken for yours"),
    ],
)
def test_one_that_cannot_be_used_is_refused_with_its_reason(tmp_path: Path, template: str, why: str) -> None:
    with pytest.raises(Refused) as refused:
        formats(tmp_path, template).require("own")

    assert why in str(refused.value)
    assert "\n" not in str(refused.value)
    assert refused.value.advice


@pytest.mark.parametrize("name", ["other", "../own", "", "Own"])
def test_one_that_is_not_there_is_refused_with_those_that_are(tmp_path: Path, name: str) -> None:
    formats(tmp_path, OWN)
    (tmp_path / "notes").mkdir()

    with pytest.raises(Refused, match="There is no note format") as refused:
        formats(tmp_path / "notes", OWN).require(name)

    assert "birp" in refused.value.advice
    assert "own" in refused.value.advice


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    own = formats(tmp_path, "")
    (tmp_path / "own.md.j2").write_bytes(b"\xff\xfe")

    with pytest.raises(Refused, match="cannot be read as UTF-8"):
        own.require("own")


def test_the_manuals_template_may_be_used(tmp_path: Path) -> None:
    [template] = [block for kind, block in FENCE.findall(told(ROOT / "docs" / "notes.md")) if kind == "jinja"]
    own = formats(tmp_path, template)

    own.require("own")
    assert "Panic: /10" in own.laid_out("own", stub_fill(["Panic"]))
