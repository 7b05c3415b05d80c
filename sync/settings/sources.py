"""What was said in the settings file and in the environment, and where; nothing else is accepted there."""

import os
import re
import stat
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sync.errors import SettingsError
from sync.settings.keys import (
    FIELDS,
    HOME_VARIABLE,
    PREFIX,
    SECTIONS,
    VARIABLES,
    nearest_key,
    nearest_variable,
)


@dataclass(frozen=True, slots=True)
class Given:
    """A value as it was said, and where: a file's path or a variable's name."""

    value: object
    source: str


def read_given(file: Path, environ: Mapping[str, str]) -> dict[str, Given]:
    """Every setting that somebody gave, by full name; the environment overrides the file.

    Raises `SettingsError` for a file that cannot be read and for any name that is no setting.
    """
    return dict(_from_file(file)) | dict(_from_environment(environ))


def _from_file(file: Path) -> Iterator[tuple[str, Given]]:
    for section, content in _read_toml(file).items():
        if section not in SECTIONS:
            raise _unknown_section(section, content, file)
        if not isinstance(content, dict):
            raise SettingsError(
                f"`{section}` in {file} must be a section: `[{section}]`, its settings below it."
            )
        for name, value in content.items():
            key = f"{section}.{name}"
            if key not in FIELDS:
                raise SettingsError(
                    f"`{key}` in {file} is not a setting; the nearest is `{nearest_key(key)}`."
                )
            yield key, Given(value, str(file))


def _unknown_section(section: str, content: object, file: Path) -> SettingsError:
    if not isinstance(content, dict):
        return SettingsError(
            f"`{section}` in {file} is not a setting; the nearest is `{nearest_key(section)}`."
        )
    nearest = nearest_key(next((f"{section}.{name}" for name in content), section))
    return SettingsError(f"`[{section}]` in {file} is not a section; the nearest setting is `{nearest}`.")


def _from_environment(environ: Mapping[str, str]) -> Iterator[tuple[str, Given]]:
    for variable, value in environ.items():
        if variable in VARIABLES:
            yield VARIABLES[variable], Given(value, variable)
        elif variable.startswith(PREFIX) and variable != HOME_VARIABLE:
            nearest = nearest_variable(variable)
            raise SettingsError(
                f"The environment variable {variable} is not a setting; the nearest is {nearest}.",
                "Correct or unset the variable.",
            )


def _read_toml(file: Path) -> dict[str, object]:
    text = _read_text(file)
    try:
        return tomllib.loads(text)
    except ValueError as broken:
        raise SettingsError(f"{file}, line {_line_of(broken, text)}: this is not TOML.") from broken
    except RecursionError as broken:
        raise SettingsError(f"{file} is nested too deeply to be a settings file.") from broken


def _read_text(file: Path) -> str:
    """The file's text, without the byte order mark that some editors write; empty when there is no file."""
    try:
        with open(file, "rb", opener=_open_at_once) as opened:
            if not stat.S_ISREG(os.fstat(opened.fileno()).st_mode):
                raise SettingsError(f"{file} is not a file.", "Move away what stands there.")
            content = opened.read()
    except FileNotFoundError:
        return ""
    except OSError as refused:
        raise SettingsError(
            f"{file} cannot be read: {refused.strerror}.", "Make it readable for you."
        ) from refused
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as broken:
        line = content.count(b"\n", 0, broken.start) + 1
        raise SettingsError(f"{file}, line {line}: this is not UTF-8 text.", "Save it as UTF-8.") from broken


def _open_at_once(path: str, flags: int) -> int:
    """Does not wait for a pipe's other end, should a pipe stand in the file's place."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _line_of(broken: ValueError, text: str) -> int:
    """The line that the reader stopped at; it names none when that is the end of the file."""
    found = re.search(r"at line (\d+)", str(broken))
    return int(found[1]) if found else text.rstrip("\n").count("\n") + 1
