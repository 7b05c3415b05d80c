"""Every setting: its section, name, kind, default and meaning.

A setting without a default here gets one that depends on the home folder or the machine
(`sync.settings.defaults`).
"""

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from sync.settings.values import (
    SQLITE,
    WORDS,
    DatabaseUrl,
    Host,
    HostList,
    MailAddress,
    OptionalMailAddress,
    PathInHome,
    TimeZone,
    WebAddress,
    WeekMoment,
    WholeNumber,
    Words,
    is_loopback,
)

LOCAL_SENDER = "practice-sync@localhost"
SMTP_PORTS = {"tls": 465, "starttls": 587, "none": 25}
"""RFC 8314, 3.3 · RFC 6409, 3.1 · RFC 5321, 4.5.4.2."""


Language = Literal["en", "de", "fr", "es", "it", "nl", "pt"]
"""The languages whose words for cancelled and no-show are known."""


class Section(BaseModel):
    """Frozen, complete, and silent about what was typed."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", hide_input_in_errors=True, validate_by_name=True, validate_by_alias=True
    )


class Database(Section):
    """`[database]`: where records are kept."""

    url: DatabaseUrl = Field(
        repr=False, description="SQLite file, or postgresql+psycopg://… for a group practice"
    )

    @property
    def file(self) -> Path | None:
        """SQLite's file; None for PostgreSQL."""
        if not self.url.startswith(SQLITE):
            return None
        return Path(self.url.removeprefix(SQLITE).partition("?")[0])


class Google(Section):
    """`[google]`: where Google's services are, so that a sandbox can stand in.

    Read back, the two roots are what `googleapiclient` calls an API endpoint, ending in a slash.
    """

    api_root: WebAddress = Field(
        "https://www.googleapis.com/calendar/v3/",
        description="where the Calendar API is, with or without /calendar/v3",
    )
    gmail_root: WebAddress = Field(
        "https://gmail.googleapis.com/", description="where the Gmail API is, with or without /gmail/v1"
    )
    auth_uri: WebAddress = Field(
        "https://accounts.google.com/o/oauth2/v2/auth", description="where she signs in, in her browser"
    )
    token_uri: WebAddress = Field(
        "https://oauth2.googleapis.com/token", description="where tokens are renewed"
    )
    revoke_uri: WebAddress = Field(
        "https://oauth2.googleapis.com/revoke", description="where tokens are given up"
    )

    @property
    def named_endpoints(self) -> dict[str, str]:
        """Those of the addresses that are not Google's own, by name."""
        return {name: value for name, value in self if value != type(self).model_fields[name].default}

    @field_validator("api_root")
    @classmethod
    def _calendar_endpoint(cls, root: str) -> str:
        return root.removesuffix("/calendar/v3") + "/calendar/v3/"

    @field_validator("gmail_root")
    @classmethod
    def _gmail_endpoint(cls, root: str) -> str:
        return root.removesuffix("/gmail/v1") + "/"


class Ics(Section):
    """`[ics]`: published calendars, fetched from an address."""

    private_hosts: HostList = Field(
        "", description="hosts of your own network that calendars may be fetched from, with commas"
    )

    @property
    def allowed_hosts(self) -> tuple[str, ...]:
        """The hosts one by one, each as `host` or `host:port`."""
        return tuple(host for each in self.private_hosts.split(",") if (host := each.strip()))


class Sync(Section):
    """`[sync]`: how the calendars are read."""

    doorbell_seconds: WholeNumber = Field(
        60, ge=15, le=3600, description="how often Google is asked for changes"
    )
    snapshot_minutes: WholeNumber = Field(
        30, ge=1, le=1440, description="how often at least all is read afresh"
    )
    past_days: WholeNumber = Field(14, ge=1, le=365, description="how far back a reading reaches")
    future_days: WholeNumber = Field(60, ge=1, le=365, description="how far ahead a reading reaches")
    concurrency: WholeNumber = Field(16, ge=1, le=64, description="how many calendars are read side by side")


class Notes(Section):
    """`[notes]`: note stubs, and what holds for signing."""

    stub_days_ahead: WholeNumber = Field(
        14, ge=0, le=365, description="how early a session gets its note stub"
    )
    late_entry_hours: WholeNumber = Field(
        72, ge=1, le=8760, description="signed later than this after its session, a note is a late entry"
    )
    grace_hours: WholeNumber = Field(
        24, ge=0, le=720, description="how long after it was first signed a note may be reopened"
    )
    reminders: Literal["on", "off"] = Field(
        "on", description="whether a mail tells of notes that were not written for days"
    )


