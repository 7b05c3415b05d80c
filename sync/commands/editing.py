"""Opens a text in the therapist's editor without leaving it readable on the disk."""

import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from sync.errors import Refused

_IN_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it


def edit_privately(text: str) -> str:
    """What `text` has become when the editor is closed.

    The draft lies in memory where the system has a place for that, in a folder that is ours alone,
    and is overwritten and removed afterwards. Raises `Refused` when no editor can be opened or it
    ends with an error; the draft is then kept and its place is said, so that no word is lost.
    """
    command = _editor()
    folder = Path(tempfile.mkdtemp(prefix="practice-sync-", dir=_IN_MEMORY if _IN_MEMORY.is_dir() else None))
    draft = folder / "note.md"
    draft.write_text(text, encoding="utf-8")
    draft.chmod(0o600)
    try:
        ended = subprocess.run([*command, str(draft)], check=False).returncode  # noqa: S603 - her own editor
    except OSError as missing:
        _remove(folder)
        raise Refused("The editor cannot be started.", "Name another in $VISUAL or $EDITOR.") from missing
    if ended != 0 and _is_unchanged(draft, text):
        _remove(folder)
        raise Refused("The editor ended with an error; nothing was changed.", "Try `note edit` again.")
    if ended != 0:
        raise Refused(
            f"The editor ended with an error, so nothing was saved; the draft is still in {draft}.",
            "Save it with `practice-sync note write SESSION --file DRAFT`, then remove it.",
        )
    try:
        changed = draft.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as trouble:
        raise Refused(f"The draft {draft} cannot be read as UTF-8.", "Save it as UTF-8 text.") from trouble
    _remove(folder)
    return changed


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
    """Overwrite and remove the draft and whatever the editor left beside it."""
    for file in folder.iterdir():
        if file.is_file() and not file.is_symlink():
            file.write_bytes(b"\0" * file.stat().st_size)
        file.unlink()
    folder.rmdir()
