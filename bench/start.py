"""How long `--help` takes, against an empty interpreter and in seconds."""

import subprocess
import sys
import time
from pathlib import Path

from bench.figures import Figure, Pair

SCRIPT = Path(sys.executable).with_name("practice-sync")


def figures(runs: int) -> list[Figure]:
    """`practice-sync --help`, warm: as a ratio to 0.25 s, and to an interpreter that does nothing."""
    help_command, empty = [str(SCRIPT), "--help"], [sys.executable, "-c", "pass"]
    _seconds(help_command)
    pairs = [(_seconds(help_command), _seconds(empty)) for _ in range(max(runs, 10))]
    return [
        Figure("practice-sync --help / 0.25 s", [Pair(ours, 0.25) for ours, _ in pairs], 1.0),
        Figure("practice-sync --help / an empty interpreter", [Pair(*pair) for pair in pairs], 10.0),
    ]


def _seconds(command: list[str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - began
