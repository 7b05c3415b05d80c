"""Clients are renamed: what means them in a calendar, and what is kept out of mails."""

from sync.domain.briefing.privacy import Privacy
from sync.jobs.brief import briefing_for
from sync.jobs.clients import rename
from sync.jobs.notes import write_note
from sync.store.clients import evidence
from tests.jobs.looking import HOUR, TOMORROW
from tests.practice import Practice


def test_a_name_that_is_forgotten_means_nobody_and_still_stays_out_of_mails(on_each: Practice) -> None:
    jo = on_each.client("Jo Bloggs")
    on_each.put("Jo Bloggs", on_each.clock() - 5 * HOUR)
    on_each.put("Jo Bloggs", TOMORROW)
    on_each.once()
    first, second = on_each.sessions()
    write_note(on_each.app, first.id, "## Plan\nCall Bloggs on Monday.\n", on_each.clock())

    renamed = rename(on_each.app, jo.id, " Robin Hale ", on_each.clock(), forget=True)

    with on_each.app.reading() as records:
        page = repr(briefing_for(on_each.app, records, second.id, on_each.clock(), Privacy.CODE))
        [pointing] = evidence(records, on_each.practitioner_id)
    assert ("Robin Hale", (), ("Jo Bloggs",)) == (renamed.name, renamed.aliases, renamed.former_names)
    assert ("Call JB on Monday." in page, "Bloggs" in page) == (True, False)
    assert ("Robin Hale",) == pointing.names
