"""What a person types about the people: one record of two, and all that follows from a name."""

import pytest

from tests.cli.conftest import Door, in_hours


@pytest.fixture
def practice(door: Door) -> Door:
    door.ready()
    door("clients", "add", "Jo Bloggs")
    door("clients", "add", "Jo Marsh", "--alias", "Marshy")
    door.put("Jo Bloggs", in_hours(30))
    door.put("Jo Marsh", in_hours(32))
    door("once")
    return door


def codes(practice: Door) -> list[str]:
    return [client["code"] for client in practice("clients", "--json").json]


def test_two_records_are_merged_and_parted_by_their_codes(practice: Door) -> None:
    merged = practice("clients", "merge", "jm", "JB", "--yes")
    after = practice("sessions", "--client", "JM", "--json").json
    parted = practice("clients", "merge", "--undo", "JM")

    assert (0, "clients merge --undo JM") == (merged.code, merged.out.strip()[-23:])
    assert "1 session moved" in merged.out
    assert [("Jo Bloggs", 1), ("Jo Bloggs", 2)] == [(s["clients"][0]["name"], s["number"]) for s in after]
    assert (0, ["JB", "JM"]) == (parted.code, codes(practice))
    assert [["JB"], ["JM"]] == [
        [s["client_code"] for s in practice("sessions", "--client", code, "--json").json]
        for code in ("JB", "JM")
    ]


def test_a_merged_record_cannot_be_merged_by_its_old_code_into_a_third(practice: Door) -> None:
    practice("clients", "add", "Kim Mori")
    practice("clients", "merge", "JM", "JB", "--yes")
    before = practice.stored()

    said = practice("clients", "merge", "JM", "KM")

    assert (1, True, before) == (said.code, "--undo JM" in said.err, practice.stored())
    assert ["JB", "KM"] == codes(practice)


def test_a_renamed_client_is_found_in_the_calendar_by_both_names(practice: Door) -> None:
    said = practice("clients", "rename", "JM", "Jo Hart")
    practice.put("Jo Hart", in_hours(34))
    practice.put("Jo Marsh", in_hours(36))
    practice("once")

    assert (0, "Renamed; the code stays JM.\n") == (said.code, said.out)
    assert 3 == len(practice("sessions", "--client", "JM", "--json").json)
    assert ["Marshy", "Jo Marsh"] == practice("clients", "--json").json[1]["aliases"]


def test_the_name_of_another_client_is_refused_for_a_new_one(practice: Door) -> None:
    before = practice.stored()

    assert 1 == practice("clients", "rename", "JM", "JO bloggs").code
    assert before == practice.stored()


def test_work_with_a_client_is_paused_ended_and_taken_up_again(practice: Door) -> None:
    told = [practice("clients", word, "JM").out.splitlines()[0] for word in ("pause", "end", "end", "reopen")]
    said = [words.split(",")[0].split(" from")[0] for words in told]
    practice("clients", "pause", "JM")
    practice.put("Jo Marsh", in_hours(36))
    practice("once")

    assert ["JM pauses", "JM is ended now", "JM is ended already", "JM is active now."] == said
    assert ["active", "paused"] == [client["status"] for client in practice("clients", "--json").json]
    assert 2 == len(practice("sessions", "--client", "JM", "--json").json)


def test_a_session_that_was_matched_wrongly_is_given_to_the_right_client(practice: Door) -> None:
    practice("clients", "alias", "JB", "Panda")
    practice.put("Panda", in_hours(50))
    practice("once")
    session = practice("sessions", "--client", "JB", "--json").json[-1]["id"]

    said = practice("sessions", "assign", session[:8], "JM")
    again = practice("sessions", "assign", session, "JM")

    assert (0, 0) == (said.code, again.code)
    assert "1 session is with JM now, with all notes.\nThe title may mean somebody else too" in said.out
    assert "It stays a session of JM.\n" == again.out
    assert "JB to JM" in practice("sessions", "show", session).out
    assert 2 == len(practice("sessions", "--client", "JM", "--json").json)


