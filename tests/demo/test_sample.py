"""The sample's people: what their notes say, and how their ratings run."""

import re
from itertools import pairwise
from statistics import mean

import pytest

from sync.demo.note_texts import note_text
from sync.demo.ratings import rating_in
from sync.demo.sample import SampleClient, sample_clients
from sync.domain.notes.parsing import read_note
from sync.domain.progress.instruments.known import instrument_called
from sync.domain.progress.scoring import Scored, check_total, score_answers
from tests.demo.courses import DAYS, kept_weeks

CLIENTS = {client.code: client for client in sample_clients()}
EVERYBODY = pytest.mark.parametrize("client", CLIENTS.values(), ids=CLIENTS.keys())
LABELLED = ("Risk:", "Helped:", "Worked on:")
NOT_OUR_TONE = (
    "failed failure non-compliant resistant refused relapse deteriorated decompensated manipulative cured "
    "recovered significant claims denies disengaged"
)


def notes(client: SampleClient) -> list[str]:
    return [note_text(client, week, DAYS) for week in kept_weeks(client)]


def ratings(code: str, marker: int = 0) -> list[int]:
    client = CLIENTS[code]
    rated = [rating_in(client.markers[marker], week, code) for week in kept_weeks(client)]
    return [value for value in rated if value is not None]


def test_there_are_eight_clients_and_one_of_them_is_a_couple() -> None:
    assert [8, 1] == [len(CLIENTS), sum(len(client.members) == 2 for client in CLIENTS.values())]


@EVERYBODY
def test_every_kept_session_has_words_and_themes_of_its_own(client: SampleClient) -> None:
    told = sum(len(phase.told) for phase in client.phases)
    themes = sum(len(phase.themes) for phase in client.phases)

    assert (len(kept_weeks(client)),) * 2 == (told, themes)


@EVERYBODY
def test_no_two_notes_of_a_client_are_equal(client: SampleClient) -> None:
    written = notes(client)

    assert len(written) == len(set(written))


@EVERYBODY
def test_a_note_is_neither_a_word_nor_an_essay(client: SampleClient) -> None:
    lengths = [len(re.findall(r"[\w'-]+", note)) for note in notes(client)]

    assert [] == [length for length in lengths if not 40 <= length <= 130]


@EVERYBODY
def test_everything_in_a_note_is_understood(client: SampleClient) -> None:
    for week in kept_weeks(client):
        reading = read_note(note_text(client, week, DAYS))
        rated = [marker for marker in client.markers if marker.course[0][0] >= week]
        due = [task for task in client.tasks if week in (task.given, task.done)]

        assert [marker.name for marker in rated] == [rating.marker for rating in reading.ratings]
        assert [task.done == week for task in due] == [task.done for task in reading.tasks]
        assert reading.risk
        assert reading.plan
        assert reading.themes
        assert (week in client.bring_up) == bool(reading.bring_up)
        assert (week in client.helped) == bool(reading.interventions)
        assert () == reading.not_understood


@EVERYBODY
def test_each_task_is_given_and_ticked_in_a_session_that_took_place(client: SampleClient) -> None:
    weeks = {week for task in client.tasks for week in (task.given, task.done) if week is not None}

    assert weeks | set(client.bring_up) <= set(kept_weeks(client)) - set(client.calendar.unwritten)


@EVERYBODY
def test_no_sentence_comes_up_more_than_twice(client: SampleClient) -> None:
    kept = [sentence for note in notes(client) for sentence in note.splitlines() if len(sentence) > 40]
    often = {line for line in kept if kept.count(line) > 2 and not line.startswith(LABELLED)}

    assert set() == often


@EVERYBODY
def test_whatever_is_said_beside_the_notes_belongs_to_a_session_with_a_note(client: SampleClient) -> None:
    weeks = {marker.course[0][0] for marker in client.markers} | {goal.since for goal in client.goals}
    weeks |= set(client.helped).union(*({**each.answers, **each.totals} for each in client.measures))
    names = {marker.name for marker in client.markers}

    assert weeks <= set(kept_weeks(client)) - set(client.calendar.unwritten)
    assert {name for goal in client.goals for name in goal.markers} <= names


