"""Opens a text in the therapist's editor without leaving it readable on the disk."""

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import click

from sync.errors import Refused

_IN_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it


@contextmanager
def edited_privately(text: str, save_with: str) -> Iterator[str]:
    """What `text` has become when the editor is closed; the draft is removed when the block has ended well.

    The draft lies in memory where the system has a place for that, in a folder that is ours alone, and
    is overwritten before it is removed. Raises `Refused` when no editor can be opened or it ends with
    an error. When words were written and the block fails, the draft stays, and its place is said with
    the command that saves it (`save_with`).
    """
    folder = Path(tempfile.mkdtemp(prefix="practice-sync-", dir=_IN_MEMORY if _IN_MEMORY.is_dir() else None))
    draft = folder / "note.md"
    draft.write_bytes(text.encode())
    draft.chmod(0o600)
    try:
        _run_editor(draft)
        yield _changed(draft)
    except BaseException:
        if _is_unchanged(draft, text):
            _remove(folder)
        else:
            click.echo(f"What you wrote is still in {draft}.", err=True)
            click.echo("  Save it from there, then remove it:", err=True)
            click.echo(f"    {save_with}", err=True)
        raise
    _remove(folder)


def _run_editor(draft: Path) -> None:
    try:
        ended = subprocess.run([*_editor(), str(draft)], check=False).returncode  # noqa: S603 - her own editor
    except OSError as missing:
        raise Refused("The editor cannot be started.", "Name another in $VISUAL or $EDITOR.") from missing
    if ended != 0:
        raise Refused("The editor ended with an error, so nothing was saved.", "Try `note edit` again.")


def _changed(draft: Path) -> str:
    try:
        return draft.read_bytes().decode()
    except (OSError, UnicodeDecodeError) as trouble:
        raise Refused("The draft cannot be read as UTF-8.", "Save it as UTF-8 text.") from trouble


def _is_unchanged(draft: Path, text: str) -> bool:
    try:
        return draft.read_bytes() == text.encode()
    except OSError:
        return False


def _editor() -> list[str]:
    named = (
        os.environ.get("VISUAL")
        or os.environ.get("EDITOR")
        or ("notepad" if sys.platform == "win32" else "vi")
    )
    try:
        return shlex.split(named)
    except ValueError as odd:
        raise Refused("$EDITOR cannot be understood.", "Give a program's name, with its options.") from odd


def _remove(folder: Path) -> None:
    """Overwrite and remove the draft and whatever the editor left beside it, in folders of its own too."""
    for place, _, names in os.walk(folder):
        for file in (Path(place) / name for name in names):
            with suppress(OSError):  # one that cannot be overwritten can be removed
                if file.is_file() and not file.is_symlink():
                    file.write_bytes(b"\0" * file.stat().st_size)
    try:
        shutil.rmtree(folder)
    except OSError:
        click.echo(f"The editor's draft could not be removed: please remove {folder} yourself.", err=True)
