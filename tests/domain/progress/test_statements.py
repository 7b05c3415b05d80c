"""Statements and the keys by which they are known again."""

from sync.domain.progress.statements import Verdict, typed_key


def test_a_key_can_be_typed_and_does_not_depend_on_case_and_spaces() -> None:
    assert "held.noticing-early-signs" == typed_key("held", " Noticing  early signs")
    assert "then.sleep.10" == typed_key("then", "SLEEP", "10")
    assert "held.schlaf-äh" == typed_key("held", "Schlaf (äh!)")
    assert "done.write-down-what-a-phased" == typed_key("done", "Write down what a phased return needs")
    assert "held" == typed_key("held", "…")


def test_a_verdict_is_about_the_sheet_or_about_the_page() -> None:
    about = {verdict.value: verdict.about for verdict in Verdict}

    assert {"approved", "withheld"} == {name for name, what in about.items() if what == "sheet"}
    assert {"pinned", "dismissed", "wrong"} == {name for name, what in about.items() if what == "page"}
