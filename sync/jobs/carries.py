"""Carries a cancelled session's note to another session of the client, when the therapist says so (R43)."""

from dataclasses import dataclass
from datetime import datetime

from sync.app import App
from sync.domain.notes.states import SIGNED
from sync.errors import Refused
from sync.jobs.wishes import zone_of
from sync.store.carries import Offer, carry_note, hold_offer, open_offers, settle_offer
from sync.store.notes import lay_stubs, lock_note, note_of
from sync.store.records import Records
from sync.store.sessions import client_codes, lock_session, session_row
from sync.store.signing import first_signed_at


@dataclass(frozen=True, slots=True)
class Offered:
    """One offer; `time_zone` is the practitioner's."""

    id: str
    client_code: str
    from_session_id: str
    to_session_id: str
    from_starts_at: datetime
    to_starts_at: datetime
    time_zone: str


def offers(app: App) -> list[Offered]:
    """Every offer that waits for a word."""
    with app.reading() as records:
        codes, found = client_codes(records), []
        for offer in open_offers(records):
            old = session_row(records, offer.from_session_id)
            new = session_row(records, offer.to_session_id)
            zone = zone_of(app, records, old.practitioner_id)
            found.append(Offered(offer.id, codes[old.id], old.id, new.id, old.starts_at, new.starts_at, zone))
    return found


def answer_offer(app: App, said: str, now: datetime, *, accept: bool) -> None:
    """Carry the note of the offer whose id begins with `said`, or leave it. Raises `Refused`.

    Of two answers at once the first holds.
    """
    with app.writing() as records:
        offer = _the_offer(records, said)
        if accept:
            _carry(records, offer, now)
        settle_offer(records, offer, "carried" if accept else "declined", now)


def _the_offer(records: Records, said: str) -> Offer:
    found = [offer for offer in open_offers(records) if said and offer.id.startswith(said)]
    held = hold_offer(records, found[0].id) if len(found) == 1 else None
    if held is None:
        raise Refused("No one open offer has this id.", "See `practice-sync sessions carry` for the ids.")
    return held


def _carry(records: Records, offer: Offer, now: datetime) -> None:
    pair = sorted((offer.from_session_id, offer.to_session_id))
    locked = {session_id: lock_session(records, session_id) for session_id in pair}
    old, target = lock_note(records, offer.from_session_id), locked[offer.to_session_id]
    if old.client_id != target.client_id:
        raise Refused("The two sessions are of different clients by now.", "Decline the offer.")
    if note_of(records, target.id) is None:
        lay_stubs(records, [(target.id, target.client_id, old.format)], now)
    new = lock_note(records, target.id)
    if SIGNED in (old.status, new.status) or any(first_signed_at(records, note) for note in (old, new)):
        raise Refused("A signed note does not change.", "Add an amendment to it instead.")
    carry_note(records, old, new, now)
