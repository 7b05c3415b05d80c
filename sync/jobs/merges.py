"""Joins two records that are one client's, and parts them again."""

from datetime import datetime

from sync.app import App
from sync.domain.people import MERGED, Client
from sync.errors import Refused
from sync.jobs.calendar_lease import lease_name
from sync.jobs.clients import look_again
from sync.jobs.wishes import arming_for
from sync.store.clients import client, hold_names
from sync.store.leases import break_lease
from sync.store.links import links
from sync.store.merges import Merge, find_merges, merge_clients, undo_merge
from sync.store.records import Records
from sync.store.sessions import client_sessions
from sync.store.unasked import look_again_at_settled, settle_as_one


def hold_people(records: Records, practitioner_id: str) -> None:
    """Let nobody else change whose sessions are until the transaction ends.

    A reading of her calendars that is under way writes nothing: it was compared with what held before.
    """
    for calendar in links(records):
        if calendar.practitioner_id == practitioner_id:
            break_lease(records, lease_name(calendar.id))
    hold_names(records)


def merge(app: App, gone_id: str, kept_id: str, now: datetime, *, any_kind: bool = False) -> int:
    """Make all that is the one record's the other's; how many sessions. Raises `Refused`.

    `any_kind`: an individual's record may become part of a couple's, family's or group's.
    """
    with app.writing() as records:
        hold_people(records, client(records, gone_id).practitioner_id)
        gone, kept = client(records, gone_id), client(records, kept_id)
        _require_mergeable(gone, kept, any_kind=any_kind)
        count = merge_clients(records, gone, kept, now)
        settle_as_one(
            records, kept.id, (gone.code, kept.code), now, arming_for(app, records, kept.practitioner_id)
        )
        look_again(records, kept.practitioner_id)
        return count


def foresee(app: App, gone_id: str, kept_id: str, *, any_kind: bool = False) -> int:
    """How many sessions `merge` would move. Raises `Refused` where it would."""
    with app.reading() as records:
        gone, kept = client(records, gone_id), client(records, kept_id)
        _require_mergeable(gone, kept, any_kind=any_kind)
        return len(client_sessions(records, gone.id))


def _require_mergeable(gone: Client, kept: Client, *, any_kind: bool) -> None:
    if gone.status == MERGED:
        raise Refused(
            "This record is part of another already.",
            f"To part them again: `practice-sync clients merge --undo {gone.code}`.",
        )
    if gone.id == kept.id or kept.status == MERGED:
        raise Refused("These are one record already.", "See `practice-sync clients` for the codes.")
    if gone.practitioner_id != kept.practitioner_id:
        raise Refused(
            "These are clients of two practitioners.", "Choose two of one: see `practice-sync clients`."
        )
    if gone.kind == kept.kind:
        return
    if gone.members and kept.kind == "individual":
        raise Refused(
            "A couple's or group's record cannot become part of one person's.",
            "Merge the other way round, so that its members stay known.",
        )
    if not any_kind:
        raise Refused(
            f"One record is for {_kind(gone)}, the other for {_kind(kept)}: their notes are kept apart.",
            "If both are the same clients, say so with `--any-kind`.",
        )


def _kind(person: Client) -> str:
    return f"{'an' if person.kind == 'individual' else 'a'} {person.kind}"


def undo(app: App, said: str, now: datetime) -> tuple[Client, Client, int]:
    """Part what was merged: the two clients and how many sessions went back. Raises `Refused`.

    `said` is the code or id of the record that is gone. What came to the other since stays there.
    """
    with app.writing() as records:
        hold_people(records, client(records, _the_merge(records, said).kept_id).practitioner_id)
        found = _the_merge(records, said)
        kept = client(records, found.kept_id)
        if kept.status == MERGED:
            raise Refused(
                "The record that holds them was itself merged later.",
                f"Part that first: `practice-sync clients merge --undo {kept.code}`.",
            )
        count = undo_merge(records, found, now, arming_for(app, records, kept.practitioner_id))
        look_again_at_settled(records, (found.gone_id, found.kept_id))
        look_again(records, kept.practitioner_id)
        return client(records, found.gone_id), client(records, found.kept_id), count


def _the_merge(records: Records, said: str) -> Merge:
    found = find_merges(records, said)
    if len(found) != 1:
        what = "No merged record has" if not found else "More than one merged record has"
        raise Refused(f"{what} this code or id.", "Give the code of the record that was merged.")
    return found[0]
