"""Reads what a person gave as a calendar's address: a secret https address, or a file on this machine."""

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from sync.errors import Refused

HTTPS_PORT = 443
_ODD = re.compile(r"[\x00-\x20\x7f\\]")
_A_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]+:")
_ADVICE = "Copy the calendar's secret address in iCal format; it begins with https://."


@dataclass(frozen=True, slots=True)
class WebPlace:
    """A calendar at an https address. Whoever knows the address reads the calendar: it is a secret."""

    url: str = field(repr=False)
    host: str
    port: int = HTTPS_PORT

    @property
    def name(self) -> str:
        """What may be shown of it."""
        return self.host

    @property
    def secret(self) -> str:
        """What is kept, sealed."""
        return self.url

    @property
    def netloc(self) -> str:
        """Host and port as they stand in the address."""
        return urlsplit(self.url).netloc

    @property
    def target(self) -> str:
        """What is asked for at the host."""
        parts = urlsplit(self.url)
        return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


@dataclass(frozen=True, slots=True)
class FilePlace:
    """A calendar in a file on this machine."""

    path: Path = field(repr=False)

    @property
    def name(self) -> str:
        """What may be shown of it."""
        return "a file"

    @property
    def secret(self) -> str:
        """What is kept, sealed."""
        return str(self.path)


IcsPlace = WebPlace | FilePlace


def read_place(typed: str) -> IcsPlace:
    """The place that was typed. Raises `Refused`; its text repeats nothing of what was typed."""
    text = typed.strip()
    if not text:
        raise Refused("The address is empty.", _ADVICE)
    if _A_SCHEME.match(text):  # one letter and a colon is a drive, not a scheme
        return read_url(text)
    try:
        return FilePlace(Path(text).expanduser().absolute())
    except (RuntimeError, OSError, ValueError) as broken:
        raise Refused("This is neither an https address nor a path to a file.", _ADVICE) from broken


def read_url(text: str) -> WebPlace:
    """An https (or webcal) address without a name and password in it. Raises `Refused`."""
    if _ODD.search(text):
        raise Refused("The address contains characters that no address has.", _ADVICE)
    try:
        parts = urlsplit(text)
        host, port = (parts.hostname or "").encode("idna").decode("ascii"), parts.port
    except (ValueError, UnicodeError):
        raise Refused("The address cannot be read.", _ADVICE) from None
    if parts.scheme.lower() not in ("https", "webcal", "webcals"):
        raise Refused("Only https addresses are read: anything else could be read on the way.", _ADVICE)
    if "@" in parts.netloc:
        raise Refused("A name or password inside the address is not used.", _ADVICE)
    if not host or port == 0:
        raise Refused("The address names no host.", _ADVICE)
    netloc = f"[{host}]" if ":" in host else host
    if port not in (None, HTTPS_PORT):
        netloc += f":{port}"
    url = urlunsplit(("https", netloc, parts.path, parts.query, ""))
    if not url.isascii():
        raise Refused("The address contains letters that must be percent-encoded.", _ADVICE)
    return WebPlace(url, host, port or HTTPS_PORT)


def calendar_id_of(place: IcsPlace) -> str:
    """A name for the calendar that tells it from others and says nothing of the secret."""
    digest = hashlib.sha256(place.secret.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{place.name} #{digest[:8]}"
