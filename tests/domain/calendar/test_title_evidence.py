"""Titles as people write them: decorated, turned about, shortened, for two, learned; certain or asked."""

import time
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.domain.calendar.matching import (
    Answer,
    ClientEvidence,
    Directory,
    Match,
    NoEvidence,
    Unsure,
    evidence_for,
    match_client,
)
from sync.domain.calendar.title_noise import learned_key, undecorated
from tests.domain.calendar.builders import JO, MIA, appointment, guest

AB = ClientEvidence("ab", "AB", ("Anna Berg",))
SAM = ClientEvidence("sam", "SB", ("Sam Bloggs",), ("sam@post.example",))
PAIR = ClientEvidence(
    "pair",
    "JSB",
    ("Bloggs couple",),
    ("jo@post.example", "sam@post.example"),
    members=("Jo Bloggs", "Sam Bloggs"),
)


def answer(title: str, *clients: ClientEvidence, **more: object) -> Answer:
    return match_client(appointment(title, **more), Directory.of(clients or (JO, MIA, AB)), {})


def owner(found: Answer) -> str | None:
    return found.client_id if isinstance(found, Match) else None


def asked(found: Answer) -> tuple[str, ...]:
    return found.client_ids if isinstance(found, Unsure) else ()


# Decoration

DECORATIONS = [
    "{} #12",
    "{} No 12",
    "{} (12/20)",
    "{} 12/20",
    "Session 12: {}",
    "{} - online",
    "[zoom] {}",
    "{} (telehealth)",
    "{} via Zoom",
    "🙂 {} 🌱",
    "({})",
    "{} – 50 min",
    "\u202e{}",
]


@pytest.mark.parametrize("decoration", DECORATIONS)
def test_a_decoration_is_taken_off_and_leaves_the_words(decoration: str) -> None:
    assert "Jo Bloggs" == undecorated(decoration.format("Jo Bloggs")).strip("()")


@pytest.mark.parametrize("title", ["online", "#12", "Session 12", "🙂", "(zoom) 12/20", "50 min", "No 12"])
def test_a_decoration_alone_is_nobodys(title: str) -> None:
    numbers = [ClientEvidence("twelve", "12"), ClientEvidence("fifty", "50"), ClientEvidence("no", "NO")]

    assert "" == undecorated(title)
    assert owner(answer(title, *numbers)) is None


titles = st.sampled_from(
    [
        "AB",
        "Jo Bloggs",
        "Mia Stone",
        "Mimi",
        "Bloggs, Jo",
        "Bloggs",
        "A.B.",
        "Dentist",
        "Jo & Mia",
        "JB AB",
        "I",
    ]
) | st.text(alphabet=st.characters(categories=["L", "Zs"]), max_size=12)


@given(titles, st.lists(st.sampled_from(DECORATIONS), min_size=1, max_size=3))
def test_decorating_a_title_never_changes_whose_it_is(title: str, decorations: Iterable[str]) -> None:
    people = (JO, MIA, AB, ClientEvidence("i", "I", ("Ian Ode",)))
    decorated = title
    for decoration in decorations:
        decorated = decoration.format(decorated)

    before, after = answer(title, *people), answer(decorated, *people)

    assert (owner(before), asked(before)) == (owner(after), asked(after))


@given(st.text(max_size=80))
def test_no_title_makes_matching_fail(title: str) -> None:
    people = (JO, MIA, AB, PAIR)

    found = answer(title, *people)

    assert isinstance(found, Match | Unsure | NoEvidence)


