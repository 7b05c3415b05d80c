"""Builds the mail message of a letter, with headers that no one's words can break out of."""

import re
import unicodedata
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from sync.adapters.smime import encrypted
from sync.errors import DeliveryImpossible
from sync.ports import Letter

HEADER_LIMIT = 120

ADDRESS = re.compile(
    r"(?=.{3,254}\Z)[A-Za-z0-9.!#$%&'*+/=?^_{|}~\-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.\-]*[A-Za-z0-9])?"
)
MESSAGE_ID = re.compile(r"<[A-Za-z0-9._\-]+@[A-Za-z0-9._\-]+>")

UNSAFE_IN_HEADERS = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Controls, bidi overrides, halves of pairs and the two Unicode line separators."""


def build_message(letter: Letter, sender: str, sent_at: datetime) -> EmailMessage:
    """The message of `letter` from `sender` (`Name <address>` or an address), dated `sent_at` (aware).

    Raises `DeliveryImpossible` when an address or the message id could not stand in a header, or when what
    is to be encrypted cannot be.
    """
    message = EmailMessage(policy=SMTP)
    message["From"] = _sender(sender)
    message["To"] = Address(addr_spec=checked_address(letter.to))
    message["Subject"] = header_text(letter.subject)
    message["Date"] = format_datetime(sent_at)
    message["Message-ID"] = _checked_message_id(letter.message_id)
    message["Auto-Submitted"] = "auto-generated"
    if (
        letter.replaces
    ):  # programs that know Supersedes (RFC 2156) hide the old one, others show both together
        for header in ("In-Reply-To", "References", "Supersedes"):
            message[header] = _checked_message_id(letter.replaces)
    if not letter.certificate:
        _fill(message, letter)
        return message
    within = EmailMessage(policy=SMTP)
    _fill(within, letter)
    message.set_content(
        encrypted(within.as_bytes(), letter.certificate, sent_at),
        "application",
        "pkcs7-mime",
        params={"smime-type": "enveloped-data", "name": "smime.p7m"},
        disposition="attachment",
        filename="smime.p7m",
    )
    return message


def header_text(text: str) -> str:
    """`text` made fit for a header: one line, no controls, nothing that decodes to more, at most 120 letters.

    The email package of Python 3.11.7 decodes RFC 2047 words in a value and lets them add headers
    (the class of CVE-2024-6923), so their delimiters are broken up.
    """
    blanks = "".join(" " if letter.isspace() else letter for letter in text)
    shown = "".join(letter for letter in blanks if unicodedata.category(letter) not in UNSAFE_IN_HEADERS)
    broken = shown.replace("=?", "= ?").replace("?=", "? =")
    return " ".join(broken.split())[:HEADER_LIMIT].rstrip()


def checked_address(address: str) -> str:
    """`address` if it is exactly one plain mail address; raises `DeliveryImpossible` otherwise."""
    if not ADDRESS.fullmatch(address) or "=?" in address or ".." in address:
        raise DeliveryImpossible(
            "That is not one plain mail address.",
            "Give one address such as name@example.org: `practice-sync practitioners set`.",
        )
    return address


def sender_address(sender: str) -> str:
    """The bare address of `Name <address>`; raises `DeliveryImpossible` when there is none."""
    return checked_address(parseaddr(sender)[1])


def _sender(sender: str) -> Address:
    name = header_text(parseaddr(sender)[0])
    return Address(display_name=name, addr_spec=sender_address(sender))


def _checked_message_id(message_id: str) -> str:
    if not MESSAGE_ID.fullmatch(message_id):
        raise DeliveryImpossible(
            "The message id is malformed.", "This is a fault in Practice Sync: report it."
        )
    return message_id


def _fill(message: EmailMessage, letter: Letter) -> None:
    """The text, and the HTML where there is one."""
    message.set_content(_encodable(letter.text), cte="quoted-printable")
    if letter.html:
        _add_html(message, letter)


def _add_html(message: EmailMessage, letter: Letter) -> None:
    """The HTML beside the text, and its pictures beside the HTML."""
    message.add_alternative(_encodable(letter.html), subtype="html", cte="quoted-printable")
    html = list(message.iter_parts())[-1]
    for name, png in letter.images:
        html.add_related(png, "image", "png", cid=f"<{name}>", disposition="inline")


def _encodable(text: str) -> str:
    """`text` without halves of surrogate pairs, which no encoding can carry."""
    return text.encode("utf-8", "replace").decode("utf-8")
