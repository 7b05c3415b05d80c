"""The layout is kept: who may import whom, which names are used, what lies at the top."""

import ast
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

MAY_IMPORT: dict[str, tuple[str, ...]] = {
    "cli": ("sync", "models"),
    "sync.commands": ("sync", "models"),
    "sync.demo": ("sync", "models"),
    "sync.checkup": ("sync", "models"),
    "sync.setup": ("sync.adapters", "sync.ports", "sync.settings", "sync.errors", "models"),
    "sync.worker": ("sync.jobs", "sync.store", "sync.app", "sync.domain", "sync.settings", "sync.errors"),
    "sync.jobs": ("sync.domain", "sync.store", "sync.app", "sync.ports", "sync.errors"),
    "sync.app": ("sync.adapters", "sync.ports", "sync.settings", "sync.errors", "models"),
    "sync.store": ("sync.domain", "models"),
    "sync.adapters": ("sync.ports", "sync.errors", "sync.settings", "sync.domain", "models.errors"),
    "sync.domain": (),
    "sync.ports": ("sync.domain", "sync.errors"),
    "sync.errors": ("models.errors",),
    "sync.settings": ("sync.errors", "models.errors"),
    "sync.sandbox": (),
    "models": (),
}
"""Room to what it may import of ours; itself always. `sync` means every room of it."""

SANDBOX_USERS = ("sync.demo", "sync.sandbox", "sync.commands.demo")
DOMAIN_LIBRARIES = {"rapidfuzz"}
LATE_IMPORTS_ALLOWED = ("cli", "sync.commands", "sync.app", "sync.demo")
"""Where something heavy may be loaded late: doors, and the app that wires what a command needs."""

TOP = {
    "pyproject.toml",
    "sync",
    "models",
    "templates",
    "cli.py",
    "tests",
    "README.md",
    "requirements.lock",
    "CHANGELOG.md",
    "LICENSE",
    "justfile",
    "docs",
    "bench",
}

ONE_OWNER: dict[str, str | tuple[str, ...]] = {
    "googleapiclient": "sync.adapters",
    "google": "sync.adapters",
    "google_auth_oauthlib": "sync.adapters",
    "google_auth_httplib2": "sync.adapters",
    "smtplib": "sync.adapters",
    "keyring": "sync.adapters",
    "css_inline": "sync.adapters",
    "resvg_py": "sync.adapters",
    "jinja2": "sync.adapters",
    "sqlite3": "models",
    "cryptography": ("models", "sync.adapters.smime"),
    "alembic": "models",
    "apscheduler": "sync.worker",
}
"""Outside things with one room that may know them.

What is kept is sealed in `models`; what is mailed is encrypted to its reader in one adapter, without a key.
"""


@dataclass(frozen=True)
class Import:
    module: str
    imported: str
    line: int
    late: bool


def modules() -> Iterator[tuple[str, Path]]:
    files = [ROOT / "cli.py", *(ROOT / "sync").rglob("*.py"), *(ROOT / "models").rglob("*.py")]
    for file in files:
        parts = file.relative_to(ROOT).with_suffix("").parts
        yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), file


def imports() -> Iterator[Import]:
    for module, file in modules():
        tree = ast.parse(file.read_text(encoding="utf-8"))
        top_level = set(tree.body)
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                for name in node.names:
                    yield Import(module, name.name, node.lineno, node not in top_level)
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{module}:{node.lineno} imports relatively"
                yield Import(module, node.module or "", node.lineno, node not in top_level)


def room_of(module: str) -> str:
    rooms = [room for room in MAY_IMPORT if is_in(module, room)]
    return max(rooms, key=len, default="")


def is_in(module: str, room: str) -> bool:
    return module == room or module.startswith(f"{room}.")


ALL = list(imports())
OURS = [each for each in ALL if is_in(each.imported, "sync") or is_in(each.imported, "models")]


def test_every_module_lives_in_a_room() -> None:
    homeless = {module for module, _ in modules() if not room_of(module)} - {"sync"}

    assert set() == homeless


def test_imports_point_one_way() -> None:
    wrong = [
        each
        for each in OURS
        if not any(
            is_in(each.imported, room) for room in (room_of(each.module), *MAY_IMPORT[room_of(each.module)])
        )
    ]

    assert [] == wrong


def test_the_sandbox_is_for_the_demo_and_the_tests_alone() -> None:
    wrong = [
        each
        for each in OURS
        if is_in(each.imported, "sync.sandbox")
        and not any(is_in(each.module, user) for user in SANDBOX_USERS)
    ]

    assert [] == wrong


def test_the_domain_thinks_and_touches_nothing() -> None:
    pure = {
        "bisect",
        "collections",
        "dataclasses",
        "datetime",
        "enum",
        "functools",
        "hashlib",
        "html",
        "itertools",
        "json",
        "math",
        "re",
        "statistics",
        "types",
        "typing",
        "unicodedata",
        "urllib",
        "zoneinfo",
    }
    outside = [
        each
        for each in ALL
        if is_in(each.module, "sync.domain")
        and not is_in(each.imported, "sync.domain")
        and each.imported.partition(".")[0] not in pure | DOMAIN_LIBRARIES
    ]

    assert [] == outside


