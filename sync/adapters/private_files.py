"""Small files that nobody else may read: made so, and refused when they are not so any more."""

import contextlib
import os
import stat
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import mkstemp

from models.errors import KeyUnsafe

LARGEST = 4096
"""Bytes. A key or a password is far smaller; more is no file of ours."""

_OPEN_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


def read_private(path: Path) -> bytes | None:
    """The file's content, None when there is no file.

    Raises `KeyUnsafe` for a symbolic link, anything but a plain file, another owner, a mode that lets group
    or others in, a folder in which others could replace it, or more than `LARGEST` bytes.
    """
    content = read_plain(path, private=True)
    if content is not None:
        _require_folder_safe(path)
    return content


def read_plain(path: Path, *, private: bool = False) -> bytes | None:
    """The content of a plain file, no link, None when there is none; `private` as in `read_private`."""
    try:
        with open(path, "rb", opener=_open_at_once) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise _no_file(path)
            if private:
                _require_private(path, status)
            content = file.read(LARGEST + 1)
    except FileNotFoundError:
        return None
    except OSError as refused:
        raise _unreadable(path, refused) from refused
    if len(content) > LARGEST:
        raise KeyUnsafe(f"{path} is too large to be a file of ours.", "Put the right file back.")
    return content


def create_private(path: Path, content: bytes) -> None:
    """Make the file, whole or not at all, with mode 0600; its folder, where missing, with 0700.

    Raises `FileExistsError` when anything stands there already, `KeyUnsafe` when it cannot be made.
    """
    with _made_private(path, content) as made:
        # A link appears at once and complete, and never over another file.
        os.link(made, path)


def replace_private(path: Path, content: bytes) -> None:
    """As `create_private`, but in place of what was there."""
    with _made_private(path, content) as made:
        made.replace(path)


def require_outside(path: Path, forbidden: Sequence[Path]) -> None:
    """Raise `KeyUnsafe` when `path` lies in one of the `forbidden` folders, links followed."""
    place = path.resolve()
    for folder in forbidden:
        if place.is_relative_to(folder.resolve()):
            raise KeyUnsafe(
                f"{path} lies in {folder}, beside what it locks: whoever copies that folder has both.",
                "Move the file elsewhere and name its new place in the settings (`key.file`).",
            )


@contextlib.contextmanager
def _made_private(path: Path, content: bytes) -> Iterator[Path]:
    """A finished file beside `path`, gone again afterwards if nobody moved it."""
    made: Path | None = None
    try:
        _make_folder(path.parent)
        _require_folder_safe(path)
        descriptor, name = mkstemp(prefix=f".{path.name}.", dir=path.parent)
        made = Path(name)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(descriptor)
        yield made
    except FileExistsError:
        raise
    except OSError as refused:
        raise KeyUnsafe(
            f"{path} cannot be written: {refused.strerror}.", "Choose a folder that is yours and has space."
        ) from refused
    finally:
        if made is not None:
            made.unlink(missing_ok=True)


def _make_folder(folder: Path) -> None:
    """Make it and what is missing above it, all with mode 0700; `mkdir(parents=True)` would not."""
    if not folder.is_dir():
        _make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)


def _open_at_once(path: str, _flags: int) -> int:
    """Follows no link, and does not wait for a pipe's other end."""
    return os.open(path, _OPEN_FLAGS)


def _no_file(path: Path) -> KeyUnsafe:
    return KeyUnsafe(f"{path} is not a file.", "Move away what stands there, and put the file back.")


def _unreadable(path: Path, refused: OSError) -> KeyUnsafe:
    if isinstance(refused, IsADirectoryError):
        return _no_file(path)
    if path.is_symlink():
        return KeyUnsafe(
            f"{path} is a symbolic link.",
            "Put the file itself there, or name its true place in the settings.",
        )
    return KeyUnsafe(f"{path} cannot be read: {refused.strerror}.")


def _require_private(path: Path, status: os.stat_result) -> None:
    if sys.platform == "win32":
        return  # the user's profile folder is private there, and modes mean nothing
    if status.st_uid != os.geteuid():
        raise KeyUnsafe(f"{path} belongs to another user of this machine.")
    if status.st_mode & 0o077:
        raise KeyUnsafe(f"{path} can be read or changed by others (mode {status.st_mode & 0o777:04o}).")


def _require_folder_safe(path: Path) -> None:
    """Others must not be able to put another file in its place; a sticky folder, as /tmp, prevents that."""
    if sys.platform == "win32":
        return
    status = path.parent.stat()
    if status.st_mode & 0o022 and not status.st_mode & stat.S_ISVTX:
        raise KeyUnsafe(
            f"Others can replace {path}: its folder has mode {status.st_mode & 0o777:04o}.",
            f"Make the folder yours alone: `chmod 700 {path.parent}`.",
        )
