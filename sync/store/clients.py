"""Keeps the clients: who they are, and what may point to them in a calendar."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func
from sqlmodel import col, select

from models import tables
from models.vault import ClientVault, Place
from sync.domain.calendar.matching import ClientEvidence
from sync.domain.calendar.words import fold, words
from sync.domain.people import MERGED, Client, Member, folded_address, free_code
from sync.store.records import Records

ALIAS = "alias"
ADDRESS = "address"
TITLE = "title"
"""A whole title that was learned to mean a client, as `learned_key` makes it."""

FORMER = "former"
"""A name that no longer means a client and is still kept out of mails that carry her code only."""

SHORTEST_ID = 4
"""How many characters of an id are enough to mean it, where they are unique."""


def add_client(
    records: Records, practitioner_id: str, name: str, now: datetime, *, code: str | None = None, **more: Any
) -> Client:
    """Keep a new client with a key of their own; the code is made of the initials unless given."""
    row_id = tables.new_id()
    wrapped = records.vault.new_client_key(row_id)
    own = records.vault.client(row_id, wrapped)
    row = tables.Client(
        id=row_id,
        practitioner_id=practitioner_id,
        code=code or free_code(name, codes(records)),
        name_sealed=own.seal(name, Place("client", "name", row_id, row_id)),
        name_index=name_index(records, name),
        key_wrapped=wrapped,
        created_at=now,
        **more,
    )
    records.db.add(row)
    records.db.flush()
    return _opened(own, row, (), ())


def hold_names(records: Records) -> None:
    """Let nobody else add clients until the transaction ends: of two equal names one has to see the other."""
    records.db.exec(select(tables.KeySlot).with_for_update()).all()


def codes(records: Records) -> set[str]:
    """Every code that is taken."""
    return set(records.db.exec(select(tables.Client.code)))


def name_index(records: Records, name: str) -> str:
    """How a name is found without being readable: blind to case, accents and punctuation."""
    return records.vault.blind_index("client.name", " ".join(words(name)))


def add_alias(records: Records, client_id: str, kind: str, value: str, now: datetime) -> bool:
    """Keep another name (`alias`), mail address (`address`) or whole title (`title`); whether it was new."""
    index = _alias_index(records, kind, value)
    known = select(tables.ClientAlias.id).where(
        col(tables.ClientAlias.client_id) == client_id,
        col(tables.ClientAlias.kind) == kind,
        col(tables.ClientAlias.value_index) == index,
    )
    if records.db.exec(known).first() is not None:
        return False
    row_id = tables.new_id()
    sealed = records.vault_of(client_id).seal(value, Place("client_alias", "value", row_id, client_id))
    records.db.add(
        tables.ClientAlias(
            id=row_id, client_id=client_id, kind=kind, value_sealed=sealed, value_index=index, created_at=now
        )
    )
    records.db.flush()
    return True


def also_meant(records: Records, client_id: str, kind: str, value: str) -> list[str]:
    """The codes of the same practitioner's other clients whom this name or address means too."""
    alias, row = tables.ClientAlias, tables.Client
    own = select(row.practitioner_id).where(col(row.id) == client_id).scalar_subquery()
    query = (
        select(row.code)
        .join(alias, col(alias.client_id) == col(row.id))
        .where(
            col(row.practitioner_id) == own,
            col(row.id) != client_id,
            col(row.status) != MERGED,
            col(alias.kind) == kind,
            col(alias.value_index) == _alias_index(records, kind, value),
        )
        .order_by(col(row.code))
    )
    return list(records.db.exec(query))


def _alias_index(records: Records, kind: str, value: str) -> str:
    folded = folded_address(value) if kind == ADDRESS else " ".join(words(value)) or fold(value)
    return records.vault.blind_index(f"client.{kind}", folded)


def remove_alias(records: Records, client_id: str, kinds: Collection[str], value: str) -> bool:
    """Let another name, address or learned title no longer mean this client; whether one did."""
    alias = tables.ClientAlias
    indexes = [_alias_index(records, kind, value) for kind in kinds]
    meant = (
        col(alias.client_id) == client_id,
        col(alias.kind).in_(kinds),
        col(alias.value_index).in_(indexes),
    )
    return records.db.connection().execute(delete(alias).where(*meant)).rowcount > 0


def unlearn(records: Records, practitioner_id: str, title: str, *, but: str) -> None:
    """Forget that a learned title means any of a practitioner's clients, `but` for one."""
    alias, person = tables.ClientAlias, tables.Client
    others = select(person.id).where(col(person.practitioner_id) == practitioner_id, col(person.id) != but)
    wrong = (
        col(alias.kind) == TITLE,
        col(alias.value_index) == _alias_index(records, TITLE, title),
        col(alias.client_id).in_(others),
    )
    records.db.connection().execute(delete(alias).where(*wrong))


def rename_client(records: Records, client_id: str, name: str) -> None:
    """Give a client another name; her code stays."""
    row = records.db.get_one(tables.Client, client_id)
    place = Place("client", "name", client_id, client_id)
    row.name_sealed = records.vault_of(client_id).seal(name, place)
    row.name_index = name_index(records, name)
    records.db.add(row)
    records.db.flush()


def set_status(records: Records, client_id: str, status: str) -> bool:
    """Note how work with a client stands; whether that is another state than before."""
    row = records.db.get_one(tables.Client, client_id)
    changed = row.status != status
    row.status = status
    records.db.add(row)
    records.db.flush()
    return changed


