"""Which words are themes."""

import pytest

from sync.domain.notes.parsing import read_note


@pytest.mark.parametrize(
    ("text", "themes"),
    [
        ("about #work and (#Self-Worth), #Übergänge.", ("work", "self-worth", "übergänge")),
        ("#work again #Work", ("work",)),
        ("_#self_worth_ #work-", ("self-worth", "work")),
        ("#境界 と #चिंता", ("境界", "चिंता")),
        ("#U\u0308bung", ("übung",)),
        ("#2nd-job", ("2nd-job",)),
        ("- [ ] write to him #family", ("family",)),
        ("Themes: #work, Family conflict; #sleep #sleep", ("work", "family-conflict", "sleep")),
        ("**Themes:** Arbeit、家族", ("arbeit", "家族")),
        ("Themes: we spoke of how her mother always wanted more", ()),
        ("## Objective\n# Work\n##Home", ()),
        ("#12 and #3", ()),
        ("see https://example.org/a#work and www.example.org/(#x and [up](#top)", ()),
        ("C#minor, &#x27; a/#b \\#c ##d", ()),
        ("#Panic: /10", ()),
    ],
)
def test_themes_are_words_with_a_sharp_or_in_the_list(text: str, themes: tuple[str, ...]) -> None:
    assert themes == read_note(text).themes
