"""The short mails beside the briefing: what each says, ready to show. None names a client."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sync.domain.briefing.moments import LocalTime, local_time
from sync.domain.phrasing import counted


class OnlyHours(StrEnum):
    """Why a mail carries the hour and nothing else."""

    CHOSEN = "You chose that mail carries the hour and nothing else."
    NOT_PROVED = (
        "This mail carries the hour and nothing else, for your address is not confirmed yet: "
        "practice-sync practitioners confirm EMAIL"
    )
    CANNOT_ENCRYPT = (
        "This mail carries the hour and nothing else, for your certificate for encrypted mail has ended: "
        "practice-sync practitioners set EMAIL --certificate FILE"
    )


@dataclass(frozen=True, slots=True)
class LinkNotice:
    """A briefing is ready on this machine: the hour and the command, nothing else (`link` privacy)."""

    subject: str
    when: str
    command: str
    replaces: str = ""
    why: OnlyHours = OnlyHours.CHOSEN


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A briefing that was sent no longer holds: its session was cancelled."""

    subject: str
    when: str


@dataclass(frozen=True, slots=True)
class Alert:
    """Something keeps the service from its work; `command` mends it, `detail` says since when."""

    subject: str
    heading: str
    what: str
    detail: str
    consequence: str
    command: str


@dataclass(frozen=True, slots=True)
class Mended:
    """What an alert told of is over."""

    subject: str
    heading: str
    what: str


@dataclass(frozen=True, slots=True)
class TestMail:
    """Proof that mail arrives."""

    __test__ = False  # Not a test of ours, whatever its name says to pytest.

    subject: str
    sent: str


@dataclass(frozen=True, slots=True)
class AddressConfirmation:
    """A six-digit code that proves the address is the practitioner's."""

    subject: str
    code: str
    validity: str


class AlertKind(StrEnum):
    """What can keep the service from its work."""

    SIGN_IN = "sign_in"
    TESTING = "testing"
    UNAVAILABLE = "unavailable"
    ADDRESS = "address"
    GONE = "gone"
    MASS_ABSENCE = "mass_absence"
    NOT_PROVED = "not_proved"
    UNDELIVERED = "undelivered"
    CERTIFICATE_ENDS = "certificate_ends"
    CERTIFICATE = "certificate"


@dataclass(frozen=True, slots=True)
class AlertWords:
    """The fixed words of one kind of alert."""

    heading: str
    what: str
    consequence: str
    command: str


ALERTS = {
    AlertKind.SIGN_IN: AlertWords(
        "Google asks you to sign in again",
        "Google no longer accepts the stored permission to read your calendar.",
        "Until then new, moved and cancelled appointments are not seen. Nothing recorded is lost.",
        "practice-sync connect google",
    ),
    AlertKind.TESTING: AlertWords(
        "Google asks you to sign in again",
        "Google ended the permission to read your calendar after seven days, as it always does while a "
        "Google app is in Testing. Publish yours first, or it will happen again next week: in the Google "
        "Cloud console, Google Auth Platform, Audience, Publish app; docs/connect-google.md shows every "
        "click. Then sign in: a permission that was given before keeps its seven days.",
        "Until then new, moved and cancelled appointments are not seen. Nothing recorded is lost.",
        "practice-sync connect google",
    ),
    AlertKind.ADDRESS: AlertWords(
        "A calendar's address no longer works",
        "The published calendar that you linked is not to be had at its address any more. That happens when "
        "the address was reset. docs/connect-ics.md shows where to copy the new one and how to give it; "
        "the command below shows which calendar it is.",
        "Until then new, moved and cancelled appointments are not seen. Nothing recorded is lost.",
        "practice-sync connections",
    ),
    AlertKind.UNAVAILABLE: AlertWords(
        "Your calendar cannot be read",
        "The calendar has not given a complete answer for a while. It is asked again by itself.",
        "Until then new, moved and cancelled appointments are not seen. Nothing recorded is lost.",
        "practice-sync doctor",
    ),
    AlertKind.GONE: AlertWords(
        "A linked calendar is gone",
        "One of your linked calendars was deleted or is no longer shared with Practice Sync.",
        "Its sessions stay as they were last seen. Nothing recorded is lost.",
        "practice-sync connections",
    ),
    AlertKind.MASS_ABSENCE: AlertWords(
        "Many appointments are missing at once",
        "The last reading of your calendar lacked unusually many appointments. "
        "That looks more like an accident than like cancellations, so nothing was changed.",
        "If you did remove them, run the command below to accept it. If not, look into your calendar.",
        "practice-sync pull --accept-empty",
    ),
    AlertKind.NOT_PROVED: AlertWords(
        "A calendar looks like another one",
        "You connected a calendar through another Google account than before, and that account shows none "
        "of the appointments that are known of it. So nothing was changed and nothing is cancelled. Connect "
        "it again with the account that you used before.",
        "If the calendar was begun anew and its appointments are really gone, run the command below.",
        "practice-sync pull --accept-empty",
    ),
    AlertKind.UNDELIVERED: AlertWords(
        "A mail could not be delivered",
        "The mail server did not take a briefing or a mail of the day, or nobody knows whether it did.",
        "The command below shows which one and why. `briefing preview` shows a briefing.",
        "practice-sync briefing list",
    ),
    AlertKind.CERTIFICATE_ENDS: AlertWords(
        "Your certificate for encrypted mail ends soon",
        "Your briefings are encrypted to a certificate that is about to end. Give the new one before it "
        "does: docs/privacy.md shows how.",
        "From then on mails carry hours and nothing else until there is another one.",
        "practice-sync practitioners set EMAIL --certificate FILE",
    ),
    AlertKind.CERTIFICATE: AlertWords(
        "Your mail can no longer be encrypted",
        "The certificate that your briefings were encrypted to has ended. Nothing is sent in clear instead.",
        "Until there is another one, mails carry hours and nothing else. `briefing preview` shows the page.",
        "practice-sync practitioners set EMAIL --certificate FILE",
    ),
}


