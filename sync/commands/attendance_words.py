"""What is said of attendance, as JSON."""

from dataclasses import asdict
from datetime import date
from typing import Any

from sync.commands.showing import rfc3339
from sync.domain.attendance.fates import AppointmentFate, Fate
from sync.domain.attendance.flags import Flag
from sync.domain.attendance.line import AttendanceLine
from sync.domain.attendance.report import ClientSeen, Report, Section
from sync.domain.attendance.tally import Share, Tally


def attendance_json(line: AttendanceLine) -> dict[str, Any] | None:
    """The attendance line with its evidence; None where nothing counts yet."""
    if not line.lines:
        return None
    tally = line.tally
    return {
        "sentence": line.sentence,
        "kept": tally.kept,
        "counted": tally.counted,
        "evidence": [evidence_json(fate) for fate in line.fates],
        "flags": [flag_json(flag) for flag in line.flags],
    }


def flag_json(flag: Flag) -> dict[str, Any]:
    """A flag with its rule, its evidence grade and the appointments that made it fire."""
    return {
        "flag": flag.name,
        "sentence": flag.words,
        "rule": flag.rule,
        "grade": flag.grade,
        "evidence": [evidence_json(fate) for fate in flag.evidence],
    }


def evidence_json(fate: AppointmentFate) -> dict[str, Any]:
    """One appointment: its session, its start and what became of it."""
    return {"session_id": fate.session_id, "date": rfc3339(fate.starts_at), "fate": fate.fate}


def report_json(report: Report) -> dict[str, Any]:
    """The report: one object for each client's code and one summary for each practitioner."""
    return {
        "from": report.days.first.isoformat(),
        "to": report.days.last.isoformat(),
        "as_of": report.today.isoformat(),
        "clients": [
            _client_json(section, client) for section in report.sections for client in section.clients
        ],
        "practitioners": [_section_json(section) for section in report.sections],
    }


def _client_json(section: Section, client: ClientSeen) -> dict[str, Any]:
    view, rhythm = client.view, client.view.rhythm
    coverage = view.coverage
    return {
        "code": client.code,
        **({"name": client.name} if client.name else {}),
        "practitioner": section.practitioner,
        "standing": view.standing,
        "counts": _tally_json(client.tally),
        "show_rate": _share_json(client.tally.show_rate),
        "attendance_rate": _share_json(client.tally.attendance_rate),
        "last_eight": {"kept": view.last_eight.kept, "counted": view.last_eight.counted},
        "last_kept": _day(rhythm.kept[-1].day if rhythm.kept else None),
        "next_booked": _day(view.next_booked.day if view.next_booked else None),
        "days_since_last_kept": rhythm.open_days,
        "every_days": None if rhythm.spacing is None else rhythm.spacing.days,
        "every_days_is": None if rhythm.spacing is None else "agreed" if rhythm.spacing.said else "usual",
        "adherence": None if rhythm.adherence is None else _share_json(rhythm.adherence),
        "coverage": None
        if coverage is None
        else {"kept": coverage.kept, "expected": round(coverage.expected, 1)},
        "episodes": len(view.episodes),
        "episode_began": _day(view.episodes[-1].began_on if view.episodes else None),
        "propose_close": bool(view.episodes) and view.episodes[-1].propose_close,
        "ended": _day(client.ending.ended_on if client.ending else None),
        "flags": [flag_json(flag) for flag in client.flags],
    }


def _section_json(section: Section) -> dict[str, Any]:
    tally, ends = section.tally, section.endings
    return {
        "practitioner": section.practitioner,
        "clients": len(section.clients),
        "not_listed": section.unlisted,
        "standings": {str(standing): number for standing, number in section.standings},
        "lapsed": list(section.lapsed),
        "suppressed": tally is None,
        "counts": None if tally is None else _tally_json(tally),
        "show_rate": None if tally is None else _share_json(tally.show_rate),
        "attendance_rate": None if tally is None else _share_json(tally.attendance_rate),
        "ended": ends.count,
        "endings": None if ends.kinds is None else dict(ends.kinds),
        "drop_outs": ends.drop_outs,
    }


def _tally_json(tally: Tally) -> dict[str, int]:
    """Every class, and what is told beside them."""
    return {name: number for name, number in asdict(tally).items() if name != Fate.AHEAD}


def _share_json(share: Share) -> dict[str, int | None]:
    return {"part": share.part, "of": share.whole, "percent": share.percent}


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
