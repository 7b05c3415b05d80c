"""The words above a private note in an editor: which of the two notes this is."""

import re

_OPENS = "<!-- practice-sync: private note"
HEAD = f"""{_OPENS}, for its author alone. No briefing, report, search or export reads it.
Risk and the plan count only in the progress note. This block is dropped on saving. -->
"""
_BLOCK = re.compile(rf"[\ufeff\s]*({_OPENS}.*?-->)[ \t]*(?:\r\n|\n|\r)?", re.DOTALL)


def drop_head(text: str) -> str:
    """`text` without `HEAD` at its beginning; one that was changed stays, it may hold words of hers."""
    found = _BLOCK.match(text)
    if found is None or found[1].split() != HEAD.split():
        return text
    return text[found.end() :]


def is_headed_private(text: str) -> bool:
    """Whether `text` says of itself that it is a private note."""
    return text.lstrip("\ufeff \t\r\n").startswith(_OPENS)