@pytest.mark.parametrize(("library", "room"), ONE_OWNER.items())
def test_an_outside_thing_is_known_to_one_room(library: str, room: str | tuple[str, ...]) -> None:
    rooms = (room,) if isinstance(room, str) else room
    users = {each.module for each in ALL if is_in(each.imported, library)}
    strangers = {user for user in users if not any(is_in(user, each) for each in rooms)}

    assert users
    assert set() == strangers


EXPANDERS = {"recurring_ical_events": "sync.adapters.ics_series", "dateutil": "sync.sandbox.recurrence"}
"""What works out recurrences, and the one module that does so by it."""


def test_r49_nothing_works_out_when_a_series_takes_place_but_published_calendars_and_the_sandbox() -> None:
    known = re.compile(r"^(dateutil|rrule|recurr\w*|ical_?events|x_wr_timezone|ics)(\.|$)|rrule")
    users = {
        (each.imported.partition(".")[0], each.module)
        for each in ALL
        if not is_in(each.imported, "sync") and known.search(each.imported)
    }

    assert set(EXPANDERS.items()) == users


PRIVATE_READERS = {
    "sync.store.private_notes": {"sync.jobs.private_notes"},
    "sync.jobs.private_notes": {"sync.commands.note_private"},
    "sync.store.private_moves": {"sync.store.private_notes", "sync.store.resealing", "sync.store.carries"},
}
"""What reads or moves private notes, and the only ones that may import it."""


@pytest.mark.parametrize(("module", "readers"), PRIVATE_READERS.items())
def test_private_notes_are_reached_by_their_own_way_alone(module: str, readers: set[str]) -> None:
    named = re.compile(rf"\b{re.escape(module)}\b|\bimport .*\b{module.rpartition('.')[2]}\b")
    users = {each for each, file in modules() if named.search(file.read_text(encoding="utf-8"))}

    assert readers == users


def test_only_what_keeps_private_notes_knows_their_tables_and_their_key() -> None:
    named = re.compile(r'tables\.PrivateNote|"private_note(_revision)?"|private_vault_of|vault\.private\(')
    owners = {"models.records", "sync.store.private_notes", "sync.store.private_moves"}
    owners |= {"models.tables.private_notes"}
    users = {each for each, file in modules() if named.search(file.read_text(encoding="utf-8"))}

    assert owners == {each for each in users if not is_in(each, "models.migrations")}


def test_moving_a_private_note_hands_out_nothing_of_it() -> None:
    [file] = [file for module, file in modules() if module == "sync.store.private_moves"]
    public = {
        node.name: ast.unparse(node.returns) if node.returns else ""
        for node in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    }

    assert {"give_private_notes": "None", "carry_private_notes": "None", "private_place": "Place"} == public


def test_nothing_is_imported_late_to_get_round_the_table() -> None:
    late = [
        each
        for each in ALL
        if each.late and not any(is_in(each.module, room) for room in LATE_IMPORTS_ALLOWED)
    ]

    assert [] == late


def test_nobody_imports_for_type_checking_only() -> None:
    assert [] == [module for module, file in modules() if "TYPE_CHECKING" in file.read_text(encoding="utf-8")]


def test_only_the_app_reads_the_clock() -> None:
    clock = re.compile(r"\b(datetime\.now|datetime\.utcnow|date\.today|time\.time)\(")
    readers = {module for module, file in modules() if clock.search(file.read_text(encoding="utf-8"))}
    doors = (
        "sync.app",
        "sync.commands",
        "sync.sandbox",
        "sync.demo",
        "sync.adapters.google_sign_in",
        "sync.worker",
    )

    assert set() == {reader for reader in readers if not any(is_in(reader, door) for door in doors)}


def test_no_network_stands_inside_a_transaction() -> None:
    """In a job, nothing under `with app.writing()` asks a calendar, a mailer or a key store."""
    calls = re.compile(r"\.(snapshot|ring|event|send)\(")
    found = []
    for module, file in modules():
        if not is_in(module, "sync.jobs"):
            continue
        source = file.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.With) and any("writing(" in ast.unparse(item) for item in node.items):
                found += [module for line in node.body if calls.search(ast.unparse(line))]

    assert [] == found


def test_the_store_never_commits() -> None:
    found = [
        module
        for module, file in modules()
        if is_in(module, "sync.store")
        and re.search(r"\.(commit|rollback)\(", file.read_text(encoding="utf-8"))
    ]

    assert [] == found


def test_the_top_level_is_what_was_agreed() -> None:
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout
    top = {line.partition("/")[0] for line in tracked.splitlines()}

    assert set() == {name for name in top if not name.startswith(".")} - TOP


def test_no_drawer_files() -> None:
    drawers = {"utils", "util", "helpers", "common", "base", "manager", "misc"}

    assert set() == {module for module, _ in modules() if module.rpartition(".")[2] in drawers}
