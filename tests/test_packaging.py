"""The package says what it needs, pins it twice alike, and names no index."""

import ast
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / line for line in listed.splitlines() if (ROOT / line).is_file()]


def name_of(requirement: str) -> str:
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found is not None
    return found[0].lower().replace("_", "-")


def test_uvs_constraints_and_the_lock_carry_the_same_versions() -> None:
    locked = dict(re.findall(r"^([a-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;]+)", LOCK, re.MULTILINE))
    constraints = PYPROJECT["tool"]["uv"]["constraint-dependencies"]
    pinned = dict(re.findall(r"^([a-z0-9._-]+)==([^\s;]+)", "\n".join(constraints), re.MULTILINE))

    assert locked == pinned
    assert len(locked) > 60


def test_every_locked_version_has_its_hashes() -> None:
    entries = re.split(r"^(?=[a-z0-9])", LOCK, flags=re.MULTILINE)[1:]

    assert [] == [entry.partition(" ")[0] for entry in entries if "--hash=sha256:" not in entry]


def test_no_tracked_file_names_a_package_index() -> None:
    hosts = re.compile(
        rb"pypi\.o" + rb"rg|pythonhosted\.o" + rb"rg|registry\.npm" + rb"js|deb\.debian\.o" + rb"rg"
    )

    assert [] == [file.name for file in tracked() if hosts.search(file.read_bytes())]


def test_uvs_own_lock_is_not_tracked() -> None:
    assert "uv.lock" not in {file.name for file in tracked()}


def test_every_library_that_is_imported_is_declared() -> None:
    declared = {name_of(r) for r in PYPROJECT["project"]["dependencies"]}
    declared |= {name_of(r) for r in PYPROJECT["project"]["optional-dependencies"]["postgres"]}
    providers = packages_distributions()
    undeclared = {}
    for file in [ROOT / "cli.py", *(ROOT / "sync").rglob("*.py"), *(ROOT / "models").rglob("*.py")]:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            named = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            named += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for module in named:
                top = module.partition(".")[0]
                if top in sys.stdlib_module_names or top in ("sync", "models", "cli"):
                    continue
                owners = {name_of(owner) for owner in providers.get(top, [top])}
                if not owners & (
                    declared | {"sqlalchemy", "annotated-types"}
                ):  # SQLModel and pydantic stand on them
                    undeclared[top] = file.name

    assert {} == undeclared


def test_every_declared_library_is_used() -> None:
    imported = set()
    for file in [*(ROOT / "sync").rglob("*.py"), *(ROOT / "models").rglob("*.py"), ROOT / "cli.py"]:
        imported |= set(
            re.findall(r"^\s*(?:from|import) ([a-z_0-9A-Z]+)", file.read_text(encoding="utf-8"), re.M)
        )
    providers = packages_distributions()
    used = {name_of(owner) for top in imported for owner in providers.get(top, [])}
    found_by_others = {
        "tzdata",  # zones for systems that have none: zoneinfo finds it by itself
        "pysocks",  # proxies: httplib2 refuses to work behind one without it
    }

    assert set() == {name_of(r) for r in PYPROJECT["project"]["dependencies"]} - used - found_by_others
