"""How a questionnaire is and what it gave are told of, on a terminal and as JSON."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from sync.commands.showing import rfc3339
from sync.domain.briefing.moments import LocalTime
from sync.domain.phrasing import counted
from sync.domain.progress.instruments.values import Instrument
from sync.domain.progress.markers import resampled, sparkline_text
from sync.domain.progress.measure_sentences import measure_sentence, total_words
from sync.domain.progress.measures import MeasureReading, MeasureResult, read_measures
from sync.domain.progress.reliable_change import Change
from sync.domain.progress.risk_items import RiskItemSeen, all_risk_lines, risk_items, risk_lines
from sync.domain.progress.scoring import band_of

LONGEST_SPARK = 24


def told(instrument: Instrument) -> Iterator[tuple[str, str]]:
    """Each paragraph with what leads it."""
    better = "higher" if instrument.higher_is_better else "lower"
    form = counted(len(instrument.form.items), "item") if instrument.form else "total only"
    reach = f"{instrument.lowest:g} to {instrument.highest:g}"
    yield (
        f"{instrument.name} · {instrument.about}, {instrument.period} · {reach}, {better} is better · {form}",
        "",
    )
    if instrument.bands:
        yield ", ".join(f"{band.name} from {band.least:g}" for band in instrument.bands), "  Bands     "
    if instrument.cut_off is not None:
        side = "and below" if instrument.higher_is_better else "and above"
        yield f"{instrument.cut_off.at:g} {side} ({instrument.cut_off.source})", "  Clinical  "
    change = instrument.reliable_change
    if change is not None:
        provisional = "; provisional" if change.is_provisional else ""
        yield (
            f"{change.points:g} points or more ({change.basis}: {change.source}{provisional})",
            "  Change    ",
        )
    yield instrument.licence, "  Licence   "
    yield instrument.attribution, "  From      "


def instrument_json(instrument: Instrument) -> dict[str, Any]:
    """The questionnaire as an object; `items` are its own words."""
    shown = asdict(instrument)
    del shown["form"]
    form = instrument.form
    return shown | {
        "items": [item.text for item in form.items] if form else None,
        "answers": list(form.answers) if form else None,
        "risk_item": form.risk_item if form else None,
    }


def result_words(result: MeasureResult, time: LocalTime) -> str:
    """`PHQ-9 of 3 June: 13 (moderate)`, and how many items were left out."""
    words = f"{result.instrument.name} of {time.date(result.taken_on)}: {total_words(result)}"
    missing = 0 if result.answers is None else result.answers.count(None)
    return f"{words}, {counted(missing, 'item')} left out" if missing else words


def row_words(result: MeasureResult, time: LocalTime) -> str:
    """The same with the answers, and with the reason where it is voided."""
    void = "" if result.voided_at is None else f" · voided: {result.void_reason}"
    return f"{result_words(result, time)} · {answers_words(result)}{void}"


def answers_words(result: MeasureResult) -> str:
    """`1 2 3 – 0`, or that only the total is known."""
    if result.answers is None:
        return "total only"
    return " ".join("–" if answer is None else str(answer) for answer in result.answers)


def shown_results(
    results: Sequence[MeasureResult], time: LocalTime, *, headline: bool = False
) -> Iterator[str]:
    """What is said of one questionnaire's results: the course, if wanted, its sentence, and its risk item."""
    items = risk_items(results)
    at_risk = any(item.is_present for item in items)
    for reading in read_measures(results):
        if headline:
            yield headline_words(reading)
        if headline or reading.since_first is not None:
            yield measure_sentence(reading, time.date, at_risk=at_risk)
    yield from (text for item in items for text in risk_lines(item, time.date))


def risk_item_words(items: Sequence[RiskItemSeen], time: LocalTime) -> Iterator[tuple[str, str]]:
    """What questionnaires were answered about risk, set in below the notes' own word on it."""
    for text in all_risk_lines(items, time.date):
        yield text, "            "


def headline_words(reading: MeasureReading) -> str:
    """`PHQ-9 ▅▃▂ 16 → 9 · 0 to 27, lower is better · 3 results`."""
    instrument = reading.instrument
    totals = resampled([result.total - instrument.lowest for result in reading.results], LONGEST_SPARK)
    first = "" if len(reading.results) == 1 else f"{reading.first.total:g} → "
    better = "higher" if instrument.higher_is_better else "lower"
    return (
        f"{instrument.name} {sparkline_text(totals, instrument.span)} {first}{reading.latest.total:g} · "
        f"{instrument.lowest:g} to {instrument.highest:g}, {better} is better · "
        f"{counted(len(reading.results), 'result')}"
    )


def reading_json(reading: MeasureReading, time: LocalTime, *, at_risk: bool = False) -> dict[str, Any]:
    """A questionnaire's course as an object, with the sessions or days behind it."""
    instrument, trend = reading.instrument, reading.course.trend if reading.course else None
    known = instrument.reliable_change
    items = risk_items(reading.results)
    risky = at_risk or any(item.is_present for item in items)
    return {
        "name": instrument.name,
        "version": reading.latest.version,
        "higher_is_better": instrument.higher_is_better,
        "n": len(reading.results),
        "first": _result_json(reading.first),
        "latest": _result_json(reading.latest),
        "band": band_of(instrument, reading.latest.total),
        "label": None if trend is None else trend.label.value,
        "confirmed": trend is not None and trend.confirmed,
        "sentence": measure_sentence(reading, time.date, at_risk=risky),
        "change": _change_json(reading.since_first),
        "change_since_previous": _change_json(reading.since_previous),
        "rci": None if known is None else known.points,
        "rci_basis": None if known is None else known.basis.value,
        "rci_source": None if known is None else known.source,
        "risk_items": [text for item in items for text in risk_lines(item, time.date)],
        "results": [_result_json(result) for result in reading.results],
        "evidence": [_evidence_json(result) for result in reading.results],
    }


def _result_json(result: MeasureResult) -> dict[str, Any]:
    answers = None if result.answers is None else list(result.answers)
    on = result.taken_on.isoformat()
    return {"id": result.id, "value": result.total, "date": on, "answers": answers}


def voided_json(result: MeasureResult) -> dict[str, Any]:
    """A result that counts no more, with when and why it was voided."""
    return _result_json(result) | {"voided_at": result.voided_at, "reason": result.void_reason}


def _change_json(change: Change | None) -> dict[str, Any] | None:
    if change is None:
        return None
    return {
        "from": change.before,
        "to": change.after,
        "points": change.points,
        "reliable": change.is_reliable,
        "direction": change.direction,
        "crossed": change.crossed,
    }


def _evidence_json(result: MeasureResult) -> dict[str, str | None]:
    if result.session is None:
        return {"session_id": None, "date": result.taken_on.isoformat()}
    return {"session_id": result.session.session_id, "date": rfc3339(result.session.starts_at)}
