"""What is encrypted to a practitioner's certificate: she reads all of it, and nobody else a word."""

import mailbox
import shutil
import subprocess
from contextlib import closing
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.hazmat.primitives.serialization.pkcs7 import pkcs7_decrypt_der

from sync.adapters.letters import build_message
from sync.adapters.maildir import MaildirMailer
from sync.adapters.smime import read_certificate
from sync.errors import DeliveryImpossible, Refused
from tests.adapters.certificates import (
    FOR_MAIL,
    NOW,
    SERVERS_ONLY,
    YEAR,
    Owned,
    certificate,
    owned,
    rsa_key,
    usage,
)
from tests.adapters.cut_server import CutServer
from tests.adapters.test_letters import SENDER, SENT_AT, letter
from tests.adapters.test_smtp import local_mailer, nothing

ANA = owned()
PLAIN = ("Content-Type", "Content-Transfer-Encoding", "Content-Disposition")


def parsed(raw: bytes) -> EmailMessage:
    message = message_from_bytes(raw, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def opened(message: EmailMessage, hers: Owned = ANA) -> bytes:
    """What is within, for whoever has the key."""
    return pkcs7_decrypt_der(message.get_content(), hers.certificate, hers.key, [])


def carried(message: EmailMessage) -> list[tuple[str, object, str | None]]:
    """Every part of a message: its kind, its words or bytes, how others refer to it."""
    return [
        (part.get_content_type(), part.get_content(), part["Content-ID"])
        for part in message.walk()
        if not part.is_multipart() and isinstance(part, EmailMessage)
    ]


CLEAR = build_message(letter(), SENDER, SENT_AT)
HIDDEN = build_message(letter(certificate=ANA.pem), SENDER, SENT_AT).as_bytes()


def test_within_is_exactly_the_letter_and_around_it_only_what_its_way_needs() -> None:
    hidden = parsed(HIDDEN)

    assert {k: str(v) for k, v in CLEAR.items() if k not in PLAIN} == {
        k: str(v) for k, v in hidden.items() if k not in PLAIN
    }
    assert ("application/pkcs7-mime", "enveloped-data") == (
        hidden.get_content_type(),
        hidden["Content-Type"].params["smime-type"],
    )
    within = parsed(opened(hidden))
    assert carried(parsed(CLEAR.as_bytes())) == carried(within)
    assert {"Content-Type", "MIME-Version"} == set(within.keys())
    assert not [word for word in (b"came", b"marker-1", b"PNG") if word in hidden.get_content()]


def test_a_short_letter_without_html_too() -> None:
    short = letter(html="", images=(), certificate=ANA.pem)
    within = parsed(opened(parsed(build_message(short, SENDER, SENT_AT).as_bytes())))

    assert ["Zoë came.", ".", "End"] == within.get_content().splitlines()


@pytest.mark.skipif(shutil.which("openssl") is None, reason="there is no openssl here")
def test_an_independent_program_opens_it(tmp_path: Path) -> None:
    key = ANA.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (tmp_path / "key.pem").write_bytes(key)
    (tmp_path / "mail").write_bytes(HIDDEN)

    read = subprocess.run(
        ["openssl", "cms", "-decrypt", "-in", tmp_path / "mail", "-inkey", tmp_path / "key.pem", "-binary"],
        capture_output=True,
        check=True,
    ).stdout

    assert carried(parsed(CLEAR.as_bytes())) == carried(parsed(read))


def test_the_local_folder_and_a_mail_server_get_nothing_else(tmp_path: Path) -> None:
    MaildirMailer(tmp_path, SENDER, now=lambda: SENT_AT).send(letter(certificate=ANA.pem), nothing)
    with CutServer("") as server, closing(local_mailer(server.port)) as mailer:
        mailer.send(letter(certificate=ANA.pem), nothing)

    (laid,) = mailbox.Maildir(tmp_path, create=False)
    for raw in (laid.as_bytes(), server.stored[0]):
        assert b"came" not in raw
        assert b"came." in opened(parsed(raw))


def test_another_key_opens_nothing_and_what_was_changed_on_the_way_is_not_read() -> None:
    hidden = parsed(HIDDEN)
    other = owned(which=1)

    with pytest.raises(ValueError, match=r"."):
        opened(hidden, other)
    content = hidden.get_content()
    with pytest.raises(ValueError, match=r"."):
        pkcs7_decrypt_der(content[:-40], ANA.certificate, ANA.key, [])


@pytest.mark.parametrize(
    "pem",
    [
        owned(ends=NOW - timedelta(seconds=1)).pem,
        owned(starts=NOW + timedelta(days=1)).pem,
        ANA.pem.replace("MII", "MIJ", 1),
        ANA.pem[:200],
        "a certificate",
    ],
)
def test_where_it_cannot_be_encrypted_nothing_is_sent(tmp_path: Path, pem: str) -> None:
    with pytest.raises(DeliveryImpossible):
        MaildirMailer(tmp_path, SENDER, now=lambda: SENT_AT).send(letter(certificate=pem), nothing)

    assert [] == [file for file in tmp_path.rglob("*") if file.is_file()]


@pytest.mark.parametrize("content", [ANA.pem.encode(), ANA.der, b"Bag Attributes\n" + ANA.pem.encode()])
def test_a_certificate_is_read_from_either_form(content: bytes) -> None:
    found = read_certificate(content, NOW)

    assert (ANA.pem, NOW.replace(second=0) + YEAR) == (found.pem, found.ends_at)
    assert ("ana@practice.example",) == found.addresses


def test_an_address_in_the_subject_counts_and_what_names_none_is_taken() -> None:
    told = certificate(rsa_key(), FOR_MAIL, usage(encipherment=True), address="ana@practice.example")

    assert ("ana@practice.example",) == read_certificate(told.public_bytes(Encoding.PEM), NOW).addresses
    assert () == read_certificate(certificate(rsa_key()).public_bytes(Encoding.DER), NOW).addresses


KEY_TOO = rsa_key().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "no certificate"),
        (b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "no certificate"),
        (ANA.der[:-9], "no certificate"),
        (ANA.pem.encode() + KEY_TOO, "private key"),
        (ANA.pem.encode() * 2, "several"),
        (owned(ends=NOW).der, "ended on 16 June 2026"),
        (owned(starts=NOW + timedelta(days=1)).der, "not valid before 17 June 2026"),
        (owned(SERVERS_ONLY).der, "not for mail"),
        (owned(usage(encipherment=False)).der, "for signing only"),
        (certificate(rsa_key(1024)).public_bytes(Encoding.DER), "1024 bits"),
        (certificate(ec.generate_private_key(ec.SECP256R1())).public_bytes(Encoding.DER), "not an RSA key"),
    ],
)
def test_what_mail_cannot_be_encrypted_to_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(Refused, match=why):
        read_certificate(content, NOW)
