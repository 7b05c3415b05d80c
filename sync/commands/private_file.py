"""Writes a page into a file that nobody else may read, at no moment."""

import os
from pathlib import Path

from sync.errors import Refused


def write_private(file: Path, page: str) -> None:
    """Write `page` into `file`, over what stood there. Raises `Refused` where it cannot be written."""
    try:
        with open(file, "w", encoding="utf-8", opener=_open_private) as opened:
            file.chmod(0o600)  # one that was there already may let others in
            opened.write(page)
    except OSError as trouble:
        raise Refused(f"The file {file} cannot be written.", "Name another with --html.") from trouble


def _open_private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
