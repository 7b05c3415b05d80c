"""The defaults that depend on the home folder, the machine, or another setting."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import platformdirs
import tzlocal

from sync.settings.sections import LOCAL_SENDER, SMTP_PORTS
from sync.settings.values import SQLITE, is_time_zone

APP = "practice-sync"

COMPUTED = {
    "database.url": "sqlite:///<home>/practice.db",
    "mail.from": f"`mail.smtp_user` if that is an address, else {LOCAL_SENDER}",
    "mail.smtp_port": "465 with tls, 587 with starttls, 25 with none",
    "mail.maildir": "<home>/mail",
    "practice.time_zone": "the system's, else UTC",
    "key.file": f"`{APP}/key` in the user's configuration; for another home a folder of its own there",
    "key.account": "`default`; for another home the name of that folder",
}
"""How the default of each setting comes about that has no fixed one."""


def default_home() -> Path:
    """The home folder when nobody names one."""
    return platformdirs.user_data_path(APP, appauthor=False)


def computed_defaults(home: Path, given: Mapping[str, object], environ: Mapping[str, str]) -> dict[str, Any]:
    """A value for every setting in `COMPUTED`; `given` are the values that were said."""
    user, security = given.get("mail.smtp_user", ""), given.get("mail.smtp_security", "tls")
    installation = _installation(home)
    return {
        "database.url": f"{SQLITE}{home / 'practice.db'}",
        "mail.from": user if isinstance(user, str) and "@" in user else LOCAL_SENDER,
        "mail.smtp_port": SMTP_PORTS.get(str(security), SMTP_PORTS["tls"]),
        "mail.maildir": home / "mail",
        "practice.time_zone": given.get("practice.time_zone") or _system_zone(environ),
        "key.file": _key_folder(home, installation) / "key",
        "key.account": installation,
    }


def _key_folder(home: Path, installation: str) -> Path:
    """In the user's configuration; where that is also the place for data, in a folder beside it."""
    keys = platformdirs.user_config_path(APP, appauthor=False)
    if keys == default_home():
        keys = platformdirs.user_config_path(f"{APP}-keys", appauthor=False)
    return keys if home == default_home() else keys / installation


def _installation(home: Path) -> str:
    """A name that no two homes on a machine share, so that neither finds the other's key."""
    if home == default_home():
        return "default"
    return f"{home.name or 'home'}-{hashlib.sha256(str(home).encode()).hexdigest()[:8]}"


def _system_zone(environ: Mapping[str, str]) -> str:
    """The IANA name of the machine's zone; UTC when it has none that can be named."""
    named = environ.get("TZ", "").lstrip(":")
    if is_time_zone(named):
        return named
    try:
        found = tzlocal.get_localzone_name()
    except (LookupError, OSError, ValueError):  # contradicting or unreadable configuration
        return "UTC"
    return found if found and is_time_zone(found) else "UTC"
