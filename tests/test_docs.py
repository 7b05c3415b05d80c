"""The manuals are true: links, settings, examples, rules and dependencies are what the code has.

`docs/settings.md` is written anew by running these tests with RENEW_DOCS=1.
"""

import os
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from sync.settings import settings_help
from sync.settings.defaults import COMPUTED
from tests.manuals import FENCE, MANUALS, ROOT, SOURCES, SPAN, spans, strings, told

RULES = ROOT / "docs" / "calendar-rules.md"
SETTINGS = ROOT / "docs" / "settings.md"

# Links and paths


def test_every_relative_link_leads_somewhere() -> None:
    broken = []
    for manual in MANUALS:
        targets = re.findall(r"\]\(([^)\s]+)\)|^\[[^\]]+\]: (\S+)", told(manual), re.MULTILINE)
        for target in (inline or below for inline, below in targets):
            path = target.partition("#")[0]
            if path and "://" not in path and not (manual.parent / path).exists():
                broken.append((manual.name, target))

    assert [] == broken


def test_every_manual_that_is_mentioned_exists() -> None:
    places = [ROOT / "justfile", *SOURCES]
    for folder in ("tests", "bench", "templates"):
        places += [
            path for path in (ROOT / folder).rglob("*") if path.suffix in (".py", ".html", ".txt", ".md")
        ]
    mentioned = [
        (place.name, path) for place in places for path in re.findall(r"\bdocs/[\w/-]+\.\w+", told(place))
    ]

    assert len(mentioned) > 5
    assert [] == [(place, path) for place, path in mentioned if not (ROOT / path).exists()]


def test_nothing_leans_on_a_document_that_is_not_here() -> None:
    elsewhere = re.compile(
        r"\breference/\w+\.md|\b(design|security|clinical|calendar)\.md\b|\bdesign §|dossier"
    )
    places = [*MANUALS, *SOURCES, *(ROOT / "tests").rglob("*.py"), *(ROOT / "bench").rglob("*.py")]

    assert [] == [p.name for p in places if p != Path(__file__) and elsewhere.search(told(p))]


# Settings


def settings_page() -> str:
    """`docs/settings.md` as the code has it."""
    lines = [
        "# Settings",
        "",
        "In `settings.toml` of the home folder, each section in brackets (`[mail]`), its settings below it.",
        "A variable of the environment goes before the file: `PRACTICE_SYNC_<SECTION>__<NAME>`, such as",
        "`PRACTICE_SYNC_MAIL__SMTP_HOST`. `PRACTICE_SYNC_HOME` names the home folder itself. A name that is",
        "no setting is an error. Passwords are no settings: see [running.md](running.md).",
    ]
    section = ""
    for each in settings_help():
        if each.key.partition(".")[0] != section:
            section = each.key.partition(".")[0]
            lines += ["", f"## {section}", "", "| setting | default | takes | meaning |", "|---|---|---|---|"]
        plain = each.key in COMPUTED or not each.default
        default = (each.default or "empty") if plain else f"`{each.default}`"
        cells = (f"`{each.key}`", default.replace("<home>", "‹home›"), each.takes, each.meaning)
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def test_the_page_of_settings_is_what_the_code_has() -> None:
    if os.environ.get("RENEW_DOCS") == "1":
        SETTINGS.write_text(settings_page(), encoding="utf-8")

    assert settings_page() == told(SETTINGS)


KEYS = {each.key for each in settings_help()}
SECTIONS = {key.partition(".")[0] for key in KEYS}


def named_settings(words: str) -> Iterator[str]:
    """The setting that a code span begins with, if it is no module of the package `sync`."""
    found = re.match(r"([a-z_]+)\.([a-z_]+)(?=$| =)", words)
    if found and found[1] in SECTIONS:
        module = ROOT / found[1] / found[2]
        if not (module.is_dir() or module.with_suffix(".py").exists()):
            yield found[0]


