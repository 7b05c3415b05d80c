"""Mail that stays on this machine."""

import mailbox
import stat
from pathlib import Path

import pytest

from sync.adapters.maildir import MaildirMailer
from sync.errors import DeliveryPostponed
from tests.adapters.test_letters import SENDER, SENT_AT, letter


def mailer(folder: Path) -> MaildirMailer:
    return MaildirMailer(folder, SENDER, now=lambda: SENT_AT)


def nothing() -> None:
    pass


def test_a_delivered_letter_is_found_by_any_mail_program(tmp_path: Path) -> None:
    mailer(tmp_path / "mail").send(letter(), nothing)

    (message,) = mailbox.Maildir(tmp_path / "mail", create=False)
    assert "Briefing: Tuesday 16 June, 14:00" == message["Subject"]
    assert not list((tmp_path / "mail" / "tmp").iterdir())


def test_a_letter_delivered_twice_is_there_once(tmp_path: Path) -> None:
    for _ in range(2):
        mailer(tmp_path).send(letter(), nothing)

    assert 1 == len(list((tmp_path / "new").iterdir()))


def test_a_letter_that_was_read_is_not_delivered_again(tmp_path: Path) -> None:
    mailer(tmp_path).send(letter(), nothing)
    (delivered,) = (tmp_path / "new").iterdir()
    delivered.rename(tmp_path / "cur" / f"{delivered.name}:2,S")

    mailer(tmp_path).send(letter(), nothing)

    assert not list((tmp_path / "new").iterdir())


def test_another_letter_is_another_file(tmp_path: Path) -> None:
    mailer(tmp_path).send(letter(), nothing)
    mailer(tmp_path).send(letter(message_id="<b.4567@example.org>"), nothing)

    assert 2 == len(list((tmp_path / "new").iterdir()))


def test_the_handing_over_is_told_before_the_letter_is_visible(tmp_path: Path) -> None:
    seen: list[int] = []

    mailer(tmp_path).send(letter(), lambda: seen.append(len(list((tmp_path / "new").iterdir()))))

    assert [0] == seen


def test_a_letter_called_back_at_the_last_moment_is_not_delivered(tmp_path: Path) -> None:
    def lost() -> None:
        raise RuntimeError("the lease is lost")

    with pytest.raises(RuntimeError):
        mailer(tmp_path).send(letter(), lost)

    assert not list((tmp_path / "new").iterdir())


def test_the_mail_folder_is_the_owners_alone(tmp_path: Path) -> None:
    mailer(tmp_path / "mail").send(letter(), nothing)

    (delivered,) = (tmp_path / "mail" / "new").iterdir()
    assert 0o600 == stat.S_IMODE(delivered.stat().st_mode)
    assert {0o700} == {
        stat.S_IMODE((tmp_path / "mail" / name).stat().st_mode) for name in (".", "tmp", "new", "cur")
    }


def test_a_folder_that_cannot_be_made_postpones_the_delivery(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("in the way")

    with pytest.raises(DeliveryPostponed, match="could not be written") as refusal:
        mailer(tmp_path / "mail" / "box").send(letter(), nothing)

    assert str(tmp_path) not in str(refusal.value)
    assert refusal.value.advice


def test_a_letter_that_cannot_be_moved_into_place_is_postponed(tmp_path: Path) -> None:
    def disk_goes_away() -> None:
        (tmp_path / "new").rmdir()

    with pytest.raises(DeliveryPostponed):
        mailer(tmp_path).send(letter(), disk_goes_away)


def test_mail_in_a_folder_does_not_leave_the_machine(tmp_path: Path) -> None:
    assert not mailer(tmp_path).over_network
