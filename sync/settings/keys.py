"""The names of all settings, as they stand in the file and in the environment."""

from difflib import SequenceMatcher
from typing import get_args, get_origin

from annotated_types import Ge, Le
from pydantic.fields import FieldInfo

from sync.settings.sections import Section, Settings

PREFIX = "PRACTICE_SYNC_"
HOME_VARIABLE = "PRACTICE_SYNC_HOME"


def _sections() -> dict[str, type[Section]]:
    kinds = {name: field.annotation for name, field in Settings.model_fields.items()}
    return {
        name: kind for name, kind in kinds.items() if isinstance(kind, type) and issubclass(kind, Section)
    }


SECTIONS = _sections()
FIELDS: dict[str, FieldInfo] = {
    f"{section}.{field.alias or name}": field
    for section, kind in SECTIONS.items()
    for name, field in kind.model_fields.items()
}
"""Every setting by its full name, such as `briefing.lead_minutes`."""


def variable_of(key: str) -> str:
    """The environment variable that overrides a setting."""
    return PREFIX + key.upper().replace(".", "__")


VARIABLES = {variable_of(key): key for key in FIELDS}


def nearest_key(name: str) -> str:
    """The setting most like `name` by its full name, its own, or its section's."""

    def likeness(key: str) -> float:
        return max(SequenceMatcher(None, name, word).ratio() for word in (key, *key.split(".")))

    return max(FIELDS, key=likeness)


def nearest_variable(name: str) -> str:
    """The environment variable that is most like `name`."""
    return max((*VARIABLES, HOME_VARIABLE), key=lambda word: SequenceMatcher(None, name, word).ratio())


def expected_value(key: str) -> str:
    """What a setting takes, in words, from its kind alone."""
    field = FIELDS[key]
    if get_origin(field.annotation) is tuple:
        [choices] = [get_args(kind) for kind in get_args(field.annotation) if kind is not Ellipsis]
        return f"a list of {', '.join(choices)}" if choices else "a list of words in quotes"
    if get_args(field.annotation) and get_origin(field.annotation) is not None:
        return "one of " + ", ".join(str(word) for word in get_args(field.annotation))
    if field.annotation is bool:
        return "true or false"
    if field.annotation is int:
        lowest = next(bound.ge for bound in field.metadata if isinstance(bound, Ge))
        highest = next(bound.le for bound in field.metadata if isinstance(bound, Le))
        return f"a whole number from {lowest} to {highest}"
    return "text in quotes"
