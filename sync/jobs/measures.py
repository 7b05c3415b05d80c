"""Enters what a questionnaire gave, and voids what was entered by mistake."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sync.app import App
from sync.domain.briefing.display import one_line
from sync.domain.briefing.moments import LocalTime, local_time
from sync.domain.people import Client
from sync.domain.progress.evidence import Evidence
from sync.domain.progress.instruments.values import Instrument
from sync.domain.progress.measures import MeasureResult
from sync.domain.progress.scoring import Scored, Unscored, check_total, score_answers
from sync.errors import Refused
from sync.jobs.clients import hold_client
from sync.jobs.wishes import zone_of
from sync.store.clients import client
from sync.store.measures import add_result, find_results, measure_results, void_result
from sync.store.records import Records
from sync.store.sessions import session_row

LONGEST_REASON = 200
"""Characters that say why a result was voided."""


@dataclass(frozen=True, slots=True)
class MeasureEntry:
    """What is entered: answers in the order of the items (None for one left out), or only a total.

    `taken_on` is a day of the practitioner's calendar; None is the session's day, else today.
    """

    instrument: Instrument
    answers: Sequence[int | None] | None = None
    total: float | None = None
    taken_on: date | None = None
    session_id: str | None = None


@dataclass(frozen=True, slots=True)
class ClientMeasures:
    """All that was entered for a client, voided results too; `time` is her therapist's wall."""

    client: Client
    time: LocalTime
    results: tuple[MeasureResult, ...]


def measures_of(app: App, client_id: str, now: datetime) -> ClientMeasures:
    """What questionnaires gave for a client."""
    with app.reading() as records:
        person = client(records, client_id)
        zone = zone_of(app, records, person.practitioner_id)
        return ClientMeasures(person, local_time(zone, now), measure_results(records, client_id))


def enter(app: App, client_id: str, entry: MeasureEntry, now: datetime) -> MeasureResult:
    """Keep what a questionnaire gave.

    Raises `Refused` for answers without a total, for a day still to come, for another client's session, and
    for what is entered already.
    """
    scored = _scored(entry)
    with app.writing() as records:
        hold_client(records, client_id)
        session, day = _placed(app, records, client_id, entry, now)
        made = MeasureResult(
            id="",
            instrument=entry.instrument,
            version=entry.instrument.version,
            taken_on=day,
            total=scored.total,
            answers=None if entry.answers is None else tuple(entry.answers),
            session=session,
            entered_at=now,
        )
        _require_new(records, client_id, made)
        return add_result(records, client_id, made)


def foresee(app: App, client_id: str, entry: MeasureEntry, now: datetime) -> None:
    """Raise `Refused` where `enter` would because of the day or the session, before anything is answered."""
    with app.reading() as records:
        _placed(app, records, client_id, entry, now)


def void(app: App, said: str, reason: str, now: datetime) -> tuple[str, str]:
    """Let the one result whose id begins with `said` count no more; it stays, with the reason.

    Gives the client's code and the questionnaire's name.

    Raises `Refused` where that is not one, or it is voided already.
    """
    reason = one_line(reason)
    if not reason or len(reason) > LONGEST_REASON:
        raise Refused(
            "A reason is needed, in a few words.",
            f"Say it in at most {LONGEST_REASON} characters: `--reason`.",
        )
    with app.writing() as records:
        found = find_results(records, said)
        if len(found) != 1:
            what = "No result has" if not found else "More than one result has"
            raise Refused(f"{what} this id.", "See `practice-sync measure show CLIENT` for the ids.")
        hold_client(records, found[0].client_id)
        if found[0].voided_at is not None:
            raise Refused("This result is voided already.", "Enter it anew if it was right.")
        void_result(records, found[0], reason, now)
        voided = found[0].id
        results = measure_results(records, found[0].client_id)
        [name] = [each.instrument.name for each in results if each.id == voided]
        return client(records, found[0].client_id).code, name


def _scored(entry: MeasureEntry) -> Scored:
    if entry.answers is not None:
        scored = score_answers(entry.instrument, entry.answers)
    elif entry.total is not None:
        scored = check_total(entry.instrument, entry.total) or Scored(entry.total)
    else:
        raise Refused("Neither answers nor a total were given.", "Give `--answers` or `--total`.")
    if isinstance(scored, Unscored):
        raise Refused(scored.why, scored.remedy)
    return scored


def _placed(
    app: App, records: Records, client_id: str, entry: MeasureEntry, now: datetime
) -> tuple[Evidence | None, date]:
    """The session it belongs to, if any, and the day it is of."""
    time = local_time(zone_of(app, records, client(records, client_id).practitioner_id), now)
    session = None if entry.session_id is None else _session(records, client_id, entry.session_id)
    day = entry.taken_on or (time.today if session is None else time.day_of(session.starts_at))
    if day > time.today:
        raise Refused("That day is still to come.", "Give the day it was answered on: `--on DATE`.")
    return session, day


def _session(records: Records, client_id: str, session_id: str) -> Evidence:
    row = session_row(records, session_id)
    if row.client_id != client_id:
        raise Refused("That session is another client's.", "See `practice-sync sessions --client CLIENT`.")
    return Evidence(row.id, row.starts_at)


def _require_new(records: Records, client_id: str, made: MeasureResult) -> None:
    """Refuse what was entered before to the letter: a command that is given twice is one result."""
    for known in measure_results(records, client_id, until=made.taken_on):
        same = (known.instrument, known.taken_on, known.total, known.answers) == (
            made.instrument,
            made.taken_on,
            made.total,
            made.answers,
        )
        if same and known.voided_at is None:
            raise Refused("This result of that day is entered already.", "Nothing was changed.")
