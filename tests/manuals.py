"""The manuals and the code as texts: what each of them says, and what it says as code."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
MANUALS = [README, *sorted((ROOT / "docs").rglob("*.md"))]
SOURCES = [ROOT / "cli.py", *sorted((ROOT / "sync").rglob("*.py")), *sorted((ROOT / "models").rglob("*.py"))]

FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`([^`]+)`")


@dataclass(frozen=True)
class Quoted:
    """Something that a text says as code, and where it says so."""

    words: str
    place: str


def told(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def spans(text: str) -> Iterator[str]:
    """The code spans of a Markdown text, each on one line; fenced blocks are left out."""
    for found in SPAN.finditer(FENCE.sub("", text)):
        yield " ".join(found[1].split())


def strings(file: Path) -> Iterator[str]:
    """Every text in a module, docstrings too; what is put into an f-string is an `X`."""
    within = set()
    for node in ast.walk(ast.parse(told(file))):
        if isinstance(node, ast.JoinedStr):
            within |= {id(part) for part in node.values}
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "X" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in within:
            yield node.value
