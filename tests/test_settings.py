"""Settings: defaults without a file, one line for every mistake, and no typed value in any of them."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import get_args

import platformdirs
import pytest
from pydantic import ValidationError

from sync.domain.calendar.mark_words import LANGUAGES
from sync.errors import SettingsError
from sync.settings import default_home, first_settings_text, load_settings, settings_help
from sync.settings.keys import FIELDS
from sync.settings.sections import Language

CANARY = "hunter2canary"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def write(home: Path, text: str) -> None:
    home.mkdir(exist_ok=True)
    (home / "settings.toml").write_text(text)


def refusal(home: Path, text: str = "", **environ: str) -> str:
    if text:
        write(home, text)
    with pytest.raises(SettingsError) as told:
        load_settings(home, {f"PRACTICE_SYNC_{name}": value for name, value in environ.items()})
    assert "\n" not in str(told.value)
    assert told.value.advice
    return str(told.value)


def test_without_a_file_everything_has_its_default(home: Path) -> None:
    settings = load_settings(home, {"TZ": "Europe/Lisbon"})

    assert settings.home == home
    assert settings.database.url == f"sqlite:///{home}/practice.db"
    assert settings.database.file == home / "practice.db"
    assert (60, 30, 14, 60) == (
        settings.sync.doorbell_seconds,
        settings.sync.snapshot_minutes,
        settings.sync.past_days,
        settings.sync.future_days,
    )
    assert (14, 60, "code") == (
        settings.notes.stub_days_ahead,
        settings.briefing.lead_minutes,
        settings.briefing.privacy,
    )
    assert ("maildir", home / "mail") == (settings.mail.transport, settings.mail.maildir)
    assert (("en",), (), ()) == (
        settings.matching.languages,
        settings.matching.cancelled_words,
        settings.matching.no_show_words,
    )
    assert (24, "flag") == (settings.attendance.late_cancel_hours, settings.attendance.client_decline)
    assert settings.practice.time_zone == "Europe/Lisbon"
    assert not home.exists()


def test_the_file_is_read_and_the_environment_overrides_it(home: Path) -> None:
    write(home, '[briefing]\nlead_minutes = 90\nprivacy = "link"\n')

    settings = load_settings(home, {"PRACTICE_SYNC_BRIEFING__LEAD_MINUTES": "30"})

    assert (30, "link") == (settings.briefing.lead_minutes, settings.briefing.privacy)


def test_words_come_as_a_list_or_with_commas_from_the_environment(home: Path) -> None:
    write(home, '[matching]\nlanguages = ["de", "en"]\ncancelled_words = ["fiel weg"]\n')

    matching = load_settings(home, {"PRACTICE_SYNC_MATCHING__NO_SHOW_WORDS": "versetzt, kam nicht"}).matching

    assert (("de", "en"), ("fiel weg",), ("versetzt", "kam nicht")) == (
        matching.languages,
        matching.cancelled_words,
        matching.no_show_words,
    )


def test_one_word_cannot_mean_both_cancelled_and_no_show(home: Path) -> None:
    told = refusal(home, '[matching]\ncancelled_words = ["away"]\nno_show_words = ["AWAY"]\n')

    assert "must not share a word" in told


def test_every_language_that_can_be_chosen_has_its_words_and_no_other_has() -> None:
    assert LANGUAGES == get_args(Language)


def test_every_setting_can_be_overridden_by_its_variable(home: Path) -> None:
    for setting in settings_help():
        value = {"a whole number": "20"}.get(
            setting.takes.partition(" from ")[0], setting.takes.split(", ")[-1]
        )
        value = {
            "database.url": "postgresql+psycopg://anna@localhost/practice",
            "mail.from": "practice@example.org",
            "practice.time_zone": "Asia/Kolkata",
            "attendance.new_episode_days": "120",
            "attendance.show_names": "True",
            "attendance.manager_email": "manager@example.org",
            "attendance.weekly_on": "friday 16:30",
        }.get(setting.key, "https://localhost:1" if setting.key.startswith("google.") else value)
        value = value if " " not in value or setting.key == "attendance.weekly_on" else "words"
        host = {"PRACTICE_SYNC_MAIL__SMTP_HOST": "localhost"}  # which the transport `smtp` asks for
        settings = load_settings(home, host | {setting.variable: value, "TZ": "UTC"})
        section, _, name = setting.key.partition(".")
        field = "sender" if name == "from" else name
        read = str(getattr(getattr(settings, section), field))

        assert read in {value, str((value,)), str(home / value), f"{value}/", f"{value}/calendar/v3/"}, (
            setting.key
        )


def test_the_home_folder_is_the_argument_else_the_variable_else_the_users(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platformdirs, "user_data_path", lambda *_, **__: tmp_path / "users")

    assert load_settings(home, {"PRACTICE_SYNC_HOME": "/elsewhere"}).home == home
    assert load_settings(None, {"PRACTICE_SYNC_HOME": "/elsewhere"}).home == Path("/elsewhere")
    assert load_settings(None, {"PRACTICE_SYNC_HOME": ""}).home == tmp_path / "users"
    assert default_home() == tmp_path / "users"


def test_the_process_environment_counts_when_none_is_given(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRACTICE_SYNC_HOME", str(home))
    monkeypatch.setenv("PRACTICE_SYNC_SYNC__PAST_DAYS", "7")

    assert (home, 7) == (load_settings().home, load_settings().sync.past_days)


def test_a_relative_home_does_not_depend_on_where_the_next_command_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert load_settings(Path("here"), {}).home == tmp_path / "here"


def test_a_user_who_does_not_exist_has_no_home() -> None:
    with pytest.raises(SettingsError, match="user who does not exist"):
        load_settings(None, {"PRACTICE_SYNC_HOME": "~nobody-of-that-name/x"})


@pytest.mark.parametrize(
    ("text", "name", "nearest"),
    [
        ("[briefing]\nlead_minute = 5", "`briefing.lead_minute`", "`briefing.lead_minutes`"),
        ("[mail]\nhost = 'x'", "`mail.host`", "`mail.smtp_host`"),
        ("[brefing]\nlead_minutes = 5", "`[brefing]`", "`briefing.lead_minutes`"),
        ("[practise]", "`[practise]`", "`practice.time_zone`"),
        ("late_cancel_hour = 5", "`late_cancel_hour`", "`attendance.late_cancel_hours`"),
        ("[home]\nx = 1", "`[home]`", "."),
    ],
)
def test_an_unknown_name_in_the_file_is_told_with_the_nearest(
    home: Path, text: str, name: str, nearest: str
) -> None:
    line = refusal(home, text)

    assert f"{name} in {home / 'settings.toml'} is not" in line
    assert nearest in line


@pytest.mark.parametrize(
    ("variable", "nearest"),
    [
        ("BRIEFING__LEAD_MINUTE", "PRACTICE_SYNC_BRIEFING__LEAD_MINUTES"),
        ("BRIEFING_LEAD_MINUTES", "PRACTICE_SYNC_BRIEFING__LEAD_MINUTES"),
        ("HMOE", "PRACTICE_SYNC_HOME"),
        ("MAIL__SENDER", "PRACTICE_SYNC_MAIL__"),
    ],
)
def test_an_unknown_variable_is_told_with_the_nearest(home: Path, variable: str, nearest: str) -> None:
    line = refusal(home, **{variable: CANARY})

    assert f"PRACTICE_SYNC_{variable} is not a setting; the nearest is {nearest}" in line
    assert CANARY not in line


def test_variables_of_other_programs_are_none_of_our_business(home: Path) -> None:
    others = {"PRACTICE": "x", "SYNC_HOME": "y", "practice_sync_x": "z"}

    assert load_settings(home, others) == load_settings(home, {})


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("briefing.lead_minutes", "4", "a whole number from 5 to 10080"),
        ("briefing.lead_minutes", "10081", "a whole number from 5 to 10080"),
        ("briefing.lead_minutes", "60.5", "a whole number from 5 to 10080"),
        ("briefing.lead_minutes", "true", "a whole number from 5 to 10080"),
        ("notes.stub_days_ahead", "true", "a whole number from 0 to 365"),
        ("briefing.lead_minutes", "'an hour'", "a whole number from 5 to 10080"),
        ("briefing.lead_minutes", "[60]", "a whole number from 5 to 10080"),
        ("sync.doorbell_seconds", "14", "a whole number from 15 to 3600"),
        ("sync.past_days", "0", "a whole number from 1 to 365"),
        ("sync.future_days", "366", "a whole number from 1 to 365"),
        ("attendance.late_cancel_hours", "-1", "a whole number from 0 to 336"),
        ("mail.smtp_port", "65536", "a whole number from 1 to 65535"),
        ("briefing.privacy", "'Full'", "one of link, code, full"),
        ("mail.transport", "'sendmail'", "one of maildir, smtp"),
        ("attendance.client_decline", "true", "one of flag, cancel"),
        ("matching.languages", "['xx']", "a list of en, de, fr, es, it, nl, pt"),
        ("matching.languages", "5", "a list of en, de, fr, es, it, nl, pt"),
        ("matching.cancelled_words", "[5]", "a list of words in quotes"),
        ("matching.cancelled_words", "['-']", "a list of words in quotes"),
        ("matching.no_show_words", "['" + "x" * 61 + "']", "a list of words in quotes"),
        ("key.place", "'usb'", "one of keychain, file, systemd"),
        ("mail.smtp_user", "5", "text in quotes"),
        ("mail.maildir", "5", "text in quotes"),
        ("key.account", "''", "text in quotes"),
        ("mail.from", "'Anna <anna@example.org>'", "a bare mail address such as"),
        ("mail.from", "'a@example.org\\r\\nBcc: b@example.org'", "a bare mail address such as"),
        ("mail.smtp_host", "'smtp://mail.example.org'", "a host's name such as"),
        ("practice.time_zone", "'Berlin'", "an IANA time zone such as Europe/Berlin"),
        ("practice.time_zone", "''", "an IANA time zone such as Europe/Berlin"),
        ("practice.time_zone", "'Europe'", "an IANA time zone such as Europe/Berlin"),
        ("practice.time_zone", "'../../etc/passwd'", "an IANA time zone such as Europe/Berlin"),
        ("google.api_root", "'http://calendar.example.org'", "an https address"),
        ("google.api_root", "'ftp://127.0.0.1'", "an https address"),
        ("google.api_root", "'https://'", "an https address"),
        ("google.api_root", "'https://[half'", "an https address"),
        ("google.token_uri", "'http://127.0.0.1:port'", "an https address"),
        ("database.url", "'mysql://localhost/x'", "`sqlite:///<file>` or `postgresql+psycopg://"),
        ("database.url", "'sqlite://'", "`sqlite:///<file>` or"),
        ("database.url", "'sqlite:///:memory:'", "`sqlite:///<file>` or"),
        ("database.url", "'postgresql://'", "`sqlite:///<file>` or"),
    ],
)
def test_a_wrong_value_is_told_with_what_is_expected(home: Path, key: str, value: str, expected: str) -> None:
    section, _, name = key.partition(".")
    quoted = value.replace("'", '"')

    line = refusal(home, f"[{section}]\n{name} = {quoted}\n")

    assert f"`{key}` in {home / 'settings.toml'} must be {expected}" in line


def test_a_wrong_value_in_the_environment_names_the_variable(home: Path) -> None:
    line = refusal(home, BRIEFING__LEAD_MINUTES="soon")

    assert "`briefing.lead_minutes` in PRACTICE_SYNC_BRIEFING__LEAD_MINUTES must be a whole number" in line


def test_the_first_of_several_mistakes_is_told_and_the_others_counted(home: Path) -> None:
    assert "(2 more wrong.)" in refusal(
        home, "[sync]\npast_days = 0\nfuture_days = 0\ndoorbell_seconds = 0\n"
    )


@pytest.mark.parametrize("key", FIELDS)
def test_no_refusal_repeats_what_was_typed(home: Path, key: str) -> None:
    section, _, name = key.partition(".")
    write(home, f'[{section}]\n{name} = [["{CANARY}"]]\n')

    with pytest.raises(SettingsError) as told:
        load_settings(home, {})

    assert CANARY not in f"{told.value!r} {told.value.advice} {told.value.__cause__!r}"


def test_printed_settings_do_not_show_the_databases_password(home: Path) -> None:
    settings = load_settings(
        home, {"PRACTICE_SYNC_DATABASE__URL": f"postgresql+psycopg://anna:{CANARY}@localhost/practice"}
    )

    assert CANARY in settings.database.url
    assert CANARY not in f"{settings} {settings!r}"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[briefing]\nlead_minutes 60\n", 2),
        ("[mail]\n\nsmtp_user = 'x\n", 3),
        ("[mail]\nsmtp_user = '''x\n\n", 2),
        ("[mail]\n[mail]\n", 2),
        ("[sync]\npast_days = " + "9" * 5000, 2),
        ("\n\n[mail", 3),
    ],
)
def test_broken_toml_is_told_with_its_line(home: Path, text: str, line: int) -> None:
    assert f"settings.toml, line {line}: this is not TOML." in refusal(home, text)


def test_a_file_that_is_no_text_is_told_with_its_line(home: Path) -> None:
    home.mkdir()
    (home / "settings.toml").write_bytes(b"[mail]\nsmtp_user = '\xe4'\n")

    assert "line 2: this is not UTF-8 text" in refusal(home)


def test_endless_nesting_is_no_crash(home: Path) -> None:
    assert "nested too deeply" in refusal(home, "x = " + "[" * 100_000)


def test_a_byte_order_mark_is_no_matter(home: Path) -> None:
    home.mkdir()
    (home / "settings.toml").write_bytes(b"\xef\xbb\xbf[sync]\r\npast_days = 7\r\n")

    assert load_settings(home, {}).sync.past_days == 7


def test_a_folder_or_a_pipe_in_the_files_place_is_one_line(home: Path) -> None:
    (home / "settings.toml").mkdir(parents=True)
    assert "settings.toml cannot be read: Is a directory." in refusal(home)

    (home / "settings.toml").rmdir()
    os.mkfifo(home / "settings.toml")
    assert "settings.toml is not a file." in refusal(home)


def test_a_home_that_is_a_file_is_one_line(home: Path) -> None:
    home.touch()

    assert "cannot be read: Not a directory." in refusal(home)


def test_a_section_that_is_no_section_is_told(home: Path) -> None:
    assert "`briefing` in" in refusal(home, "briefing = 60")
    assert "must be a section: `[briefing]`" in refusal(home, "briefing = 60")


def test_settings_cannot_be_changed(home: Path) -> None:
    settings = load_settings(home, {})

    with pytest.raises(ValidationError):
        settings.briefing.lead_minutes = 5  # type: ignore[misc] # that it is refused is the point


@pytest.mark.parametrize(
    ("given", "url", "file"),
    [
        ("sqlite:///records.db", "sqlite:///{home}/records.db", "{home}/records.db"),
        ("sqlite:////srv/records.db?timeout=5", "sqlite:////srv/records.db?timeout=5", "/srv/records.db"),
        ("postgresql://a@db/practice", "postgresql+psycopg://a@db/practice", None),
        ("postgres://a@db/practice", "postgresql+psycopg://a@db/practice", None),
        ("postgresql+psycopg://a@db/practice", "postgresql+psycopg://a@db/practice", None),
    ],
)
def test_a_databases_address_is_made_whole(home: Path, given: str, url: str, file: str | None) -> None:
    database = load_settings(home, {"PRACTICE_SYNC_DATABASE__URL": given}).database

    assert url.format(home=home) == database.url
    assert (file and Path(file.format(home=home))) == database.file


def test_paths_count_from_the_home_folder(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/anna")
    write(home, '[mail]\nmaildir = "post"\n[key]\nfile = "~/keys/root.key"\n')
    settings = load_settings(home, {})

    assert (home / "post", Path("/home/anna/keys/root.key")) == (settings.mail.maildir, settings.key.file)


@pytest.mark.parametrize("host", ["http://127.0.0.1:8123", "http://sandbox:80", "https://fake.example.org/g"])
@pytest.mark.parametrize("end", ["", "/"])
def test_a_sandbox_can_stand_in_for_google(home: Path, host: str, end: str) -> None:
    for calendar, gmail in [("", ""), ("/calendar/v3", "/gmail/v1")]:
        google = load_settings(
            home,
            {
                "PRACTICE_SYNC_GOOGLE__API_ROOT": host + calendar + end,
                "PRACTICE_SYNC_GOOGLE__GMAIL_ROOT": host + gmail + end,
            },
        ).google

        assert (f"{host}/calendar/v3/", f"{host}/") == (google.api_root, google.gmail_root)


def test_googles_own_addresses_need_no_setting(home: Path) -> None:
    google = load_settings(home, {}).google

    assert ("https://www.googleapis.com/calendar/v3/", "https://gmail.googleapis.com/") == (
        google.api_root,
        google.gmail_root,
    )


@pytest.mark.parametrize(
    ("zone", "expected"), [("Asia/Kolkata", "Asia/Kolkata"), (":Europe/Paris", "Europe/Paris")]
)
def test_the_systems_time_zone_is_the_practices(home: Path, zone: str, expected: str) -> None:
    assert load_settings(home, {"TZ": zone}).practice.time_zone == expected


@pytest.mark.parametrize("found", [None, "local", LookupError("two files contradict each other")])
def test_a_machine_without_a_named_zone_is_on_utc(
    home: Path, found: str | Exception | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def name() -> str | None:
        if isinstance(found, Exception):
            raise found
        return found

    monkeypatch.setattr("tzlocal.get_localzone_name", name)

    assert load_settings(home, {"TZ": "CET-1CEST"}).practice.time_zone == "UTC"


def test_the_zone_of_the_machine_is_found_without_a_variable(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tzlocal.get_localzone_name", lambda: "America/Chicago")

    assert load_settings(home, {}).practice.time_zone == "America/Chicago"


@pytest.mark.parametrize(("security", "port"), [("tls", 465), ("starttls", 587), ("none", 25)])
def test_the_mail_servers_port_follows_its_security(home: Path, security: str, port: int) -> None:
    assert load_settings(home, {"PRACTICE_SYNC_MAIL__SMTP_SECURITY": security}).mail.smtp_port == port


def test_mail_comes_from_the_mail_user_unless_said_otherwise(home: Path) -> None:
    assert load_settings(home, {}).mail.sender == "practice-sync@localhost"
    write(home, '[mail]\nsmtp_user = "anna@example.org"\n')
    assert load_settings(home, {}).mail.sender == "anna@example.org"
    assert load_settings(home, {"PRACTICE_SYNC_MAIL__FROM": "b@example.org"}).mail.sender == "b@example.org"


def test_sending_by_smtp_needs_a_server_a_sender_and_encryption(home: Path) -> None:
    write(home, '[mail]\ntransport = "smtp"\n')
    assert "`mail.smtp_host` is needed while `mail.transport` is smtp" in refusal(home)
    assert "`mail.from` is needed" in refusal(home, MAIL__SMTP_HOST="mail.example.org")
    secret = {"MAIL__SMTP_HOST": "mail.example.org", "MAIL__FROM": "a@example.org"}
    assert "none only for a mail server on this machine" in refusal(
        home, **secret, MAIL__SMTP_SECURITY="none"
    )


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1"])
def test_a_mail_server_on_this_machine_needs_no_encryption(home: Path, host: str) -> None:
    write(home, f'[mail]\ntransport = "smtp"\nsmtp_host = "{host}"\nsmtp_security = "none"\n')

    assert load_settings(home, {}).mail.smtp_host == host


def test_each_home_has_its_own_key_outside_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platformdirs, "user_data_path", lambda *_, **__: tmp_path / "users")
    monkeypatch.setattr(platformdirs, "user_config_path", lambda app, **_: tmp_path / app)
    homes = [tmp_path / "users", tmp_path / "a" / "practice", tmp_path / "b" / "practice"]
    keys = [load_settings(home, {}).key for home in homes]

    assert keys[0].file == tmp_path / "practice-sync" / "key"
    assert [3, 3] == [len({key.file for key in keys}), len({key.account for key in keys})]
    assert not any(key.file.is_relative_to(home) for key in keys for home in homes)


def test_the_folders_with_data_are_home_mail_and_the_databases(home: Path) -> None:
    settings = load_settings(home, {"PRACTICE_SYNC_DATABASE__URL": "sqlite:////srv/practice/records.db"})

    assert (home, home / "mail", Path("/srv/practice")) == settings.data_folders
    on_a_server = load_settings(home, {"PRACTICE_SYNC_DATABASE__URL": "postgresql://db/practice"})
    assert (home, home / "mail") == on_a_server.data_folders


def test_the_first_file_says_where_the_key_is_and_changes_nothing_else(home: Path) -> None:
    odd = Path('/keys/a "quoted" \\ back\x7fslash é/root.key')
    write(home, first_settings_text("file", odd, "practice-1"))
    settings = load_settings(home, {"TZ": "UTC"})

    assert ("file", odd, "practice-1") == (settings.key.place, settings.key.file, settings.key.account)
    (home / "settings.toml").unlink()
    untouched = load_settings(home, {"TZ": "UTC"})
    assert untouched == settings.model_copy(update={"key": untouched.key})


def test_the_first_file_names_no_key_file_where_there_is_none(home: Path) -> None:
    assert {"place": "keychain"} == tomllib.loads(first_settings_text("keychain", None))["key"]


def test_what_the_first_file_suggests_is_right_when_uncommented(home: Path) -> None:
    _, _, suggested = first_settings_text("file").partition("# Take the # away to change a default.")
    write(home, suggested.replace("\n# ", "\n"))

    settings = load_settings(home, {})

    assert ("smtp", "mail.example.org", 465) == (
        settings.mail.transport,
        settings.mail.smtp_host,
        settings.mail.smtp_port,
    )


def test_every_setting_is_explained_once() -> None:
    explained = settings_help()

    assert [setting.key for setting in explained] == list(FIELDS)
    assert all(setting.meaning and setting.takes for setting in explained)
    assert not [setting.key for setting in explained if "PydanticUndefined" in setting.default]
    by_key = {setting.key: setting for setting in explained}
    assert ("60", "PRACTICE_SYNC_BRIEFING__LEAD_MINUTES") == (
        by_key["briefing.lead_minutes"].default,
        by_key["briefing.lead_minutes"].variable,
    )


def test_reading_settings_loads_nothing_heavy() -> None:
    heavy = "sqlmodel sqlalchemy googleapiclient keyring cryptography pydantic_settings"
    program = f"import sys, sync.settings; print([m for m in '{heavy}'.split() if m in sys.modules])"

    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert shown.stdout == "[]\n"


def test_where_configuration_and_data_share_a_folder_the_key_still_has_one_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platformdirs, "user_data_path", lambda app, **_: tmp_path / app)
    monkeypatch.setattr(platformdirs, "user_config_path", lambda app, **_: tmp_path / app)

    key = load_settings(None, {}).key

    assert key.file == tmp_path / "practice-sync-keys" / "key"
