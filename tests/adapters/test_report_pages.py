"""The pages that are handed to a person: what they say, and that the fullest sheet prints on one."""

import re
import shutil
from collections.abc import Mapping

import pytest
from playwright.sync_api import sync_playwright

from sync.adapters.report_pages import ReportPages
from sync.domain.progress.sheet import Sheet, SheetPart, sheet_of
from sync.domain.progress.sheet_offers import LONGEST, Offer, Part
from sync.domain.progress.statements import Statement

PAIR = (
    "In January 2026 you said: “" + "It hits me and I do not see it, " * 6 + "not at all.”",
    "In November 2026 you said: “" + "I could feel it starting and stayed, " * 5 + "for once.”",
)
LONG = "Noticing the early signs in the body: this has got better since January 2026, little by little. " * 2
assert max(map(len, (*PAIR, LONG))) <= LONGEST

SHORT = "Sleep: this has eased since January 2026."


def filled(wishes: Mapping[Part, str]) -> Sheet:
    """A sheet with as many statements of these words as fit, the parts in turn."""
    many = [Offer(part, Statement(f"{n}", words, ())) for n in range(40) for part, words in wishes.items()]
    return sheet_of(many, "Priya and Łukasz", "30 September 2026")


FULLEST = (
    filled(dict.fromkeys(Part, LONG) | {Part.THEN_AND_NOW: "\n".join(PAIR)}),
    filled({Part.THEN_AND_NOW: "\n".join(PAIR)}),
    filled(dict.fromkeys(Part, LONG)),
    filled(dict.fromkeys(Part, SHORT)),
    filled(dict.fromkeys(Part, SHORT) | {Part.THEN_AND_NOW: "\n".join(PAIR)}),
    filled({Part.THEN_AND_NOW: f"{SHORT}\n{SHORT}"}),
)


def test_the_text_fits_a_terminal_and_says_what_the_page_says() -> None:
    sheet = Sheet(None, "1 June 2026", (SheetPart("Then and now", (PAIR,)), SheetPart("Held", (("<b>",),))))
    text, page = ReportPages().sheet_text(sheet), ReportPages().sheet_html(sheet)

    assert [] == [line for line in text.splitlines() if len(line) > 74]
    assert "\n- In January 2026 you said" in text
    assert "- <b>\n" in text
    assert "&lt;b&gt;" in page
    assert "Dear" not in text + page
    assert "Dear Zoë," in ReportPages().sheet_text(Sheet("Zoë", "1 June 2026", ()))


def test_the_page_asks_nobody_for_anything() -> None:
    page = ReportPages().sheet_html(FULLEST[0])

    assert [] == re.findall(r"https?://|src=|<script|@import|url\(", page)


@pytest.mark.chromium
def test_the_fullest_sheets_print_on_one_page_each() -> None:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        page = browser.new_page()
        pages = []
        for sheet in FULLEST:
            page.set_content(ReportPages().sheet_html(sheet))
            pdf = page.pdf(prefer_css_page_size=True, print_background=True)
            pages.append(len(re.findall(rb"/Type\s*/Page\b", pdf)))
        browser.close()

    assert [1] * len(FULLEST) == pages
