"""Above a private note stands which of the two notes it is; no word of hers is lost with it."""

import pytest

from sync.domain.notes.private_head import HEAD, drop_head, is_headed_private


@pytest.mark.parametrize("body", ["", "Her words.\n", "\n\n  set in\r\n", "<!-- hers -->"])
def test_the_head_is_dropped_and_nothing_else(body: str) -> None:
    assert body == drop_head(f"{HEAD}{body}")
    assert body == drop_head(body)


def test_an_editor_that_writes_other_line_ends_or_a_mark_before_all_makes_no_difference() -> None:
    assert "Her words.\r\n" == drop_head("\ufeff" + f"{HEAD}Her words.\n".replace("\n", "\r\n"))


def test_a_head_that_holds_other_words_stays() -> None:
    changed = HEAD.replace("saving.", "saving. She wept.") + "More."

    assert changed == drop_head(changed)
    assert is_headed_private(changed)


def test_a_head_that_was_never_closed_stays() -> None:
    assert HEAD[:60] == drop_head(HEAD[:60])


@pytest.mark.parametrize(("text", "is_private"), [(HEAD, True), (f"\ufeff\n{HEAD}x", True), ("x", False)])
def test_a_text_tells_that_it_is_private(text: str, is_private: bool) -> None:
    assert is_private == is_headed_private(text)
