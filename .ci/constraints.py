"""Writes the versions of requirements.lock into pyproject.toml as uv's constraints."""

import re
import sys
from pathlib import Path

PYPROJECT, LOCK = Path("pyproject.toml"), Path("requirements.lock")
LIST = re.compile(r"^constraint-dependencies = \[\n(?:    .*\n)*\]\n", re.MULTILINE)
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;]+)(?: ; ([^\\\n]+?))?(?: \\)?$", re.MULTILINE)


def pins(lock: str) -> list[str]:
    """Every `name==version` of the lock, with its marker where it has one."""
    return [
        f"{name}=={version}" + (f" ; {marker.strip()}" if marker else "")
        for name, version, marker in PIN.findall(lock)
    ]


def main() -> None:
    """Replace the list of constraints; with `--clear`, by an empty one."""
    wanted = [] if "--clear" in sys.argv else pins(LOCK.read_text(encoding="utf-8"))
    lines = "".join(f"    {pin!r},\n" for pin in wanted)  # TOML's literal strings are Python's
    text = PYPROJECT.read_text(encoding="utf-8")
    new, found = LIST.subn(lambda _: f"constraint-dependencies = [\n{lines}]\n", text)
    if found != 1:
        sys.exit("pyproject.toml has no list of constraints to replace")
    PYPROJECT.write_text(new, encoding="utf-8")


if __name__ == "__main__":
    main()
