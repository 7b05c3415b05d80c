"""Runs the benchmarks and prints each figure: `python -m bench [NAME …] [--runs N]`."""

import argparse
import importlib
import sys

from cli import tune_python

BENCHMARKS = (
    *("mail", "briefing"),
    *("pull", "beside", "doorbell", "many", "history", "start", "worker"),
    *("trends", "truth", "notes", "attendance", "progress"),
)
"""Each is a module here with `figures(runs)`."""


def main() -> None:
    """Measure what was named, or everything; end with 1 when a limit does not hold."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", help=f"which: {', '.join(BENCHMARKS)}")
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    unknown = set(asked.names) - set(BENCHMARKS)
    if unknown:
        parser.error(f"there is no benchmark {', '.join(sorted(unknown))}")
    tune_python()  # as the program does at its start
    held = True
    for name in asked.names or BENCHMARKS:
        for figure in importlib.import_module(f"bench.{name}").figures(asked.runs):
            print(figure, flush=True)
            held = held and figure.holds
    sys.exit(0 if held else 1)


if __name__ == "__main__":
    main()
