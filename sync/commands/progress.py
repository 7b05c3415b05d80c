"""`progress`: a client's way over months, from the notes seen together."""

from collections.abc import Iterator, Sequence
from typing import Any

import click

from sync.commands.attendance_words import attendance_json
from sync.commands.goal_words import goal_json, goal_lines
from sync.commands.meaning import the_client
from sync.commands.measure_words import headline_words, reading_json, risk_item_words
from sync.commands.opening import opened_app
from sync.commands.sheet import sheet_options, show_sheet, wish_of
from sync.commands.showing import rfc3339, show_json, show_text
from sync.domain.briefing.display import one_line
from sync.domain.phrasing import counted
from sync.domain.progress.catalogue import known_as
from sync.domain.progress.evidence import Evidence
from sync.domain.progress.helped import said_of
from sync.domain.progress.marker_readings import MarkerReading
from sync.domain.progress.markers import MarkerPoint, sparkline_text
from sync.domain.progress.measure_sentences import measure_sentence
from sync.domain.progress.sentences import sentence_of
from sync.jobs.progress import ClientProgress, progress_of

LONGEST_SPARK = 24
MOST_HELPED = 6
FOOTER = "Computed from your notes; not a clinical judgement. How: docs/trends.md"


@click.command()
@click.argument("client")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@sheet_options
def progress(client: str, as_json: bool, **options: Any) -> None:
    """Show how CLIENT (a code, name or id) is getting on, from all notes seen together."""
    wish = wish_of(as_json, options)
    with opened_app() as app:
        with app.reading() as records:
            person = the_client(records, client)
        if wish is not None:
            show_sheet(app, person, wish, app.now())
            return
        seen = progress_of(app, person.id, app.now())
    if as_json:
        show_json(_as_json(seen))
        return
    for line in _page(seen):
        show_text(*line) if line else click.echo()


def _page(seen: ClientProgress) -> Iterator[tuple[str, str] | None]:
    """Each paragraph with what leads it; None is an empty line."""
    day = seen.time.day
    if not seen.notes:
        yield f"{seen.client.code}: no note has been written yet.", ""
        yield from _measures(seen)
        yield from goal_lines(seen.goals, seen.time)
        yield from risk_item_words(seen.risk_items, seen.time)
        return
    span = f"{day(seen.notes[0].starts_at)} to {day(seen.notes[-1].starts_at)}"
    yield f"{seen.client.code} · {counted(len(seen.notes), 'note')}, {span}", ""
    for marker in seen.markers:
        yield None
        yield _headline(marker), ""
        yield sentence_of(marker, seen.wall, at_risk=seen.at_risk), "  "
    yield from _measures(seen)
    if seen.themes:
        yield None
        yield (
            "; ".join(
                f"{theme.theme} ({counted(theme.sessions, 'session')}, last {day(theme.last_seen.starts_at)})"
                for theme in seen.themes
            ),
            "Themes      ",
        )
    if seen.helped:
        yield None
        for number, each in enumerate(seen.helped[:MOST_HELPED]):
            yield said_of(each), "            " if number else "Helped      "
    yield from goal_lines(seen.goals, seen.time)
    if seen.carried.open_tasks:
        yield None
        for number, task in enumerate(seen.carried.open_tasks):
            yield f"{task.text} (since {day(task.given_at)})", "            " if number else "Still open  "
    yield None
    yield _risk(seen), "Risk        "
    yield from risk_item_words(seen.risk_items, seen.time)
    for number, line in enumerate(seen.attendance.lines):
        yield line, "            " if number else "Attendance  "
    yield None
    yield FOOTER, ""


def _measures(seen: ClientProgress) -> Iterator[tuple[str, str] | None]:
    for measure in seen.measures:
        yield None
        yield headline_words(measure), ""
        yield measure_sentence(measure, seen.time.date, at_risk=seen.at_risk), "  "


def _headline(marker: MarkerReading) -> str:
    """`Sleep ▂▃▅ 3 → 6 of 10 · 22 ratings`."""
    ever = marker.ever
    curve = sparkline_text([point.value for point in ever.points[-LONGEST_SPARK:]], ever.scale)
    first = "" if ever.n == 1 else f"{ever.first.value:g} → "
    values = f"{first}{ever.latest.value:g} of {ever.scale:g}"
    return f"{ever.marker} {curve} {values} · {counted(ever.n, 'rating')}"


def _risk(seen: ClientProgress) -> str:
    if seen.risk is None:
        return "none recorded"
    latest = seen.risk.latest
    since = " (nothing said of it in the last note)" if seen.risk.missing_in_last_note else ""
    return f"{one_line(latest.text)} ({seen.time.day(latest.evidence.starts_at)}){since}"


def _as_json(seen: ClientProgress) -> dict[str, Any]:
    risk = seen.risk
    return {
        "client": {"id": seen.client.id, "code": seen.client.code},
        "notes": len(seen.notes),
        "markers": [_marker_json(marker, seen) for marker in seen.markers],
        "measures": [reading_json(measure, seen.time, at_risk=seen.at_risk) for measure in seen.measures],
        "themes": [
            {"theme": theme.theme, "sessions": theme.sessions, "evidence": _evidence(theme.seen_in)}
            for theme in seen.themes
        ],
        "helped": [
            {"name": each.name, "uses": len(each.used_in), "helpful": each.helpful, "rated": len(each.rated)}
            | {"sentence": said_of(each), "evidence": _evidence(each.used_in)}
            for each in seen.helped
        ],
        "goals": [goal_json(reading, seen.time) for reading in seen.goals],
        "open_tasks": [
            {"text": task.text, "evidence": [{"session_id": task.session_id, "date": rfc3339(task.given_at)}]}
            for task in seen.carried.open_tasks
        ],
        "risk": None
        if risk is None
        else {"text": risk.latest.text, "evidence": _evidence([risk.latest.evidence])},
        "attendance": attendance_json(seen.attendance),
    }


def _marker_json(marker: MarkerReading, seen: ClientProgress) -> dict[str, Any]:
    known, trend = known_as(marker.ever.marker, marker.ever.scale, seen.followed), marker.trend
    return {
        "name": marker.ever.marker,
        "domain": known.domain.value if known else None,
        "scale": marker.ever.scale,
        "higher_is_better": marker.higher_is_better,
        "n": marker.ever.n,
        "first": _point_json(marker.ever.first),
        "latest": _point_json(marker.ever.latest),
        "label": None if trend is None else trend.label.value,
        "confirmed": trend is not None and trend.confirmed,
        "sentence": sentence_of(marker, seen.wall, at_risk=seen.at_risk),
        "evidence": _evidence([point.evidence for point in marker.course.points]),
    }


def _point_json(point: MarkerPoint) -> dict[str, Any]:
    return {"value": point.value, "date": rfc3339(point.evidence.starts_at)}


def _evidence(sessions: Sequence[Evidence]) -> list[dict[str, str | None]]:
    return [{"session_id": each.session_id, "date": rfc3339(each.starts_at)} for each in sessions]
