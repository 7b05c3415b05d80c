"""What was planted in notes comes back on the page, and every statement on it has its source."""

from collections import Counter
from random import Random

from sync.domain.notes.parsing import read_note
from sync.domain.notes.values import WrittenNote
from tests.domain.progress.planted import Client, planted
from tests.domain.progress.recalling import recalled, without_source

SEEDS = range(24)
LEAST_RECALLED = 95


def clients() -> list[Client]:
    return [planted(Random(seed)) for seed in SEEDS]


def test_planted_facts_are_recalled() -> None:
    told, back = Counter[str](), Counter[str]()
    for client in clients():
        for kind, is_back in recalled(client):
            told[kind] += 1
            back[kind] += is_back

    shares = {kind: 100 * back[kind] / told[kind] for kind in told}
    assert {"homework", "risk", "risk change", "bring up", "quotes"} == set(shares)
    assert {} == {kind: share for kind, share in shares.items() if share < LEAST_RECALLED}


def test_every_statement_has_a_span_or_the_numbers_it_is_made_of() -> None:
    statements = [each for client in clients() for each in without_source(client)]

    assert len(statements) > 200
    assert [] == [words for words, lacks in statements if lacks]


def test_a_statement_of_other_notes_would_be_seen() -> None:
    """The measure itself: pages of notes that say something else than is held against them have no source."""
    client = planted(Random(1))
    last = client.notes[-1]
    told = client.bodies[last.session_id].replace("Go on as agreed", "Stop it all") + "\nSleep: 10/10\n"
    client.notes[-1] = WrittenNote(last.session_id, last.starts_at, last.signed, read_note(told))

    assert any(lacks for _, lacks in without_source(client))


def test_adding_an_old_note_or_a_copy_of_one_changes_nothing_of_what_was_agreed() -> None:
    client = planted(Random(2))
    before = list(recalled(client))
    client.notes.insert(0, client.notes[0])

    assert before == list(recalled(client))
