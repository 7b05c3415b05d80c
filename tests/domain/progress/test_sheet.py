"""The sheet for the client's own eyes: what may be offered, and that nothing stands there unapproved."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from sync.domain.briefing.moments import month_and_year
from sync.domain.notes.values import WrittenNote
from sync.domain.progress.helped import what_helped
from sync.domain.progress.in_words import then_and_now_in_words
from sync.domain.progress.marker_readings import read_markers
from sync.domain.progress.sheet import ROOM, State, approved, fitting, sheet_of, state_of
from sync.domain.progress.sheet_offers import Course, Offer, Part, going_down, offers
from sync.domain.progress.statements import Judged, Statement, Verdict
from tests.domain.notes.builders import note

RISING, SETTLED = (3, 3, 4, 4, 5, 5, 6, 6, 7, 7), (2, 3, 2, 5, 6, 6, 7, 6, 7, 6, 7, 6, 7, 6, 7, 6)
FALLEN = (3, 4, 3, 5, 6, 7, 7, 7, 7, 7, 7, 3, 3, 3)
BANNED = (
    "failed failure non-compliant resistant refused relapse deteriorated decompensated manipulative cured "
    "recovered significant will improve improved"
)
JARGON = "marker intervention rating measure baseline symptom trend median"


def month(at: datetime) -> str:
    return month_and_year(at.date())


def rated(values: Sequence[int], label: str = "Sleep", more: str = "") -> list[WrittenNote]:
    return [note(7 * week, f"{label}: {value}/10\n{more}") for week, value in enumerate(values)]


def course(notes: list[WrittenNote], *, better: bool = True, at_risk: bool = False) -> Course:
    return Course(
        notes,
        read_markers(notes, lambda _label, _scale: better),
        what_helped(notes),
        then_and_now_in_words(notes),
        at_risk,
    )


def said(notes: list[WrittenNote], *, scores: bool = False, **more: bool) -> dict[str, str]:
    found = offers(course(notes, **more), month, with_scores=scores)
    return {offer.statement.key: offer.statement.sentence for offer in found}


def test_what_has_got_better_is_said_without_a_number_unless_numbers_are_wished() -> None:
    assert {"held.sleep": "Sleep: this has got better since January 2026, little by little."} == said(
        rated(RISING)
    )
    assert {
        "held.sleep": "Sleep: this has got better since January 2026, little by little.",
        "score.sleep": "Sleep: about 3 of 10 in January 2026, about 7 lately.",
    } == said(rated(RISING), scores=True)


def test_what_is_better_lower_has_eased() -> None:
    eased = rated([10 - value for value in RISING], "panic at night")

    assert ["Panic at night: this has eased since January 2026, little by little."] == list(
        said(eased, better=False).values()
    )


def test_a_gain_that_lasts_is_said_to_have_held() -> None:
    assert {"held.sleep": "Sleep: this got better after January 2026, and that has held."} == said(
        rated(SETTLED)
    )


def test_what_was_seen_once_only_is_not_offered() -> None:
    for n in range(1, len(RISING)):
        readings = course(rated(RISING[:n])).markers
        confirmed = readings[0].trend is not None and readings[0].trend.confirmed
        assert confirmed == bool(said(rated(RISING[:n])))


def test_a_setback_is_a_part_of_the_way_unless_something_of_risk_stands_in_the_notes() -> None:
    assert {
        "way.sleep": "Sleep: the last weeks were harder, after a better time before. Harder times like this "
        "are a part of the way."
    } == said(rated(FALLEN))
    assert {} == said(rated(FALLEN), at_risk=True)


def test_a_lift_is_a_part_of_the_way_too_and_that_such_a_dip_passed_before() -> None:
    lifted = said(rated((3, 4, 3, 3, 4, 3, 3, 3, 3, 7, 7, 7)))
    [again] = said(rated((2, 2, 3, 4, 5, *[7] * 5, *[4] * 3, *[7] * 5, *[4] * 3))).values()

    assert {"way.sleep": "Sleep: the last weeks were better than those before."} == lifted
    assert again.endswith("are a part of the way, and one like it passed before.")


def test_of_what_goes_down_nothing_is_said_and_the_therapist_is_told_so() -> None:
    notes = rated([10 - value for value in RISING])

    assert {} == said(notes)
    assert ("Sleep",) == left_out(course(notes))


def test_a_marker_is_named_to_the_therapist_where_risk_or_a_sudden_fall_keeps_it_off_the_sheet() -> None:
    fallen, at_risk = course(rated(FALLEN)), course(rated(FALLEN), at_risk=True)
    sudden = course(rated((*SETTLED, 1)))

    assert [(), ("Sleep",), ("Sleep",)] == [left_out(each) for each in (fallen, at_risk, sudden)]
    assert {} == said(rated((*SETTLED, 1)))


def left_out(seen: Course) -> tuple[str, ...]:
    return going_down(seen.markers, offers(seen, month))


def test_what_was_practised_is_told_by_how_it_helped_and_without_counting() -> None:
    lines = ("Helped: paced breathing +2, letter +1", "Helped: paced breathing +1, letter −1, walk +2")
    notes = [note(7 * week, lines[week % 2] + "\nHelped: diary 0\n") for week in range(6)]

    assert {
        "practised.paced-breathing": "Paced breathing: you came back to this several times, and mostly it "
        "helped.",
        "practised.letter": "Letter: you came back to this several times, and at times it helped.",
        "practised.walk": "Walk: you came back to this several times, and mostly it helped.",
        "practised.diary": "Diary: you came back to this several times.",
    } == said(notes)


def test_what_was_harder_afterwards_more_often_than_it_helped_is_not_offered() -> None:
    notes = [note(7 * week, "Helped: letter −1, walk 0") for week in range(9)]
    notes.append(note(70, "Helped: letter +1"))

    assert ["practised.walk"] == list(said(notes))


def test_a_task_that_was_done_is_quoted_and_one_given_anew_is_not() -> None:
    notes = [
        note(0, "- [ ] one line a day\n- [ ] walk"),
        note(7, "- [x] One line a day.\n- [x] walk"),
        note(14, "- [ ] walk"),
    ]

    assert {"done.one-line-a-day": "You tried what we agreed on: “One line a day”."} == said(notes)


def test_two_tasks_that_begin_alike_have_keys_of_their_own() -> None:
    notes = [note(0, "- [x] write one line every evening\n- [x] write one line every evening at work")]

    assert ["done.write-one-line-every-evening", "done.write-one-line-every-evening-2"] == list(said(notes))


def pair(then: str, now: str) -> dict[str, str]:
    quiet = "## Subjective\nA week without much to tell. #bus\n"
    texts = [f'## Subjective\nShe said: "{then}" #bus\n', quiet, quiet, f'## Subjective\n"{now}" #bus\n']
    return said([note(40 * number, text) for number, text in enumerate(texts)])


HARD = "It just hits me on the bus, I don't see it coming."
LIGHT = "I noticed it on the bus, and I stayed on for two more stops."


def test_words_of_then_and_of_now_are_shown_whole_and_only_where_they_have_become_lighter() -> None:
    assert {
        "then.bus": f"In January 2026 you said: “{HARD}”\nIn May 2026 you said: “{LIGHT}”",
    } == pair(HARD, LIGHT)
    assert {} == pair(LIGHT, HARD)


def test_a_sentence_of_the_note_is_not_given_out_as_the_clients() -> None:
    texts = [
        "## Subjective\nShe couldn't get on the bus at all and walked for an hour. #bus",
        "## Subjective\nNothing. #bus",
        "## Subjective\nShe decided to take the bus at noon and stayed in it to the end. #bus",
    ]
    [sentence] = said([note(60 * number, text) for number, text in enumerate(texts)]).values()

    assert sentence.startswith("From my notes of January 2026: She couldn't")


def test_nothing_of_risk_is_offered_wherever_it_stands() -> None:
    notes = rated(
        RISING, "Urge to self-harm", "- [x] copy of the safety plan to Oona\nHelped: crisis line +2"
    )

    assert {} == said(notes)


def test_the_words_are_plain() -> None:
    more = "Helped: walks +1\n- [x] walk\n"
    every = " ".join(
        sentence
        for values in (RISING, SETTLED, FALLEN, (2, 8, 2, 8, 2, 8, 2, 8))
        for sentence in said(rated(values, "Sleep", more)).values()
    )
    words = set(re.findall(r"[\w-]+", every.lower()))

    assert set() == words & {*BANNED.split(), *JARGON.split()}
    assert "%" not in every


def offer(number: int, part: Part = Part.HELD, sentence: str = "") -> Offer:
    return Offer(part, Statement(f"key.{number}", sentence or f"Statement {number}.", ()))


def test_an_approval_holds_for_exactly_the_words_that_were_approved() -> None:
    said_of = {
        "key.1": Judged(Verdict.APPROVED, "Statement 1."),
        "key.2": Judged(Verdict.APPROVED, "Statement 2"),
        "key.3": Judged(Verdict.WITHHELD, "Statement 3."),
        "key.4": Judged(Verdict.WITHHELD, "Statement four."),
    }
    found = [offer(number) for number in range(1, 6)]

    assert [State.APPROVED, State.REWORDED, State.WITHHELD, State.WAITING, State.WAITING] == [
        state_of(each, said_of) for each in found
    ]
    assert (found[0],) == approved(found, said_of)


JUDGED = st.builds(Judged, st.sampled_from(Verdict), st.sampled_from(["one", "two", "three"]))


@given(
    st.lists(st.tuples(st.sampled_from(Part), st.sampled_from(["one", "two", "three"])), max_size=8),
    st.dictionaries(st.sampled_from([f"key.{n}" for n in range(8)]), JUDGED),
)
def test_nothing_unapproved_ever_stands_on_a_sheet(
    worded: list[tuple[Part, str]], said_of: Mapping[str, Judged]
) -> None:
    found = [offer(number, part, sentence) for number, (part, sentence) in enumerate(worded)]
    sheet = sheet_of(approved(found, said_of), None, "1 June 2026")

    agreed = [
        each.statement.sentence
        for each in found
        if said_of.get(each.statement.key) == Judged(Verdict.APPROVED, each.statement.sentence)
    ]
    assert sorted(agreed) == sorted(line for part in sheet.parts for (line,) in part.passages)


def test_what_does_not_fit_on_the_page_gives_way_but_for_the_first_of_each_part() -> None:
    long = [offer(number, Part.THEN_AND_NOW, "words " * 60) for number in range(20)]
    last = offer(20, Part.ON_THE_WAY)
    fits = fitting([*long, last])

    assert last in fits
    assert tuple(long[: len(fits) - 1]) == fits[:-1]
    assert 5 < len(fits) < ROOM / 5
    assert fits == fitting(fits)


def test_what_only_climbs_out_of_a_hole_is_not_called_better_than_it_was() -> None:
    climbing = (*[9] * 5, *[2] * 13, 3, 4, 5, 6, 7)

    assert {} == said(rated(climbing), scores=True)
    assert {} == said(rated([10 - value for value in climbing], "panic"), better=False)
