"""The attendance report over many clients and years, beside a bare reading of the same rows.

The second figure has its limit as its floor: one second.
"""

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import text

from bench.figures import Figure, Pair
from bench.ground import CLIENTS, NOW, practice_over
from bench.history import StillCalendar
from models.tables import LedgerEntry, Session, new_ids
from sync.app import App
from sync.jobs.attendance import ReportWish, attendance_report
from sync.store.bulk import insert_rows
from sync.store.clients import clients

YEARS = 5
HOURS = 46 * YEARS
ALLOWED_SECONDS = 1.0
FATES = ["held"] * 16 + ["no_show", "cancelled", "cancelled", "cancelled"]


def figures(runs: int) -> list[Figure]:
    """The report over 200 clients and five years / the same rows by the bare driver, and / one second."""
    pairs = list(_reports(runs))
    name = f"attendance report of {CLIENTS * HOURS} sessions"
    return [
        Figure(f"{name} / reading their rows", pairs, 9),
        Figure(f"{name} / {ALLOWED_SECONDS:g} s", [Pair(p.ours, ALLOWED_SECONDS) for p in pairs], 1),
    ]


def _reports(runs: int) -> Iterator[Pair]:
    with practice_over(lambda: StillCalendar([])) as (app, link_id):
        _store(app, link_id)
        attendance_report(app, ReportWish(), NOW)  # the first loads what is needed
        for _ in range(runs):
            floor = _seconds_to_read(app)
            began = time.perf_counter()
            report = attendance_report(app, ReportWish(), NOW)
            yield Pair(time.perf_counter() - began, floor)
            assert sum(len(section.clients) for section in report.sections) == CLIENTS


def _seconds_to_read(app: App) -> float:
    """The columns the report needs, as the driver gives them."""
    began = time.perf_counter()
    with app.reading() as records:
        rows = records.db.connection().execute(
            text(
                "SELECT client_id, id, starts_at, ends_at, status, created_at, cancelled_by, late, "
                "is_history, cancel_reason FROM session ORDER BY starts_at, id"
            )
        )
        assert len(rows.all()) == CLIENTS * HOURS
    return time.perf_counter() - began


def _store(app: App, link_id: str) -> None:
    rng = Random(1)
    with app.writing() as records:
        people = clients(records)
        sessions, told = [], []
        for number, session_id in enumerate(new_ids(len(people) * HOURS)):
            week, at = divmod(number, len(people))
            start = NOW - timedelta(days=week * 365.25 * YEARS / HOURS, minutes=at)
            one = _session(rng, session_id, start, link_id)
            sessions.append(one | {"client_id": people[at].id, "practitioner_id": people[at].practitioner_id})
            told.append(_told(rng, session_id, start, one["status"]))
        insert_rows(records, Session, [Session(**row).model_dump() for row in sessions])
        insert_rows(records, LedgerEntry, [LedgerEntry(**row).model_dump() for row in told])


def _session(rng: Random, session_id: str, start: datetime, link_id: str) -> dict[str, Any]:
    status = rng.choice(FATES)
    is_cancelled = status == "cancelled"
    return {
        "id": session_id,
        "calendar_link_id": link_id,
        "starts_at": start,
        "ends_at": start + timedelta(minutes=50),
        "time_zone": "Europe/London",
        "status": status,
        "cancelled_by": rng.choice(["client", "client", "practitioner", "unknown"]) if is_cancelled else None,
        "late": is_cancelled and rng.random() < 0.3,
        "details_sealed": b"",
        "created_at": start - timedelta(days=60),
    }


def _told(rng: Random, session_id: str, start: datetime, status: str) -> dict[str, Any]:
    """What the ledger says of it: that it was cancelled, of every tenth other one that it was moved."""
    kind = "cancelled" if status == "cancelled" else "moved" if rng.random() < 0.1 else "created"
    return {
        "session_id": session_id,
        "kind": kind,
        "seen_at": start - timedelta(days=1),
        "happened_at": start - timedelta(days=1),
        "from_starts_at": start - timedelta(days=2) if kind == "moved" else None,
        "to_starts_at": start if kind == "moved" else None,
    }
