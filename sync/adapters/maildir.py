"""Delivers letters into a local mail folder (Maildir), so that nothing leaves this machine."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import ClassVar

from sync.adapters.letters import build_message
from sync.errors import DeliveryPostponed
from sync.ports import Letter

SUBFOLDERS = ("tmp", "new", "cur")


@dataclass(frozen=True, slots=True)
class MaildirMailer:
    """Writes each letter as one file, named after its message id: delivering it again changes nothing."""

    folder: Path
    sender: str
    now: Callable[[], datetime]

    over_network: ClassVar[bool] = False

    def send(self, letter: Letter, handing_over: Callable[[], None]) -> None:
        """Deliver `letter` whole or not at all (fsync, then rename).

        Raises `DeliveryPostponed` when the folder cannot be written, `DeliveryImpossible` for a bad address.
        """
        message = build_message(letter, self.sender, self.now()).as_bytes()
        name = _file_name(letter.message_id)
        with _translated():
            self._prepare()
            if self._holds(name):
                handing_over()
                return
            draft = self.folder / "tmp" / f"{name}.{os.getpid()}"
            _write_durably(draft, message)
        handing_over()
        with _translated():
            draft.rename(self.folder / "new" / name)
            _sync_folder(self.folder / "new")

    def check(self, permission: str = "") -> None:  # noqa: ARG002 - a local matter needs none
        """See that letters can be laid here; raises as `send` does."""
        with _translated():
            self._prepare()
            probe = self.folder / "tmp" / f"check.{os.getpid()}"
            _write_durably(probe, b"")
            probe.unlink()

    def identity(self, permission: str = "") -> str:  # noqa: ARG002 - a local matter needs none
        """Nobody signs in."""
        return ""

    def close(self) -> None:
        """Nothing is held."""

    def _prepare(self) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for subfolder in SUBFOLDERS:
            (self.folder / subfolder).mkdir(mode=0o700, exist_ok=True)

    def _holds(self, name: str) -> bool:
        """Whether the letter lies here already; what was read is moved to `cur` and flagged."""
        if (self.folder / "new" / name).exists():
            return True
        return any(path.name.partition(":")[0] == name for path in (self.folder / "cur").iterdir())


def _file_name(message_id: str) -> str:
    return f"{sha256(message_id.encode()).hexdigest()[:32]}.practice-sync"


def _write_durably(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    with open(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _translated() -> Iterator[None]:
    """Turns a full, read-only or missing disk into a delivery that is tried again."""
    try:
        yield
    except OSError as error:
        raise DeliveryPostponed(
            f"The mail folder could not be written ({error.strerror or 'unknown fault'}).",
            "Free some space or make the mail folder writable; delivery is tried again by itself.",
        ) from error
