"""One of every mail, of the invented client."""

from datetime import timedelta

from sync.adapters.templates import Mail
from sync.domain.attendance.page import compose_page
from sync.domain.attendance.report import Days, client_seen, report_of
from sync.domain.attendance.weekly import attendance_mail
from sync.domain.briefing.compose import compose_briefing
from sync.domain.briefing.day import DayEntry, compose_digest, compose_follow_up, compose_preview
from sync.domain.briefing.moments import local_time
from sync.domain.briefing.notices import (
    AlertKind,
    OnlyHours,
    compose_address_confirmation,
    compose_alert,
    compose_certificate_alert,
    compose_link_notice,
    compose_mended,
    compose_test_mail,
    compose_withdrawal,
)
from sync.domain.briefing.privacy import Privacy
from sync.domain.briefing.reminder import compose_reminder
from sync.domain.briefing.values import BriefingFacts, CalendarTrouble
from tests.domain.attendance.builders import seen, week, weekly
from tests.domain.briefing.builders import NOW, SESSION, STARTS_AT, briefing, facts, full_facts, utc

ZONE = "Europe/Berlin"
YESTERDAY = utc("2026-06-15", "07:10")

TROUBLED = full_facts(
    client_declined=True,
    calendar_checked_at=YESTERDAY,
    calendar_trouble=CalendarTrouble.SIGN_IN,
    calendar_trouble_since=YESTERDAY,
)

WALL = local_time(ZONE, NOW)
EVENING_BEFORE = local_time(ZONE, YESTERDAY)
TODAY = STARTS_AT.date()


def entry(known: BriefingFacts) -> DayEntry:
    """One session of the day, as its briefing would have it now."""
    return DayEntry(known.starts_at, known.ends_at, compose_briefing(known, NOW))


ENTRIES = [
    entry(full_facts()),
    entry(facts(starts_at=utc("2026-06-16", "14:00"), ends_at=utc("2026-06-16", "14:50"), number=1)),
    DayEntry(utc("2026-06-16", "15:30"), utc("2026-06-16", "16:20"), None),
]
LAST = week(12)
DAYS = Days(LAST - timedelta(days=89), LAST)
LETTERS = {"AB": "kkkkkkekkkknl", "CD": "kkkkkkkkkkkkk", "EF": "kkkkkkk", "GH": "kkpkkukkkkkkk", "JK": "nkkk"}
FIVE_CLIENTS = report_of(
    DAYS,
    LAST,
    [
        (
            "Ana Okafor",
            [client_seen(code, "", seen(weekly(told), LAST), DAYS) for code, told in LETTERS.items()],
        ),
        ("Ben Adeyemi", [client_seen("LM", "", seen(weekly("." * 6 + "kkkkkkks"), LAST), DAYS)]),
    ],
)
"""What the attendance report says of the clients of two practitioners."""

WAITING, DAY = utc("2026-06-02"), timedelta(days=1)

MAILS: dict[str, Mail] = {
    "briefing": compose_briefing(full_facts(), NOW),
    "briefing_moved": briefing(
        moved_from=utc("2026-06-15", "08:00"), replaces_start=utc("2026-06-15", "08:00")
    ),
    "briefing_calendar_trouble": compose_briefing(TROUBLED, NOW),
    "briefing_permission_ends": briefing(permission_ends_at=utc("2026-06-17", "09:00")),
    "briefing_first_session": briefing(number=1),
    "briefing_link": compose_link_notice(SESSION, STARTS_AT, ZONE, NOW),
    "briefing_link_moved": compose_link_notice(SESSION, STARTS_AT, ZONE, NOW, utc("2026-06-15", "08:00")),
    "briefing_link_not_proved": compose_link_notice(SESSION, STARTS_AT, ZONE, NOW, why=OnlyHours.NOT_PROVED),
    "briefing_link_cannot_encrypt": compose_link_notice(
        SESSION, STARTS_AT, ZONE, NOW, why=OnlyHours.CANNOT_ENCRYPT
    ),
    "digest": compose_digest(TODAY, ENTRIES, WALL, Privacy.CODE),
    "digest_link": compose_digest(TODAY, ENTRIES, WALL, Privacy.LINK),
    "digest_calendar_trouble": compose_digest(TODAY, [entry(TROUBLED)], WALL, Privacy.CODE),
    "preview": compose_preview(TODAY, ENTRIES, EVENING_BEFORE, Privacy.CODE),
    "follow_up": compose_follow_up(TODAY, [(SESSION, e.starts_at, e.ends_at) for e in ENTRIES], WALL),
    "reminder": compose_reminder([WAITING + number * DAY for number in range(11)], 2, WALL),
    "reminder_of_one": compose_reminder([WAITING], 0, WALL),
    "withdrawal": compose_withdrawal(STARTS_AT, ZONE, NOW),
    "alert_sign_in": compose_alert(AlertKind.SIGN_IN, ZONE, NOW, since=YESTERDAY),
    "alert_testing": compose_alert(AlertKind.TESTING, ZONE, NOW, since=YESTERDAY),
    "alert_mass_absence": compose_alert(AlertKind.MASS_ABSENCE, ZONE, NOW, since=YESTERDAY, count=12),
    "alert_sign_in_several": compose_alert(AlertKind.SIGN_IN, ZONE, NOW, since=YESTERDAY, calendars=3),
    "alert_certificate_ends": compose_certificate_alert(ZONE, NOW, NOW + timedelta(days=9)),
    "alert_certificate": compose_certificate_alert(ZONE, NOW, YESTERDAY),
    "weekly_report": attendance_mail(compose_page(FIVE_CLIENTS, local_time(ZONE, NOW))),
    "mended": compose_mended(ZONE, NOW, YESTERDAY),
    "test": compose_test_mail(ZONE, NOW),
    "confirm_address": compose_address_confirmation("482913", 30),
}