def test_every_setting_that_is_named_exists() -> None:
    named = [(m.name, key) for m in MANUALS for span in spans(told(m)) for key in named_settings(span)]
    named += [
        (file.name, key)
        for file in SOURCES
        for text in strings(file)
        for words in SPAN.findall(text)
        for key in named_settings(words)
    ]

    assert len(named) > 20
    assert [] == [(place, key) for place, key in named if key not in KEYS]


def test_every_example_of_a_settings_file_has_settings_only() -> None:
    blocks = [block for manual in MANUALS for kind, block in FENCE.findall(told(manual)) if kind == "toml"]
    keys = {
        f"{section}.{name}"
        for block in blocks
        for section, content in tomllib.loads(block).items()
        for name in content
    }

    assert keys
    assert set() == keys - KEYS


# Dependencies


def test_every_direct_dependency_has_its_line() -> None:
    project = tomllib.loads(told(ROOT / "pyproject.toml"))
    groups = (
        project["project"]["dependencies"],
        *project["project"]["optional-dependencies"].values(),
        *project["dependency-groups"].values(),
    )
    declared = {re.split(r"[\[<>=!~; ]", requirement)[0] for group in groups for requirement in group}
    page = told(ROOT / "docs" / "decisions" / "dependencies.md")
    explained = re.findall(r"^\| `([\w.-]+)` \| \w", page, re.MULTILINE)

    assert declared == set(explained)
    assert len(explained) == len(set(explained))


# Rules

CITED = re.compile(r"\bR(\d+)\b")


def stated_rules() -> dict[str, str]:
    """Each rule of the page by its number."""
    entries = re.findall(r"^- \*\*R(\d+)\*\* (.*?)(?=^- |^#|^\||\Z)", told(RULES), re.MULTILINE | re.DOTALL)
    return dict(entries)


def names_of_tests() -> set[str]:
    found: set[str] = set()
    for file in (ROOT / "tests").rglob("test_*.py"):
        found |= set(re.findall(r"def (test_\w+)", told(file)))
    return found


def test_every_rule_that_is_cited_is_stated() -> None:
    cited = {number for file in SOURCES for number in CITED.findall(told(file))}
    proved = {number for name in names_of_tests() for number in re.findall(r"(?<=_)r(\d+)(?=_)", name)}

    assert len(cited) > 50
    assert set() == (cited | proved) - set(stated_rules())


def test_every_test_that_the_rules_name_exists() -> None:
    named = {name for rule in stated_rules().values() for name in re.findall(r"`(test_\w+)`", rule)}

    assert len(named) > 60
    assert set() == named - names_of_tests()


def test_no_rule_stands_twice_and_they_stand_in_order() -> None:
    numbers = [int(number) for number in re.findall(r"^- \*\*R(\d+)\*\*", told(RULES), re.MULTILINE)]

    assert sorted(set(numbers)) == numbers


NOT_BUILT = {88, 89, 90, 91, 93, 94}
"""What Google would send word with to a public address; a service at home asks (R92)."""


def test_no_rule_is_left_out() -> None:
    assert set(range(1, 106)) - NOT_BUILT == {int(number) for number in stated_rules()}


def test_every_rule_names_the_test_that_shows_it() -> None:
    shown = {
        number: re.findall(r"`(test_\w+)`|the one of (R\d+)", rule) for number, rule in stated_rules().items()
    }

    assert [] == [number for number, tests in shown.items() if not tests]


def test_every_case_of_others_names_what_holds_here() -> None:
    cases = re.findall(r"^\| (\d+) \|.*\| (.*?) \|$", told(ROOT / "docs" / "calendar-cases.md"), re.MULTILINE)

    assert [str(number) for number in range(1, 100)] == [number for number, _ in cases]
    for _, shown in cases:
        rules, tests = set(CITED.findall(shown)), set(re.findall(r"`(test_\w+)`", shown))
        assert rules | tests
        assert set() == (rules - set(stated_rules())) | (tests - names_of_tests())
