"""A practitioner has her mail encrypted to her own certificate by the command line."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization.pkcs7 import pkcs7_decrypt_der

from tests.adapters.certificates import Owned, owned
from tests.cli.conftest import ANA, Door


def valid() -> Owned:
    now = datetime.now(UTC).replace(microsecond=0)
    return owned(starts=now - timedelta(days=1), ends=now + timedelta(days=90))


@pytest.fixture
def practice(door: Door) -> Door:
    door.ready()
    return door


def given(practice: Door, content: bytes, address: str = ANA) -> tuple[int, str]:
    file = practice.home / "hers.crt"
    file.write_bytes(content)
    said = practice("practitioners", "set", address, "--certificate", str(file))
    return said.code, said.out + said.told


def mails(practice: Door) -> list[bytes]:
    return [file.read_bytes() for file in (practice.home / "mail" / "new").iterdir()]


def test_what_is_mailed_from_now_on_is_hers_alone_to_read(practice: Door) -> None:
    hers = valid()
    code, said = given(practice, hers.der)
    practice("doctor", "--send-test")

    assert (0, True, False) == (code, "Her mail is encrypted now." in said, "Mind" in said)
    [mail] = mails(practice)
    content = message_from_bytes(mail, policy=default).get_content()
    assert b"test mail" in pkcs7_decrypt_der(content, hers.certificate, hers.key, []).lower()
    ends = hers.certificate.not_valid_after_utc.isoformat().replace("+00:00", "Z")
    assert [ends] == [each["encrypted_until"] for each in practice("practitioners", "--json").json]


def test_none_ends_it(practice: Door) -> None:
    given(practice, valid().der)
    said = practice("practitioners", "set", ANA, "--certificate", "none")

    assert (0, "Changed.\nHer mail is no longer encrypted.\n") == (said.code, said.out)
    assert [None] == [each["encrypted_until"] for each in practice("practitioners", "--json").json]


def test_a_certificate_of_another_address_is_taken_and_said(practice: Door) -> None:
    practice("practitioners", "set", ANA, "--email", "other@practice.example")

    code, said = given(practice, valid().der, "other@practice.example")

    assert (0, True) == (code, "it does not name her address" in said)


@pytest.mark.parametrize("content", [b"no certificate", b"x" * 200_000, owned().pem.encode() * 2])
def test_a_bad_file_changes_nothing(practice: Door, content: bytes) -> None:
    before = practice.stored()
    code, said = given(practice, content)

    assert (1, before) == (code, practice.stored())
    assert "Traceback" not in said


def test_a_file_that_is_not_there_and_one_that_is_a_folder(practice: Door, tmp_path: Path) -> None:
    for named in (tmp_path, tmp_path / "none.crt"):
        said = practice("practitioners", "set", ANA, "--certificate", str(named))
        assert (1, True) == (said.code, "The file cannot be read" in said.told)
