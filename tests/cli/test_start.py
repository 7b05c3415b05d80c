"""Help is quick because it loads nothing heavy; commands load what they use."""

import subprocess
import sys

HEAVY = ("googleapiclient", "sqlmodel", "sqlalchemy", "pydantic", "jinja2", "apscheduler", "keyring", "rich")


def loaded_by(*words: str) -> set[str]:
    """Which of the heavy libraries are loaded after a command, run in a fresh interpreter."""
    script = (
        "import sys, cli\n"
        f"sys.argv = ['practice-sync', *{list(words)!r}]\n"
        "try:\n    cli.main()\nexcept SystemExit:\n    pass\n"
        f"print('LOADED', *[name for name in {HEAVY!r} if name in sys.modules])\n"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(ran.stdout.rpartition("LOADED")[2].split())


def test_help_loads_nothing_heavy() -> None:
    assert set() == loaded_by("--help")


def test_a_command_that_asks_no_calendar_loads_no_client_library() -> None:
    assert not loaded_by("clients", "--help") & {"googleapiclient", "rich", "apscheduler"}
