"""Checks every part of a practice and says of each fault what to do about it. Changes nothing."""

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from models.database import Database, open_database
from models.errors import PracticeError
from models.schema import require_schema
from models.soundness import require_sound
from sync.adapters.google_clock import server_time
from sync.adapters.keys import key_store
from sync.app import App, open_app
from sync.domain.briefing.moments import local_time
from sync.domain.briefing.permission import COMMAND, REMEDY, ending_words
from sync.domain.briefing.telling import untold_words
from sync.domain.calendar.grants import probable_end
from sync.domain.calendar.links import CalendarLink, LinkState, stale_after
from sync.domain.calendar.values import Window
from sync.domain.people import Practitioner
from sync.errors import LINK_ONE, DeliveryPostponed, MailUnreachable, Refused
from sync.jobs.brief import can_encrypt
from sync.jobs.mail_channels import permission_of, stops
from sync.jobs.watch import look_at_work
from sync.settings import Settings, load_settings
from sync.store.links import account, links
from sync.store.outbox import undelivered_notices
from sync.store.practitioners import practitioners
from sync.store.runs import last_finished

CHECK_MAIL = "Check the `mail.…` settings: server, port and security; or the maildir's folder."
SKEW = timedelta(minutes=2)
"""A clock further off than this makes sign-ins fail and briefings come at the wrong moment."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What the check of one part found. `remedy` is empty when there is nothing to do."""

    part: str
    sound: bool
    said: str
    remedy: str = ""


def check_up(clock: Callable[[], datetime]) -> Iterator[Finding]:
    """Check settings, home, key, database, people, mail, calendars and clock, in that order.

    What cannot be checked because something before it is broken is left out.
    """
    try:
        settings = load_settings()
    except PracticeError as trouble:
        yield Finding("settings", False, str(trouble), trouble.advice)
        return
    yield Finding("settings", True, f"read for {settings.home}")
    if not settings.home.is_dir():
        yield _home(settings)  # nothing is set up, so nothing else can be wrong
        return
    foundations = [
        _home(settings),
        *_tried("key", lambda: _key(settings)),
        *_tried("database", lambda: _database(settings)),
    ]
    yield from foundations
    if all(finding.sound for finding in foundations[1:]):
        try:
            app = open_app(settings, clock)
        except PracticeError as trouble:
            yield Finding("key", False, str(trouble), trouble.advice)
            return
        try:
            yield from _practice(app)
        finally:
            app.close()


def _tried(part: str, check: Callable[[], str]) -> list[Finding]:
    try:
        return [Finding(part, True, check())]
    except PracticeError as trouble:
        return [Finding(part, False, str(trouble), trouble.advice)]


def _home(settings: Settings) -> Finding:
    home = settings.home
    if not home.is_dir():
        return Finding("home", False, "The home folder is not there.", "Run `practice-sync init` first.")
    if not os.access(home, os.W_OK):
        return Finding("home", False, "The home folder cannot be written.", "Make it writable for this user.")
    if os.name == "posix" and stat.S_IMODE(home.stat().st_mode) & 0o077:
        return Finding("home", False, "Others can look into the home folder.", f"Run `chmod 700 '{home}'`.")
    return Finding("home", True, "ours alone, and writable")


def _key(settings: Settings) -> str:
    key_store(settings).read()
    return f"at its place ({settings.key.place})"


def _database(settings: Settings) -> str:
    database: Database = open_database(settings.database.url)
    try:
        require_schema(database)
        require_sound(database)
        return f"sound ({database.dialect})"
    finally:
        database.close()


def _practice(app: App) -> Iterator[Finding]:
    with app.reading() as records:
        people = practitioners(records)
        linked = [calendar for calendar in links(records) if not calendar.is_removed]
        last = last_finished(records)
    if not people:
        remedy = "Run `practice-sync practitioners add NAME EMAIL`."
        yield Finding("people", False, "No practitioner is known yet.", remedy)
    yield from _mail(app, people)
    if not linked:
        yield Finding("calendar", False, "No calendar is linked yet.", LINK_ONE)
    for number, calendar in enumerate(linked, 1):
        part = "calendar" if len(linked) == 1 else f"calendar {number}"
        yield from _tried(part, partial(_calendar, app, calendar))
    if linked:
        yield _work(app)
    yield _clock(app, last, compare=any(_is_of_google(app, calendar) for calendar in linked))


def _work(app: App) -> Finding:
    """Whether anybody reads the calendars: a worker that hangs, or does not run, says nothing itself."""
    now = app.now()
    with app.reading() as records:
        work = look_at_work(records, now)
    time = local_time(app.settings.practice.time_zone, now)
    if work.hanging_since is not None:
        said = f"A reading that began {time.checked(work.hanging_since)} has not come to an end."
        return Finding("worker", False, said, "Start `practice-sync work` again.")
    if work.last_at is None:
        return Finding("worker", True, "has read nothing yet; `practice-sync work` starts it")
    if now - work.last_at > stale_after(app.settings.sync.snapshot_minutes):
        said = f"Nothing has read the calendars since {time.moment(work.last_at)}."
        return Finding("worker", False, said, "See that `practice-sync work` runs.")
    return Finding("worker", True, f"last read calendars {time.checked(work.last_at)}")


