"""Keeps what is followed for the sample's people beside their notes: goals, and answered questionnaires."""

from collections.abc import Mapping, Sequence

from sync.app import App
from sync.demo.days import Days
from sync.demo.sample import SampleClient, SampleMeasure
from sync.domain.progress.goals import Goal
from sync.domain.progress.instruments.known import instrument_called
from sync.domain.progress.measures import MeasureResult
from sync.domain.progress.scoring import Scored, score_answers
from sync.store.goals import add_goal
from sync.store.measures import add_result
from sync.store.records import Records


def keep_followed(
    app: App, days: Days, clients: Sequence[SampleClient], client_ids: Mapping[str, str]
) -> None:
    """Keep everybody's at once, each with the days it is of."""
    with app.writing() as records:
        for client in clients:
            for measure in client.measures:
                _keep_result(records, days, client, client_ids[client.code], measure)
            for goal in client.goals:
                since = days.on(goal.since, client.calendar.day)
                kept = Goal("", goal.text, since, goal.markers)
                add_goal(records, client_ids[client.code], kept, days.evening(goal.since))


def _keep_result(
    records: Records, days: Days, client: SampleClient, client_id: str, measure: SampleMeasure
) -> None:
    instrument = instrument_called(measure.name)
    if instrument is None:
        raise LookupError(f"there is no questionnaire {measure.name}")
    scored = score_answers(instrument, measure.answers)
    if not isinstance(scored, Scored):
        raise LookupError(scored.why)
    result = MeasureResult(
        id="",
        instrument=instrument,
        version=instrument.version,
        taken_on=days.on(measure.week, client.calendar.day),
        total=scored.total,
        answers=measure.answers,
        session=None,
        entered_at=days.evening(measure.week),
    )
    add_result(records, client_id, result)
