"""Makes other people's words safe and short enough to show: inert, whole sentences, no tricks."""

import re
import unicodedata

INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
"""Unicode categories never shown: controls, bidi overrides and other format characters, halves of pairs."""

JOINERS = frozenset("\u200c\u200d")
"""Format characters that spelling needs (Persian, Indic scripts, composed emoji)."""

LINE_BREAKS = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")

SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’)]*(?=\s)|\n")

WEB_LINK = re.compile(r"https?://[A-Za-z0-9][A-Za-z0-9\-._~:/?#@!$&()*+,;=%\[\]]{1,500}", re.IGNORECASE)


def one_line(text: str) -> str:
    """`text` on a single line: no controls, no bidi overrides, single spaces."""
    return " ".join(block(text).split())


def block(text: str) -> str:
    """`text` with its lines kept, without controls, bidi overrides and outer blank lines."""
    unbroken = LINE_BREAKS.sub("\n", text).replace("\t", " ")
    return "".join(letter for letter in unbroken if _is_shown(letter)).strip()


def shorten(text: str, limit: int) -> tuple[str, bool]:
    """At most `limit` characters of `text`, ended at a sentence or else a word with "…"; and whether cut."""
    if len(text) <= limit:
        return text, False
    room = text[: limit - 1]
    ends = [found.end() for found in SENTENCE_END.finditer(room)]
    if ends and ends[-1] >= limit // 3:
        return f"{room[: ends[-1]].rstrip()} …", True
    words = room.rsplit(maxsplit=1)
    return f"{words[0] if len(words) > 1 else room}…", True


def web_link(text: str | None) -> str | None:
    """`text` if it is an ordinary web address (http or https, plain ASCII), else None."""
    return text if text is not None and WEB_LINK.fullmatch(text) else None


def _is_shown(letter: str) -> bool:
    return letter == "\n" or letter in JOINERS or unicodedata.category(letter) not in INVISIBLE
