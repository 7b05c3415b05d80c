"""Other people's words on the page: inert and of a bearable length."""

import pytest

from sync.domain.briefing.display import block, one_line, shorten, web_link


def test_controls_and_text_direction_tricks_are_dropped() -> None:
    assert "paygpj.exe !" == one_line("pay\u202egpj.exe\u0007\u200b\u2066 !\x9b")


def test_a_line_stays_one_line_whatever_breaks_it() -> None:
    assert "a b c d e" == one_line("a\r\nb\u2028c\x85d\x0be")


def test_a_block_keeps_its_lines() -> None:
    assert "first\nsecond" == block("\n first\r\nsecond\x00\n")


def test_half_a_surrogate_pair_is_dropped() -> None:
    assert "ab" == one_line("a\ud800b")


def test_spelling_and_emoji_keep_their_joiners() -> None:
    assert "👩\u200d💻 می\u200cخواهم" == one_line("👩\u200d💻 می\u200cخواهم")


def test_a_long_text_ends_at_a_sentence() -> None:
    assert ("One thing. Another. …", True) == shorten("One thing. Another. " + "And more words " * 9, 40)


def test_a_long_sentence_ends_at_a_word() -> None:
    assert ("word word word…", True) == shorten("word " * 20, 18)


def test_a_text_that_fits_is_whole() -> None:
    assert ("Short.", False) == shorten("Short.", 6)


def test_ten_thousand_letters_without_a_blank_are_cut_too() -> None:
    shown, cut = shorten("x" * 10_000, 700)

    assert (700, True) == (len(shown), cut)


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "https://a.example/ https://b.example/",
        'https://a.example/"onclick="x',
        "https://a.example/\u202ex",
        "https://user's.example/<b>",
        "//a.example",
        "https://" + "a" * 600,
        "",
    ],
)
def test_anything_but_an_ordinary_web_address_is_no_link(link: str) -> None:
    assert web_link(link) is None


def test_an_ordinary_web_address_is_a_link() -> None:
    link = "https://us02web.example.org/j/82?pwd=a%20b#x"

    assert link == web_link(link)
