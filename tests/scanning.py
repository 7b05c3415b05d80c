"""Looks for words in bytes: as they are, and in the disguises in which they are most often written."""

import base64
import json
import quopri
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote


@dataclass(frozen=True)
class Find:
    """One word that stands where it must not."""

    place: str
    word: str
    disguise: str


def disguises(word: str) -> Iterator[tuple[str, bytes]]:
    """`word` in every way in which it is looked for, lower-cased where case makes no difference."""
    plain = word.encode()
    yield "utf-8", plain
    yield "utf-16-le", word.encode("utf-16-le")
    yield "utf-16-be", word.encode("utf-16-be")
    if all(ord(letter) < 256 for letter in word):
        yield "latin-1", word.encode("latin-1")
    yield "json", json.dumps(word)[1:-1].encode()
    yield "hex", plain.hex().encode()
    yield "quoted-printable", quopri.encodestring(plain).replace(b"=\n", b"")
    yield "quoted-printable, with _", quopri.encodestring(plain, header=True)
    yield "percent-encoded", quote(word).encode()
    yield "utf-7", word.encode("utf-7")
    for shift in range(3):
        yield f"base64, shifted by {shift}", _within_base64(plain, shift)


def _within_base64(plain: bytes, shift: int) -> bytes:
    """The letters of base64 that stand for `plain` wherever it begins `shift` bytes into a group of three."""
    whole = base64.b64encode(bytes(shift) + plain)
    begin = -(-shift * 8 // 6)
    end = (shift + len(plain)) * 8 // 6
    return whole[begin:end]


def finds(content: bytes, words: Iterable[str], place: str) -> list[Find]:
    """Every one of `words` that stands in `content`, in whatever disguise; case counts in base64 only."""
    lowered = content.lower()
    unfolded = lowered.replace(b"=\r\n", b"").replace(b"=\n", b"")  # quoted-printable's soft line ends
    unwrapped = content.replace(b"\r\n", b"").replace(b"\n", b"")  # base64's lines
    return [
        Find(place, word, name)
        for word in words
        for name, hidden in disguises(word)
        if (
            hidden in content or hidden in unwrapped
            if name.startswith("base64")
            else hidden.lower() in lowered or hidden.lower() in unfolded
        )
    ]


def finds_in_folder(folder: Path, words: Iterable[str]) -> list[Find]:
    """Every one of `words` that stands in a file of `folder`, or in the name of one."""
    wanted = list(words)
    found: list[Find] = []
    for path in sorted(folder.rglob("*")):
        found += finds(str(path.relative_to(folder)).encode(), wanted, "a file's name")
        if path.is_file():
            found += finds(path.read_bytes(), wanted, path.name)
    return found
