"""What is followed for a client: kept sealed, found by its name, each client's own."""

from sqlmodel import select

from models import tables
from sync.domain.progress.definitions import Domain, MarkerDefinition
from sync.store.markers import add_marker, change_marker, find_marker, markers_by_client, markers_of
from tests.practice import WEDNESDAY, Practice

DREAD = MarkerDefinition("", "Dread of Mondays", Domain.EMOTIONAL, False, 7.0, "none", "cannot get up")


def test_what_was_kept_is_read_back_in_its_order(practice: Practice) -> None:
    jo, kim = practice.client("Jo Bloggs"), practice.client("Kim Mori")
    plain = MarkerDefinition("", "Dancing", Domain.BEHAVIOURAL, True, 10.0, None, "all night")
    with practice.app.writing() as records:
        dread = add_marker(records, jo.id, DREAD, WEDNESDAY)
        dancing = add_marker(records, jo.id, plain, WEDNESDAY.replace(hour=9))
        other = add_marker(records, kim.id, DREAD, WEDNESDAY)

    with practice.app.reading() as records:
        assert (dread, dancing) == markers_of(records, jo.id)
        assert {jo.id: (dread, dancing), kim.id: (other,)} == markers_by_client(records)
        assert () == markers_of(records, "nobody")
    assert ("Dread of Mondays", 7.0, "none") == (dread.name, dread.scale, dread.lowest)


def test_a_marker_is_found_in_whatever_case_and_by_its_own_client_only(
    practice: Practice,
) -> None:
    jo, kim = practice.client("Jo Bloggs"), practice.client("Kim Mori")
    with practice.app.writing() as records:
        dread = add_marker(records, jo.id, DREAD, WEDNESDAY)

    with practice.app.reading() as records:
        assert dread == find_marker(records, jo.id, " dread  of MONDAYS")
        assert find_marker(records, jo.id, "dread") is None
        assert find_marker(records, kim.id, DREAD.name) is None


def test_all_but_the_name_can_be_said_anew(practice: Practice) -> None:
    jo = practice.client("Jo Bloggs")
    with practice.app.writing() as records:
        made = add_marker(records, jo.id, DREAD, WEDNESDAY)
    after = MarkerDefinition(
        made.id, made.name, Domain.COGNITIVE, True, 5.0, None, None, WEDNESDAY.replace(hour=9)
    )

    with practice.app.writing() as records:
        change_marker(records, after)

    with practice.app.reading() as records:
        assert (after,) == markers_of(records, jo.id)


def test_no_word_stands_readable_in_a_row_and_no_index_tells_who_follows_the_same(practice: Practice) -> None:
    jo, kim = practice.client("Jo Bloggs"), practice.client("Kim Mori")
    with practice.app.writing() as records:
        for client in (jo, kim):
            add_marker(records, client.id, DREAD, WEDNESDAY)

    with practice.app.reading() as records:
        rows = list(records.db.exec(select(tables.Marker)))
        dumped = repr([row.model_dump() for row in rows])

    assert "emotional" in dumped
    assert [] == [word for word in ("Dread", "Monday", "get up", "none") if word in dumped]
    assert 2 == len({row.name_index for row in rows})
