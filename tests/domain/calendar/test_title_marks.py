"""Words for cancelled and no-show: at the edge of a title, set off, and nowhere else."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.domain.calendar.mark_words import LANGUAGES, Mark, mark_phrases
from sync.domain.calendar.title_marks import Marked, MarkReader

CANCELLED = Mark("cancelled")
BY_CLIENT = Mark("cancelled", "client")
BY_ME = Mark("cancelled", "practitioner")
LATE = Mark("cancelled", "client", late=True)
NO_SHOW = Mark("no_show")

ENGLISH = MarkReader(mark_phrases(["en"]))


def read(title: str) -> Marked:
    """Read `title` in English where AB is a client."""
    return ENGLISH.read(title, lambda rest: rest in ("AB", "Jo Bloggs"))


@pytest.mark.parametrize(
    ("title", "mark"),
    [
        ("Cancelled - AB", CANCELLED),
        ("CANCELED: AB", CANCELLED),
        ("cancelled | AB", CANCELLED),
        ("[Cancelled] AB", CANCELLED),
        ("❌ Cancelled – AB", CANCELLED),
        ("CXL AB", CANCELLED),
        ("AB cancelled", CANCELLED),
        ("AB – cancelled", CANCELLED),
        ("AB, cancelled!", CANCELLED),
        ("*cancelled* AB", CANCELLED),
        ("AB – cancelled by client", BY_CLIENT),
        ("Client cancelled: AB", BY_CLIENT),
        ("AB (cancelled by me)", BY_ME),
        ("Therapist cancelled - AB", BY_ME),
        ("AB - late cancel", LATE),
        ("Cancelled late: AB", Mark("cancelled", late=True)),
        ("AB (no show)", NO_SHOW),
        ("AB (No-Show)", NO_SHOW),
        ("DNA: AB", NO_SHOW),
        ("DNA/AB", NO_SHOW),
        ("AB #noshow", NO_SHOW),
        ("AB – didn’t show", NO_SHOW),
        ("Did not attend - AB", NO_SHOW),
    ],
)
def test_a_mark_at_the_edge_is_read_and_taken_off(title: str, mark: Mark) -> None:
    found = read(title)

    assert (mark, "AB") == (found.mark, found.title)


@pytest.mark.parametrize(
    "title",
    [
        "Discuss cancellation policy – AB",
        "Cancellation policy - AB",
        "AB no-show fee call",
        "AB – no-show fee",
        "No show fee - AB",
        "Cancelled payments AB",
        "Cancelled-cheque talk AB",
        "AB not cancelled",
        "AB - not cancelled",
        "AB – was it cancelled or not",
        "AB cancelled last week - now again",
        "Uncancelled - AB",
        "DNAs - AB",
        "AB",
        "",
        "🙂",
        "No, show AB the room",
    ],
)
def test_such_a_word_anywhere_else_is_no_mark(title: str) -> None:
    assert Marked(title) == read(title)


@pytest.mark.parametrize("title", ["Cancelled? - AB", "AB - cancelled?", "AB (no show?)", "AB: DNA ???"])
def test_what_is_asked_is_not_said(title: str) -> None:
    assert Marked(title) == read(title)


def test_beside_a_mere_space_the_rest_must_be_a_client_and_nothing_else() -> None:
    assert Marked("DNA results AB") == read("DNA results AB")
    assert Marked("Jo Bloggs", NO_SHOW) == read("DNA Jo Bloggs")
    assert Marked("DNA lab") == read("DNA lab")


@pytest.mark.parametrize("title", ["Cancelled", "(cancelled)", " no show "])
def test_a_title_may_be_nothing_but_its_mark(title: str) -> None:
    found = read(title)

    assert found.mark in (CANCELLED, NO_SHOW)
    assert "" == found.title


def test_what_stands_between_the_mark_and_the_edge_is_kept() -> None:
    assert Marked("Jo Bloggs (online)", CANCELLED) == read("Jo Bloggs (online) (cancelled)")
    assert Marked("(online) Jo Bloggs", CANCELLED) == read("[Cancelled] (online) Jo Bloggs")


def test_two_marks_that_agree_are_one_and_two_that_differ_are_none() -> None:
    assert Marked("AB", BY_CLIENT) == read("Cancelled - AB (client cancelled)")
    assert Marked("AB", CANCELLED) == read("Client cancelled - AB (cancelled by me)")
    assert Marked("Cancelled - AB (no show)") == read("Cancelled - AB (no show)")


@pytest.mark.parametrize(
    ("language", "title", "mark"),
    [
        ("de", "Abgesagt: AB", CANCELLED),
        ("de", "AB – fällt aus", CANCELLED),
        ("de", "AB (von Klientin abgesagt)", BY_CLIENT),
        ("de", "AB – nicht erschienen", NO_SHOW),
        ("fr", "Annulé - AB", CANCELLED),
        ("fr", "ANNULE - AB", CANCELLED),
        ("fr", "AB (annulée par la cliente)", BY_CLIENT),
        ("fr", "AB – absente", NO_SHOW),
        ("es", "Cancelada: AB", CANCELLED),
        ("es", "AB – cancelado por mí", BY_ME),
        ("es", "AB (no asistió)", NO_SHOW),
        ("it", "Disdetto - AB", CANCELLED),
        ("it", "AB – non si è presentata", NO_SHOW),
        ("nl", "Afgezegd: AB", CANCELLED),
        ("nl", "AB (afgezegd door cliënt)", BY_CLIENT),
        ("nl", "AB – niet verschenen", NO_SHOW),
        ("pt", "Desmarcado - AB", CANCELLED),
        ("pt", "AB – não compareceu", NO_SHOW),
    ],
)
def test_each_language_has_its_own_words(language: str, title: str, mark: Mark) -> None:
    assert Marked("AB", mark) == MarkReader(mark_phrases([language])).read(title)
    assert Marked(title) == ENGLISH.read(title)


def test_accents_written_as_signs_of_their_own_make_no_difference() -> None:
    assert Marked("AB", CANCELLED) == MarkReader(mark_phrases(["fr"])).read("Annule\u0301 - AB")


def test_her_own_words_are_added_and_go_before_those_of_a_language() -> None:
    own = MarkReader(mark_phrases(["en"], cancelled=["Ausfall", "DNA"], no_show=["versetzt"]))

    assert Marked("AB", CANCELLED) == own.read("Ausfall: AB")
    assert Marked("AB", CANCELLED) == own.read("DNA: AB")
    assert Marked("AB", NO_SHOW) == own.read("AB (versetzt)")
    assert Marked("AB", CANCELLED) == own.read("Cancelled: AB")


def test_without_words_nothing_is_read() -> None:
    assert Marked("Cancelled - AB") == MarkReader({}).read("Cancelled - AB")


def test_r74_the_end_of_a_title_that_is_cut_is_not_its_end() -> None:
    long = "AB " + "x" * 1020 + " - cancelled"

    assert read(long).mark is None
    assert CANCELLED == read("Cancelled - " + long).mark


@pytest.mark.parametrize("title", ["no " * 4000, "- " * 5000, "(" * 9000 + "no show", "didn't " * 1500])
def test_r74_ten_thousand_characters_take_no_time(title: str) -> None:
    started = time.perf_counter()

    read(title)

    assert time.perf_counter() - started < 0.1


EVERY = MarkReader(mark_phrases(LANGUAGES))
pieces = st.sampled_from(
    ["cancelled", "no show", "DNA", "abgesagt", "AB", "Jo", " - ", ": ", " ", "(", ")", "?"]
)
odd_titles = st.text(max_size=40) | st.lists(pieces, max_size=9).map("".join)


@given(odd_titles)
def test_no_title_makes_reading_fail_and_without_a_mark_it_stays_to_the_letter(title: str) -> None:
    found = EVERY.read(title)

    assert found.mark is not None or title == found.title
    assert len(found.title) <= max(len(title), 1)


def test_a_mark_that_is_part_of_longer_words_is_none() -> None:
    glued = [f"x{' '.join(phrase)}y - AB" for phrase in mark_phrases(LANGUAGES)]

    assert len(glued) > 300
    assert [] == [title for title in glued if EVERY.read(title).mark is not None]


@pytest.mark.parametrize(
    ("title", "mark"),
    [
        ("AB – cancelled, ill", CANCELLED),
        ("AB (cancelled: ill)", CANCELLED),
        ("AB cancelled (train strike)", CANCELLED),
        ("Jo Bloggs – cancelled by client, child ill", BY_CLIENT),
        ("AB - late cancel (no childcare)", LATE),
        ("AB no show (forgot)", NO_SHOW),
        ("Jo Bloggs - DNA - no message", NO_SHOW),
        ("Cancelled (ill) - AB", CANCELLED),
        ("No show (forgot) AB", NO_SHOW),
    ],
)
def test_a_short_reason_beside_the_mark_is_no_part_of_the_client(title: str, mark: Mark) -> None:
    found = read(title)

    assert (mark, True) == (found.mark, found.title in ("AB", "Jo Bloggs"))


@pytest.mark.parametrize(
    "title",
    [
        "Discuss cancellation policy – AB",
        "Team – cancelled, AB instead",
        "Lunch – cancelled, rain",
        "AB – therapy, cancelled, ill",
        "AB: cancelled last week, today on",
        "AB – not cancelled, comes",
        "AB – cancelled, ill?",
        "AB? – cancelled, ill",
        "AB – cancelled, we will speak of her mother and the house",
        "AB no show fee (30 pounds)",
        "Cancelled supervision (AB)",
        "AB – cancelled, no show",
        "AB – no show, cancelled late",
    ],
)
def test_beside_anything_else_a_word_with_more_behind_it_is_no_mark(title: str) -> None:
    found = read(title)

    assert (title, None) == (found.title, found.mark)


@pytest.mark.parametrize(
    "title",
    [
        "AB - cancelled, back on",
        "AB - cancelled, now confirmed",
        "AB - cancelled: no, she comes",
        "Jo Bloggs - cancelled; moved here from Tue",
        "AB (cancelled) - new time Friday",
        "AB - cancelled, Ann instead",
        "AB - cancelled, Mia Stone instead",
        "AB - cancelled, ill, back on",
        "AB - cancelled, not ill",
        "AB - cancelled, and",
        "AB no show (she came)",
        "Cancelled (Annie ill) - AB",
        "Cancelled: back on - AB",
        "Cancelled, now confirmed: Jo Bloggs",
        "AB - cancelled, we speak of it on the phone and then see",
    ],
)
def test_what_may_take_a_mark_back_or_name_somebody_leaves_it_unclear(title: str) -> None:
    assert Marked(title, unclear=True) == read(title)


@pytest.mark.parametrize(
    "reason",
    [
        *("ill", "sick", "child is ill", "on holiday", "away, work", "travel", "forgot", "late", "no reason"),
        *("krank", "Kind krank", "Urlaub", "malade", "de viaje", "malata", "op vakantie", "sem aviso"),
    ],
)
def test_known_reasons_may_be_joined_and_stand_on_either_side(reason: str) -> None:
    assert CANCELLED == read(f"AB - cancelled, {reason}").mark
    assert CANCELLED == read(f"Cancelled ({reason}) - AB").mark


def test_titles_full_of_marks_are_read_at_once() -> None:
    begun = time.perf_counter()
    for word in ("cancelled ", "cancelled, ", "no show (", "- cancelled - "):
        read((word * 200)[:1024])

    assert time.perf_counter() - begun < 1
