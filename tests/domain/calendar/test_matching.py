"""Whose an appointment is: certain, a question, or nobody's; never a guess."""

import pytest

from sync.domain.calendar.matching import (
    ClientEvidence,
    Directory,
    Match,
    NewClient,
    NoEvidence,
    Unsure,
    match_client,
)
from sync.domain.people import free_code
from tests.domain.calendar.builders import JO, MIA, appointment, guest, myself


def answer(
    title: str, *clients: ClientEvidence, series: dict[str, str] | None = None, **more: object
) -> object:
    """Who `title` belongs to, on a mixed calendar with Jo and Mia."""
    directory = Directory.of(clients or (JO, MIA))
    return match_client(appointment(title, **more), directory, series or {})


def owner(found: object) -> str | None:
    return found.client_id if isinstance(found, Match) else None


def test_an_invited_address_is_certain() -> None:
    assert Match("jo", ("address",)) == answer("Weekly", attendees=(myself("accepted"), guest()))


def test_an_address_is_known_in_any_case_of_letters() -> None:
    assert "jo" == owner(answer("Weekly", attendees=(guest("JO@Post.Example"),)))


def test_the_practitioners_own_address_points_to_nobody() -> None:
    ana = ClientEvidence("own", "AO", addresses=("ana@practice.example",))

    assert NoEvidence() == answer("Weekly", ana, attendees=(myself("accepted"),))


@pytest.mark.parametrize(
    "title", ["JB", "JB 50 min", "Session (JB)", "therapy:JB", "Discuss cancellation policy – JB"]
)
def test_an_exact_code_as_a_whole_word_is_certain(title: str) -> None:
    assert Match("jo", ("code",)) == answer(title)


@pytest.mark.parametrize("title", ["jb", "Jb", "JBs", "XJB", "JB2"])
def test_a_code_in_another_case_or_inside_a_word_is_nothing(title: str) -> None:
    assert NoEvidence() == answer(title)


@pytest.mark.parametrize("title", ["LAB", "lab results", "i am out", "10 am dentist", "10AM dentist"])
def test_ab_is_not_in_lab_and_am_is_not_the_client_am(title: str) -> None:
    ab, am = ClientEvidence("ab", "AB"), ClientEvidence("am", "AM")

    assert NoEvidence() == answer(title, ab, am)


def test_a_code_of_one_letter_counts_only_as_the_whole_title() -> None:
    ian = ClientEvidence("ian", "I", ("Ian",))

    assert "ian" == owner(answer("I", ian))
    assert NoEvidence() == answer("I must call the bank", ian)


@pytest.mark.parametrize(
    "title", ["Jo Bloggs", "jo bloggs", "Session: JO BLOGGS!", "🙂 Jo Bloggs 🙂", "Jo  Bloggs-50"]
)
def test_a_whole_name_in_the_title_is_certain(title: str) -> None:
    assert Match("jo", ("name",)) == answer(title)


@pytest.mark.parametrize("title", ["Mimi", "with mimi", "mimi (online)"])
def test_an_alias_in_the_title_is_certain(title: str) -> None:
    assert Match("mia", ("name",)) == answer(title)


@pytest.mark.parametrize(
    ("name", "title"), [("Zoë Ångström", "zoe angstrom"), ("Jose Nunez", "José Núñez"), ("Ма́ша", "маша 🌱")]
)
def test_accents_make_no_difference(name: str, title: str) -> None:
    assert "z" == owner(answer(title, ClientEvidence("z", "ZA", (name,))))


@pytest.mark.parametrize("title", ["Mimickry", "Jo Bloggson", "Banjo Bloggs", "Ajo Bloggsy"])
def test_a_name_inside_other_words_is_not_that_name(title: str) -> None:
    assert owner(answer(title)) is None


def test_an_alias_of_emoji_alone_points_to_nobody() -> None:
    assert NoEvidence() == answer("🙂", ClientEvidence("e", "EE", ("🙂",)))


def test_a_longer_name_hides_a_shorter_one_within_it() -> None:
    ann, ann_lee = (
        ClientEvidence("ann", "A1", ("Ann Lee",)),
        ClientEvidence("longer", "A2", ("Ann Lee Carter",)),
    )

    assert "longer" == owner(answer("Ann Lee Carter", ann, ann_lee))
    assert "ann" == owner(answer("Ann Lee", ann, ann_lee))