@pytest.fixture
def asked(practice: Door) -> Door:
    """An hour, and a series of two, wait by a word that is only part of a name."""
    practice("clients", "add", "Kim Mori-Lee Featherstonehaugh", "--email", "kim@post.example")
    practice.put(
        "Mori online " + "very long words " * 6, in_hours(50), attendees=[{"email": "k@post.example"}]
    )
    practice.put("Featherstonehaugh", in_hours(54), recurrence=["RRULE:FREQ=WEEKLY;COUNT=2"])
    practice("once")
    return practice


def test_the_inbox_tells_in_80_columns_whose_an_hour_may_be_and_why(asked: Door) -> None:
    listed = asked("inbox")
    first, second = asked("inbox", "--json").json
    assert f"To answer the first: practice-sync inbox assign {first['id'][:8]} CLIENT" in listed.out

    assert 80 >= max(map(len, listed.out.splitlines()))
    assert "? KMF  Kim Mori-Lee Featherstonehaugh: " in listed.out
    assert first["id"][:8] in listed.out
    assert {"client_id", "name", "score", "why"} == set(second["candidates"][0])


def test_an_answer_makes_sessions_and_says_what_it_taught(asked: Door) -> None:
    first, second = (item["id"] for item in asked("inbox", "--json").json)

    said = [
        asked("inbox", "assign", first[:8], "KMF", "--email"),
        asked("inbox", "assign", second, "--new", "Ann Featherstonehaugh"),
    ]
    asked("once")

    assert [0, 0] == [each.code for each in said]
    assert ["From now on this title means KMF.", "The title may mean somebody else too"] == [
        each.out.splitlines()[1].partition(",")[0] for each in said
    ]
    assert "The inbox is empty.\n" == asked("inbox").out
    assert [1, 2] == [len(asked("sessions", "--client", code, "--json").json) for code in ("KMF", "AF")]
    assert ["kim@post.example", "k@post.example"] == asked("clients", "--json").json[-1]["addresses"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("KMF", "--past"), 1),
        (("KMF", "--past", "--once"), 1),
        (("--new", "Jo Bloggs"), 1),
        (("--new", "?"), 1),
        (("ZZ",), 1),
        ((), 2),
        (("KMF", "--new", "Ann Lee"), 2),
    ],
)
def test_an_answer_that_is_none_changes_nothing(asked: Door, words: tuple[str, ...], code: int) -> None:
    item, other = (each["id"] for each in asked("inbox", "--json").json)
    before = asked.stored()

    said = asked("inbox", "assign", item, *words)
    without_guest = asked("inbox", "assign", other, "KMF", "--email")

    assert (code, 1) == (said.code, without_guest.code)
    assert "Traceback" not in said.err
    assert before == asked.stored()


def test_what_is_ignored_once_is_asked_again_for_the_next_hour(asked: Door) -> None:
    _, item = (each["id"] for each in asked("inbox", "--json").json)

    assert 0 == asked("inbox", "ignore", item, "--once").code
    asked("once")

    _, later = asked("inbox", "--json").json
    assert item != later["id"]


@pytest.fixture
def returning(door: Door) -> Door:
    """A calendar with months of three people in it, and nobody known yet."""
    door.ready()
    for hour, title in ((0, "Jo Bloggs"), (2, "Kim Mori"), (4, "Yoga class")):
        door.put(title, in_hours(hour - 24 * 70), recurrence=["RRULE:FREQ=WEEKLY;COUNT=14"])
    return door


def test_each_proposal_is_taken_left_or_renamed(returning: Door) -> None:
    said = returning("clients", "suggest", stdin="e\nKim Mori-Lee\ny\nn\n")
    returning("once")

    assert 0 == said.code
    assert "2 added. The next reading makes their sessions." in said.out
    people = {person["code"]: person["name"] for person in returning("clients", "--json").json}
    assert 2 == len(people)
    assert "Kim Mori-Lee" in people.values()
    assert 80 >= max(len(line) for line in said.out.splitlines() if "A client?" not in line)
    assert 2 == len({s["client_code"] for s in returning("sessions", "--json").json})


