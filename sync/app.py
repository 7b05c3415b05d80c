"""The app: settings, database, vault, calendars, mailer and clock, wired once."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from threading import Lock
from typing import Any
from uuid import uuid4

from models.database import Database, open_database
from models.errors import DatabaseBehind
from models.key_slots import CHECK, key_slot
from models.records import Records
from models.schema import require_schema
from models.vault import Vault
from sync.adapters.keys import key_store
from sync.adapters.maildir import MaildirMailer
from sync.adapters.note_formats import NoteFormats
from sync.adapters.secret_store import SMTP_PASSWORD, secret_store
from sync.adapters.templates import Renderer
from sync.ports import CalendarAccount, CalendarSource, Mailer
from sync.settings import Settings

Clock = Callable[[], datetime]
OpenSource = Callable[[Settings, str], CalendarSource]
"""Opens the calendars that stored credentials (a secret, as JSON) give access to."""


GiveBack = Callable[[Settings, str], None]
"""Gives stored credentials back at their service, so that they open nothing any more."""


def system_clock() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


@dataclass
class App:
    """Everything the jobs work with. Only it knows the time."""

    settings: Settings
    db: Database
    vault: Vault
    clock: Clock
    renderer: Renderer
    note_formats: NoteFormats
    mailer: Mailer
    open_source: OpenSource
    give_back: GiveBack
    owner: str = field(default_factory=lambda: str(uuid4()))
    """This process, as the holder of leases."""
    _sources: dict[str, tuple[str, CalendarSource]] = field(default_factory=dict)
    _opening: Lock = field(default_factory=Lock)

    def now(self) -> datetime:
        """The present moment, in UTC."""
        return self.clock()

    @contextmanager
    def reading(self) -> Iterator[Records]:
        """The records, to read, in one state."""
        with self.db.reading() as db:
            yield Records(db, self.vault)

    @contextmanager
    def writing(self) -> Iterator[Records]:
        """The records, to write in one transaction: all or nothing. No calendar or mailer is asked in it."""
        with self.db.transaction() as db:
            yield Records(db, self.vault)

    def source(self, account_id: str, credentials: str) -> CalendarSource:
        """The calendars of an account; kept, with its access token, while the permission is the same."""
        with self._opening:
            known = self._sources.get(account_id)
            if known is None or known[0] != credentials:
                known = (credentials, self.open_source(self.settings, credentials))
                self._sources[account_id] = known
            return known[1]

    def hang_up(self) -> None:
        """Give back the connections to calendars that this thread holds, as before it ends."""
        with self._opening:
            sources = [source for _, source in self._sources.values()]
        for source in sources:
            source.close()

    def close(self) -> None:
        """Give back the connections to calendars and database."""
        self.hang_up()
        self.db.close()


def open_app(
    settings: Settings,
    clock: Clock = system_clock,
    *,
    open_source: OpenSource | None = None,
    give_back: GiveBack | None = None,
    mailer: Mailer | None = None,
) -> App:
    """Build the app, or raise a `PracticeError` before anything is written.

    Raises `DatabaseMissing`, `DatabaseDamaged`, `DatabaseBehind`, `KeyMissing`, `KeyUnsafe` or
    `WrongKey`. `open_source`, `give_back` and `mailer` stand in for the real ones.
    """
    db = open_database(settings.database.url)
    try:
        require_schema(db)
        vault = open_vault(settings, db)
    except BaseException:
        db.close()
        raise
    return App(
        settings=settings,
        db=db,
        vault=vault,
        clock=clock,
        renderer=Renderer(),
        note_formats=NoteFormats(settings.home / "notes"),
        mailer=mailer or open_mailer(settings, clock),
        open_source=open_source or account_opener(settings),
        give_back=give_back or give_back_to_google,
    )


def open_vault(settings: Settings, db: Database) -> Vault:
    """The vault of this database: the key at the recorded place, proved by the database itself."""
    with db.reading() as handle:
        check = key_slot(handle, CHECK)
    if check is None:
        raise DatabaseBehind("The database holds no key's mark: setting up was not finished.")
    vault = Vault(key_store(settings).read())
    vault.verify(check)
    return vault


def account_opener(settings: Settings) -> OpenSource:
    """What opens the calendars of any account; those of Google are asked over connections that all share."""

    @cache
    def connections() -> Any:
        from sync.adapters.google_connections import GoogleConnections  # noqa: PLC0415 - as below

        return GoogleConnections(settings.google.api_root, paced=True)

    return lambda settings, credentials: open_account(settings, credentials, connections)


def open_account(
    settings: Settings, credentials: str, connections: Callable[[], Any] = lambda: None
) -> CalendarSource:
    """The calendars of one account, of whatever kind its credentials are."""
    # The libraries of either kind take their time to load, and most commands never ask a calendar.
    from sync.adapters.ics_calendar import IcsCalendar, IcsCredentials, is_published  # noqa: PLC0415
    from sync.adapters.ics_fetch import Network  # noqa: PLC0415
    from sync.adapters.ics_network import NetworkRules  # noqa: PLC0415

    if not is_published(credentials):
        return open_google(settings, credentials, connections())
    network = Network(NetworkRules.allowing(settings.ics.allowed_hosts))
    return IcsCalendar(IcsCredentials.from_json(credentials), network, settings.practice.time_zone)


def open_google(settings: Settings, credentials: str, connections: Any = None) -> CalendarAccount:
    """Google's calendars of one account, over `connections` that others share or its own."""
    # As above: Google's client library alone takes 0.3 s.
    from sync.adapters.google_calendar import GoogleCalendar  # noqa: PLC0415
    from sync.adapters.google_permission import google_credentials  # noqa: PLC0415

    permission = google_credentials(credentials, settings.google.named_endpoints.get("token_uri"))
    return GoogleCalendar(permission, settings.google.api_root, connections=connections)


def give_back_to_google(settings: Settings, credentials: str) -> None:
    """End a permission at Google. Raises a `PracticeError` when Google did not confirm it."""
    from sync.adapters.google_credentials import StoredCredentials  # noqa: PLC0415 - as above
    from sync.adapters.google_sign_in import revoke  # noqa: PLC0415

    revoke(StoredCredentials.from_json(credentials), settings.google.revoke_uri)


def _mail_secret(settings: Settings) -> str | None:
    """What signs in to the mail server, as it is at this moment: a new password needs no restart."""
    if settings.mail.smtp_auth == "password":
        return secret_store(settings).read(SMTP_PASSWORD)
    from sync.adapters.token_command import token_of  # noqa: PLC0415 - as above, and few need it

    return token_of(settings.mail.smtp_token_command)


def open_mailer(settings: Settings, clock: Clock) -> Mailer:
    """The mailer that the settings name."""
    mail = settings.mail
    if mail.transport == "smtp":
        from sync.adapters.smtp import SmtpMailer, SmtpServer  # noqa: PLC0415 - as above, for smtplib

        server = SmtpServer(
            mail.smtp_host,
            mail.smtp_port,
            mail.smtp_security,
            mail.smtp_user,
            mail.smtp_auth,
            lambda: _mail_secret(settings),
        )
        return SmtpMailer(server, mail.sender, clock)
    if mail.transport == "gmail":
        from sync.adapters.gmail import GmailMailer  # noqa: PLC0415 - as above, for Google's libraries
        from sync.adapters.google_permission import google_credentials  # noqa: PLC0415

        token_uri = settings.google.named_endpoints.get("token_uri")
        return GmailMailer(
            settings.google.gmail_root, clock, lambda permission: google_credentials(permission, token_uri)
        )
    return MaildirMailer(mail.maildir, mail.sender, clock)