def _mail(app: App, people: Sequence[Practitioner]) -> Iterator[Finding]:
    mail = app.settings.mail
    with app.reading() as records:
        untold = undelivered_notices(records, app.now())
        permissions = {person.email: permission_of(app, records, person.id) for person in people}
    unconfirmed = [person.email for person in people if person.email_confirmed_at is None]
    of_each = permissions if mail.transport == "gmail" else {"": ""}
    for address, permission in of_each.items():
        for found in _tried("mail", partial(_deliverable, app, permission)):
            yield replace(found, said=f"{address}: {found.said}") if len(of_each) > 1 else found
    yield from _stopped(app)
    if untold:
        yield Finding("mail", False, untold_words(untold), CHECK_MAIL)
    if mail.transport == "maildir":
        yield Finding("mail", True, f"Briefings stay in the local folder {mail.maildir}.")
    if app.mailer.over_network and unconfirmed:
        many = f"{len(unconfirmed)} address{'' if len(unconfirmed) == 1 else 'es'}"
        said = f"{many} not confirmed: only notices without clinical words go there."
        yield Finding("mail", False, said, "Run `practice-sync practitioners confirm EMAIL`.")
    yield from _certificates(app, people)


def _certificates(app: App, people: Sequence[Practitioner]) -> Iterator[Finding]:
    """Whether what is to be encrypted can be."""
    now = app.now()
    ended = [person for person in people if person.certificate and not can_encrypt(person, now)]
    if ended:
        many = f"{len(ended)} certificate{'' if len(ended) == 1 else 's'}"
        said = f"{many} for encrypted mail ended: only notices without clinical words go there."
        yield Finding("mail", False, said, "Run `practice-sync practitioners set EMAIL --certificate FILE`.")


def _stopped(app: App) -> Iterator[Finding]:
    """What waits because we were not let in, even if we would be by now."""
    now = app.now()
    for stop in {each.until: each for each in stops(app, now).values()}.values():
        until = local_time(app.settings.practice.time_zone, now).moment(stop.until)
        said = f"Mail waits until {until}: {stop.reason}"
        yield Finding("mail", False, said, "Once it is mended: `practice-sync doctor --send-test`.")


def _deliverable(app: App, permission: str) -> str:
    try:
        app.mailer.check(permission)
    except DeliveryPostponed as trouble:
        if trouble.advice not in (DeliveryPostponed.advice, MailUnreachable.advice):
            raise
        raise DeliveryPostponed(str(trouble), CHECK_MAIL) from trouble  # to wait and see is no advice here
    return f"letters can be handed over ({app.settings.mail.transport})"


def _calendar(app: App, calendar: CalendarLink) -> str:
    if calendar.state is LinkState.PAUSED:
        return "paused"
    with app.reading() as records:
        permission = account(records, calendar.account_id)
    now = app.now()
    source = app.source(permission.id, permission.credentials)
    source.snapshot(calendar.calendar_id, Window(now, now + timedelta(minutes=1)))
    last = calendar.last_read_at
    if calendar.state is LinkState.SUSPECT:
        raise Refused(
            "Many appointments are missing.", "If that is right: `practice-sync pull --accept-empty`."
        )
    ends_at = probable_end(permission.grant, now)
    if ends_at is not None:
        words = ending_words(ends_at, local_time(app.settings.practice.time_zone, now))
        raise Refused(words, f"{REMEDY} `{COMMAND}`.")
    if last is None:
        return "answers; never read yet"
    if now - last > stale_after(app.settings.sync.snapshot_minutes):
        raise Refused("It answers, but has not been read lately.", "See that `practice-sync work` runs.")
    return f"answers; last read {last:%Y-%m-%d %H:%M} UTC"


def _is_of_google(app: App, calendar: CalendarLink) -> bool:
    with app.reading() as records:
        return not account(records, calendar.account_id).is_published


def _clock(app: App, last: datetime | None, *, compare: bool) -> Finding:
    """Whether this machine's clock is right. `compare`: with Google's, which nobody else needs to ask."""
    now = app.now()
    if last is not None and last - now > SKEW:
        return Finding(
            "clock", False, "The clock has gone back since the last work.", "Set this machine's clock."
        )
    if not compare:
        return Finding("clock", True, "has not gone back; compared with Google's once it is connected")
    try:
        skew = now - server_time(app.settings.google.api_root)
    except PracticeError as trouble:
        return Finding("clock", True, f"not compared: {trouble}")
    if abs(skew) > SKEW:
        minutes = round(skew.total_seconds() / 60)
        return Finding("clock", False, f"The clock is {minutes:+} minutes off.", "Set this machine's clock.")
    return Finding("clock", True, "agrees with Google's")
