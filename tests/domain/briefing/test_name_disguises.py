"""A name gives way to the code in every disguise that a note may hold; ordinary words stay as they are."""

import re
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.domain.briefing.display import block, one_line
from sync.domain.briefing.privacy import Mask, mask, mask_for

OTTILIE = ("Ottilie Brandt", "ottilie.b77@mail.example", "+44 7700 900123", "Otti")
MEN = ("Marek Nowák", "Pavel")
WOMEN = ("Marta Jürgens",)


@pytest.mark.parametrize(
    ("terms", "written", "shown"),
    [
        (OTTILIE, "Ottilie's, Ottilie’s, Ottilie´s and the Brandts' dog", "C's, C’s, C´s and the Cs' dog"),
        (
            OTTILIE,
            "«Ottilie», „Ottilie“, 「Ottilie」，Ottilie、Ottilie؛ ¿Ottilie؟",
            "«C», „C“, 「C」，C、C؛ ¿C؟",
        ),
        (OTTILIE, "Ｏｔｔｉｌｉｅ and OTTILIE and 𝓞𝓽𝓽𝓲𝓵𝓲𝓮", "C and C and C"),
        (OTTILIE, "Ott\u200bi\u00adl\u2060ie rang", "C rang"),
        (("Ottilie",), "Otti\x1dlie, Ott\x7fi\u202elie rang", "C, C rang"),
        (OTTILIE, "Ottilie\u00a0Brandt, Ottilie\n> Brandt, Brandt, Ottilie", "C, C, C, C"),
        (OTTILIE, "it was Otti-\nlie who rang", "it was C who rang"),
        (OTTILIE, "her mother-\nOttilie rang", "her mother-\nC rang"),
        (OTTILIE, "ottilie.b77@mail.example, Ottilie.B77@Mail.Example", "C, C"),
        (OTTILIE, "she is ottilie.b77 there, o.brandt@work.example here", "she is C there, C here"),
        (OTTILIE, "+44 7700 900123, 07700 900123, (07700) 900-123, 00447700900123", "C, C, C, C"),
        (OTTILIE, "at 5, 900 and 12345678", "at 5, 900 and 12345678"),
        (("Šárka Łoś", "fi"), "Sarka, sarka, ŠÁRKA, Los; ﬁ", "C, C, C, C; C"),
        (WOMEN, "Marty, Martě, Martou, Martalle, Martas, Jürgensen", "C-y, C-ě, C-ou, C-lle, Cs, C-en"),
        (WOMEN, "Juergens, Jurgens, JÜRGENS", "C, C, C"),
        (("Mueller Jo",), "Müller, Muller, Müllers", "C, Muller, Cs"),
        (MEN, "Marka, Markowi, Marku, Pavla, Pavlovi, Nowáka", "C-a, C-owi, C-u, C-a, C-ovi, C-a"),
        (("Павел Светлова",), "Павла, Павлу, Светловой, Светлову", "C-а, C-у, C-ой, C-у"),
        (("Γιώργος Νικολάου",), "Γιώργο, Γιώργου, ΓΙΩΡΓΟΣ, τον Γιωργο", "C-ο, C-ου, C, τον C-ο"),
        (("דניאל כהן",), "לדניאל, ודניאל: כהן", "לC, וC: C"),
        (("ليلى حداد",), "وليلى، لِيلى", "وC، C"),
        (("김지민",), "김지민이가, 김진", "C이가, 김진"),
        (("田中 太郎",), "田中太郎さん、田中・太郎", "Cさん、C"),
        (("मीरा",), "मीरा और मेरा", "C और मेरा"),
        (("Mary O'Hara",), "O’Hara, O Hara, OHara, ohara", "C, C, C, C"),
        (('Elizabeth "Liz" Ray-Quill',), "Liz, Ray-Quill, RayQuill, Quill", "C, C, C, C"),
        (
            ("session with lila 12",),
            "a session with her; lila, Session with Lila 12",
            "a session with her; C, C",
        ),
    ],
)
def test_a_name_gives_way_to_the_code(terms: tuple[str, ...], written: str, shown: str) -> None:
    assert shown == mask(written, terms, "C")
    for same in (unicodedata.normalize("NFC", written), unicodedata.normalize("NFD", written)):
        assert unicodedata.normalize("NFC", shown) == unicodedata.normalize("NFC", mask(same, terms, "C"))


@pytest.mark.parametrize(
    ("terms", "written"),
    [
        (("Will May",), "She will, she may. Maybe she wills it."),
        (("Hope Chang",), "Change is slow; hope is hoped for. Changes came."),
        (("Jack Mark",), "Jacket and Market and marker"),
        (("Paul Rob",), "Paulines, robes, Robber"),
        (("Ann Lee",), "Anne, Annotate, leeway, Leeds"),
        (("Marta",), "Mart, Martian, smart, Martyr"),
        (("Ana van der Meer",), "Van der Aa and the van"),
        (("Brandt",), "brandtastic, Brandting, brand"),
        (OTTILIE, "somebody.else@mail.example and info@brand.example"),
    ],
)
def test_ordinary_words_stay(terms: tuple[str, ...], written: str) -> None:
    assert written == mask(written, terms, "C")


