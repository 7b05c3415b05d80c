"""What a briefing says, section by section."""

from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta

from sync.domain.attendance.fates import AppointmentFate, Fate
from sync.domain.attendance.flags import Flag
from sync.domain.attendance.line import AttendanceLine
from sync.domain.briefing.compose import compose_briefing
from sync.domain.briefing.privacy import Privacy
from sync.domain.briefing.values import Line
from sync.domain.briefing.wording import MORE_IN_NOTE
from sync.domain.notes.values import Rating, Sentence, TaskMention
from sync.domain.progress.definitions import Domain, MarkerDefinition
from sync.domain.progress.goals import Goal
from tests.domain.briefing.builders import NOW, STARTS_AT, briefing, full_facts, note, utc
from tests.domain.progress.results import phq9_with_item_9, total_of


def words_of(value: object) -> str:
    """Every string anywhere in a finished value."""
    if isinstance(value, str):
        return value + "\n"
    if isinstance(value, tuple):
        return "".join(words_of(item) for item in value)
    if is_dataclass(value):
        return "".join(words_of(getattr(value, field.name)) for field in fields(value))
    return ""


def test_the_subject_says_day_and_hour_and_nothing_else() -> None:
    assert "Briefing: Tuesday 16 June, 14:00" == briefing().subject


def test_the_header_says_which_session_and_when_the_last_one_was() -> None:
    page = briefing(number=38, last_seen_at=utc("2026-06-02"))

    assert "MK" == page.who
    assert "Tuesday 16 June, 14:00–14:50" == page.when
    assert "Session 38 · last seen 14 days ago, on 2 June" == page.standing


def test_days_since_the_last_session_are_days_of_her_calendar() -> None:
    late_evening = utc("2026-06-14", "22:30")  # already the 15th in Berlin

    assert "last seen 1 day ago, on 15 June" == briefing(last_seen_at=late_evening).standing


def test_two_sessions_on_one_day_are_said_as_such() -> None:
    assert "last seen earlier the same day" == briefing(last_seen_at=utc("2026-06-16", "07:00")).standing


def test_a_first_session_gets_a_short_page() -> None:
    page = briefing(number=1)

    assert "First session" == page.standing
    assert page.opening.startswith("This is the first session.")
    assert (None, (), ()) == (page.agreed, page.markers, page.known)
    assert "No risk recorded: there are no notes yet." == page.safety.latest.text


def test_the_latest_risk_is_quoted_whole_with_its_date() -> None:
    statement = "Passive thoughts.\nNo plan; " + "no intent, " * 400

    page = briefing(notes=(note("2026-05-05", risk="None."), note("2026-06-02", risk=statement)))

    assert statement.strip() == page.safety.latest.text
    assert "recorded 2 June" == page.safety.latest.dated
    assert ("None.", "before that, 5 May") == _said(page.safety.before)


def test_what_a_questionnaire_was_answered_about_risk_stands_in_the_safety_section_with_its_day() -> None:
    page = briefing(
        notes=(note("2026-06-02", risk="None."),),
        measures=(
            phq9_with_item_9("2026-05-05", 0),
            phq9_with_item_9("2026-06-02", 1, session="session-2026-06-02"),
        ),
    )

    assert "None." == page.safety.latest.text
    assert [
        "PHQ-9, item 9, “Thoughts that you would be better off dead or of hurting yourself in some way”: "
        "1 (Several days) on 2 June; before that 0 (Not at all) on 5 May."
    ] == [line.text for line in page.safety.items]
    assert ["session-2026-06-02"] == [each.session_id for each in page.safety.items[0].evidence]


def test_it_stands_there_without_any_note_as_well() -> None:
    page = briefing(measures=(total_of("2026-06-02", 12),))

    assert "No risk recorded: there are no notes yet." == page.safety.latest.text
    assert ["PHQ-9 of 2 June: total only; risk items not visible."] == [
        line.text for line in page.safety.items
    ]


def test_silence_about_risk_in_the_last_note_is_not_taken_for_safety() -> None:
    page = briefing(notes=(note("2026-05-05", risk="Passive thoughts."), note("2026-06-02")))

    assert ("Passive thoughts.", "recorded 5 May") == _said(page.safety.latest)
    assert "The last note (2 June) fills no risk line." == page.safety.remark


def test_no_risk_in_any_note_is_said_as_no_record() -> None:
    one, two = note("2026-05-05"), note("2026-06-02")

    assert (
        "No risk recorded in the one note so far (the last is of 2 June)."
        == briefing(notes=(two,)).safety.latest.text
    )
    assert (
        "No risk recorded in any of 2 notes (the last is of 2 June)."
        == briefing(notes=(one, two)).safety.latest.text
    )


def test_the_plan_is_quoted_with_the_day_of_its_note() -> None:
    page = briefing(notes=(note("2026-06-02", signed=False, plan="Talk about\nthe visit."),))

    assert page.agreed is not None
    assert ("Talk about\nthe visit.", "plan of 2 June, unsigned") == _said(page.agreed.plan)


