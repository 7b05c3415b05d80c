"""Certificates of an invented practitioner, made on the spot."""

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

NOW = datetime(2026, 6, 16, 11, 2, tzinfo=UTC)
YEAR = timedelta(days=365)


class Owned(NamedTuple):
    """A certificate and the key that opens what is encrypted to it."""

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey

    @property
    def pem(self) -> str:
        return self.certificate.public_bytes(Encoding.PEM).decode()

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)


@cache
def rsa_key(bits: int = 2048, which: int = 0) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, bits)


def certificate(
    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey,
    *extensions: x509.ExtensionType,
    starts: datetime = NOW - YEAR,
    ends: datetime = NOW + YEAR,
    address: str = "",
) -> x509.Certificate:
    """A certificate that its own key signed."""
    who = [x509.NameAttribute(NameOID.COMMON_NAME, "Ana Okafor")]
    if address:
        who.append(x509.NameAttribute(NameOID.EMAIL_ADDRESS, address))
    name = x509.Name(who)
    built = x509.CertificateBuilder(name, name, key.public_key(), 7, starts, ends)
    for extension in extensions:
        built = built.add_extension(extension, critical=False)
    return built.sign(key, SHA256())


def owned(
    *extensions: x509.ExtensionType,
    which: int = 0,
    starts: datetime = NOW - YEAR,
    ends: datetime = NOW + YEAR,
) -> Owned:
    """One of hers, with her address in it."""
    names = x509.SubjectAlternativeName([x509.RFC822Name("ana@practice.example")])
    key = rsa_key(which=which)
    return Owned(certificate(key, names, *extensions, starts=starts, ends=ends), key)


def usage(*, encipherment: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=encipherment,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )


SERVERS_ONLY = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])
FOR_MAIL = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION])