@pytest.mark.parametrize("piece", ["Jo ", "AB ", "zoom ", "(", "A.", "12 ", "Jo Bloggs, ", "#1 "])
def test_r74_matching_a_title_of_ten_thousand_characters_takes_no_time(piece: str) -> None:
    title = piece * (10_000 // len(piece))
    people = Directory.of((JO, MIA, AB, PAIR))
    started = time.perf_counter()

    match_client(appointment(title), people, {})

    assert time.perf_counter() - started < 0.2


def test_only_the_first_1024_characters_of_a_title_are_looked_at() -> None:
    assert "jo" == owner(answer("1 " * 500 + "Jo Bloggs"))
    assert NoEvidence() == answer("1 " * 520 + "Jo Bloggs")


# Codes and initials


@pytest.mark.parametrize("title", ["LAB", "AB-positive", "AB's mother", "non-AB"])
def test_a_code_that_is_joined_to_more_is_no_certain_code(title: str) -> None:
    assert owner(answer(title)) is None


def test_a_code_that_is_joined_to_more_is_asked_about() -> None:
    assert ("ab",) == asked(answer("AB-positive"))


@pytest.mark.parametrize("title", ["A.B.", "A. B.", "A.B", "(A.B.)", "🙂 A.B. (online)"])
def test_dotted_initials_are_a_code_where_nobody_else_has_them(title: str) -> None:
    other = ClientEvidence("adam", "AB2", ("Adam Bell",))

    assert "ab" == owner(answer(title))
    assert ("ab", "adam") == asked(answer(title, AB, other))


@pytest.mark.parametrize("title", ["A B", "J B", "J.B. and mother", "Jo B.", "J.Bloggs"])
def test_other_initials_are_only_enough_to_ask(title: str) -> None:
    assert owner(answer(title)) is None
    assert not isinstance(answer(title), Match)


def test_a_first_name_with_an_initial_is_asked_about() -> None:
    assert Unsure("only part of a name fits", ("jo",)) == answer("Jo B.")
    assert Unsure("only initials or a number fit", ("ab",)) == answer("A B")


def test_letters_side_by_side_are_a_code_or_nothing() -> None:
    assert NoEvidence() == answer("TV", ClientEvidence("tom", "TV2", ("Tom Vance",)))


def test_a_number_behind_a_code_may_be_part_of_another_code() -> None:
    second = ClientEvidence("ab2", "AB2", ("Adam Bell",))

    assert ("ab", "ab2") == asked(answer("AB 2", AB, second))
    assert "ab" == owner(answer("AB #2", AB, second))
    assert "ab" == owner(answer("AB 3", AB, second))
    assert "ab2" == owner(answer("AB2", AB, second))


def test_a_code_of_digits_counts_only_as_the_whole_title() -> None:
    number = ClientEvidence("n", "4711")

    assert "n" == owner(answer("4711 (online)", number))
    assert Unsure("only initials or a number fit", ("n",)) == answer("Invoice 4711", number)


# Names turned about


@pytest.mark.parametrize("title", ["Bloggs, Jo", "Bloggs Jo", "BLOGGS, Jo (online)", "Session: Bloggs, Jo"])
def test_a_name_turned_about_is_certain_where_it_is_unique(title: str) -> None:
    assert Match("jo", ("name",)) == answer(title)


def test_a_comma_makes_a_name_turned_about_as_good_as_a_straight_one() -> None:
    one, other = ClientEvidence("tj", "TJ", ("Thomas James",)), ClientEvidence("jt", "JT", ("James Thomas",))

    assert ("jt", "tj") == asked(answer("James, Thomas", one, other))
    assert "jt" == owner(answer("James Thomas", one, other))
    assert "tj" == owner(answer("James, Thomas", one))


# Two names, two guests


def test_two_names_are_a_question_though_one_of_them_is_invited() -> None:
    assert ("jo", "mia") == asked(answer("Jo Bloggs and Mia Stone", attendees=(guest(),)))


def test_two_guests_of_two_clients_are_a_question_though_one_is_named() -> None:
    both = (guest(), guest("mia@post.example"))

    assert ("jo", "mia") == asked(answer("Jo Bloggs", attendees=both))


@pytest.mark.parametrize(
    "title",
    [
        "Jo & Sam Bloggs",
        "Sam and Jo Bloggs",
        "Jo + Sam Bloggs #3",
        "Jo Bloggs + Sam Bloggs",
        "Bloggs, Sam / Bloggs, Jo",
        "Sam Bloggs, Jo Bloggs (online)",
    ],
)
@pytest.mark.parametrize("others", [(), (JO,), (JO, SAM)])
def test_both_members_names_mean_the_couple(title: str, others: tuple[ClientEvidence, ...]) -> None:
    assert Match("pair", ("name",)) == answer(title, PAIR, *others)


def test_both_members_addresses_mean_the_couple() -> None:
    both = (guest(), guest("sam@post.example"))

    assert Match("pair", ("address",)) == answer("Weekly", JO, SAM, PAIR, attendees=both)
    assert ("jo", "pair") == asked(answer("Weekly", JO, PAIR, attendees=(guest(),)))


def test_a_member_who_is_a_client_too_is_asked_about() -> None:
    assert Unsure("several clients fit", ("jo", "pair")) == answer("Jo Bloggs", JO, PAIR)


def test_what_else_is_known_settles_whether_a_member_or_the_couple_is_meant() -> None:
    series = {"abc": "jo"}
    weekly = appointment("Jo Bloggs", recurring_event_id="abc")

    assert "jo" == owner(match_client(weekly, Directory.of((JO, PAIR)), series))
    assert "jo" == owner(answer("Jo Bloggs JB", JO, PAIR))


def test_one_members_name_alone_is_asked_about() -> None:
    assert Unsure("only a member of a couple or group is named", ("pair",)) == answer("Jo Bloggs", PAIR)


def test_two_first_names_alone_are_asked_about() -> None:
    stone = ClientEvidence("p", "XYZ", members=("Jo Vane", "Al Reed"))

    assert Unsure("only part of a name fits", ("p",)) == answer("Jo & Al", stone)


def test_a_third_persons_name_beside_the_couple_is_a_question() -> None:
    assert ("mia", "pair") == asked(answer("Jo & Sam Bloggs, Mia Stone", PAIR, MIA))


def test_a_group_is_meant_where_every_member_is_named() -> None:
    group = ClientEvidence("g", "GRP", members=("Jo Bloggs", "Mia Stone", "Al Reed"))

    assert "g" == owner(answer("Jo Bloggs, Mia Stone, Al Reed", group, JO, MIA))
    assert ("g", "jo", "mia") == asked(answer("Jo Bloggs, Mia Stone", group, JO, MIA))
    assert "g" == owner(answer("GRP Jo Bloggs, Mia Stone", group, JO, MIA))


# Learned titles


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("Tuesday walk 🙂", "tuesday walk"),
        ("Tuesday walk (online) #4", "tuesday walk"),
        ("Cancelled: Tuesday walk", "tuesday walk"),
        ("TUESDAY  WÁLK!", "tuesday walk"),
        ("Session", ""),
        ("Weekly call 12", ""),
        ("Cancelled", ""),
        ("Séance (visio)", ""),
        ("🙂", ""),
        ("A", ""),
    ],
)
def test_what_can_be_learned_of_a_title(title: str, key: str) -> None:
    assert key == learned_key(title)


