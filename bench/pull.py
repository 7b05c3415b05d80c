"""Pulls 20,000 events against the floor: the same pages read, the same rows written by the bare driver."""

import sqlite3
import tempfile
import time
from pathlib import Path

from bench.figures import Figure, Pair
from bench.ground import ANA, NOW, Served, practice, served, source
from sync.adapters.google_calendar import PAGE_SIZE, SNAPSHOT_FIELDS
from sync.app import App
from sync.domain.calendar.window import reading_window
from sync.jobs.pull import pull_all
from sync.jobs.visit import PullWish

EVENTS = 20_000
TABLES = ("session", "event_link", "ledger_entry", "message")


def figures(runs: int) -> list[Figure]:
    """A fresh import and an unchanged snapshot, each as a ratio to its floor, pair by pair."""
    imports, unchanged = [], []
    with served(EVENTS) as ground:
        _seconds_to_read(ground)  # the first reading warms the sandbox up
        for _ in range(runs):
            reading = _seconds_to_read(ground)
            with practice(ground) as (app, _):
                fresh = _seconds_to_pull(app, EVENTS)
                writing = _seconds_to_write_the_same(app.settings.database.file or Path())
                _seconds_to_pull(app, 0)  # the second visit walks through the history for a sync token
                again = _seconds_to_pull(app, 0)
            imports.append(Pair(fresh, reading + writing))
            unchanged.append(Pair(again, _seconds_to_read(ground)))
    return [
        Figure(f"fresh import of {EVENTS} events / floor", imports, 1.6),
        Figure(f"unchanged snapshot of {EVENTS} events / bare reading", unchanged, 1.4),
    ]


def _seconds_to_read(ground: Served) -> float:
    """The bare reading: every page as the client library hands it over, nothing made of it."""
    asked = source(ground)
    window = reading_window(NOW, "Europe/London", 14, 60)
    began = time.perf_counter()
    events = asked._connections.events  # the service itself: what stands above it is being measured
    request = events.list(
        calendarId=ANA,
        singleEvents=True,
        showDeleted=True,
        timeMin=window.starts_at.isoformat(),
        timeMax=window.ends_at.isoformat(),
        eventTypes=["default"],
        maxResults=PAGE_SIZE,
        fields=SNAPSHOT_FIELDS,
    )
    count = 0
    while request is not None:
        page = request.execute(http=asked._http())
        count += len(page["items"])
        request = events.list_next(request, page)
    took = time.perf_counter() - began
    asked.close()
    assert count == EVENTS
    return took


def _seconds_to_pull(app: App, expected: int) -> float:
    began = time.perf_counter()
    report = pull_all(app, NOW, PullWish(full=True))
    took = time.perf_counter() - began
    assert report.counts["created"] == expected, report
    return took


def _seconds_to_write_the_same(database: Path) -> float:
    """The rows that the import wrote, written once more by the bare driver into the same empty tables."""
    connection = sqlite3.connect(database)
    rows = {table: connection.execute(f'SELECT * FROM "{table}"').fetchall() for table in TABLES}
    made = connection.execute(
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND tbl_name IN (?,?,?,?) ORDER BY type DESC",
        TABLES,
    ).fetchall()
    connection.close()
    with tempfile.TemporaryDirectory() as folder:
        bare = sqlite3.connect(Path(folder) / "bare.db", isolation_level=None)
        bare.execute("PRAGMA journal_mode = WAL")
        bare.execute("PRAGMA synchronous = FULL")
        for (sql,) in made:
            bare.execute(sql)
        began = time.perf_counter()
        bare.execute("BEGIN IMMEDIATE")
        for table, values in rows.items():
            if values:
                places = ",".join("?" * len(values[0]))
                bare.executemany(f'INSERT INTO "{table}" VALUES ({places})', values)
        bare.execute("COMMIT")
        took = time.perf_counter() - began
        bare.close()
    return took
