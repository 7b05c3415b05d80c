"""`progress --json`: a client's way as one document, every statement with its key and its evidence."""

from collections.abc import Iterable, Sequence
from typing import Any

from sync.commands.attendance_words import attendance_json
from sync.commands.goal_words import goal_json
from sync.commands.measure_words import reading_json
from sync.commands.progress_page import risk_before_words, risk_words
from sync.commands.showing import rfc3339
from sync.domain.progress.catalogue import known_as
from sync.domain.progress.evidence import Evidence
from sync.domain.progress.excerpts import Excerpt
from sync.domain.progress.helped import Helped, said_of
from sync.domain.progress.in_words import InWords
from sync.domain.progress.marker_readings import MarkerReading
from sync.domain.progress.markers import MarkerPoint
from sync.domain.progress.measures import MeasureReading
from sync.domain.progress.moves import Move, move_words
from sync.domain.progress.page_keys import marker_key
from sync.domain.progress.sentences import sentence_of
from sync.domain.progress.statement_keys import statement_key
from sync.domain.progress.stuck import Stuck, stuck_words
from sync.domain.progress.themes import Theme
from sync.domain.progress.thread_sentences import (
    coming_words,
    dated_words,
    pair_words,
    theme_words,
    waiting_words,
)
from sync.jobs.progress import ClientProgress

Json = dict[str, Any]


def progress_json(seen: ClientProgress) -> Json:
    """The whole document."""
    attendance = attendance_json(seen.attendance)
    return {
        "client": {"id": seen.client.id, "code": seen.client.code},
        "notes": len(seen.notes),
        "risk": _risk(seen),
        "last_session": [_excerpt("last session", line, seen) for line in seen.last_session],
        "lately": [_excerpt("lately", line, seen) for line in seen.lately],
        "markers": [_marker(marker, seen) for marker in seen.markers],
        "measures": [_measure(measure, seen) for measure in seen.measures],
        "goals": [_keyed(f"goal {each.number}", goal_json(each, seen.time)) for each in seen.goals],
        "themes": [_theme(theme, seen) for theme in seen.themes],
        "then_and_now": [_pair(pair, seen) for pair in seen.in_words],
        "open_threads": _threads(seen),
        "helped": [_helped(each, seen) for each in seen.helped],
        "stuck": [_stuck(each) for each in seen.stuck],
        "attendance": None if attendance is None else _keyed("attendance", attendance),
    }


def _statement(kind: str, sentence: str, sources: Sequence[Evidence | Excerpt]) -> Json:
    return {
        "key": statement_key(kind, sentence, sources),
        "sentence": sentence,
        "evidence": evidence_json(sources),
    }


def _keyed(kind: str, told: Json) -> Json:
    """What has its sentence and evidence already, with the key of the sentence."""
    return {"key": statement_key(kind, told["sentence"], ())} | told


def _measure(measure: MeasureReading, seen: ClientProgress) -> Json:
    told = reading_json(measure, seen.time, at_risk=seen.at_risk)
    return _keyed(f"measure {measure.instrument.name}", told)


def evidence_json(sources: Iterable[Evidence | Excerpt]) -> list[Json]:
    """Each session with its start; of words of a note also the words, their section and their place."""
    return [_session(each) if isinstance(each, Evidence) else _place(each) for each in sources]


def _session(evidence: Evidence) -> Json:
    return {"session_id": evidence.session_id, "date": rfc3339(evidence.starts_at)}


def _place(excerpt: Excerpt) -> Json:
    return _session(excerpt.evidence) | {
        "text": excerpt.text,
        "field": excerpt.field,
        "start": excerpt.start,
        "signed": excerpt.signed,
    }


def _risk(seen: ClientProgress) -> Json | None:
    if seen.risk is None:
        return None
    latest, before = seen.risk.latest, seen.risk.before
    told = {"text": latest.text, "missing_in_last_note": seen.risk.missing_in_last_note}
    if before is not None:
        was = _statement("risk before", risk_before_words(seen), [before.evidence])
        told["before"] = {"text": before.text} | was
    return told | _statement("risk", risk_words(seen), [latest.evidence])


def _excerpt(kind: str, line: Excerpt, seen: ClientProgress) -> Json:
    return {"text": line.text, "field": line.field} | _statement(kind, dated_words(line, seen.wall), [line])


def _marker(marker: MarkerReading, seen: ClientProgress) -> Json:
    known, trend = known_as(marker.ever.marker, marker.ever.scale, seen.followed), marker.trend
    sentence = sentence_of(marker, seen.wall, at_risk=seen.at_risk)
    return {
        "name": marker.ever.marker,
        "domain": known.domain.value if known else None,
        "scale": marker.ever.scale,
        "higher_is_better": marker.higher_is_better,
        "n": marker.ever.n,
        "first": _point(marker.ever.first),
        "latest": _point(marker.ever.latest),
        "label": None if trend is None else trend.label.value,
        "confirmed": trend is not None and trend.confirmed,
        "turned_at": rfc3339(marker.turned_at),
        "lower_now": marker.is_lower_now,
        "dismissed": marker_key(marker) in seen.dismissed,
    } | _statement("marker", sentence, [point.evidence for point in marker.course.points])


def _point(point: MarkerPoint) -> Json:
    return {"value": point.value, "date": rfc3339(point.evidence.starts_at)}


def _theme(theme: Theme, seen: ClientProgress) -> Json:
    told = {"theme": theme.theme, "state": theme.state.value, "sessions": theme.sessions}
    return told | _statement("theme", theme_words(theme, seen.wall), theme.seen_in)


def _pair(pair: InWords, seen: ClientProgress) -> Json:
    return {
        "key": pair.key,
        "theme": pair.theme,
        "lower": pair.is_lower,
        "sentence": pair_words(pair, seen.wall),
        "evidence": evidence_json((pair.then, pair.now)),
    }


def _threads(seen: ClientProgress) -> Json:
    threads = seen.threads
    return {
        "tasks": [
            {"text": each.task.text, "sessions_since": each.notes_since}
            | _statement("task", waiting_words(each, seen.wall), [each.evidence])
            for each in threads.tasks
        ],
        "bring_up": [_excerpt("bring up", each, seen) for each in threads.bring_up],
        "coming_up": [
            {"on": each.on.isoformat()}
            | _statement(
                "coming up", coming_words(each, seen.wall, seen.time.date), [each.excerpt or each.evidence]
            )
            for each in threads.coming_up
        ],
        "untouched_goals": [goal.number for goal in seen.goals if goal.is_untouched],
    }


def _helped(helped: Helped, seen: ClientProgress) -> Json:
    return {
        "name": helped.name,
        "uses": len(helped.used_in),
        "helpful": helped.helpful,
        "rated": len(helped.rated),
        "median": helped.middle,
        "moves": [_move(move) for move in seen.moves(helped)],
    } | _statement("helped", said_of(helped), helped.used_in)


def _move(move: Move) -> Json:
    return {
        "marker": move.marker,
        "differences": list(move.differences),
        "median": move.middle if move.is_enough else None,
    } | _statement(
        "move",
        move_words(move),
        tuple(dict.fromkeys(each for pair in move.over for each in pair)),
    )


def _stuck(stuck: Stuck) -> Json:
    told = {"theme": stuck.theme, "intervention": stuck.intervention, "sessions": len(stuck.sessions)}
    return told | _statement("stuck", stuck_words(stuck), stuck.sessions)
