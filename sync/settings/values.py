"""The kinds of value a setting can have, each with the words that say what is expected."""

import ipaddress
import re
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, ValidationInfo

SQLITE = "sqlite:///"
POSTGRESQL = "postgresql+psycopg://"

_ADDRESS = re.compile(r"[^@\s<>,;:\"()]+@[A-Za-z0-9.\-]+")
_HOST_AND_PORT = re.compile(r"[A-Za-z0-9][A-Za-z0-9.\-]*(?::[0-9]{1,5})?")
_HOST = re.compile(r"[A-Za-z0-9.\-_:]*")


def is_loopback(host: str) -> bool:
    """Whether what is sent to `host` never leaves this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _require_number(value: object) -> object:
    if isinstance(value, bool):  # Python counts true as 1; a person does not
        raise ValueError("a whole number")
    return value


def _path_in_home(path: Path, info: ValidationInfo) -> Path:
    """An absolute path: `~` is the user's folder, anything relative counts from the home folder."""
    try:
        return home_of(info) / path.expanduser()
    except RuntimeError as nobody:
        raise ValueError("a path to a folder of a user who exists") from nobody


def _database_url(url: str, info: ValidationInfo) -> str:
    for short in ("postgres://", "postgresql://"):
        if url.startswith(short):
            url = POSTGRESQL + url.removeprefix(short)
    path, question, query = url.removeprefix(SQLITE).partition("?")
    if url.startswith(SQLITE) and path and not path.startswith((":memory:", "file:")):
        return f"{SQLITE}{_path_in_home(Path(path), info)}{question}{query}"
    if url.startswith(POSTGRESQL) and url != POSTGRESQL:
        return url
    raise ValueError(f"`{SQLITE}<file>` or `{POSTGRESQL}<user>@<host>/<database>`")


def _web_address(url: str) -> str:
    expected = "an https address (http only to this machine or a private network)"
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as broken:
        raise ValueError(expected) from broken
    if host and (parts.scheme == "https" or (parts.scheme == "http" and _is_near(host))):
        return url.rstrip("/")
    raise ValueError(expected)


def _is_near(host: str) -> bool:
    """This machine, a private network's address, or a name without a dot, which only such a network knows."""
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return "." not in host


def _mail_address(address: str) -> str:
    if _ADDRESS.fullmatch(address):
        return address
    raise ValueError("a bare mail address such as practice@example.org")


def _optional_mail_address(address: str) -> str:
    return _mail_address(address) if address else ""


WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEK_MOMENT = re.compile(rf"({'|'.join(WEEKDAYS)}) ([01][0-9]|2[0-3]):([0-5][0-9])")


def _week_moment(said: str) -> str:
    if _WEEK_MOMENT.fullmatch(said.lower()):
        return said.lower()
    raise ValueError("a day and an hour such as `monday 08:00`")


def _host(host: str) -> str:
    if _HOST.fullmatch(host):
        return host
    raise ValueError("a host's name such as mail.example.org, without port or slashes")


def _hosts(listed: str) -> str:
    for host in filter(None, map(str.strip, listed.split(","))):
        if not _HOST_AND_PORT.fullmatch(host):
            raise ValueError("names of hosts with commas between them, such as `cloud.lan, cal.lan:8443`")
    return listed


def _time_zone(name: str) -> str:
    if is_time_zone(name):
        return name
    raise ValueError("an IANA time zone such as Europe/Berlin")


def is_time_zone(name: str) -> bool:
    """Whether `name` is in the IANA time zone database."""
    try:
        return bool(name) and ZoneInfo(name) is not None
    except (KeyError, ValueError, OSError):  # unknown · no name at all · a folder of the zone database
        return False


MOST_WORDS = 100
LONGEST_WORD = 60


def _listed(value: object) -> object:
    """A list as the file has it, or as a variable has it, with commas: `en, de`."""
    if isinstance(value, str):
        return tuple(word.strip() for word in value.split(",") if word.strip())
    return value


def _usable_words(words: tuple[str, ...]) -> tuple[str, ...]:
    if len(words) <= MOST_WORDS and all(
        len(word) <= LONGEST_WORD and any(character.isalnum() for character in word) for word in words
    ):
        return words
    raise ValueError(f"a list of at most {MOST_WORDS} words or short phrases in quotes")


def home_of(info: ValidationInfo) -> Path:
    """The home folder that the values are read for."""
    context: dict[str, Path] = info.context or {}
    return context["home"]


WORDS = BeforeValidator(_listed)
Words = Annotated[tuple[str, ...], WORDS, AfterValidator(_usable_words)]
WholeNumber = Annotated[int, BeforeValidator(_require_number)]
PathInHome = Annotated[Path, AfterValidator(_path_in_home)]
DatabaseUrl = Annotated[str, AfterValidator(_database_url)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
MailAddress = Annotated[str, AfterValidator(_mail_address)]
OptionalMailAddress = Annotated[str, AfterValidator(_optional_mail_address)]
WeekMoment = Annotated[str, AfterValidator(_week_moment)]
Host = Annotated[str, AfterValidator(_host)]
HostList = Annotated[str, AfterValidator(_hosts)]
TimeZone = Annotated[str, AfterValidator(_time_zone)]
