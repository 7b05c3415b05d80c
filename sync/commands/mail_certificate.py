"""Reads the certificate that a practitioner's mail is to be encrypted to."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from sync.adapters.smime import EXPORT, MailCertificate, read_certificate
from sync.domain.people import folded_address
from sync.errors import Refused

NONE = "none"
LARGEST = 100_000
"""Bytes: a certificate has a few thousand."""


def the_certificate(said: str, now: datetime) -> MailCertificate | None:
    """The certificate in a file; None for `none`. Raises `Refused` where mail cannot be encrypted to it."""
    return None if said == NONE else read_certificate(_content(Path(said)), now)


def certificate_wishes(found: MailCertificate | None) -> dict[str, Any]:
    """The columns that keep it."""
    if found is None:
        return {"certificate": "", "certificate_ends_at": None}
    return {"certificate": found.pem, "certificate_ends_at": found.ends_at}


def say_certificate(found: MailCertificate | None, address: str) -> None:
    """Say what holds from now on, and whether the certificate names her address."""
    if found is None:
        click.echo("Her mail is no longer encrypted.")
        return
    click.echo(f"Her mail is encrypted now. The certificate ends on {found.ends_at:%d %B %Y}.")
    click.echo("See that she can open it: practice-sync doctor --send-test")
    if not _names(found.addresses, address):
        click.echo("Mind: it does not name her address. See that the certificate is hers.", err=True)


def _names(addresses: Iterable[str], address: str) -> bool:
    return folded_address(address) in map(folded_address, addresses)


def _content(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            content = opened.read(LARGEST + 1)
    except OSError as error:
        raise Refused(
            f"The file cannot be read ({error.strerror}).", "Name the certificate's file."
        ) from None
    if len(content) > LARGEST:
        raise Refused("The file is too large for a certificate.", EXPORT)
    return content