def learned(title: str, client: ClientEvidence = JO) -> ClientEvidence:
    return ClientEvidence(client.client_id, client.code, client.names, client.addresses, titles=(title,))


def test_a_learned_title_is_certain_as_a_whole_and_only_so() -> None:
    jo = learned(learned_key("Tuesday walk"))

    assert Match("jo", ("title",)) == answer("Tuesday walk (online) #4", jo)
    assert NoEvidence() == answer("Tuesday walk with the dog", jo)


def test_a_learned_title_goes_before_the_words_within_it() -> None:
    jo = learned(learned_key("Jo Bloggs and Mia Stone"))

    assert Match("jo", ("title",)) == answer("Jo Bloggs and Mia Stone", jo, MIA)


def test_a_learned_title_that_is_another_clients_whole_name_is_a_question() -> None:
    jo = learned(learned_key("Mimi"))

    assert ("jo", "mia") == asked(answer("Mimi", jo, MIA))


def test_a_learned_title_must_agree_with_the_guests() -> None:
    jo = learned(learned_key("Tuesday walk"))

    assert ("jo", "mia") == asked(answer("Tuesday walk", jo, MIA, attendees=(guest("mia@post.example"),)))


# Strength


def test_more_evidence_is_stronger_and_all_of_it_is_named() -> None:
    code, both = answer("JB"), answer("JB", attendees=(guest(),))

    assert isinstance(code, Match)
    assert isinstance(both, Match)
    assert (("code",), ("address", "code")) == (code.why, both.why)
    assert 90 < code.score < both.score <= 100