def test_a_long_plan_ends_at_a_sentence_and_says_that_there_is_more() -> None:
    page = briefing(notes=(note("2026-06-02", plan="Ask about the bus. " * 500),))

    assert page.agreed is not None
    assert page.agreed.plan is not None
    assert page.agreed.plan.text.endswith("Ask about the bus. …")
    assert len(page.agreed.plan.text) < 380
    assert MORE_IN_NOTE == page.agreed.plan.more


def test_open_tasks_carry_the_day_they_were_given() -> None:
    page = briefing(
        notes=(
            note("2026-05-05", tasks=(TaskMention("Diary", done=False), TaskMention("Call", done=False))),
            note("2026-06-02", tasks=(TaskMention("Call", done=True),)),
        )
    )

    assert page.agreed is not None
    assert [("Diary", "given 5 May")] == [_said(task) for task in page.agreed.tasks]


def test_of_many_tasks_the_oldest_and_the_latest_are_shown() -> None:
    tasks = tuple(TaskMention(f"Task {number}", done=False) for number in range(1, 10))

    page = briefing(notes=(note("2026-06-02", tasks=tasks),))

    assert page.agreed is not None
    assert ["Task 1", "Task 8", "Task 9"] == [t.text for t in page.agreed.tasks]
    assert "6 more open tasks in the notes." == page.agreed.more_tasks


def test_what_to_bring_up_is_shown_with_its_day() -> None:
    page = briefing(notes=(note("2026-06-02", bring_up=("The job review",)),))

    assert page.agreed is not None
    assert [("The job review", "2 June")] == [_said(item) for item in page.agreed.bring_up]


def test_a_marker_shows_raw_values_their_days_and_how_many() -> None:
    days = ("2025-12-02", "2026-03-03", "2026-06-02")
    notes = tuple(
        note(day, ratings=(Rating("Panic", value, 10.0),))
        for day, value in zip(days, (8, 7.5, 4), strict=True)
    )

    (marker,) = briefing(notes=notes).markers

    assert ("Panic", "8 → 4", "of 10, lower is better · 3 ratings") == (
        marker.name,
        marker.values,
        marker.scale,
    )
    assert "2 December 2025 → 2 June" == marker.span
    assert "Panic, ratings in order: 8, 7.5, 4" == marker.alternative
    assert marker.curve is not None
    assert [8, 7.5, 4] == [value for _, value in marker.curve.points]


def test_one_rating_is_no_course() -> None:
    notes = (note("2026-05-05"), note("2026-05-19"), note("2026-06-02", ratings=(Rating("Panic", 8, 10.0),)))

    (marker,) = briefing(notes=notes).markers

    assert ("8", "2 June", None) == (marker.values, marker.span, marker.curve)


def test_markers_without_room_are_named_with_their_latest_value() -> None:
    ratings = tuple(Rating(name, 5, 10.0) for name in ("A", "B", "C", "D", "E"))

    page = briefing(notes=(note("2026-05-05"), note("2026-05-19"), note("2026-06-02", ratings=ratings)))

    assert 3 == len(page.markers)
    assert "Also rated: D 5/10 and E 5/10." == page.long_view.more


def test_with_fewer_than_three_notes_the_last_plan_and_what_is_known_make_the_page() -> None:
    page = briefing(
        notes=(
            note(
                "2026-05-19",
                ratings=(Rating("Panic", 8, 10.0),),
                sentences=(Sentence("She came after the move.", "presentation", 0),),
            ),
            note("2026-06-02", plan="Talk about the visit.", ratings=(Rating("Panic", 7, 10.0),)),
        ),
        goals=(Goal("g", "Ride the bus alone", date(2026, 5, 19)),),
        measures=(total_of("2026-05-19", 16), total_of("2026-06-02", 9)),
    )

    assert page.agreed is not None
    assert () == page.markers
    assert page.long_view.is_silent
    assert page.right_now.is_silent
    assert [
        ("Goal: Ride the bus alone", "since 19 May"),
        ("PHQ-9: 16 (moderately severe) → 9 (mild)", "19 May → 2 June"),
        ("She came after the move.", "first note, 19 May"),
    ] == [_said(line) for line in page.known]


def test_before_the_first_note_goals_and_questionnaires_are_what_is_known() -> None:
    page = briefing(
        number=1,
        goals=(Goal("g", "Ride the bus alone", date(2026, 6, 10)), Goal("h", "Later", date(2026, 6, 30))),
        measures=(total_of("2026-06-10", 16),),
    )

    assert ["Goal: Ride the bus alone", "PHQ-9: 16 (moderately severe)"] == [line.text for line in page.known]


def test_what_became_of_the_appointment_before_is_said() -> None:
    missed = AppointmentFate(
        "s", utc("2026-06-09"), utc("2026-06-09", "12:50"), date(2026, 6, 9), Fate.LATE_CANCEL, NOW
    )

    assert ("The appointment before this one (9 June) was cancelled late.",) == briefing(
        last_time=missed
    ).flags
    assert () == briefing(last_time=replace(missed, fate=Fate.KEPT)).flags
    assert ("The appointment before this one (9 June) was moved at short notice.",) == briefing(
        last_time=replace(missed, fate=Fate.KEPT, late_change=True)
    ).flags


