"""What was said of single statements: sealed, with the words of then, one verdict about each at a time."""

from sqlmodel import select

from models import tables
from sync.domain.progress.statements import Judged, Statement, Verdict
from sync.store.statements import judge, verdicts
from tests.practice import WEDNESDAY, Practice

HELD = Statement("held.dread-of-mondays", "Your Mondays have become lighter.", ())
LATER = WEDNESDAY.replace(hour=9)


def test_one_verdict_holds_about_the_sheet_and_one_about_the_page(practice: Practice) -> None:
    jo, kim = practice.client("Jo Bloggs"), practice.client("Kim Mori")
    with practice.app.writing() as records:
        for verdict in (Verdict.APPROVED, Verdict.PINNED, Verdict.WITHHELD):
            judge(records, jo.id, HELD, verdict, WEDNESDAY)

    with practice.app.reading() as records:
        assert {HELD.key: Judged(Verdict.WITHHELD, HELD.sentence)} == verdicts(records, jo.id, "sheet")
        assert {HELD.key: Judged(Verdict.PINNED, HELD.sentence)} == verdicts(records, jo.id, "page")
        assert {} == verdicts(records, kim.id, "sheet")


def test_the_words_are_kept_that_stood_there_when_it_was_said(practice: Practice) -> None:
    jo = practice.client("Jo Bloggs")
    anew = Statement(HELD.key, "Your Mondays are as light as in May.", ())
    with practice.app.writing() as records:
        judge(records, jo.id, HELD, Verdict.APPROVED, WEDNESDAY)
        judge(records, jo.id, anew, Verdict.APPROVED, LATER)

    with practice.app.reading() as records:
        assert {HELD.key: Judged(Verdict.APPROVED, anew.sentence)} == verdicts(records, jo.id, "sheet")
        assert [LATER] == [row.said_at for row in records.db.exec(select(tables.Statement))]


def test_no_word_stands_readable_in_a_row_and_no_index_tells_of_whom_the_same_is_said(
    practice: Practice,
) -> None:
    jo, kim = practice.client("Jo Bloggs"), practice.client("Kim Mori")
    with practice.app.writing() as records:
        for client in (jo, kim):
            judge(records, client.id, HELD, Verdict.APPROVED, WEDNESDAY)

    with practice.app.reading() as records:
        rows = list(records.db.exec(select(tables.Statement)))
        dumped = repr([row.model_dump() for row in rows]).lower()

    assert "approved" in dumped
    assert [] == [word for word in ("held", "dread", "monday", "lighter") if word in dumped]
    assert 2 == len({row.key_index for row in rows})
