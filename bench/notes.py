"""Reads a long note, and opens and searches many: in seconds, and beside the barest way to do the same."""

import re
import sqlite3
import time
from collections.abc import Callable
from datetime import date
from itertools import cycle, islice

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bench.figures import Figure, Pair
from models.vault import KEY_SIZE, ClientVault, Place
from sync.demo.days import Days
from sync.demo.note_texts import note_text
from sync.demo.sample import sample_clients
from sync.domain.notes.parsing import read_note

NOTES, CLIENTS, LENGTH = 10_000, 50, 4_000
"""So many notes of so many clients, each of so many characters."""

WORD = "boundary"
_BARE_LINES = [
    re.compile(pattern)
    for pattern in (r"#+ (.*)", r"(\w[\w ]*): (\d+)/(\d+)", r"- \[([ x])\] (.*)", r"(\w+): (.*)", r"#(\w+)")
]


def figures(runs: int) -> list[Figure]:
    """Reading a note of 4,000 characters, and finding a word in 10,000 of them."""
    body = long_note()
    read_note(body)
    reading = [(_best(lambda: read_note(body)), _best(lambda: _bare(body))) for _ in range(max(runs, 10))]
    stored, keys = _stored()
    searching = [
        (_seconds(lambda: _search(stored, keys)), _seconds(lambda: _open(stored, keys))) for _ in range(runs)
    ]
    return [
        Figure("reading a note of 4,000 characters / 2 ms", [Pair(ours, 0.002) for ours, _ in reading], 1),
        Figure("reading a note / five patterns on each of its lines", [Pair(*pair) for pair in reading], 12),
        Figure("10,000 notes opened and searched / 300 ms", [Pair(ours, 0.3) for ours, _ in searching], 1),
        Figure("10,000 notes opened and searched / deciphered", [Pair(*pair) for pair in searching], 6),
    ]


def long_note() -> str:
    """One note of 4,000 characters: the paragraphs of the sample's notes under one set of headings."""
    client, days = sample_clients()[0], Days(date(2026, 6, 10))
    kept = [week for week in client.calendar.past_weeks if week not in client.calendar.no_shows]
    texts = [re.sub(r"^## .*\n+", "", note_text(client, week, days), flags=re.MULTILINE) for week in kept]
    told = "\n".join(texts)[: LENGTH - 100]
    return f"## Subjective\n\n{told}\n\n## Plan\n\nWalk on.\n".ljust(LENGTH)


def _bare(body: str) -> int:
    """The least that could be called reading: five patterns tried on each line, nothing kept."""
    return sum(pattern.match(line) is not None for line in body.splitlines() for pattern in _BARE_LINES)


Keys = dict[str, tuple[ClientVault, AESGCM]]


def _stored() -> tuple[sqlite3.Connection, Keys]:
    """Sealed notes in a table of a database in memory, and what opens them."""
    data_keys = {f"c{number}": bytes([number]) * KEY_SIZE for number in range(CLIENTS)}
    keys = {name: (ClientVault(name, key), AESGCM(key)) for name, key in data_keys.items()}
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE note (id TEXT PRIMARY KEY, client TEXT, sealed BLOB)")
    body = long_note()
    for number, client in enumerate(islice(cycle(data_keys), NOTES)):
        sealed = keys[client][0].seal(f"{number} {body}", _place(f"n{number}", client))
        db.execute("INSERT INTO note VALUES (?, ?, ?)", (f"n{number}", client, sealed))
    return db, keys


def _place(note: str, client: str) -> Place:
    return Place("note_revision", "body", note, client, 1)


def _search(db: sqlite3.Connection, keys: Keys) -> int:
    return sum(
        WORD in keys[client][0].open(sealed, _place(note, client)).casefold()
        for note, client, sealed in db.execute("SELECT id, client, sealed FROM note")
    )


def _open(db: sqlite3.Connection, keys: Keys) -> int:
    """The cipher alone, on the same rows."""
    opened = 0
    for note, client, sealed in db.execute("SELECT id, client, sealed FROM note"):
        place = _place(note, client)
        words = "".join(f"{len(part)}:{part}" for part in place[:4]) + str(place.revision)
        opened += len(keys[client][1].decrypt(sealed[5:17], sealed[17:], sealed[:5] + words.encode()))
    return opened


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _best(work: Callable[[], object]) -> float:
    """Of ten times the quickest: what the machine does beside it is not what is measured."""
    return min(_seconds(work) for _ in range(10))
