"""The report: who is in it, what is told of a group, and that nobody is ranked."""

from datetime import timedelta

import pytest

from sync.domain.attendance.agreement import Agreement, Ending, EndingType
from sync.domain.attendance.page import compose_page
from sync.domain.attendance.report import ClientSeen, Days, Report, Section, client_seen, report_of
from sync.domain.attendance.tally import Share
from sync.domain.briefing.moments import local_time
from tests.domain.attendance.builders import at, seen, week, weekly

TODAY = week(12)
DAYS = Days(TODAY - timedelta(days=89), TODAY)


def client(code: str, letters: str = "k" * 13, agreement: Agreement | None = None) -> ClientSeen:
    return client_seen(code, "", seen(weekly(letters), TODAY, agreement), DAYS)


def report(*clients: ClientSeen) -> Report:
    return report_of(DAYS, TODAY, [("Ana", clients)])


def the(found: Report) -> Section:
    [section] = found.sections
    return section


def test_practitioners_stand_in_the_order_of_their_names_whatever_the_numbers() -> None:
    told = report_of(
        DAYS, TODAY, [("Zoe", [client("A")]), ("ben", [client("B", "nnn")]), ("Ana", [client("C", "lll")])]
    )

    assert ["Ana", "ben", "Zoe"] == [section.practitioner for section in told.sections]


def test_of_fewer_than_five_clients_the_group_has_no_numbers() -> None:
    four = [client(code) for code in "ABCD"]

    assert the(report(*four)).tally is None
    together = the(report(*four, client("E", "k" * 12 + "n"))).tally
    assert together is not None
    assert (Share(64, 65), 98) == (together.show_rate, together.show_rate.percent)


def test_clients_without_an_appointment_do_not_make_a_group_of_five() -> None:
    ahead = [client_seen(code, "", seen(weekly("." * 13 + "s"), TODAY), DAYS) for code in "WXYZ"]

    assert the(report(*ahead, client("A"))).tally is None


def test_of_fewer_than_five_ends_no_kind_is_told() -> None:
    def ended(code: str, kind: EndingType, *, goals_met: bool | None = None) -> ClientSeen:
        return client(code, "kkk", Agreement((), (), (Ending(week(3), kind, goals_met),)))

    four = [ended(code, EndingType.UNPLANNED) for code in "ABCD"]
    few = the(report(*four)).endings
    assert (4, None, None) == (few.count, few.kinds, few.drop_outs)
    more = ended("E", EndingType.CLIENT_TOLD, goals_met=False), ended("F", EndingType.PLANNED)
    told = the(report(*four, *more))
    assert (("client-told", 1), ("planned", 1), ("unplanned", 4)) == told.endings.kinds
    assert 5 == told.endings.drop_outs


@pytest.mark.parametrize(
    ("listed", "letters", "agreement"),
    [
        (True, "k", Agreement()),
        (True, "..........s", Agreement()),
        (False, "", Agreement()),
        (True, "k", Agreement((), (), (Ending(week(1)),))),
    ],
)
def test_who_is_listed(listed: bool, letters: str, agreement: Agreement) -> None:
    assert listed == client("A", letters, agreement).is_listed


def test_work_that_was_over_before_is_not_listed_but_counted() -> None:
    today = week(60)
    days = Days(today - timedelta(days=89), today)
    long_ago = client_seen("A", "", seen(weekly("kkk"), today), days)

    section = the(report_of(days, today, [("Ana", [long_ago])]))
    assert ((), 1) == (section.clients, section.unlisted)
    assert (
        "1 record of work that is over"
        in compose_page(report_of(days, today, [("Ana", [long_ago])]), local_time("Europe/London", at(today)))
        .sections[0]
        .remark
    )


def test_what_counts_neither_way_is_told_all_the_same() -> None:
    page = compose_page(
        report(client("A", "kkpuk"), *[client(code) for code in "BCDE"]),
        local_time("Europe/London", at(TODAY)),
    )

    row = page.sections[0].clients[0]
    assert ("3", "1", "1", "3 of 3") == (row.kept, row.by_practitioner, row.by_unknown, row.in_short)
    facts = dict(page.sections[0].facts)
    assert "1 cancelled by the practitioner, 1 cancelled, by whom is not known" == facts["Beside them"]


def test_the_end_is_proposed_never_made() -> None:
    today = week(16)
    days = Days(today - timedelta(days=120), today)
    quiet = client_seen("A", "", seen(weekly("kkk"), today), days)

    [row] = (
        compose_page(report_of(days, today, [("Ana", [quiet])]), local_time("Europe/London", at(today)))
        .sections[0]
        .clients
    )
    assert "lapsed; to be closed?" == row.standing
