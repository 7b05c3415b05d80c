"""Partial answers: reads the `fields` parameter and cuts an answer down to it."""

from functools import lru_cache

Mask = tuple[tuple[str, "Mask | None"], ...]
"""The names to keep, each with the mask of what is below it; None keeps all below."""


class BadMask(ValueError):
    """The `fields` parameter does not follow the grammar `a,b/c,items(id,start)`."""


@lru_cache(maxsize=256)
def read_mask(fields: str) -> Mask:
    """The mask that `fields` describes. Raises `BadMask`."""
    mask, rest = _read_names(fields.replace(" ", ""))
    if rest:
        raise BadMask(fields)
    return mask


def masked(value: object, mask: Mask | None) -> object:
    """`value` with only what `mask` names; a list is cut element by element."""
    if mask is None:
        return value
    if isinstance(value, list):
        return [masked(element, mask) for element in value]
    if not isinstance(value, dict):
        return value
    below = dict(mask)
    if "*" in below:
        return {name: masked(part, below["*"]) for name, part in value.items()}
    return {name: masked(part, below[name]) for name, part in value.items() if name in below}


def _read_names(text: str) -> tuple[Mask, str]:
    names: list[tuple[str, Mask | None]] = []
    while True:
        name, text = _read_name(text)
        names.append(name)
        if not text.startswith(","):
            return tuple(names), text
        text = text[1:]


def _read_name(text: str) -> tuple[tuple[str, Mask | None], str]:
    length = next((at for at, letter in enumerate(text) if letter in ",/()"), len(text))
    name, rest = text[:length], text[length:]
    if not name:
        raise BadMask(text)
    if rest.startswith("/"):
        below, rest = _read_name(rest[1:])
        return (name, (below,)), rest
    if rest.startswith("("):
        several, rest = _read_names(rest[1:])
        if not rest.startswith(")"):
            raise BadMask(text)
        return (name, several), rest[1:]
    return (name, None), rest