@EVERYBODY
def test_a_goal_is_named_in_the_notes_of_the_weeks_it_was_worked_on(client: SampleClient) -> None:
    for goal in client.goals:
        named = [
            week for week in kept_weeks(client) if goal.text in read_note(note_text(client, week, DAYS)).goals
        ]
        assert list(goal.worked_on) == named
        assert max(goal.worked_on) <= goal.since


def test_one_rises_on_a_questionnaire_and_one_falls_with_what_it_asks_about_risk() -> None:
    answers = {code: list(CLIENTS[code].measures[0].answers.values()) for code in ("ZA", "MNB")}

    assert {"ZA": [16, 13, 9, 6], "MNB": [7, 9, 15, 20]} == {
        code: [sum(each) for each in given] for code, given in answers.items()
    }
    assert answers["MNB"][-1][-1] > 0


@EVERYBODY
def test_every_questionnaire_can_be_entered(client: SampleClient) -> None:
    for measure in client.measures:
        instrument = instrument_called(measure.name)
        assert instrument is not None
        assert all(isinstance(score_answers(instrument, each), Scored) for each in measure.answers.values())
        assert [None] * len(measure.totals) == [
            check_total(instrument, total) for total in measure.totals.values()
        ]


@EVERYBODY
def test_the_notes_keep_to_the_tone(client: SampleClient) -> None:
    written = set(re.findall(r"[\w-]+", " ".join(notes(client)).lower()))

    assert set() == written & set(NOT_OUR_TONE.split())


@EVERYBODY
def test_the_notes_name_no_season_for_they_are_played_on_any_day(client: SampleClient) -> None:
    written = set(re.findall(r"\w+", " ".join(notes(client)).lower()))

    assert set() == written & {"spring", "summer", "autumn", "winter", "christmas", "easter"}


def test_a_rise_is_slow_enough_to_be_missed_and_there() -> None:
    values = ratings("ZA")
    thirds = [mean(values[:10]), mean(values[10:20]), mean(values[20:])]

    assert sorted(thirds) == thirds
    assert thirds[2] - thirds[0] >= 2.5
    assert max(abs(after - before) for before, after in pairwise(thirds)) < 3


def test_a_course_goes_down() -> None:
    values = ratings("MNB")

    assert mean(values[:5]) - mean(values[-5:]) >= 2


def test_a_gain_is_lost_in_part_and_won_again() -> None:
    values = dict(zip(kept_weeks(CLIENTS["NA"]), ratings("NA"), strict=True))

    assert values[34] < values[14]
    assert values[10] <= values[14] - 3
    assert values[2] > values[10]


def test_a_gain_holds() -> None:
    values = ratings("TN")

    assert mean(values[5:]) - values[0] >= 2.5
    assert abs(mean(values[5:10]) - mean(values[10:])) < 1


def test_one_goes_up_and_down_without_a_direction() -> None:
    values = ratings("AR")
    steps = [abs(after - before) for before, after in pairwise(values)]

    assert mean(steps) >= 2
    assert abs(mean(values[:8]) - mean(values[8:])) < 1


def test_of_one_there_are_too_few_ratings_to_say_anything() -> None:
    assert len(ratings("KO")) < 5


def test_a_rating_is_the_same_in_every_run_and_stays_on_its_scale() -> None:
    marker = CLIENTS["ZA"].markers[0]
    course = marker.model_copy(update={"noise": 50.0})
    wild = {rating_in(course, week, "seed") for week in range(34)}

    assert rating_in(marker, 12, "seed") == rating_in(marker, 12, "seed")
    assert wild <= set(range(11))
    assert {0, 10} <= wild


def test_a_marker_has_no_rating_before_its_first() -> None:
    later = CLIENTS["MNB"].markers[2]

    assert [None, int] == [rating_in(later, 11, "seed"), type(rating_in(later, 10, "seed"))]


def test_there_is_no_note_of_a_session_that_was_missed() -> None:
    with pytest.raises(LookupError, match="week 6"):
        note_text(CLIENTS["IL"], 6, DAYS)
