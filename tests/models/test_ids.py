"""Ids that are made here."""

from uuid import UUID

from models.tables import new_id, new_ids


def test_an_id_is_a_random_uuid() -> None:
    made = {new_id() for _ in range(100)} | set(new_ids(100))

    assert len(made) == 200
    assert {(4, str(one)) for one in map(UUID, made)} == {(UUID(one).version, one) for one in made}


def test_many_ids_come_in_their_own_order() -> None:
    many = new_ids(500)

    assert sorted(many) == many
