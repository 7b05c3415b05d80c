"""The words above a private note in an editor: which of the two notes this is."""

import re

from sync.domain.notes.heading_words import plain_name

_OPENS = "<!-- practice-sync: private note"
HEAD = f"""{_OPENS}, for its author alone.
No briefing, report, search or export reads it. Risk and the plan count only
in the progress note. This block is dropped on saving. -->
"""
_NAMES = """
private, private note, private notes, private text, for my eyes only, for me alone, for myself alone
personal note, personal notes
privat, private notiz, private notizen, persönliche notiz, persönliche notizen
privé, privée, note privée, notes privées, note personnelle, notes personnelles
privado, privada, nota privada, notas privadas, nota personal, notas personales
privato, privata, note private, nota personale, note personali
privénotitie, privénotities, persoonlijke notitie, persoonlijke notities
particular, nota particular, notas particulares, nota pessoal, notas pessoais
"""
PRIVATE_NAMES = frozenset(plain_name(name) for name in _NAMES.replace("\n", ",").split(",") if name.strip())
"""What a text is headed with that is private, as names are compared; in the languages of the headings."""
_NAME_ENDS = re.compile(r"[:\uff1a,;.!(]|\s[-–—·]")
_MARKS = "#*_~=>|<!-[]{}()\ufeff\xa0\t "
_HEADING = re.compile(r" {0,3}#{1,6}\s")
_SHOWN = re.compile("· private note, for [^\n]{1,200} alone\\s*$")
"""The head of `note private show` on a terminal, which may have been copied with the text."""
_BLOCK = re.compile(rf"[\ufeff\s]*({_OPENS}.*?-->)[ \t]*(?:\r\n|\n|\r)?", re.DOTALL)


def drop_head(text: str) -> str:
    """`text` without `HEAD` at its beginning; one that was changed stays, it may hold words of hers."""
    found = _BLOCK.match(text)
    if found is None or found[1].split() != HEAD.split():
        return text
    return text[found.end() :]


def is_headed_private(text: str) -> bool:
    """Whether `text` says of itself that it is a private note, or has a heading that says so of a part."""
    if text.lstrip("\ufeff \t\r\n").startswith(_OPENS):
        return True
    lines = [line for line in text.lstrip("\ufeff").splitlines() if line.strip()]
    headings = [line for line in lines[1:] if _HEADING.match(line)]
    return bool(lines) and (
        _SHOWN.search(lines[0]) is not None or any(map(_is_private, lines[:1] + headings))
    )


def _is_private(line: str) -> bool:
    name = _NAME_ENDS.split(line.strip(_MARKS), maxsplit=1)[0]
    return plain_name(name.strip(_MARKS)) in PRIVATE_NAMES
