"""A calendar is fetched whole and within bounds, or not at all."""

import gzip
import os
import threading
import time
import zlib
from pathlib import Path

import pytest

from sync.adapters import ics_fetch
from sync.adapters.ics_address import FilePlace, read_url
from sync.adapters.ics_fetch import MOST_ON_THE_WIRE, MOST_UNPACKED, fetch
from sync.errors import CalendarGone, CalendarUnreachable, SignInNeeded, SyncError
from tests.adapters.ics.https import Answer, Asked, https_host

BODY = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


def fetched(answer: Answer) -> bytes | None:
    with https_host(lambda _asked: answer) as host:
        return fetch(read_url(host.url), host.network()).body


@pytest.mark.parametrize("packing", ["gzip", "deflate"])
def test_a_packed_calendar_is_unpacked(packing: str) -> None:
    packed = gzip.compress(BODY) if packing == "gzip" else zlib.compress(BODY)

    assert BODY == fetched(Answer(body=packed, headers={"Content-Encoding": packing}))


def test_a_calendar_in_chunks_is_put_together() -> None:
    raw = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    half = len(BODY) // 2
    for piece in (BODY[:half], BODY[half:], b""):
        raw += b"%x\r\n%s\r\n" % (len(piece), piece)

    assert BODY == fetched(Answer(raw=raw))


def test_w13_a_small_packet_that_unpacks_to_very_much_is_stopped() -> None:
    bomb = gzip.compress(b"\n" * (MOST_UNPACKED * 3))
    assert len(bomb) < MOST_ON_THE_WIRE / 50

    with pytest.raises(CalendarUnreachable, match="20 MiB"):
        fetched(Answer(body=bomb, headers={"Content-Encoding": "gzip"}))


def test_w13_more_than_five_mebibytes_are_not_taken() -> None:
    with pytest.raises(CalendarUnreachable, match="5 MiB"):
        fetched(Answer(body=os.urandom(MOST_ON_THE_WIRE + 1)))


@pytest.mark.parametrize(
    "answer",
    [
        Answer(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n" + BODY),
        Answer(raw=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n500\r\n" + BODY),
        Answer(body=gzip.compress(BODY)[:-9], headers={"Content-Encoding": "gzip"}),
        Answer(body=b"no gzip at all", headers={"Content-Encoding": "gzip"}),
        Answer(body=BODY, headers={"Content-Encoding": "br"}),
        Answer(raw=b"what is HTTP?\r\n\r\n"),
        Answer(raw=b""),
    ],
    ids=["short", "cut chunk", "cut gzip", "no gzip", "other packing", "no HTTP", "silence"],
)
def test_what_arrives_in_part_or_garbled_has_not_arrived(answer: Answer) -> None:
    with pytest.raises(CalendarUnreachable):
        fetched(answer)


@pytest.mark.parametrize(
    ("status", "error"),
    [
        *((404, CalendarGone), (410, CalendarGone), (401, SignInNeeded), (403, SignInNeeded)),
        *((429, CalendarUnreachable), (500, CalendarUnreachable), (503, CalendarUnreachable)),
        *((204, CalendarUnreachable), (206, CalendarUnreachable), (400, CalendarUnreachable)),
    ],
)
def test_each_refusal_has_its_own_meaning_and_none_carries_the_address(
    status: int, error: type[SyncError]
) -> None:
    with pytest.raises(error) as raised:
        fetched(Answer(status))

    assert error is type(raised.value)
    assert "3f9a" not in str(raised.value) + raised.value.advice
    assert error is CalendarUnreachable or "connect ics" in raised.value.advice


def test_what_is_unchanged_is_not_sent_again() -> None:
    def answering(asked: Asked) -> Answer:
        if asked.headers.get("If-None-Match") == '"7"':
            return Answer(304, headers={"ETag": '"7"'})
        return Answer(body=BODY, headers={"ETag": '"7"', "Last-Modified": "Tue, 16 Jun 2026 08:00:00 GMT"})

    with https_host(answering) as host:
        first = fetch(read_url(host.url), host.network())
        second = fetch(read_url(host.url), host.network(), first.validators)

    assert (BODY, None) == (first.body, second.body)
    assert "Tue, 16 Jun 2026 08:00:00 GMT" == host.requests[1].headers["If-Modified-Since"]


def test_a_host_that_drips_is_cut_off_at_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ics_fetch, "WHOLE_SECONDS", 0.5)
    waits = Answer(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n")

    def answering(asked: Asked) -> Answer:
        cut.wait(5)
        return waits

    cut = threading.Event()
    with https_host(answering) as host:
        began = time.monotonic()
        with pytest.raises(CalendarUnreachable):
            fetch(read_url(host.url), host.network())
        cut.set()

    assert time.monotonic() - began < 4


def test_a_file_is_read_and_a_missing_one_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "a.ics"
    path.write_bytes(BODY)

    with https_host() as host:
        assert BODY == fetch(FilePlace(path), host.network()).body
        path.unlink()
        with pytest.raises(CalendarGone):
            fetch(FilePlace(path), host.network())


def test_w13_what_is_no_plain_file_within_bounds_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with (tmp_path / "large").open("wb") as file:
        file.truncate(MOST_UNPACKED + 1)

    with https_host() as host:
        for path in (tmp_path, tmp_path / "pipe", tmp_path / "large", Path("/dev/zero"), Path("a\0b")):
            with pytest.raises(CalendarUnreachable):
                fetch(FilePlace(path), host.network())
