"""The worker: which job runs when, and a clean stop. Nothing else."""

import logging
import signal
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Event, Lock
from types import FrameType

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MAX_INSTANCES, EVENT_JOB_MISSED, JobEvent
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from sync.app import App
from sync.jobs.history import go_on_with_histories
from sync.jobs.outbox import send_due
from sync.jobs.pull import pull_all
from sync.jobs.stubs import lay_missing_stubs
from sync.jobs.visit import PullWish
from sync.store.runs import note_run

log = logging.getLogger(__name__)

MAIL_SECONDS = 30
READERS = 3
"""How many rounds of reading may overlap: one that waits for a slow calendar holds up no other."""

MAY_BE_DUE = ("created", "moved", "restored", "cancelled")
"""What a reading brings that may call for a mail at once."""

SLEPT = timedelta(minutes=2)
"""A gap between two looks at the clock that only a sleeping machine makes."""


class Worker:
    """Runs the jobs until it is told to stop. Several may run over one database: leases part the work."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.stopping = Event()
        self._scheduler = self._make_scheduler()
        self._looked_at = app.now()
        self._waking = Lock()

    def run(self) -> None:
        """Work until SIGTERM, SIGINT or `stop`; what is under way is finished first."""
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, self._signalled)
        self._scheduler.start()
        log.info("working: calendars every %d s, mail every %d s", self._doorbell_seconds, MAIL_SECONDS)
        self.stopping.wait()
        log.info("stopping: finishing what is under way")
        self._scheduler.shutdown(wait=True)
        log.info("stopped")

    def stop(self) -> None:
        """Have `run` return."""
        self.stopping.set()

    def read(self) -> None:
        """Ask the calendars whose turn it is, lay the stubs that follow, go on with a past that is wanted."""
        now = self._look_at_clock()
        report = pull_all(self.app, now, PullWish(only_due=True), stopping=self.stopping.is_set)
        if not report.calendars:
            return
        stubs = lay_missing_stubs(self.app, now)
        for calendar in report.calendars:
            if calendar.trouble:
                log.warning("calendar %s: %s (%s)", calendar.id, calendar.status, calendar.trouble)
        if any(report.counts[change] for change in MAY_BE_DUE):
            self._scheduler.modify_job("mail", next_run_time=datetime.now(UTC))
        done = {change: report.counts[change] for change in MAY_BE_DUE} | {"stubs": stubs}
        if any(done.values()):
            log.info("%s", ", ".join(f"{number} {change}" for change, number in done.items() if number))
        go_on_with_histories(self.app, now, self.stopping.is_set)

    def mail(self) -> None:
        """Send what is due. After a sleep the calendars come first: they may have changed meanwhile."""
        with self._waking:
            slept = self.app.now() - self._looked_at > SLEPT + timedelta(seconds=self._doorbell_seconds)
        if slept:
            self.read()
        counts: Counter[str] = Counter()
        send_due(self.app, self.app.now(), counts)
        if counts["briefings_sent"] or counts["briefings_failed"]:
            log.info("%d briefings sent, %d not", counts["briefings_sent"], counts["briefings_failed"])

    @property
    def _doorbell_seconds(self) -> int:
        return self.app.settings.sync.doorbell_seconds

    def _look_at_clock(self) -> datetime:
        with self._waking:
            self._looked_at = self.app.now()
            return self._looked_at

    def _make_scheduler(self) -> BackgroundScheduler:
        """Short ticks and no stored jobs: what is due stands in the database, not in the scheduler.

        The grace time is given here because the constructor ignores it as a keyword of its own, and
        None because a job that is late is still wanted (APScheduler 3.11: default is one second).
        """
        scheduler = BackgroundScheduler(
            timezone=UTC,
            executors={"default": ThreadPoolExecutor(READERS), "mail": ThreadPoolExecutor(1)},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        scheduler.add_listener(self._note_event, EVENT_JOB_ERROR | EVENT_JOB_MISSED | EVENT_JOB_MAX_INSTANCES)
        # Looked after more often than a calendar is asked, so that each has a time of its own.
        self._add(scheduler, self.read, "default", max(self._doorbell_seconds // 4, 5), READERS)
        self._add(scheduler, self.mail, "mail", MAIL_SECONDS)
        return scheduler

    def _add(
        self,
        scheduler: BackgroundScheduler,
        job: Callable[[], None],
        executor: str,
        seconds: int,
        at_once: int = 1,
    ) -> None:
        scheduler.add_job(
            job,
            "interval",
            seconds=seconds,
            jitter=min(5, seconds // 4),
            executor=executor,
            max_instances=at_once,
            id=executor,
            next_run_time=datetime.now(UTC),
        )

    def _note_event(self, event: JobEvent) -> None:
        """A job that failed, or was held up, leaves a trace: its kind, never its words."""
        problem = getattr(event, "exception", None)
        outcome = type(problem).__name__ if problem else "held up"
        log.error("job %s: %s", event.job_id, outcome)
        now = self.app.now()
        try:
            with self.app.writing() as records:
                note_run(records, f"worker {event.job_id}", now, now, outcome, {})
        except Exception as unwritable:  # the database itself may be the trouble
            log.error("its trace could not be written: %s", type(unwritable).__name__)

    def _signalled(self, number: int, _frame: FrameType | None) -> None:
        log.info("signal %s", signal.Signals(number).name)
        self.stop()
