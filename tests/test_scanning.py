"""The scanner for words that must not leak finds what is planted, in every disguise."""

import base64
import json
import quopri
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.scanning import finds, finds_in_folder

WORD = "Quillon Zÿxwerth"

HIDING: dict[str, Callable[[str], bytes]] = {
    "utf-8": str.encode,
    "upper case": lambda text: text.replace("ÿ", "y").upper().encode(),
    "utf-16": lambda text: text.encode("utf-16"),
    "utf-16-be": lambda text: text.encode("utf-16-be"),
    "latin-1": lambda text: text.encode("latin-1"),
    "json": lambda text: json.dumps(text).encode(),
    "hex": lambda text: text.encode().hex().encode(),
    "hex in capitals": lambda text: text.encode().hex().upper().encode(),
    "base64": lambda text: base64.b64encode(text.encode()),
    "base64 in lines": lambda text: base64.encodebytes(text.encode()),
    "quoted-printable": lambda text: quopri.encodestring(text.encode()),
    "quoted-printable in a header": lambda text: quopri.encodestring(text.encode(), header=True),
    "percent-encoded": lambda text: quote(text).encode(),
}


@pytest.mark.parametrize("hide", HIDING.values(), ids=HIDING)
@pytest.mark.parametrize("before", range(3))
def test_a_planted_word_is_found_in_every_disguise(before: int, hide: Callable[[str], bytes]) -> None:
    around = "." * (60 + before)
    words = [WORD, WORD.replace("ÿ", "y")]

    assert finds(b"\x00\xff" + hide(f"{around}{WORD}{around}") + b"\x00", words, "here")


def test_a_word_is_found_in_a_file_and_in_a_files_name(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "data").write_bytes(b"\x00" + WORD.encode() + b"\x00")
    (tmp_path / "zephyrine.txt").write_bytes(b"")

    found = finds_in_folder(tmp_path, [WORD, "Zephyrine", "Thornwick"])

    assert {("data", WORD), ("a file's name", "Zephyrine")} == {(find.place, find.word) for find in found}


def test_other_words_are_not_found() -> None:
    assert [] == finds(b"Quillon and Zyxwerth, apart", [WORD], "here")
