"""Other words in the settings: what has not changed in the calendar is read once more, and only once."""

from tests.jobs.looking import TOMORROW, everything
from tests.practice import Practice


def with_words(practice: Practice, said: tuple[str, ...]) -> None:
    """The same practice, opened with other words."""
    settings = practice.app.settings
    matching = settings.matching.model_copy(update={"cancelled_words": said})
    object.__setattr__(practice.app, "settings", settings.model_copy(update={"matching": matching}))


def read(practice: Practice) -> str:
    practice.clock.forward(minutes=1)
    practice.once()
    return practice.the_session().status


def test_another_word_counts_for_events_that_have_not_changed(on_each: Practice) -> None:
    on_each.client("Jo Bloggs")
    on_each.put("Jo Bloggs – fiel weg", TOMORROW)
    on_each.once()

    before = on_each.the_session().status
    with_words(on_each, ("fiel weg",))
    after = read(on_each)
    with_words(on_each, ())
    back = read(on_each)

    assert ("scheduled", "cancelled", "scheduled") == (before, after, back)


def test_what_is_read_once_more_is_read_once_more_only(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    practice.put("Jo Bloggs", TOMORROW)
    practice.once()
    read(practice)
    with_words(practice, ("fiel weg",))
    read(practice)
    known = everything(practice)
    asked = len(practice.requests)

    read(practice)

    assert known == everything(practice)
    assert 1 == len(practice.requests) - asked  # the doorbell alone


def test_the_sync_token_is_good_for_other_words_too(practice: Practice) -> None:
    practice.client("Jo Bloggs")
    practice.put("Jo Bloggs", TOMORROW)
    practice.once()
    read(practice)
    asked = len(practice.requests)
    with_words(practice, ("fiel weg",))

    read(practice)

    rung = [each.params for each in practice.requests[asked:] if each.params.get("singleEvents") == "false"]
    assert rung
    assert all("syncToken" in params for params in rung)
