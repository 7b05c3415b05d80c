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


PRIVATE = [
    *(
        HEAD,
        f"\ufeff\n{HEAD}x",
        "# Private\nx",
        "\n\n## PRIVATE NOTE ##\n\nx",
        "Private note\nx",
        "Private:\nx",
    ),
    *(
        "**Private notes:** x",
        "> [private]\nx",
        "<!-- private note -->\nx",
        "Private – not for the record\nx",
    ),
    *("Private, for me alone\nx", "Privat\n======\nx", "# Note privée\nx", "Nota privada: x", "# Privé\nx"),
    "JB · Tue 01 Dec 2026 09:00 · private note, for Ana Okafor alone\nRevision 1 of 1\n\nx",
    "She came.\n\n## Private\n\nI was moved.",
]
PROGRESS = [
    *(
        "x",
        "",
        "Private practice is new to her.",
        "Privately she laughs.\nPrivate",
        "She spoke of private notes.",
    ),
    *("# Private school\nx", "She came.\nPrivate: no", "Privation\nx", "#themes\nx"),
]


@pytest.mark.parametrize(
    ("text", "is_private"), [*((text, True) for text in PRIVATE), *((text, False) for text in PROGRESS)]
)
def test_a_text_tells_that_it_is_private(text: str, is_private: bool) -> None:
    assert is_private == is_headed_private(text)