def add_member(records: Records, client_id: str, name: str, position: int) -> None:
    """Keep one person of a couple, family or group."""
    row_id = tables.new_id()
    sealed = records.vault_of(client_id).seal(name, Place("member", "name", row_id, client_id))
    records.db.add(tables.Member(id=row_id, client_id=client_id, position=position, name_sealed=sealed))


def clients(records: Records, practitioner_id: str | None = None) -> list[Client]:
    """All clients, or one practitioner's, by code, each with aliases, addresses and members.

    A record that was merged into another is none.
    """
    row = tables.Client
    query = select(row).where(col(row.status) != MERGED).order_by(col(row.code))
    if practitioner_id is not None:
        query = query.where(col(tables.Client.practitioner_id) == practitioner_id)
    return _with_aliases(records, list(records.db.exec(query)))


def client(records: Records, client_id: str) -> Client:
    """One client by id."""
    return _with_aliases(records, [records.db.get_one(tables.Client, client_id)])[0]


def find_client(records: Records, said: str, *, merged: bool = False) -> list[Client]:
    """Whom `said` means: an id, the start of one, a code in any case, or a whole name.

    What means a merged record means the one it is part of, unless `merged` ones are wanted as they are.
    """
    row = tables.Client
    readings = [
        col(row.id) == said,
        col(row.code) == said,
        func.lower(col(row.code)) == said.lower(),
        col(row.name_index) == name_index(records, said),
    ]
    if len(said) >= SHORTEST_ID:
        readings.append(col(row.id).startswith(said, autoescape=True))
    for reading in readings:
        found = list(records.db.exec(select(row).where(reading)))
        if found and not merged:
            found = list(
                {holder.id: holder for holder in (_holder(records, each) for each in found)}.values()
            )
        if found:
            return _with_aliases(records, found)
    return []


def _holder(records: Records, row: tables.Client) -> tables.Client:
    """Who holds what is this client's: the record itself, or the last one it was merged into."""
    while row.status == MERGED and row.merged_into_id is not None:
        row = records.db.get_one(tables.Client, row.merged_into_id)
    return row


def client_named(records: Records, practitioner_id: str, name: str) -> str | None:
    """The id of a practitioner's client of this name, if there is one."""
    row = tables.Client
    query = select(row).where(
        col(row.practitioner_id) == practitioner_id, col(row.name_index) == name_index(records, name)
    )
    found = records.db.exec(query.order_by(col(row.created_at), col(row.id))).first()
    return None if found is None else _holder(records, found).id


def evidence(records: Records, practitioner_id: str) -> list[ClientEvidence]:
    """What points to each of a practitioner's clients in her calendars.

    The code of a merged record goes on to mean the one it is part of.
    """
    row = tables.Client
    query = select(row).where(col(row.practitioner_id) == practitioner_id, col(row.status) == MERGED)
    former = [ClientEvidence(_holder(records, each).id, each.code) for each in records.db.exec(query)]
    # Former codes come first, so that what a client's own record says of her is said last.
    return former + [
        ClientEvidence(
            person.id,
            person.code,
            (person.name, *person.aliases),
            person.addresses,
            tuple(member.name for member in person.members),
            person.titles,
        )
        for person in clients(records, practitioner_id)
    ]


def _with_aliases(records: Records, rows: list[tables.Client]) -> list[Client]:
    ids = [row.id for row in rows]
    if not ids:
        return []
    few = len(ids) <= 100
    alias_query = select(tables.ClientAlias).order_by(col(tables.ClientAlias.created_at))
    member_query = select(tables.Member).order_by(col(tables.Member.position))
    if few:
        alias_query = alias_query.where(col(tables.ClientAlias.client_id).in_(ids))
        member_query = member_query.where(col(tables.Member.client_id).in_(ids))
    aliases: dict[str, list[tables.ClientAlias]] = defaultdict(list)
    for alias in records.db.exec(alias_query):
        aliases[alias.client_id].append(alias)
    members: dict[str, list[tables.Member]] = defaultdict(list)
    for member in records.db.exec(member_query):
        members[member.client_id].append(member)
    return [
        _opened(records.vault.client(row.id, row.key_wrapped), row, aliases[row.id], members[row.id])
        for row in rows
    ]


def _opened(
    own: ClientVault,
    row: tables.Client,
    aliases: Iterable[tables.ClientAlias],
    members: Iterable[tables.Member],
) -> Client:
    opened = [
        (alias.kind, own.open(alias.value_sealed, Place("client_alias", "value", alias.id, row.id)))
        for alias in aliases
    ]
    return Client(
        id=row.id,
        practitioner_id=row.practitioner_id,
        code=row.code,
        name=own.open(row.name_sealed, Place("client", "name", row.id, row.id)),
        kind=row.kind,
        status=row.status,
        aliases=tuple(value for kind, value in opened if kind == ALIAS),
        addresses=tuple(value for kind, value in opened if kind == ADDRESS),
        former_names=tuple(value for kind, value in opened if kind == FORMER),
        members=tuple(
            Member(member.id, own.open(member.name_sealed, Place("member", "name", member.id, row.id)))
            for member in members
        ),
        titles=tuple(value for kind, value in opened if kind == TITLE),
    )
