"""A private note is its author's alone: it opens for nobody else and follows its session everywhere."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from models import tables
from models.errors import SealBroken
from sync.domain.notes.private_head import HEAD
from sync.errors import Refused
from sync.jobs.assigning import assign_session
from sync.jobs.carries import answer_offer, offers
from sync.jobs.merges import merge, undo
from sync.jobs.notes import write_note
from sync.jobs.private_notes import open_private_note, write_private_note
from sync.jobs.signing import amend_note, sign_note
from sync.store.private_moves import private_place
from tests.jobs.looking import HOUR, everything, rows
from tests.jobs.test_carries import split
from tests.practice import WEDNESDAY, Practice


def over(practice: Practice) -> str:
    """A session of Jo's that is over."""
    practice.client("Jo Bloggs")
    practice.put("Jo Bloggs", WEDNESDAY - 24 * HOUR)
    practice.once()
    return practice.the_session().id


def write(practice: Practice, session_id: str, body: str, based_on: int | None = None) -> None:
    write_private_note(practice.app, session_id, body, practice.clock(), based_on)


def texts(practice: Practice, session_id: str) -> list[str]:
    note = open_private_note(practice.app, session_id, practice.clock())
    return [text.body for text in note.texts]


def test_every_private_text_is_kept_to_the_byte(on_each: Practice) -> None:
    session_id = over(on_each)
    written = ["First.\n", "  First, and more 🙂\r\n", "First.\n"]

    for text in [*written, written[-1]]:
        write(on_each, session_id, text)

    assert written == texts(on_each, session_id)


def test_a_private_note_says_nothing_of_its_session(on_each: Practice) -> None:
    session_id = over(on_each)
    before = (everything(on_each), on_each.sessions())

    write(on_each, session_id, "## Plan\nWalk.\nPanic: 6/10\nRisk: passive\n")

    assert before == (everything(on_each), on_each.sessions())


def test_risk_and_plan_in_it_are_kept_and_said_to_count_elsewhere(practice: Practice) -> None:
    session_id, body = over(practice), "Risk: passive thoughts\n## Plan\nAsk her.\n"

    saved = write_private_note(practice.app, session_id, body, practice.clock())

    assert (("risk", "the plan"), [body]) == (saved.misplaced, texts(practice, session_id))


def test_neither_the_clients_key_nor_another_author_opens_it(practice: Practice) -> None:
    session_id = over(practice)
    write(practice, session_id, "For me alone.")
    [row] = rows(practice, tables.PrivateNoteRevision)
    client_id = practice.the_session().client_id
    place = private_place(row.id, client_id, 1)

    with practice.app.reading() as records:
        for vault in (records.vault_of(client_id), records.private_vault_of("ben", client_id)):
            with pytest.raises(SealBroken):
                vault.open(row.body_sealed, place)


def test_two_who_save_one_at_once_lose_nothing(on_each: Practice) -> None:
    session_id, ready = over(on_each), Barrier(2)
    write(on_each, session_id, "First.")

    def save(text: str) -> tuple[int, tuple[int, ...]]:
        ready.wait(timeout=20)
        saved = write_private_note(on_each.app, session_id, text, on_each.clock(), 1)
        return saved.revision, saved.beside

    with ThreadPoolExecutor(2) as pool:
        saved = sorted(pool.map(save, ["Here.", "There."]))

    assert [(2, ()), (3, (2,))] == saved
    assert {"First.", "Here.", "There."} == set(texts(on_each, session_id))


@pytest.mark.parametrize("text", [f"{HEAD}Mine.", f"\n{HEAD.replace('alone', 'ALONE')}Mine."])
def test_what_is_headed_as_private_is_not_taken_for_the_progress_note(practice: Practice, text: str) -> None:
    session_id = over(practice)
    with pytest.raises(Refused, match="headed as private"):
        write_note(practice.app, session_id, text, practice.clock())
    write_note(practice.app, session_id, "She came.", practice.clock())
    sign_note(practice.app, session_id, practice.clock())

    with pytest.raises(Refused, match="headed as private"):
        amend_note(practice.app, session_id, "more", text, practice.clock())


def test_it_goes_with_a_merge_and_comes_back_with_its_undoing(on_each: Practice) -> None:
    session_id = over(on_each)
    write(on_each, session_id, "For me alone.")
    gone, kept = on_each.the_session().client_id, on_each.client("Jo Marsh").id

    merge(on_each.app, gone, kept, on_each.clock())
    assert ["For me alone."] == texts(on_each, session_id)
    assert {kept} == {row.client_id for row in rows(on_each, tables.PrivateNote)}
    undo(on_each.app, gone, on_each.clock())

    assert ["For me alone."] == texts(on_each, session_id)
    assert {gone} == {row.client_id for row in rows(on_each, tables.PrivateNote)}


def test_it_goes_with_a_session_that_is_another_clients(practice: Practice) -> None:
    session_id = over(practice)
    write(practice, session_id, "For me alone.")
    kim = practice.client("Kim Mori").id

    assign_session(practice.app, session_id, kim, practice.clock())

    assert (kim, ["For me alone."]) == (practice.the_session().client_id, texts(practice, session_id))


@pytest.mark.parametrize("both", [False, True])
def test_it_goes_with_a_note_that_is_carried(on_each: Practice, both: bool) -> None:
    old, new = split(on_each)
    write(on_each, old, "Older.")
    write(on_each, old, "Older, and more.")
    if both:
        for text in ("Newer.", "Newest."):
            write(on_each, new, text)

    answer_offer(on_each.app, offers(on_each.app)[0].id, on_each.clock(), accept=True)

    newer = ["Newer.", "Newest."] if both else []
    assert ([], ["Older.", "Older, and more.", *newer]) == (texts(on_each, old), texts(on_each, new))
    write(on_each, new, "After.")
    assert "After." == texts(on_each, new)[-1]


def test_a_private_note_without_words_is_refused(practice: Practice) -> None:
    session_id = over(practice)

    with pytest.raises(Refused, match="no words"):
        write(practice, session_id, " \n")

    assert [] == rows(practice, tables.PrivateNote)
