"""Statements and the keys by which they are known again."""

from sync.domain.progress.statements import Verdict, statement_key


def test_a_key_can_be_typed_and_does_not_depend_on_case_and_spaces() -> None:
    assert "held.noticing-early-signs" == statement_key("held", " Noticing  early signs")
    assert "then.sleep.10" == statement_key("then", "SLEEP", "10")
    assert "held.schlaf-äh" == statement_key("held", "Schlaf (äh!)")
    assert "held" == statement_key("held", "…")


def test_a_verdict_is_about_the_sheet_or_about_the_page() -> None:
    about = {verdict.value: verdict.about for verdict in Verdict}

    assert {"approved": "sheet", "withheld": "sheet", "pinned": "page", "dismissed": "page"} == about
