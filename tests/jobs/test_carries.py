"""An hour that a booking tool makes anew: the old one's note is offered to it, never carried by itself."""

import pytest

from sync.errors import Refused
from sync.jobs.carries import answer_offer, offers
from sync.jobs.notes import note_history, write_note
from sync.store.ledger import ledger_of
from tests.jobs.looking import HOUR, NEXT_WEEK, delete
from tests.practice import Practice


def split(practice: Practice) -> tuple[str, str]:
    """Jo's prepared hour is deleted and made anew under another id; both sessions' ids."""
    practice.client("Jo Bloggs")
    event = practice.put("Jo Bloggs", NEXT_WEEK)
    practice.once()
    old = practice.the_session().id
    for text in ("First thought.", "Second thought."):
        write_note(practice.app, old, text, practice.clock())
    delete(practice, event)
    practice.put("Jo Bloggs", NEXT_WEEK + HOUR)
    practice.once()
    [new] = [session.id for session in practice.sessions() if session.id != old]
    return old, new


def texts(practice: Practice, session_id: str) -> list[str]:
    return [revision.body for revision in note_history(practice.app, session_id)]


def test_r43_the_note_of_an_hour_made_anew_is_offered_and_stays_until_a_word(on_each: Practice) -> None:
    old, new = split(on_each)

    assert [(old, new)] == [(o.from_session_id, o.to_session_id) for o in offers(on_each.app)]
    assert (["First thought.", "Second thought."], []) == (texts(on_each, old), texts(on_each, new))


def test_r43_an_accepted_note_goes_along_with_every_saved_text(on_each: Practice) -> None:
    old, new = split(on_each)

    answer_offer(on_each.app, offers(on_each.app)[0].id, on_each.clock(), accept=True)

    carried = texts(on_each, new)
    assert ["First thought.", "Second thought."] == carried[:2]
    assert ("Second thought.", [], []) == (carried[-1], texts(on_each, old), offers(on_each.app))
    with on_each.app.reading() as records:
        assert ["carried"] * 2 == [ledger_of(records, session)[-1].kind for session in (old, new)]


def test_r43_where_both_have_words_both_are_kept_and_the_new_ones_are_the_latest(on_each: Practice) -> None:
    _, new = split(on_each)
    write_note(on_each.app, new, "Written meanwhile.", on_each.clock())

    answer_offer(on_each.app, offers(on_each.app)[0].id, on_each.clock(), accept=True)

    kept = texts(on_each, new)
    assert {"Written meanwhile.", "First thought.", "Second thought."} == set(kept)
    assert "Written meanwhile." == kept[-1]


def test_r43_a_declined_offer_changes_nothing_and_is_not_made_again(on_each: Practice) -> None:
    old, new = split(on_each)
    offer = offers(on_each.app)[0].id

    answer_offer(on_each.app, offer, on_each.clock(), accept=False)
    on_each.put("Jo Bloggs", NEXT_WEEK + 48 * HOUR)
    on_each.once(full=True)

    assert ([], 2, []) == (offers(on_each.app), len(texts(on_each, old)), texts(on_each, new))
    with pytest.raises(Refused):
        answer_offer(on_each.app, offer, on_each.clock(), accept=True)


def test_r43_an_untouched_stub_is_offered_to_nobody(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    event = practice.put("Jo Bloggs", NEXT_WEEK)
    practice.once()
    delete(practice, event)
    practice.put("Jo Bloggs", NEXT_WEEK)
    practice.once()

    assert [] == offers(practice.app)
