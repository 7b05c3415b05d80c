"""Messages built from letters: complete, and closed to anyone's words."""

import random
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default

import pytest

from sync.adapters.letters import build_message, header_text
from sync.errors import DeliveryImpossible
from sync.ports import Letter

SENDER = "Practice Sync <briefings@example.org>"
SENT_AT = datetime(2026, 6, 16, 11, 2, tzinfo=UTC)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


def letter(**changed: object) -> Letter:
    known: dict[str, object] = {
        "to": "therapist@example.org",
        "subject": "Briefing: Tuesday 16 June, 14:00",
        "text": "Zoë came.\n.\nEnd\n",
        "html": '<p>Zoë came.</p><img src="cid:marker-1@x.invalid">',
        "message_id": "<b.0123@example.org>",
        "images": (("marker-1@x.invalid", PNG),),
    }
    return Letter(**(known | changed))  # type: ignore[arg-type]  # checked by the dataclass's users


def test_a_message_holds_the_text_the_html_and_its_pictures() -> None:
    message = message_from_bytes(build_message(letter(), SENDER, SENT_AT).as_bytes(), policy=default)
    assert isinstance(message, EmailMessage)
    text, related = message.iter_parts()
    html, picture = related.iter_parts()

    assert "multipart/alternative" == message.get_content_type()
    assert ["Zoë came.", ".", "End"] == text.get_content().splitlines()
    assert "multipart/related" == related.get_content_type()
    assert "Zoë came." in html.get_content()
    assert ("<marker-1@x.invalid>", "inline") == (picture["Content-ID"], picture.get_content_disposition())
    assert PNG == picture.get_content()


def test_the_headers_are_these_and_no_others() -> None:
    message = build_message(letter(), SENDER, SENT_AT)

    assert {
        "From": SENDER,
        "To": "therapist@example.org",
        "Subject": "Briefing: Tuesday 16 June, 14:00",
        "Date": "Tue, 16 Jun 2026 11:02:00 +0000",
        "Message-ID": "<b.0123@example.org>",
        "Auto-Submitted": "auto-generated",
        "MIME-Version": "1.0",
    } == {name: str(value) for name, value in message.items() if name != "Content-Type"}


def test_a_message_is_plain_ascii_in_short_lines() -> None:
    raw = build_message(letter(text="ü" * 5000, html=""), SENDER, SENT_AT).as_bytes()

    assert raw.isascii()
    assert max(len(line) for line in raw.splitlines()) <= 78


def test_a_letter_without_html_is_plain_text() -> None:
    assert "text/plain" == build_message(letter(html="", images=()), SENDER, SENT_AT).get_content_type()


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nobody",
        "a@b.example, c@d.example",
        "a@b.example\nBcc: c@d.example",
        "a@b.example\r\n",
        "Anna <a@b.example>",
        "=?utf-8?q?a=0ABcc=3Ac?=@b.example",
        "a@-b.example",
        "a..b@c.example",
        "ä@b.example",
        "a" * 65 + "@b.example",
        "a@" + "b" * 253,
    ],
)
def test_anything_but_one_plain_address_is_refused_without_naming_it(address: str) -> None:
    with pytest.raises(DeliveryImpossible) as refusal:
        build_message(letter(to=address), SENDER, SENT_AT)

    assert "example" not in str(refusal.value)


def test_a_sender_that_is_no_address_is_refused() -> None:
    with pytest.raises(DeliveryImpossible):
        build_message(letter(), "Practice Sync", SENT_AT)


def test_a_message_id_cannot_carry_a_header() -> None:
    with pytest.raises(DeliveryImpossible):
        build_message(letter(message_id="<a@b>\r\nBcc: c@d.example"), SENDER, SENT_AT)


def test_a_header_text_is_one_short_line() -> None:
    assert "a b c" == header_text("a\r\n\tb\u2028\u202e c\x00\x9b")
    assert 120 == len(header_text("x" * 500))


def test_an_encoded_word_in_a_header_stays_what_it_looks_like() -> None:
    hostile = "=?utf-8?q?x=0ABcc:_evil@example.org?="
    message = build_message(letter(subject=hostile), f'"{hostile}" <briefings@example.org>', SENT_AT)

    assert "Bcc" not in message_from_bytes(message.as_bytes(), policy=SMTP)
    assert "= ?utf-8?q?x=0ABcc:_evil@example.org? =" == str(message["Subject"])


@pytest.mark.parametrize("count", [2_000, pytest.param(20_000, marks=pytest.mark.slow)])
def test_thousands_of_hostile_subjects_add_no_header(count: int) -> None:
    chance = random.Random(20)
    pieces = [
        "=?utf-8?q?",
        "=?utf-8?b?",
        "=?iso-8859-1?Q?",
        "?=",
        "=0A",
        "=0D=0A",
        "Cgpicc",
        "Bcc: a@b.example",
    ]
    pieces += [
        "\r",
        "\n",
        "\r\n",
        "\x00",
        "\x0b",
        "\x85",
        "\u2028",
        "\u2029",
        "\u202e",
        "\ud800",
        "=",
        "?",
        " ",
    ]
    pieces += ["\t", "é", "漢字", "x" * 90, "Subject:", ";", "(", '"', "\\", "\x1b", "\x7f"]

    for _ in range(count):
        hostile = "".join(chance.choices(pieces, k=chance.randint(1, 9)))
        message = EmailMessage(policy=SMTP)
        message["Subject"] = header_text(hostile)
        raw = message.as_bytes()

        names = [line.partition(b":")[0] for line in raw.splitlines() if line[:1] not in (b" ", b"\t", b"")]
        assert [b"Subject"] == names, hostile.encode("utf-8", "replace")
