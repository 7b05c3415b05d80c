"""Says what the sample's practitioner says beside her notes: markers, goals, questionnaires, pauses."""

from datetime import datetime

from sync.app import App
from sync.demo.days import Days
from sync.demo.sample import SampleClient
from sync.domain.progress.instruments.known import instrument_called
from sync.jobs.agreements import PauseWish, plan_pause
from sync.jobs.goals import GoalWish, set_goal
from sync.jobs.markers import MarkerWish, follow
from sync.jobs.measures import MeasureEntry, enter


def agree(app: App, client: SampleClient, client_id: str, session_id: str, week: int) -> None:
    """Keep what was agreed on and filled in at the session of `week`, before its note is written."""
    now = app.now()
    for marker in client.markers:
        if marker.course[0][0] == week:
            wish = MarkerWish(
                marker.better == "higher", marker.domain, marker.scale, marker.lowest, marker.highest
            )
            follow(app, client_id, marker.name, wish, now)
    for goal in client.goals:
        if goal.since == week:
            set_goal(app, client_id, GoalWish(goal.text, markers=goal.markers), now)
    _fill_in(app, client, client_id, session_id, week)


def _fill_in(app: App, client: SampleClient, client_id: str, session_id: str, week: int) -> None:
    for measure in client.measures:
        answers, total = measure.answers.get(week), measure.totals.get(week)
        if answers is not None or total is not None:
            instrument = instrument_called(measure.name)
            assert instrument is not None  # noqa: S101  # the sample names only what is known
            entry = MeasureEntry(instrument, answers, total, session_id=session_id)
            enter(app, client_id, entry, app.now())


def plan_pauses(app: App, client: SampleClient, client_id: str, days: Days, now: datetime) -> None:
    """Keep every pause of the sample, from its first week's days of work to its last."""
    for pause in client.pauses:
        first, last = days.on(pause.first, 0), days.on(pause.last, 6)
        plan_pause(app, client_id, PauseWish(first, last, pause.reason), now)
