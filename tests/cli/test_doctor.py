"""`doctor` checks every part and says of each fault what to do."""

from datetime import UTC, datetime, timedelta

import pytest

from sync.app import open_app
from sync.jobs.wishes import arming_for
from sync.sandbox.faults import Fault
from sync.settings import load_settings
from sync.store.leases import take_lease
from sync.store.links import links
from sync.store.outbox import put_notice
from sync.store.sending import claim, mark_failed
from tests.cli.conftest import ANA, Door


def parts(door: Door) -> dict[str, tuple[bool, str]]:
    """Each part by name: sound, and the remedy; the worst finding of a part counts."""
    found: dict[str, tuple[bool, str]] = {}
    for finding in door("doctor", "--json").json:
        if found.get(finding["part"], (True, ""))[0]:
            found[finding["part"]] = (finding["sound"], finding["remedy"])
    return found


def test_a_practice_in_order_is_found_in_order(door: Door) -> None:
    door.ready()

    said = door("doctor")

    assert 0 == said.code
    assert {"settings", "home", "key", "database", "mail", "calendar", "worker", "clock"} == set(parts(door))
    assert "Briefings stay in the local folder" in said.out


def test_before_init_only_what_is_there_is_checked(door: Door) -> None:
    found = parts(door)

    assert (False, "Run `practice-sync init` first.") == found["home"]
    assert {"settings", "home"} == found.keys()


def test_a_home_that_others_can_enter_is_named(door: Door) -> None:
    door.ready()
    door.home.chmod(0o755)

    assert (False, f"Run `chmod 700 '{door.home}'`.") == parts(door)["home"]


def test_a_calendar_that_does_not_let_us_in_is_named(door: Door) -> None:
    door.ready()
    door.sandbox.faults.add(Fault("invalid_grant", times=None))

    found = parts(door)

    assert not found["calendar"][0]
    assert "practice-sync connect google" in found["calendar"][1]


def test_mail_that_cannot_be_handed_over_is_named(door: Door) -> None:
    door.ready()
    door.monkeypatch.setenv("PRACTICE_SYNC_MAIL__TRANSPORT", "smtp")
    door.monkeypatch.setenv("PRACTICE_SYNC_MAIL__SMTP_HOST", "127.0.0.1")
    door.monkeypatch.setenv("PRACTICE_SYNC_MAIL__SMTP_PORT", "9")

    assert not parts(door)["mail"][0]


@pytest.mark.parametrize(("off", "sound"), [(timedelta(minutes=9), False), (timedelta(seconds=20), True)])
def test_a_clock_that_is_off_is_named(door: Door, off: timedelta, sound: bool) -> None:
    door.ready()
    door.monkeypatch.setattr("sync.commands.doctor.system_clock", lambda: datetime.now(UTC) + off)

    assert sound == parts(door)["clock"][0]


def test_a_clock_that_went_back_is_named(door: Door) -> None:
    door.ready()
    door("once")
    door.monkeypatch.setattr(
        "sync.commands.doctor.system_clock", lambda: datetime.now(UTC) - timedelta(hours=3)
    )

    assert (False, "Set this machine's clock.") == parts(door)["clock"]


def test_a_worker_that_does_not_run_is_named(door: Door) -> None:
    door.ready()
    door("once")
    door.monkeypatch.setattr(
        "sync.commands.doctor.system_clock", lambda: datetime.now(UTC) + timedelta(minutes=61)
    )

    assert (False, "See that `practice-sync work` runs.") == parts(door)["worker"]


def test_a_reading_that_never_came_to_an_end_is_named(door: Door) -> None:
    door.ready()
    door("once")
    app = open_app(load_settings())
    with app.writing() as records:
        [known] = links(records)
        began = app.now() - timedelta(minutes=20)
        take_lease(records, f"calendar:{known.id}", "dead", began, timedelta(minutes=10))
    app.close()

    assert (False, "Start `practice-sync work` again.") == parts(door)["worker"]


def test_an_alert_that_could_not_be_mailed_is_named_here_and_beside_the_connections(door: Door) -> None:
    door.ready()
    app = open_app(load_settings())
    with app.writing() as records:
        [known] = links(records)
        put_notice(records, "alert", known.id, app.now(), arming_for(app, records, known.practitioner_id))
        mail = claim(records, "us", app.now() + timedelta(hours=1), app.now())
        assert mail is not None
        mark_failed(records, mail, "The mail server refused the address.")
    app.close()

    said = door("doctor", "--json").json
    listed = door("connections").out

    told = "An alert could not be mailed. The mail server refused the address."
    assert [told] == [
        finding["said"] for finding in said if finding["part"] == "mail" and not finding["sound"]
    ]
    assert told in listed


def test_google_is_not_asked_the_time_where_nothing_of_hers_is_there(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert 0 == door("init").code
    assert 0 == door("practitioners", "add", "Ana Okafor", ANA).code
    file = door.home.parent / "hers.ics"
    file.write_text("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n", encoding="utf-8")
    assert 0 == door("connect", "ics", str(file)).code
    asked: list[str] = []
    monkeypatch.setattr("sync.checkup.server_time", asked.append)

    said = door("doctor")

    assert (0, []) == (said.code, asked)
    assert "compared with Google's once it is connected" in " ".join(said.out.split())


def test_without_a_calendar_both_ways_to_link_one_are_named(door: Door) -> None:
    assert 0 == door("init").code
    assert 0 == door("practitioners", "add", "Ana Okafor", ANA).code

    for said in (door("doctor").out, door("connections").out, door("pull").err):
        assert "connect google" in said
        assert "connect ics" in said


def test_before_init_there_is_one_thing_to_mend(door: Door) -> None:
    said = door("doctor")

    assert 1 == said.code
    assert 1 == said.out.count("FIX")
    assert "Run `practice-sync init` first." in said.out