class Briefing(Section):
    """`[briefing]`: what is mailed before a session; each practitioner may differ."""

    lead_minutes: WholeNumber = Field(60, ge=5, le=10080, description="how long before the session it is due")
    privacy: Literal["link", "code", "full"] = Field(
        "code",
        description="what mail may carry: a link only · all, with a code for every name · all, with names",
    )


class Mail(Section):
    """`[mail]`: how mail leaves. The SMTP password is a secret and no setting."""

    transport: Literal["maildir", "smtp", "gmail"] = Field(
        "maildir", description="into a local folder · by an SMTP server · from her own Gmail account"
    )
    sender: MailAddress = Field(alias="from", description="the sender's address")
    smtp_host: Host = Field("", description="the mail server's name")
    smtp_port: WholeNumber = Field(ge=1, le=65535, description="the mail server's port")
    smtp_security: Literal["tls", "starttls", "none"] = Field(
        "tls", description="encrypted at once · after STARTTLS · not, to this machine only"
    )
    smtp_user: str = Field("", description="the name to log in with; empty to send without logging in")
    smtp_auth: Literal["password", "xoauth2"] = Field(
        "password", description="log in with a password · with an access token (OAuth 2.0)"
    )
    smtp_token_command: str = Field("", description="for xoauth2: the command that prints an access token")
    maildir: PathInHome = Field(description="the local folder for mail")

    @model_validator(mode="after")
    def _can_send(self) -> Self:
        if self.transport != "smtp":
            return self
        if not self.smtp_host:
            raise ValueError("`mail.smtp_host` is needed while `mail.transport` is smtp")
        if self.smtp_auth == "xoauth2" and not (self.smtp_user and self.smtp_token_command):
            raise ValueError(
                "`mail.smtp_user` and `mail.smtp_token_command` are needed while `mail.smtp_auth` is xoauth2"
            )
        if is_loopback(self.smtp_host):
            return self
        if self.sender == LOCAL_SENDER:
            raise ValueError("`mail.from` is needed while `mail.transport` is smtp")
        if self.smtp_security == "none":
            raise ValueError("`mail.smtp_security` may be none only for a mail server on this machine")
        return self


class Practice(Section):
    """`[practice]`: the practice itself."""

    time_zone: TimeZone = Field(description="IANA name of the zone in which days and hours are told")


class Matching(Section):
    """`[matching]`: what the words of a title mean."""

    languages: Annotated[tuple[Language, ...], WORDS] = Field(
        ("en",), description="whose words for cancelled and no-show are understood at the edge of a title"
    )
    cancelled_words: Words = Field((), description="more words there that mean cancelled")
    no_show_words: Words = Field((), description="more words there that mean no-show")

    @model_validator(mode="after")
    def _is_clear(self) -> Self:
        both = {w.casefold() for w in self.cancelled_words} & {w.casefold() for w in self.no_show_words}
        if both:
            raise ValueError("`matching.cancelled_words` and `matching.no_show_words` must not share a word")
        return self


class Attendance(Section):
    """`[attendance]`: what counts as what."""

    late_cancel_hours: WholeNumber = Field(
        24, ge=0, le=336, description="a cancellation with less notice counts as late"
    )
    client_decline: Literal["flag", "cancel"] = Field(
        "flag", description="what a client's declined invitation does"
    )
    new_episode_days: WholeNumber = Field(
        90, ge=60, le=180, description="after so many days without a session the next opens a new episode"
    )
    show_names: bool = Field(
        False, description="whether the attendance report names clients beside their codes"
    )
    manager_email: OptionalMailAddress = Field(
        "", description="who gets the attendance report by mail once a week; empty for nobody"
    )
    weekly_on: WeekMoment = Field(
        "monday 08:00", description="when that mail goes out: a day and an hour in the practice's zone"
    )


class Key(Section):
    """`[key]`: where the root key is; never the key itself."""

    place: Literal["keychain", "file", "systemd"] = Field("file", description="what keeps the root key")
    file: PathInHome = Field(description="the key file, outside the home folder; secrets/ lies beside it")
    account: str = Field(min_length=1, description="the root key's name in the keychain")


class Settings(Section):
    """All settings, complete and checked."""

    home: Path
    database: Database
    google: Google
    ics: Ics
    sync: Sync
    notes: Notes
    briefing: Briefing
    mail: Mail
    practice: Practice
    matching: Matching
    attendance: Attendance
    key: Key

    @property
    def data_folders(self) -> tuple[Path, ...]:
        """Where what the root key locks is kept: no key or password may lie in there."""
        database = self.database.file
        return (self.home, self.mail.maildir, *([database.parent] if database else []))
