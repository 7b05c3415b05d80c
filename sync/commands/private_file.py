"""Writes a page into a file that nobody else may read, at no moment."""

import os
from pathlib import Path

from sync.errors import Refused


def write_private(file: Path, page: str, option: str = "--html") -> None:
    """Write `page` into `file`, line ends as they are, over what stood there.

    Raises `Refused`, which names the `option` that takes another file, where it cannot be written.
    """
    try:
        with open(file, "w", encoding="utf-8", newline="", opener=_open_private) as opened:
            file.chmod(0o600)  # one that was there already may let others in
            opened.write(page)
    except OSError as trouble:
        raise Refused(f"The file {file} cannot be written.", f"Name another with {option}.") from trouble


def _open_private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