def compose_link_notice(
    session_id: str,
    starts_at: datetime,
    time_zone: str,
    now: datetime,
    replaces_start: datetime | None = None,
    why: OnlyHours = OnlyHours.CHOSEN,
) -> LinkNotice:
    """The notice for one session; moments are aware, `time_zone` is the practitioner's.

    `replaces_start` is the start that an earlier notice was mailed for, before the session was moved.
    """
    time = local_time(time_zone, now)
    when = time.moment(starts_at)
    command = f"practice-sync briefing preview {session_id}"
    return LinkNotice(f"Briefing: {when}", when, command, replaces_words(replaces_start, time), why)


def replaces_words(start: datetime | None, time: LocalTime) -> str:
    """Which mail this one takes the place of, by the hour that it was for; nothing where there is none."""
    return f"This takes the place of the briefing for {time.moment(start)}." if start else ""


def compose_withdrawal(starts_at: datetime, time_zone: str, now: datetime) -> Withdrawal:
    """The withdrawal of the briefing for the session that was to start at `starts_at` (aware)."""
    when = local_time(time_zone, now).moment(starts_at)
    return Withdrawal(f"Withdrawn: {when}", when)


def compose_alert(
    kind: AlertKind,
    time_zone: str,
    now: datetime,
    since: datetime | None = None,
    count: int = 0,
    calendars: int = 1,
) -> Alert:
    """The alert of `kind`; `since` the last good reading (aware), `count` the missing appointments.

    `calendars` is how many of hers it concerns.
    """
    words = ALERTS[kind]
    details = []
    if calendars > 1:
        details.append(f"{calendars} calendars of the same account are concerned.")
    if count:
        details.append(f"Missing: {counted(count, 'appointment')}.")
    if since is not None:
        details.append(f"Last complete reading: {local_time(time_zone, now).checked(since)}.")
    return Alert(
        f"Practice Sync: {words.heading}",
        words.heading,
        words.what,
        " ".join(details),
        words.consequence,
        words.command,
    )


def compose_certificate_alert(time_zone: str, now: datetime, ends_at: datetime) -> Alert:
    """That a certificate ends, or has ended, at `ends_at` (aware)."""
    kind, ends = AlertKind.CERTIFICATE_ENDS, "ends"
    if ends_at <= now:
        kind, ends = AlertKind.CERTIFICATE, "ended"
    when = local_time(time_zone, now).checked(ends_at)
    return replace(compose_alert(kind, time_zone, now), detail=f"It {ends} {when}.")


def compose_mended(time_zone: str, now: datetime, began_at: datetime) -> Mended:
    """That a calendar is read again, of which an alert was put out at `began_at` (aware)."""
    told = local_time(time_zone, now).moment(began_at)
    heading = "Your calendar is read again"
    return Mended(
        f"Practice Sync: {heading}",
        heading,
        f"The trouble that a mail of {told} told of is over. What changed in the calendar meanwhile is "
        "being followed now.",
    )


def compose_test_mail(time_zone: str, now: datetime) -> TestMail:
    """The test mail sent at `now` (aware)."""
    return TestMail("Practice Sync: test mail", local_time(time_zone, now).moment(now))


def compose_address_confirmation(code: str, valid_minutes: int) -> AddressConfirmation:
    """The mail that carries `code`, good for `valid_minutes`."""
    return AddressConfirmation("Practice Sync: confirm this address", code, f"{valid_minutes} minutes")
