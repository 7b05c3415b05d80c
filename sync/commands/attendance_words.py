"""What is said of attendance, as JSON."""

from typing import Any

from sync.commands.showing import rfc3339
from sync.domain.attendance.fates import AppointmentFate
from sync.domain.attendance.flags import Flag
from sync.domain.attendance.line import AttendanceLine


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
