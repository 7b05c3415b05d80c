"""Encrypts what a mail carries to the reader's certificate (S/MIME, RFC 8551): docs/decisions/smime.md."""

from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs7 import PKCS7EnvelopeBuilder, PKCS7Options
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from sync.errors import DeliveryImpossible, Refused

FEWEST_BITS = 2048
PEM_MARK = b"-----BEGIN CERTIFICATE-----"
FOR_MAIL = {ExtendedKeyUsageOID.EMAIL_PROTECTION, ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE}
EXPORT = "Export your own certificate, without its key, from your mail program: docs/privacy.md."
"""What helps where a file is no certificate for mail."""
RENEW = "Give a certificate that works: `practice-sync practitioners set EMAIL --certificate FILE`."


@dataclass(frozen=True, slots=True)
class MailCertificate:
    """A certificate that mail can be encrypted to: as PEM, its last moment (aware), whose it says it is."""

    pem: str
    ends_at: datetime
    addresses: tuple[str, ...]


def read_certificate(content: bytes, now: datetime) -> MailCertificate:
    """The certificate in a PEM or DER file. Raises `Refused` unless mail can be encrypted to it at `now`.

    Who issued it is not asked: it is her own, and she hands it over herself.
    """
    certificate = _loaded(content)
    _require_key(certificate)
    _require_purpose(certificate)
    if certificate.not_valid_after_utc <= now:
        raise Refused(f"The certificate ended on {certificate.not_valid_after_utc:%d %B %Y}.", EXPORT)
    if certificate.not_valid_before_utc > now:
        raise Refused(
            f"The certificate is not valid before {certificate.not_valid_before_utc:%d %B %Y}.",
            "Give it then, or set this machine's clock if that is wrong.",
        )
    pem = certificate.public_bytes(Encoding.PEM).decode()
    return MailCertificate(pem, certificate.not_valid_after_utc, _addresses(certificate))


def encrypted(content: bytes, pem: str, at: datetime) -> bytes:
    """`content`, a whole MIME part, enveloped for the certificate (CMS, DER; AES-256).

    Raises `DeliveryImpossible` where that cannot be done at `at`: then nothing is sent.
    """
    try:
        certificate = x509.load_pem_x509_certificate(pem.encode())
        if not certificate.not_valid_before_utc <= at < certificate.not_valid_after_utc:
            raise DeliveryImpossible("The certificate for encrypted mail is not valid now.", RENEW)
        envelope = PKCS7EnvelopeBuilder().set_data(content).add_recipient(certificate)
        envelope = envelope.set_content_encryption_algorithm(AES256)
        return envelope.encrypt(Encoding.DER, [PKCS7Options.Binary])
    except (ValueError, TypeError) as error:
        raise DeliveryImpossible("The mail could not be encrypted; it was not sent.", RENEW) from error


def _loaded(content: bytes) -> x509.Certificate:
    if b"PRIVATE KEY-----" in content:
        raise Refused("The file holds a private key, which nobody here must have.", EXPORT)
    if content.count(PEM_MARK) > 1:
        raise Refused("The file holds several certificates.", "Give a file with your own alone.")
    try:
        if PEM_MARK in content:
            return x509.load_pem_x509_certificate(content)
        return x509.load_der_x509_certificate(content)
    except ValueError:
        raise Refused("The file holds no certificate (PEM or DER).", EXPORT) from None


def _require_key(certificate: x509.Certificate) -> None:
    try:
        key = certificate.public_key()
    except (ValueError, x509.UnsupportedGeneralNameType):
        raise Refused("The certificate's key cannot be read.", EXPORT) from None
    if not isinstance(key, RSAPublicKey):
        raise Refused("The certificate's key is not an RSA key; no other can be used.", EXPORT)
    if key.key_size < FEWEST_BITS:
        raise Refused(
            f"The certificate's key has {key.key_size} bits, which is too weak.",
            f"Use one of {FEWEST_BITS} bits or more.",
        )


def _require_purpose(certificate: x509.Certificate) -> None:
    """Its key may encipher keys, and be used for mail, where it says what it is for (RFC 8550, 4.4)."""
    for extension in _extensions(certificate):
        match extension.value:
            case x509.KeyUsage() as usage if not usage.key_encipherment:
                raise Refused("The certificate is for signing only.", "Give the one for encryption.")
            case x509.ExtendedKeyUsage() as purposes if FOR_MAIL.isdisjoint(purposes):
                raise Refused("The certificate is not for mail.", "Give the one for mail (S/MIME).")


def _addresses(certificate: x509.Certificate) -> tuple[str, ...]:
    """The mail addresses that it names, in its subject or beside it."""
    found = [str(each.value) for each in certificate.subject.get_attributes_for_oid(NameOID.EMAIL_ADDRESS)]
    for extension in _extensions(certificate):
        if isinstance(extension.value, x509.SubjectAlternativeName):
            found += extension.value.get_values_for_type(x509.RFC822Name)
    return tuple(dict.fromkeys(found))


def _extensions(certificate: x509.Certificate) -> list[x509.Extension[x509.ExtensionType]]:
    try:
        return list(certificate.extensions)
    except (ValueError, x509.DuplicateExtension, x509.UnsupportedGeneralNameType):
        raise Refused("The certificate is malformed.", EXPORT) from None
