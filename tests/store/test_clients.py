"""The clients: found by what may point to them, unreadable without the key."""

from sqlmodel import select

from models import tables
from sync.store.clients import ADDRESS, ALIAS, TITLE, add_alias, add_member, clients, evidence, find_client
from tests.practice import WEDNESDAY, Practice


def found(practice: Practice, said: str) -> list[str]:
    with practice.app.reading() as records:
        return [client.name for client in find_client(records, said)]


def test_a_client_is_found_by_code_and_name_in_any_case_and_accent(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    practice.client("Mia Stone")

    for said in ("JB", "jb", "Jo Bloggs", "jo bloggs", "JÓ  BLOGGS!"):
        assert ["Jo Bloggs"] == found(practice, said), said


def test_a_client_is_found_by_an_id_or_its_first_letters(practice: Practice) -> None:
    jo = practice.client("Jo Bloggs")

    assert [["Jo Bloggs"], ["Jo Bloggs"], []] == [
        found(practice, said) for said in (jo.id, jo.id[:4], jo.id[:3])
    ]


def test_part_of_a_name_or_a_wildcard_finds_nobody(practice: Practice) -> None:
    practice.client("Jo Bloggs")

    for said in ("", "%", "_", "____", "Jo", "Bloggs"):
        assert [] == found(practice, said), said


def test_codes_are_initials_and_a_digit_where_they_clash(practice: Practice) -> None:
    made = [practice.client(name).code for name in ("Jo Bloggs", "Jack Brown", "Jim Beam", "Zoë Ångström")]

    assert ["JB", "JB2", "JB3", "ZÅ"] == made


def test_an_alias_or_address_is_kept_once_in_whatever_writing(practice: Practice) -> None:
    jo = practice.client("Jo Bloggs")
    with practice.app.writing() as records:
        new = [
            add_alias(records, jo.id, kind, value, WEDNESDAY)
            for kind, value in [
                (ALIAS, "Joey"),
                (ALIAS, "JÓEY"),
                (ADDRESS, "Jo@Post.example"),
                (ADDRESS, " jo@post.example "),
            ]
        ]

    with practice.app.reading() as records:
        [client] = clients(records)
    assert [True, False, True, False] == new
    assert (("Joey",), ("Jo@Post.example",)) == (client.aliases, client.addresses)


def test_evidence_is_of_a_practitioners_own_clients(practice: Practice) -> None:
    jo = practice.client("Jo Bloggs", "Joey", addresses=("jo@post.example",))

    with practice.app.reading() as records:
        [own] = evidence(records, practice.practitioner_id)
        others = evidence(records, "someone else")

    assert (jo.id, "JB", ("Jo Bloggs", "Joey"), ("jo@post.example",)) == (
        own.client_id,
        own.code,
        own.names,
        own.addresses,
    )
    assert [] == others


def test_learned_titles_and_members_are_evidence_and_no_other_names(practice: Practice) -> None:
    jo = practice.client("Jo Bloggs", kind="couple")
    with practice.app.writing() as records:
        new = [add_alias(records, jo.id, TITLE, "tuesday walk", WEDNESDAY) for _ in range(2)]
        add_member(records, jo.id, "Sam Bloggs", 0)

    with practice.app.reading() as records:
        [own] = evidence(records, practice.practitioner_id)
        [client] = clients(records)

    assert [True, False] == new
    assert (("tuesday walk",), ("Sam Bloggs",), ("Jo Bloggs",)) == (own.titles, own.members, own.names)
    assert () == client.aliases
    assert "tuesday walk" in client.private_terms


def test_no_name_alias_or_address_stands_readable_in_a_row(practice: Practice) -> None:
    jo = practice.client("Jo Bloggs", "Joey", addresses=("jo@post.example",))
    with practice.app.writing() as records:
        add_alias(records, jo.id, TITLE, "tuesday walk", WEDNESDAY)

    with practice.app.reading() as records:
        dumped = repr([row.model_dump() for row in records.db.exec(select(tables.Client))])
        dumped += repr([row.model_dump() for row in records.db.exec(select(tables.ClientAlias))])

    assert "key_wrapped" in dumped
    assert [] == [word for word in ("Bloggs", "Joey", "post.example", "tuesday") if word in dumped]
