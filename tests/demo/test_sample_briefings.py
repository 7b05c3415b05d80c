"""Briefings throughout the sample, and of every golden mail: one page, and no word that judges."""

import re
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest

from sync.adapters.templates import Renderer
from sync.demo.sample import sample_clients
from sync.domain.briefing.budget import MOST_WORDS, SAFETY_ROOM, safety_words
from sync.domain.briefing.compose import compose_briefing
from sync.domain.briefing.values import Briefing, BriefingFacts
from sync.domain.progress.definitions import MarkerDefinition
from tests.adapters.mails import MAILS
from tests.demo.courses import written_until
from tests.domain.briefing.banned import banned_in, without_quotations

CLIENTS = {client.code: client for client in sample_clients()}
RENDERER = Renderer()
GOLDEN = sorted(
    found
    for kind in ("briefing", "digest", "preview", "weekly")
    for found in (Path(__file__).parents[1] / "golden").glob(f"{kind}*.txt")
)
"""The mails that speak of clients."""
WEEKS = (40, 30, 20, 14, 9, 5, 2, 1)


@cache
def page(code: str, week: int) -> Briefing:
    """The briefing a week after the session of `week`, which is written."""
    client = CLIENTS[code]
    notes = tuple(written_until(client, week))
    starts_at = notes[-1].starts_at + timedelta(days=7)
    return compose_briefing(
        BriefingFacts(
            session_id="5f2c9e1a-0000",
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=50),
            time_zone="Europe/Berlin",
            client_code=code,
            client_name=client.name,
            number=len(notes) + 1,
            last_seen_at=notes[-1].starts_at,
            notes=notes,
            followed=tuple(
                MarkerDefinition(each.name, each.name, each.domain, each.better == "higher", each.scale)
                for each in client.markers
            ),
            calendar_checked_at=starts_at,
        ),
        starts_at - timedelta(hours=1),
    )


def written(code: str) -> list[int]:
    """Which of the weeks have a note to speak from."""
    return [week for week in WEEKS if written_until(CLIENTS[code], week)]


def words_in(text: str) -> int:
    """What is read of a plain-text page: no bullets, no curves."""
    return sum(any(letter.isalnum() or letter == "→" for letter in word) for word in text.split())


def text_of(briefing: Briefing) -> str:
    return RENDERER.letter(briefing, "a@example.org", "<x@y>").text


def limit(briefing: Briefing) -> int:
    """A page; where the safety line, which is never cut, has more to say, so much longer."""
    return MOST_WORDS + max(0, safety_words(briefing) - SAFETY_ROOM)


@pytest.mark.parametrize("code", CLIENTS)
def test_every_briefing_of_the_sample_is_one_page(code: str) -> None:
    for week in written(code):
        text = text_of(page(code, week))
        assert words_in(text) <= limit(page(code, week)), text


def test_every_golden_briefing_is_one_page() -> None:
    briefings = {name: mail for name, mail in MAILS.items() if isinstance(mail, Briefing)}

    assert 4 < len(briefings)
    for name, mail in briefings.items():
        assert words_in(text_of(mail)) <= limit(mail), name


def test_a_rich_client_has_a_full_page() -> None:
    assert 220 <= words_in(text_of(page("ZA", 1)))


@pytest.mark.parametrize("code", CLIENTS)
def test_the_top_reads_in_a_quarter_of_a_minute(code: str) -> None:
    """About 80 words of scanning: header, safety, and what was agreed."""
    for week in written(code):
        top = re.split(
            r"\n(?:THE LONG VIEW|RIGHT NOW|WHAT IS KNOWN|THREADS|SOURCES)", text_of(page(code, week))
        )[0]
        assert words_in(top) <= 130, top


@pytest.mark.parametrize("code", CLIENTS)
def test_at_most_three_curves_and_one_new_change(code: str) -> None:
    for week in written(code):
        shown = page(code, week)
        assert 3 >= sum(marker.curve is not None for marker in shown.markers)
        assert 1 >= sum(bool(marker.said) for marker in shown.long_view.markers)


def quoted_in(briefing: Briefing) -> list[str]:
    """The words of notes on a page."""
    agreed, safety = briefing.agreed, briefing.safety
    lines = [safety.latest, safety.before, *briefing.known, *briefing.threads, *briefing.long_view.pair]
    if agreed is not None:
        lines += [agreed.plan, *agreed.bring_up, *agreed.tasks]
    return [line.text for line in lines if line is not None]


@pytest.mark.parametrize("code", CLIENTS)
def test_no_banned_word_stands_in_a_briefing_of_the_sample(code: str) -> None:
    for week in written(code):
        shown = page(code, week)
        assert [] == banned_in(without_quotations(text_of(shown), quoted_in(shown)))


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda path: path.stem)
def test_no_banned_word_stands_in_a_golden_mail(golden: Path) -> None:
    ours = without_quotations(golden.read_text(encoding="utf-8"), ())

    assert [] == banned_in(ours.replace("Google’s permission will probably", ""))  # it is not about a client
