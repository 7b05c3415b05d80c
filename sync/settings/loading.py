"""Makes `Settings` of what was said and of the defaults, or says in one line what is wrong."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from sync.errors import SettingsError
from sync.settings.defaults import computed_defaults, default_home
from sync.settings.keys import FIELDS, HOME_VARIABLE, SECTIONS, expected_value
from sync.settings.sections import Settings
from sync.settings.sources import Given, read_given

__all__ = ["FILE_NAME", "default_home", "load_settings"]

FILE_NAME = "settings.toml"


def load_settings(home: Path | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """The settings of `home`, else of `PRACTICE_SYNC_HOME`, else of the user's data folder.

    A missing file means defaults throughout. `environ` is the process's own unless given.
    Raises `SettingsError`, one line, which never repeats a value.
    """
    environ = os.environ if environ is None else environ
    folder = _find_home(home, environ)
    given = read_given(folder / FILE_NAME, environ)
    said = {key: each.value for key, each in given.items()}
    values: dict[str, Any] = {"home": folder} | {section: {} for section in SECTIONS}
    for key, value in (computed_defaults(folder, said, environ) | said).items():
        section, _, name = key.partition(".")
        values[section][name] = value
    try:
        return Settings.model_validate(values, context={"home": folder})
    except ValidationError as wrong:
        raise SettingsError(
            _what_is_wrong(wrong, given)
        ) from None  # pydantic's own text would follow otherwise


def _find_home(home: Path | None, environ: Mapping[str, str]) -> Path:
    named = home or environ.get(HOME_VARIABLE) or default_home()
    try:
        return Path(named).expanduser().absolute()
    except RuntimeError as nobody:
        raise SettingsError(f"{HOME_VARIABLE} names the folder of a user who does not exist.") from nobody


def _what_is_wrong(wrong: ValidationError, given: Mapping[str, Given]) -> str:
    first, *others = wrong.errors(include_url=False, include_input=False)
    reason = str(first["ctx"]["error"]) if first["type"] == "value_error" else ""
    key = ".".join(str(part) for part in first["loc"][:2])
    more = f" ({len(others)} more wrong.)" if others else ""
    if key not in FIELDS:
        return f"{reason}.{more}"
    fixed = expected_value(key)
    expected = reason if reason and fixed == "text in quotes" else fixed
    source = f" in {given[key].source}" if key in given else ""
    return f"`{key}`{source} must be {expected}.{more}"
