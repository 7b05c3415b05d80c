"""The short mails beside the briefing."""

import pytest

from sync.domain.briefing.notices import (
    AlertKind,
    compose_address_confirmation,
    compose_alert,
    compose_link_notice,
    compose_test_mail,
    compose_withdrawal,
)
from tests.domain.briefing.builders import NOW, SESSION, STARTS_AT, utc


def test_a_link_notice_holds_the_hour_and_the_command_and_nothing_else() -> None:
    notice = compose_link_notice(SESSION, STARTS_AT, "Europe/Berlin", NOW)

    assert "Briefing: Tuesday 16 June, 14:00" == notice.subject
    assert "Tuesday 16 June, 14:00" == notice.when
    assert f"practice-sync briefing preview {SESSION}" == notice.command


def test_a_withdrawal_names_the_hour_that_fell() -> None:
    notice = compose_withdrawal(STARTS_AT, "America/New_York", NOW)

    assert ("Withdrawn: Tuesday 16 June, 08:00", "Tuesday 16 June, 08:00") == (notice.subject, notice.when)


@pytest.mark.parametrize("kind", list(AlertKind))
def test_every_alert_names_the_command_that_mends_it(kind: AlertKind) -> None:
    alert = compose_alert(kind, "Europe/Berlin", NOW)

    assert alert.command.startswith("practice-sync ")
    assert alert.subject == f"Practice Sync: {alert.heading}"


def test_an_alert_says_since_when_and_how_many() -> None:
    alert = compose_alert(
        AlertKind.MASS_ABSENCE, "Europe/Berlin", NOW, since=utc("2026-06-15", "07:10"), count=12
    )

    assert "Missing: 12 appointments. Last complete reading: yesterday at 09:10." == alert.detail
    assert "practice-sync pull --accept-empty" == alert.command


def test_a_test_mail_says_when_it_was_sent() -> None:
    assert "Tuesday 16 June, 13:02" == compose_test_mail("Europe/Berlin", NOW).sent


def test_a_confirmation_carries_its_code_and_how_long_it_holds() -> None:
    mail = compose_address_confirmation("482913", 30)

    assert ("482913", "30 minutes") == (mail.code, mail.validity)
    assert "482913" not in mail.subject