def test_all_that_points_to_anybody_is_listed_for_a_question() -> None:
    both = appointment("Mia Stone - Bloggs", attendees=(guest(),), recurring_event_id="abc")

    found = evidence_for(both, Directory.of((JO, MIA, AB)), {"abc": "mia"})

    assert {"jo": ("address", "part of name"), "mia": ("name", "series", "part of name")} == found


@pytest.mark.parametrize("title", ["Jo + Sam Bloggs", "Jo/Sam Bloggs", "Sam Jo Bloggs", "Bloggs, Sam & Jo"])
def test_a_name_that_overlaps_another_is_seen_as_well(title: str) -> None:
    couple = ClientEvidence("couple", "JS", ("Jo & Sam",), members=("Jo Carr", "Sam Carr"))
    jo = ClientEvidence("jo", "JB", ("Jo Bloggs",))

    assert owner(answer(title, couple, jo, SAM)) is None


# One more given name


@pytest.mark.parametrize(
    "title",
    [
        "Mary Jo Bloggs",
        "mary jo bloggs",
        "MARY JO BLOGGS",
        "M. Jo Bloggs",
        "Session: Mary Jo Bloggs",
        "Lunch Jo Bloggs",
        *("MARY Jo Bloggs", "mary Jo Bloggs", "Mary, Jo Bloggs", "Mary, Bloggs Jo"),
        *("Bloggs, Jo Mary", "Jo Bloggs Smith", "Jo Bloggs SMITH", "Jo Bloggs, Smith", "Jo Bloggs S."),
    ],
)
def test_a_further_given_name_may_be_another_person(title: str) -> None:
    found = answer(title)

    assert Unsure("a longer name may be another person's", ("jo",)) == found
    assert ("longer name",) == evidence_for(appointment(title), Directory.of((JO, MIA)), {})["jo"][:1]


@pytest.mark.parametrize(
    "title",
    [
        *("Dr Jo Bloggs", "Dr. Jo Bloggs", "Ms Jo Bloggs", "Frau Jo Bloggs", "Prof. Dr. Jo Bloggs"),
        *(
            "Jo Bloggs online",
            "Zoom Jo Bloggs",
            "Therapy Jo Bloggs",
            "Erstgespräch Jo Bloggs",
            "EMDR Jo Bloggs",
        ),
        *(
            "call Jo Bloggs",
            "lunch with Jo Bloggs",
            "Session with Jo Bloggs",
            "#12 Jo Bloggs",
            "No 3 Jo Bloggs",
        ),
        *("Mary: Jo Bloggs", "Mary - Jo Bloggs", "Sam and Jo Bloggs", "Sam & Jo Bloggs"),
        *(
            "Jo Bloggs - Mary",
            "Jo Bloggs – Mill Lane",
            "Jo Bloggs (Mill Lane)",
            "Jo Bloggs EMDR",
            "🙂 Jo Bloggs 🙂",
        ),
        *("Jo Bloggs 10:00", "Jo Bloggs at 10 am", "Jo Bloggs, 50 min", "Jo Bloggs, online", "Jo Bloggs #12"),
        *("Jo Bloggs Google Meet", "Jo Bloggs in person", "Jo Bloggs cancelled?", "Jo Bloggs, Room 2"),
    ],
)
def test_what_is_no_name_beside_a_name_changes_nothing(title: str) -> None:
    assert "jo" == owner(answer(title))


@pytest.mark.parametrize(
    "title", ["Jo Bloggs Mia Stone", "Mia Stone, Jo Bloggs Smith", "Jo Bloggs, AB", "Jo Bloggs Smith AB"]
)
def test_a_longer_name_beside_another_client_is_still_a_question(title: str) -> None:
    assert isinstance(answer(title, JO, MIA, AB), Unsure)


def test_a_longer_name_that_is_known_is_its_own_persons() -> None:
    mary = ClientEvidence("mary", "MJB", ("Mary Jo Bloggs",))

    assert "mary" == owner(answer("Mary Jo Bloggs", JO, mary))


def test_a_longer_name_with_another_proof_is_hers() -> None:
    known = ClientEvidence("jo", "JB", ("Jo Bloggs",), titles=(learned_key("Mary Jo Bloggs"),))

    assert "jo" == owner(answer("Mary Jo Bloggs", known))
    assert "jo" == owner(answer("Mary Jo Bloggs JB", JO))