def test_of_others_wholes_are_found_in_disguise_too_and_single_words_are_not() -> None:
    masked = mask_for(["Ottilie"], "OB", [("Quillon Marsh", "QM"), ("Hope Will", "HW")])

    text = "Quillon-\nMarsh; Marsh, Quillon; Quillonin Marshin; marsh; Quillon hopes. Will he?"
    assert "QM; QM; QM-in; marsh; Quillon hopes. Will he?" == masked.over(text)


def test_a_mask_does_not_show_whom_it_hides() -> None:
    assert "ttilie" not in repr(mask_for(["Ottilie Brandt", "o@mail.example"], "OB"))


GIVEN = (
    "Ottilie",
    "Zoë",
    "Łukasz",
    "Jürgen",
    "Anna-Lena",
    "Γιώργος",
    "Светлана",
    "François",
    "O’Hara",
    "Ngọc",
)
FAMILY = ("Brandt", "Nowák", "Müller", "Γεωργίου", "Иванова", "D'Souza", "Quillfeather", "Sørensen")
_ORDINARY = (
    "Slept well. she will walk, may call; hope: 7/10 «better» „so“ Risk none – change in mood, 12:30 e-mail "
    "x@y.example re-\nading Straße naïve ¿qué? 今日は元気 نعم، хорошо κάλα"
)
ORDINARY = _ORDINARY.split(" ")


def _zero_width(name: str) -> str:
    return "\u200b".join(name)


def _accentless(name: str) -> str:
    return "".join(x for x in unicodedata.normalize("NFD", name) if not unicodedata.combining(x))


def _full_width(name: str) -> str:
    return "".join(chr(ord(x) + 0xFEE0) if "!" <= x <= "~" else x for x in name)


def _parted(name: str) -> str:
    return f"{name[:2]}-\n{name[2:]}" if name[1:3].isalpha() else name


DISGUISES: tuple[Callable[[str], str], ...] = (
    str,
    str.upper,
    str.lower,
    _zero_width,
    _accentless,
    _full_width,
    _parted,
    lambda name: unicodedata.normalize("NFD", name),
    lambda name: f"„{name}“",
    lambda name: f"「{name}」、",
    lambda name: f"({name})’s",
    lambda name: f"{name}'s",
    lambda name: f"_{name}_",
    lambda name: f"l’{name}",
    lambda name: name.replace("-", "\u2011").replace("’", "´"),
)


def plain(text: str) -> str:
    """Another folding than the product's own: only letters, in one case, without accents."""
    letters = unicodedata.normalize("NFKD", text.casefold()).replace("ł", "l").replace("ø", "o")
    return "".join(letter for letter in letters if letter.isalpha())


@settings(max_examples=150)
@given(data=st.data())
def test_no_disguised_name_survives_in_any_sentence_and_all_else_does(data: st.DataObject) -> None:
    first, last = data.draw(st.sampled_from(GIVEN)), data.draw(st.sampled_from(FAMILY))
    words = data.draw(st.lists(st.sampled_from(ORDINARY), min_size=1, max_size=8))
    name = data.draw(st.sampled_from((first, last, f"{first} {last}", f"{first}\u00a0\n{last}")))
    at = data.draw(st.integers(0, len(words)))
    written = data.draw(st.sampled_from(DISGUISES))(name)
    masked = mask_for([f"{first} {last}"], "#")

    for show in (str, block, one_line):
        shown = masked.over(show(" ".join([*words[:at], written, *words[at:]])))
        assert not {plain(first), plain(last)} & set(map(plain, re.split(r"[\s„“「」、()_#]+", shown)))
        assert "#" in shown
        kept = show(" ".join(words[:at])), show(" ".join(words[at:]))
        assert shown.startswith(kept[0]), "what stands before it was touched"
        assert shown.endswith(kept[1]), "what stands after it was touched"


@given(words=st.lists(st.sampled_from(ORDINARY), max_size=12))
def test_ordinary_text_is_unchanged(words: list[str]) -> None:
    text = " ".join(words)

    assert text == mask_for([f"{first} {last}" for first in GIVEN for last in FAMILY], "#").over(text)


@given(text=st.text(max_size=60))
def test_any_text_at_all_is_gone_through_and_unchanged_without_terms(text: str) -> None:
    assert text == Mask("#").over(text)
    mask_for(["Ottilie Brandt"], "#").over(text)
