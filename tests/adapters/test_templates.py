"""Mails as they are read: complete, inert, light, and as they were last agreed on."""

import os
import re
import shutil
from collections.abc import Sequence
from html.parser import HTMLParser
from itertools import cycle
from pathlib import Path
from random import Random

import pytest
from jinja2 import UndefinedError

from sync.adapters.templates import EMAIL_TEMPLATES, Mail, Renderer, wrapped
from sync.domain.notes.values import Rating, TaskMention
from sync.ports import Letter
from tests.adapters.mails import MAILS
from tests.domain.briefing.builders import briefing, note
from tests.domain.progress.results import phq9_with_item_9

GOLDEN = Path(__file__).parents[1] / "golden"

renderer = Renderer()


def rendered(mail: Mail) -> Letter:
    return renderer.letter(mail, "therapist@example.org", "<b.0123@example.org>")


class Page(HTMLParser):
    """What a page is made of: its tags with their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of every such tag."""
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.mark.parametrize("name", MAILS)
@pytest.mark.parametrize("kind", ["txt", "html"])
def test_a_mail_reads_as_agreed(name: str, kind: str) -> None:
    """Renewed by running the tests with RENEW_GOLDEN=1; the difference then shows in the commit."""
    letter = rendered(MAILS[name])
    text = f"Subject: {letter.subject}\n\n{letter.text}" if kind == "txt" else letter.html
    golden = GOLDEN / f"{name}.{kind}"
    if os.environ.get("RENEW_GOLDEN") == "1":
        golden.write_text(text, encoding="utf-8")

    assert golden.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("name", MAILS)
def test_a_mail_works_for_screen_readers_phones_and_the_dark(name: str) -> None:
    page = Page(rendered(MAILS[name]).html)

    assert ["en"] == [html.get("lang") for html in page.all("html")]
    assert {"presentation"} == {table.get("role") for table in page.all("table")}
    assert all(image.get("alt") for image in page.all("img"))
    assert 1 == len(page.all("h1"))
    assert {"color-scheme", "viewport"} <= {meta.get("name") for meta in page.all("meta")}
    assert "prefers-color-scheme: dark" in page.words
    assert "Undefined" not in page.words


def test_a_briefing_shows_what_a_questionnaire_was_answered_about_risk() -> None:
    letter = rendered(briefing(measures=(phq9_with_item_9("2026-06-02", 1),)))

    for shown in (letter.text, Page(letter.html).words):
        assert "item 9, “Thoughts that" in " ".join(shown.split())
        assert "1 (Several days) on 2 June." in " ".join(shown.split())


@pytest.mark.parametrize("name", MAILS)
def test_a_mail_asks_nothing_of_the_network(name: str) -> None:
    html = rendered(MAILS[name]).html

    assert [] == re.findall(r"<(?:script|link|iframe|form|object)\b|url\(|@import|src=\"(?!cid:)", html)


@pytest.mark.parametrize("name", MAILS)
def test_the_text_part_fits_any_window(name: str) -> None:
    lines = rendered(MAILS[name]).text.splitlines()

    assert [] == [line for line in lines if len(line) > 74 and " " in line.strip()]
    assert "\n\n\n" not in rendered(MAILS[name]).text


def test_every_curve_is_a_picture_that_the_page_refers_to() -> None:
    letter = rendered(MAILS["briefing"])

    named = {f"cid:{name}" for name, _ in letter.images}
    assert 2 == len(named)
    assert named == {image["src"] for image in Page(letter.html).all("img")}


def test_a_preview_carries_its_pictures_inside() -> None:
    preview = renderer.preview_html(rendered(MAILS["briefing"]))

    assert 2 == preview.count('src="data:image/png;base64,')
    assert "cid:" not in preview


def test_text_and_html_say_the_same() -> None:
    letter = rendered(MAILS["briefing"])
    shown = " ".join(Page(letter.html).words.split())

    for line in ("Job review on 20 June – how does MK want to prepare?", "3 → 6", "Lower for three sessions"):
        assert line in " ".join(letter.text.split())
        assert line in shown


def test_the_first_words_an_inbox_shows_are_of_nobody() -> None:
    letter = rendered(MAILS["briefing"])
    body = Page(letter.html.split("<body", 1)[1]).words.split(">", 1)[-1]

    assert letter.text.startswith("For you alone.\n")
    assert body.strip().startswith("For you alone.")


HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "</p></td></table><h1>Fake</h1>",
    "{{ 7*7 }}{% raw %}",
    "javascript:alert(1)",
    "<a href=https://evil.example>",
    "<style>*{display:none}</style>",
    "<!-- <meta http-equiv=refresh>",
    "&lt;b&gt;&amp;#60;",
    "\u202egpj.exe\u2066",
    "line\r\nBcc: a@b.example",
    "]]><![CDATA[<b>",
    "\ud800half",
)


def page_of(words: Sequence[str]) -> Page:
    """A page with each of nine texts in a place of its own, in turn."""
    place = cycle(words)
    plain = note(
        "2026-06-02",
        plan=next(place),
        risk=next(place),
        bring_up=(next(place),),
        tasks=(TaskMention(next(place), done=False),),
        ratings=(Rating(next(place), 3.0, 10.0),),
        themes=(next(place),),
    )
    facts = {
        "notes": (plain, note("2026-06-03", themes=(next(place),))),
        "location": next(place),
        "client_code": next(place),
    }
    return Page(rendered(briefing(**facts)).html)


def marks_of(page: Page) -> list[tuple[str, list[str]]]:
    """Every element and the names of its attributes: all that could be alive."""
    return [(tag, sorted(found)) for tag, found in page.tags]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_words_add_nothing_to_the_page(hostile: str) -> None:
    assert marks_of(page_of(["harmless"])) == marks_of(page_of([hostile]))


PLACES = 9


def add_nothing(count: int, seed: int) -> None:
    """Render `count` hostile texts, put together by chance, and look for any mark that is not ours."""
    chance = Random(seed)
    pieces = (
        *HOSTILE,
        "<",
        ">",
        "'",
        '"',
        "&",
        "=",
        "/",
        " ",
        "<a ",
        "onload=",
        "</",
        "\x00",
        "\u2028",
        "${7}",
    )
    harmless = marks_of(page_of([f"harmless{number}" for number in range(PLACES)]))
    for _ in range(count // PLACES + 1):
        hostile = [
            f"x{number}" + "".join(chance.choices(pieces, k=chance.randint(1, 5))) for number in range(PLACES)
        ]
        assert harmless == marks_of(page_of(hostile)), [each.encode("utf-8", "replace") for each in hostile]


def test_two_thousand_hostile_names_and_titles_put_no_mark_into_a_mail() -> None:
    add_nothing(2_000, seed=5)


@pytest.mark.slow
def test_twenty_thousand_hostile_names_and_titles_put_no_mark_into_a_mail() -> None:
    add_nothing(20_000, seed=6)


def test_a_hostile_link_is_no_link() -> None:
    page = Page(rendered(briefing(video_link="javascript:alert(1)")).html)

    assert [] == page.all("a")


def test_a_link_shows_where_it_leads() -> None:
    link = "https://meet.example.org/abc?x=1&y=2"

    page = Page(rendered(briefing(video_link=link)).html)

    assert [link] == [a["href"] for a in page.all("a")]
    assert link in page.words


def test_a_mail_stays_below_a_hundred_kilobytes() -> None:
    longest = "A long plan with many words. " * 400
    notes = tuple(
        note(f"2026-05-{day:02d}", plan=longest, tasks=(TaskMention(f"{day} {longest}", done=False),))
        for day in range(1, 29)
    )
    letter = rendered(briefing(notes=notes))

    assert len(letter.html.encode()) < 100_000
    assert len(letter.html.encode()) + sum(len(png) for _, png in letter.images) < 100_000


def test_a_word_missing_in_a_template_is_an_error(tmp_path: Path) -> None:
    shutil.copytree(EMAIL_TEMPLATES, tmp_path / "email")
    body = tmp_path / "email" / "test" / "body.txt"
    body.write_text(body.read_text().replace("{% block foot %}", "{% block foot %}{{ mail.nothing }}"))

    with pytest.raises(UndefinedError):
        Renderer(tmp_path / "email").letter(MAILS["test"], "a@b.example", "<x@y>")


def test_plain_text_is_not_escaped() -> None:
    assert "Tom & <Jerry>" in rendered(briefing(location="Tom & <Jerry>")).text


def test_wrapped_lines_hang_below_their_bullet_and_links_stay_whole() -> None:
    assert "- a\n  b" == wrapped("a\nb", "- ")
    assert "https://" + "x" * 90 in wrapped("See https://" + "x" * 90)