def test_two_clients_in_one_title_are_a_question() -> None:
    assert Unsure("several clients fit", ("jo", "mia")) == answer("Jo Bloggs and Mia Stone")


def test_two_clients_of_one_name_are_a_question() -> None:
    other = ClientEvidence("jo2", "JB2", ("Jo Bloggs",))

    assert Unsure("several clients fit", ("jo", "jo2")) == answer("Jo Bloggs", JO, other)


def test_an_address_settles_which_of_two_clients_of_one_name_is_meant() -> None:
    other = ClientEvidence("jo2", "JB2", ("Jo Bloggs",))

    assert Match("jo", ("address", "name")) == answer("Jo Bloggs", JO, other, attendees=(guest(),))


def test_an_address_against_a_name_is_a_question() -> None:
    assert Unsure("several clients fit", ("jo", "mia")) == answer("Mia Stone", attendees=(guest(),))


def test_a_series_belongs_to_the_client_of_its_other_hours() -> None:
    assert Match("jo", ("series",)) == answer("Weekly", series={"abc": "jo"}, recurring_event_id="abc")


def test_a_series_says_nothing_of_another_series() -> None:
    assert NoEvidence() == answer("Weekly", series={"abc": "jo"}, recurring_event_id="xyz")


def test_a_series_against_its_title_is_a_question() -> None:
    found = answer("Mia Stone", series={"abc": "jo"}, recurring_event_id="abc")

    assert Unsure("several clients fit", ("jo", "mia")) == found


def test_part_of_a_name_is_a_question() -> None:
    assert Unsure("only part of a name fits", ("jo",)) == answer("Bloggs")


def test_a_word_of_two_letters_is_no_part_of_a_name() -> None:
    assert NoEvidence() == answer("Jo")


@pytest.mark.parametrize("title", ["", "Dentist", "🙂", " \u202e "])
def test_no_evidence_on_a_mixed_calendar_is_nobodys(title: str) -> None:
    assert NoEvidence() == answer(title)


def dedicated(title: str, pattern: str | None = None) -> object:
    directory = Directory.of((JO, MIA))
    return match_client(appointment(title), directory, {}, dedicated=True, title_pattern=pattern)


def test_on_a_calendar_of_the_practices_own_no_evidence_is_a_question() -> None:
    assert Unsure("nobody known fits", ()) == dedicated("Pat Quill")


def test_a_clear_new_name_on_a_calendar_of_the_practices_own_is_a_new_client() -> None:
    assert NewClient("Pat Quill") == dedicated("Session: Pat Quill", "Session: {client}")


@pytest.mark.parametrize("title", ["Session: room 12", "Session:", "Session: a b c d e f g", "Supervision"])
def test_an_unclear_name_is_a_question(title: str) -> None:
    assert Unsure("nobody known fits", ()) == dedicated(title, "Session: {client}")


def test_a_known_name_in_the_patterns_place_is_no_new_client() -> None:
    assert "mia" == owner(dedicated("Session: Mia Stone", "Session: {client}"))


def test_part_of_a_known_name_is_asked_before_a_new_client_is_made() -> None:
    assert Unsure("only part of a name fits", ("mia",)) == dedicated(
        "Session: Mia Clark", "Session: {client}"
    )


def test_a_clear_name_on_a_mixed_calendar_makes_nobody() -> None:
    found = match_client(
        appointment("Session: Pat Quill"), Directory.of((JO,)), {}, title_pattern="Session: {client}"
    )

    assert NoEvidence() == found


@pytest.mark.parametrize("name", ["Anna Muller", "Tom Vance", "Ivy Thorne", "Dora Reed"])
def test_initials_that_are_everyday_words_get_a_digit(name: str) -> None:
    assert free_code(name, ()).endswith("2")


@pytest.mark.parametrize("title", ["Jo Bloggs-Smith", "Lunch with Jo Bloggs's sister", "Anna-Jo Bloggs"])
def test_a_name_that_is_joined_to_more_is_another_name(title: str) -> None:
    assert isinstance(answer(title), Unsure | NoEvidence)


@pytest.mark.parametrize(
    "title", ["Session: Jo Bloggs-Smith", "Session: Anna Jo Bloggs", "Session: Kim & Jo Bloggs"]
)
def test_where_a_pattern_says_where_the_name_stands_a_longer_name_is_asked_about(title: str) -> None:
    assert isinstance(dedicated(title, "Session: {client}"), Unsure)
