"""The list of all settings for people: `docs/settings.md` is made from it."""

import json
from dataclasses import dataclass

from sync.settings.defaults import COMPUTED
from sync.settings.keys import FIELDS, expected_value, variable_of


@dataclass(frozen=True, slots=True)
class SettingHelp:
    """One setting: its name in the file and in the environment, its default, what it takes and means."""

    key: str
    variable: str
    default: str
    takes: str
    meaning: str


def settings_help() -> tuple[SettingHelp, ...]:
    """Every setting, section by section, in the file's order."""
    return tuple(
        SettingHelp(
            key=key,
            variable=variable_of(key),
            default=COMPUTED.get(key) or _shown(field.default),
            takes=expected_value(key),
            meaning=field.description or "",
        )
        for key, field in FIELDS.items()
    )


def _shown(default: object) -> str:
    return json.dumps(default) if isinstance(default, tuple) else str(default)
