"""Whom a title may mean, ranked for a person to choose from."""

from sync.domain.calendar.candidates import REASONS, SHOWN, rank_candidates
from sync.domain.calendar.matching import STRENGTH
from sync.domain.people import Client


def client(name: str, *aliases: str) -> Client:
    return Client(name.casefold(), "ana", name[:2].upper(), name, aliases=aliases)


PEOPLE = [client("Jo Bloggs"), client("Mia Stone", "Mimi"), client("Zoë Ångström")]


def ranked(title: str) -> list[str]:
    return [candidate.name for candidate in rank_candidates(title, PEOPLE)]


def test_the_likest_name_comes_first() -> None:
    assert "Jo Bloggs" == ranked("Jo Blogs 50 min")[0]


def test_accents_and_case_make_no_difference() -> None:
    assert "Zoë Ångström" == ranked("ZOE ANGSTROM")[0]


def test_a_likeness_to_an_alias_says_so() -> None:
    best = rank_candidates("mimi!", PEOPLE)[0]

    assert ("Mia Stone", "the title is like this alias") == (best.name, best.why)


def test_every_reason_is_given_for_each_candidate_and_evidence_goes_before_likeness() -> None:
    pointing = {"mia stone": ("address", "part of name"), "zoë ångström": ("series",)}

    found = rank_candidates("Jo Bloggs", PEOPLE, pointing)

    assert ["Mia Stone", "Zoë Ångström", "Jo Bloggs"] == [candidate.name for candidate in found]
    assert "a guest has this client's address; the title has part of this name" == found[0].why
    assert "the title is like this name" == found[2].why
    assert all(0 <= candidate.score <= 100 for candidate in found)


def test_everybody_to_whom_something_points_is_listed() -> None:
    many = [client(f"Jo Bloggs {letter}") for letter in "ABCDEF"]

    found = rank_candidates("Jo Bloggs", many, {person.id: ("part of name",) for person in many})

    assert len(many) == len(found)


def test_every_kind_of_evidence_has_its_words() -> None:
    assert set(STRENGTH) == set(REASONS)


def test_a_title_like_nobody_has_no_candidates() -> None:
    assert [] == ranked("xxxxxxx qqqq")


def test_an_empty_title_has_no_candidates() -> None:
    assert [] == ranked("")


def test_no_more_are_shown_than_a_person_can_compare() -> None:
    many = [client(f"Jo Bloggs {letter}") for letter in "ABCDEF"]

    assert SHOWN == len(rank_candidates("Jo Bloggs", many))


def test_scores_stand_between_0_and_100_and_fall() -> None:
    scores = [candidate.score for candidate in rank_candidates("Jo Stone", PEOPLE)]

    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 100 for score in scores)


def test_equal_scores_stand_in_the_order_of_names() -> None:
    twins = [client("Sam Berg B"), client("Sam Berg A")]

    assert ["Sam Berg A", "Sam Berg B"] == [c.name for c in rank_candidates("Sam Berg", twins)]
