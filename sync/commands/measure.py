"""`measure`: standard questionnaires, from their answers or their totals."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import click

from sync.commands.asking import ask_items, ask_total
from sync.commands.meaning import Day, day_in, the_client, the_session
from sync.commands.measure_words import (
    instrument_json,
    reading_json,
    result_words,
    row_words,
    shown_results,
    told,
    voided_json,
)
from sync.commands.opening import opened_app
from sync.commands.showing import at_terminal, show_json, show_text
from sync.domain.briefing.moments import LocalTime
from sync.domain.progress.instruments.known import INSTRUMENTS, instrument_called
from sync.domain.progress.instruments.values import Instrument
from sync.domain.progress.measures import MeasureResult, read_measures
from sync.errors import Refused
from sync.jobs.measures import ClientMeasures, MeasureEntry, foresee, measures_of
from sync.jobs.measures import enter as enter_result
from sync.jobs.measures import void as void_result
from sync.jobs.wishes import zone_of


@click.group()
def measure() -> None:
    """Standard questionnaires: list them, enter answers or a total, show a course, void a mistake."""


@measure.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def list_(as_json: bool) -> None:
    """List the questionnaires: how each total reads, what counts as change, and whose it is."""
    if as_json:
        show_json([instrument_json(instrument) for instrument in INSTRUMENTS])
        return
    for number, instrument in enumerate(INSTRUMENTS):
        if number:
            click.echo()
        for text, lead in told(instrument):
            show_text(text, lead)


@measure.command()
@click.argument("client")
@click.argument("name")
@click.option("--answers", metavar="1,0,-,…", help="The answers in order, with - for one left out.")
@click.option("--total", type=float, help="Only the total.")
@click.option("--on", "day", type=Day(), help="When it was answered; today unless said.")
@click.option("--session", metavar="ID", help="The session it was answered in or for; its day, too.")
def enter(
    client: str,
    name: str,
    answers: str | None,
    total: float | None,
    day: str | date | None,
    session: str | None,
) -> None:
    """Enter what the questionnaire NAME, such as PHQ-9, gave for CLIENT.

    Without --answers or --total it asks the items one by one.
    """
    instrument = _instrument(name)
    if answers is not None and total is not None:
        raise Refused("Answers and a total were given.", "Give one: the answers make the total.")
    with opened_app() as app:
        with app.reading() as records:
            person = the_client(records, client)
            zone = zone_of(app, records, person.practitioner_id)
            session_id = None if session is None else the_session(records, session)
        given = _read_answers(answers)
        entry = MeasureEntry(instrument, given, total, day_in(app, day, zone), session_id)
        if given is None and total is None:
            foresee(app, person.id, entry, app.now())
            answered, total = _asked(instrument)
            entry = replace(entry, answers=answered, total=total)
        made = enter_result(app, person.id, entry, app.now())
        seen = measures_of(app, person.id, app.now())
    show_text(f"Entered for {person.code}: {result_words(made, seen.time)}.")
    for text in shown_results([each for each in seen.results if each.instrument == instrument], seen.time):
        show_text(text)


@measure.command()
@click.argument("client")
@click.argument("name", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def show(client: str, name: str | None, as_json: bool) -> None:
    """Show what questionnaires gave for CLIENT: each course, or only that of NAME; voided results too."""
    instrument = None if name is None else _instrument(name)
    with opened_app() as app:
        with app.reading() as records:
            person = the_client(records, client)
        seen = measures_of(app, person.id, app.now())
    wanted = [each for each in seen.results if instrument in (None, each.instrument)]
    if as_json:
        show_json(_courses_json(wanted, seen.time))
        return
    _show_courses(seen, [each for each in INSTRUMENTS if any(one.instrument == each for one in wanted)])


@measure.command()
@click.argument("result")
@click.option("--reason", required=True, help="Why, in a few words.")
def void(result: str, reason: str) -> None:
    """Let RESULT (an id from `measure show`) count no more. It stays, with the reason."""
    with opened_app() as app:
        code, name = void_result(app, result, reason, app.now())
    named = f'"{name}"' if " " in name else name
    show_text(f"Voided: it counts no more. To enter it anew: practice-sync measure enter {code} {named}")


def _show_courses(seen: ClientMeasures, instruments: Sequence[Instrument]) -> None:
    if not instruments:
        click.echo("Nothing was entered yet. What there is: practice-sync measure list")
    for number, instrument in enumerate(instruments):
        if number:
            click.echo()
        of_it = [each for each in seen.results if each.instrument == instrument]
        for text in shown_results(of_it, seen.time, headline=True):
            show_text(text)
        for each in of_it:
            show_text(row_words(each, seen.time), f"  {each.id[:8]}  ")


def _courses_json(results: Sequence[MeasureResult], time: LocalTime) -> list[dict[str, Any]]:
    """Each course with what was voided of it; of a questionnaire of which all is voided, only that."""
    voided: dict[str, list[dict[str, Any]]] = {}
    for each in results:
        if each.voided_at is not None:
            voided.setdefault(each.instrument.name, []).append(voided_json(each))
    courses = [
        reading_json(reading, time) | {"voided": voided.pop(reading.instrument.name, [])}
        for reading in read_measures(results)
    ]
    rest = [{"name": name, "n": 0, "results": [], "voided": gone} for name, gone in voided.items()]
    return courses + rest


def _instrument(name: str) -> Instrument:
    found = instrument_called(name)
    if found is None:
        raise Refused(
            "This questionnaire is not known.", "See `practice-sync measure list` for those that are."
        )
    return found


def _read_answers(said: str | None) -> list[int | None] | None:
    if said is None:
        return None
    try:
        words = said.replace(",", " ").split()
        return [None if word in "-–" else int(word) for word in words]
    except ValueError:
        raise Refused(
            "The answers cannot be read.", "Write them as `--answers 1,2,0,-`, with - for one left out."
        ) from None


def _asked(instrument: Instrument) -> tuple[list[int | None] | None, float | None]:
    """The answers, or the total where the items are not known, as they are typed."""
    if not at_terminal():
        raise Refused("Neither answers nor a total were given.", "Give `--answers` or `--total`.")
    if instrument.form is None:
        return None, ask_total(instrument)
    return ask_items(instrument, instrument.form), None
