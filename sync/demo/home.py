"""A home folder of its own for the sample practice, away from everything that is the user's."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp

from sync.demo.days import TIME_ZONE
from sync.errors import Refused
from sync.sandbox.server import Sandbox
from sync.settings import FILE_NAME, Settings
from sync.settings.keys import HOME_VARIABLE, PREFIX
from sync.setup import set_up

NAME = "practice-sync-demo-"
PROXIES = ("http_proxy", "HTTP_PROXY")


@dataclass(frozen=True, slots=True)
class SampleHome:
    """Where the sample lies. `made` are all the folders that removing it again takes."""

    folder: Path
    key_folder: Path
    made: tuple[Path, ...]


def make_home(wish: Path | None) -> SampleHome:
    """A fresh home in the system's folder for temporary files, or at `wish`, an empty or new folder.

    The key lies beside the home, never in it. Raises `Refused` for a folder that holds something.
    """
    if wish is None:
        parent = Path(mkdtemp(prefix=NAME))
        return SampleHome(parent / "home", parent / "key", (parent,))
    folder = wish.expanduser().absolute()
    if not _is_free(folder):
        raise Refused("The folder for the demo is not empty.", "Name another with --home, or leave it out.")
    key_folder = Path(mkdtemp(prefix=f"{NAME}key-"))
    return SampleHome(folder, key_folder, (folder, key_folder))


def _is_free(folder: Path) -> bool:
    try:
        return not folder.exists() or not any(folder.iterdir())
    except OSError:  # a file, or a folder that may not be looked into
        return False


def found_practice(home: SampleHome, sandbox: Sandbox, now: datetime) -> Settings:
    """Set up the practice at `now` (aware, UTC), with the sandbox in Google's place.

    Raises `Refused` for a folder that cannot be written.
    """
    try:
        home.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (home.folder / FILE_NAME).write_text(_settings_text(home, sandbox), encoding="utf-8")
    except OSError as trouble:
        raise Refused(
            f"The folder for the demo cannot be written ({trouble.strerror}).",
            "Name another with --home, or leave it out.",
        ) from trouble
    return set_up(home.folder, now).settings


def _settings_text(home: SampleHome, sandbox: Sandbox) -> str:
    sections = {
        "key": {"place": "file", "file": str(home.key_folder / "root.key")},
        "practice": {"time_zone": TIME_ZONE},
        "mail": {"transport": "maildir"},
        "notes": {"reminders": "off"},  # of a past that went by in seconds nobody is reminded
        "google": {
            "api_root": sandbox.api_root,
            "gmail_root": sandbox.gmail_root,
            "auth_uri": sandbox.auth_uri,
            "token_uri": sandbox.token_uri,
            "revoke_uri": sandbox.revoke_uri,
        },
    }
    lines = ["# Settings of a sample practice. The calendar it names ended with the demo."]
    for section, values in sections.items():
        lines += ["", f"[{section}]"]
        lines += [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in values.items()]
    return "\n".join(lines) + "\n"


@contextmanager
def own_surroundings() -> Iterator[tuple[str, ...]]:
    """Let no setting of the user's own practice reach the sample, nor a proxy stand before the loopback.

    An override such as `PRACTICE_SYNC_DATABASE__URL` would lead the sample into her real records.
    Gives the names of the overrides that were set aside; everything is as before afterwards.
    """
    overrides = sorted(name for name in os.environ if name.startswith(PREFIX))
    before = {name: os.environ.pop(name) for name in (*overrides, *PROXIES) if name in os.environ}
    try:
        yield tuple(name for name in overrides if name != HOME_VARIABLE)
    finally:
        os.environ.update(before)
