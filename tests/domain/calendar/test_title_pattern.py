"""A client's name in the place of a title where the pattern says."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.domain.calendar.title_pattern import is_title_pattern, new_name

PATTERN = "Session: {client}"


@pytest.mark.parametrize(
    ("pattern", "title", "name"),
    [
        (PATTERN, "Session: Pat Quill", "Pat Quill"),
        (PATTERN, "  session:   Pat   Quill ", "Pat Quill"),
        (PATTERN, "Session:\nPat\tQuill", "Pat Quill"),
        (PATTERN, "Session: Zoë O'Brien-Ångström", "Zoë O'Brien-Ångström"),
        (PATTERN, "Session: Sam & Alex", "Sam & Alex"),
        (PATTERN, "Session: Pat Quill 🙂 #12", "Pat Quill"),
        (PATTERN, "Session: Pat Quill (online)", "Pat Quill"),
        (PATTERN, "Session: Pat Quill via Zoom", "Pat Quill"),
        (PATTERN, "🌱 Session: Pat Quill", "Pat Quill"),
        ("{client} (online)", "Pat Quill (online)", "Pat Quill"),
        ("[{client}]", "[Pat]", "Pat"),
        ("a.c {client}", "a.c Pat", "Pat"),
    ],
)
def test_a_clear_name_is_taken_out(pattern: str, title: str, name: str) -> None:
    assert name == new_name(pattern, title)


@pytest.mark.parametrize(
    "title",
    [
        "",
        "Session:",
        "Session: ",
        "Pat Quill",
        "Session: 12",
        "Session: <b>Pat</b>",
        "Session: a b c d e f g",
        "Session: Pat_Q",
    ],
)
def test_what_is_no_clear_name_gives_none(title: str) -> None:
    assert new_name(PATTERN, title) is None


def test_the_words_of_a_pattern_are_not_a_regular_expression() -> None:
    assert new_name("a.c {client}", "abc Pat") is None


def test_without_a_pattern_there_is_no_name() -> None:
    assert new_name(None, "Session: Pat") is None


@pytest.mark.parametrize(
    ("pattern", "is_one"),
    [
        (PATTERN, True),
        ("{client} -", True),
        ("{client}", False),
        (" {client} ", False),
        ("Session", False),
        ("{client} {client}", False),
    ],
)
def test_a_pattern_names_the_clients_place_once_among_words(pattern: str, is_one: bool) -> None:
    assert is_one == is_title_pattern(pattern)


@pytest.mark.parametrize(
    "title",
    [
        "Session: " + "<p>a\r\n</p>" * 1000,
        "Session: " + "a " * 5000,
        "Session: " + "a'-." * 2500,
        " " * 10_000,
    ],
)
def test_r74_a_title_of_ten_thousand_characters_takes_no_time(title: str) -> None:
    started = time.perf_counter()

    assert new_name("Session: {client} end", title) is None

    assert time.perf_counter() - started < 0.1


@given(st.text(max_size=60))
def test_no_title_makes_it_fail(title: str) -> None:
    name = new_name(PATTERN, f"Session: {title}")

    assert name is None or 1 <= len(name.split()) <= 6