def test_proposals_are_only_listed_or_all_that_are_likely_are_taken(returning: Door) -> None:
    before = returning.stored()

    listed = returning("clients", "suggest", "--json").json
    assert before == returning.stored()
    taken = returning("clients", "suggest", "--yes")

    assert {"name", "address", "hours", "every_days", "last_at", "likelihood"} == set(listed[0])
    assert (0, True) == (taken.code, "2 added" in taken.out)
    assert ["JB", "KM"] == codes(returning)
    assert "could be a new client" not in returning("clients", "suggest", stdin="q\n").out


def test_nothing_is_proposed_where_the_calendar_cannot_be_read(returning: Door) -> None:
    returning.monkeypatch.setenv("PRACTICE_SYNC_GOOGLE__API_ROOT", "http://127.0.0.1:9/calendar/v3/")
    before = returning.stored()

    said = returning("clients", "suggest", "--yes")

    assert (1, False, before) == (said.code, "Traceback" in said.err, returning.stored())


def test_an_alias_an_address_and_a_learned_title_are_taken_away_again(asked: Door) -> None:
    first, _ = (item["id"] for item in asked("inbox", "--json").json)
    asked("inbox", "assign", first, "KMF")
    title = "Mori online " + "very long words " * 6
    [learned] = asked("clients", "--json").json[-1]["titles"]

    said = [
        asked("clients", "alias", "KMF", "--remove", *words).out
        for words in ((title,), ("--email", "KIM@post.example"), ("nothing such",))
    ]
    asked("clients", "alias", "JM", "MARSHY", "--remove")

    assert ["Removed.\n", "Removed.\n", "Nothing of that means KMF.\n"] == said
    people = asked("clients", "--json").json
    assert learned.startswith("mori online")
    assert ([], [], []) == (people[-1]["titles"], people[-1]["addresses"], people[1]["aliases"])


def test_a_merge_is_asked_about_and_says_what_it_joins(practice: Door) -> None:
    practice.monkeypatch.setattr("sync.commands.clients.at_terminal", lambda: True)
    before = practice.stored()

    no = practice("clients", "merge", "JM", "JB", stdin="\n")
    unchanged = before == practice.stored()
    yes = practice("clients", "merge", "JM", "JB", stdin="y\n")

    told = " ".join(no.out.split())
    assert "JM (Jo Marsh) becomes part of JB (Jo Bloggs), with 1 session" in told
    assert "practice-sync clients merge --undo JM" in told
    assert (True, "Nothing was changed." in no.out) == (unchanged, True)
    assert (0, ["JB"]) == (yes.code, codes(practice))
    assert all(len(line) <= 80 for line in no.out.splitlines())


def test_a_script_says_yes_to_a_merge(practice: Door) -> None:
    said = practice("clients", "merge", "JM", "JB")

    assert (1, True, ["JB", "JM"]) == (said.code, "--yes" in said.err, codes(practice))


def test_yes_alone_joins_no_person_with_a_couple(practice: Door) -> None:
    practice(
        "clients", "add", "Kim & Lou", "--kind", "couple", "--member", "Kim Mori", "--member", "Lou Mori"
    )

    refused = practice("clients", "merge", "JM", "KL", "--yes")
    done = practice("clients", "merge", "JM", "KL", "--yes", "--any-kind")

    assert (1, True, 0) == (refused.code, "--any-kind" in refused.err, done.code)


def test_a_digit_in_a_code_is_explained(practice: Door) -> None:
    practice("clients", "add", "Xaver Young")

    said = practice("clients", "add", "Xenia Yates").out

    assert "Added with the code XY2." in said
    assert "`--code` chooses another code." in said


def test_without_a_calendar_that_is_read_nobody_can_be_suggested(door: Door) -> None:
    door("init")
    door("practitioners", "add", "Ana Okafor", "ana@practice.example")

    said = door("clients", "suggest")

    assert 1 == said.code
    assert "No calendar is read" in said.told


def test_a_word_that_means_somebody_else_too_is_told(practice: Door) -> None:
    told = practice("clients", "alias", "JB", "marshy")

    assert (0, True) == (told.code, "That means JM too" in told.out)
    assert "means" not in practice("clients", "alias", "JB", "Panda").out