def test_a_gap_and_a_couple_are_said_on_top() -> None:
    page = briefing(number=12, last_seen_at=utc("2026-05-06"), after_gap=True, people=2)

    assert "Session 12 · 2 people · after a gap: last seen 41 days ago, on 6 May" == page.standing


def test_what_was_not_rated_last_time_is_named_and_not_taken_for_a_change() -> None:
    followed = (MarkerDefinition("m", "Sleep", Domain.EMOTIONAL, higher_is_better=True, scale=10.0),)

    assert (
        "Not rated in the last note: Sleep."
        in briefing(notes=(note("2026-06-02"),), followed=followed).sources
    )


def test_attendance_is_one_line_of_counts_and_the_flags_that_fired() -> None:
    line = AttendanceLine("6 of the last 8 appointments kept, 2 no-shows.", (Flag("A1", "Two missed.", ()),))

    assert (line.sentence, "Two missed.") == briefing(attendance=line).attendance
    assert () == briefing().attendance


def test_a_moved_or_declined_appointment_is_flagged() -> None:
    page = briefing(moved_from=utc("2026-06-15", "08:00"), client_declined=True)

    assert "Moved here from Monday 15 June, 10:00." == page.flags[0]
    assert page.flags[1].startswith("The client has declined the invitation.")


def test_every_line_from_a_note_can_be_traced_to_its_session() -> None:
    page = briefing(notes=full_facts().notes)
    assert page.agreed is not None
    lines = [page.safety.latest, page.agreed.plan, *page.agreed.bring_up, *page.agreed.tasks, *page.threads]
    sessions = {(n.session_id, n.starts_at) for n in full_facts().notes}

    traced = [line.evidence for line in lines if line is not None]
    traced += [marker.evidence for marker in page.markers]

    assert all(traced)
    assert {(e.session_id, e.starts_at) for found in traced for e in found} <= sessions


def test_the_footer_counts_the_notes_and_names_what_is_missing() -> None:
    page = briefing(notes=(note("2026-05-05"), note("2026-06-02", signed=False)), unwritten=2)

    assert (
        "From 2 notes, 5 May to 2 June, 1 of them not signed.",
        "2 earlier sessions have no note yet.",
        "Calendar checked today at 13:02.",
        "Times are for Europe/Berlin.",
        "Computed from your notes; not a clinical judgement.",
    ) == page.sources


def test_no_name_alias_or_address_is_left_in_code_privacy() -> None:
    written = "Marta (Matti) rang from marta.kessler@example.org with Kessler’s brother"
    notes = (
        note(
            "2026-06-02",
            plan=written,
            risk=written,
            bring_up=(written,),
            tasks=(TaskMention(written, done=False),),
            themes=("marta-and-work",),
            ratings=tuple(Rating(f"{written} {number}", 3.0, 10.0) for number in range(4)),
        ),
        note("2026-06-03", themes=("marta-and-work",)),
    )
    shown = words_of(
        briefing(
            notes=notes,
            private_terms=("Matti", "marta.kessler@example.org"),
            location=written,
            video_link="https://meet.example.org/martakessler",
        )
    ).casefold()

    assert [] == [name for name in ("marta", "matti", "kessler") if name in shown]
    assert 9 < shown.count("mk")


def test_half_a_name_is_not_left_where_a_long_text_is_cut() -> None:
    page = briefing(
        notes=(note("2026-06-02", plan="/" * 354 + "Wintergarten"),), private_terms=("Wintergarten",)
    )

    assert page.agreed is not None
    assert page.agreed.plan is not None
    assert "Win" not in page.agreed.plan.text


def test_full_privacy_shows_the_name_and_the_words_as_written() -> None:
    page = briefing(privacy=Privacy.FULL, notes=(note("2026-06-02", plan="Ask Marta"),))

    assert "Marta Kessler (MK)" == page.who
    assert page.agreed is not None
    assert page.agreed.plan is not None
    assert "Ask Marta" == page.agreed.plan.text


def test_an_unsafe_link_is_left_out() -> None:
    assert "" == briefing(video_link="javascript:alert(1)").place.link


def test_hostile_words_of_the_calendar_lose_their_tricks() -> None:
    assert "Room exe.2 <b>" == briefing(location="Room\n\u202eexe.2\x00 <b>").place.location


def test_the_same_facts_give_the_same_page() -> None:
    assert compose_briefing(full_facts(), NOW) == compose_briefing(full_facts(), NOW)


def test_an_odd_starting_minute_is_kept() -> None:
    assert "Briefing: Tuesday 16 June, 14:05" == briefing(starts_at=STARTS_AT + timedelta(minutes=5)).subject


def _said(line: Line | None) -> tuple[str, str]:
    assert line is not None
    return line.text, line.dated
