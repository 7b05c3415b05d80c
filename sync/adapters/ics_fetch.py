"""Fetches a published calendar: over https within bounds, or from a file. Never more than it may be."""

import os
import socket
import ssl
import stat
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from urllib.parse import urljoin

from urllib3.connection import HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.response import HTTPResponse

from sync.adapters.ics_address import FilePlace, IcsPlace, WebPlace, read_url
from sync.adapters.ics_network import NetworkRules, Resolve, checked_addresses, resolve
from sync.errors import CalendarGone, CalendarUnreachable, Refused, SignInNeeded

MOST_ON_THE_WIRE = 5 * 2**20
MOST_UNPACKED = 20 * 2**20
MOST_REDIRECTS = 3
OPERATION_SECONDS = 10.0
WHOLE_SECONDS = 60.0
_CHUNK = 64 * 1024
_REDIRECTS = (301, 302, 303, 307, 308)
_LOST = (HTTPError, HTTPException, OSError, ValueError)

RESET = "Copy the address afresh and run `practice-sync connect ics ADDRESS --replaces CONNECTION`."


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came: the bytes, or None where they are said to be what they were; and how to ask again."""

    body: bytes | None
    validators: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Network:
    """How the network is used; the tests give another resolver, trust and clock."""

    rules: NetworkRules = field(default_factory=NetworkRules)
    resolve: Resolve = resolve
    trust: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    monotonic: Callable[[], float] = time.monotonic


def fetch(place: IcsPlace, network: Network, known: Mapping[str, str] | None = None) -> Fetched:
    """Fetch the calendar; `known` are the validators of a body we have: then it may be unchanged.

    Raises `CalendarGone`, `SignInNeeded` or `CalendarUnreachable`; no text of an error carries the
    address.
    """
    if isinstance(place, FilePlace):
        return Fetched(_read_file(place), {})
    deadline = network.monotonic() + WHOLE_SECONDS
    for _ in range(MOST_REDIRECTS + 1):
        answer = _ask(place, network, known or {}, deadline)
        if isinstance(answer, Fetched):
            return answer
        place = answer
    raise CalendarUnreachable("the calendar's host redirects without end")


def _ask(place: WebPlace, network: Network, known: Mapping[str, str], deadline: float) -> Fetched | WebPlace:
    """Ask the first of the checked addresses that takes the connection."""
    for address in checked_addresses(place, network.rules, network.resolve):
        if network.monotonic() >= deadline:
            break
        connection = _connection(place, address, network)
        try:
            connection.connect()
        except ssl.SSLError:
            raise CalendarUnreachable("the certificate of the calendar's host was not accepted") from None
        except _LOST:
            connection.close()
            continue
        with _cut_off_at(connection, deadline - network.monotonic()):
            return _exchange(connection, place, known)
    raise CalendarUnreachable("the calendar's host cannot be reached")


def _connection(place: WebPlace, address: str, network: Network) -> HTTPSConnection:
    """A connection to the address that was checked, with the host's name for its certificate.

    One made directly reads no proxy from the environment: a proxy would look the name up again.
    """
    return HTTPSConnection(
        host=address,
        port=place.port,
        ssl_context=network.trust,
        server_hostname=place.host,
        timeout=OPERATION_SECONDS,
    )


@contextmanager
def _cut_off_at(connection: HTTPSConnection, seconds: float) -> Iterator[None]:
    """The timeout counts anew with every byte, so a host that drips would hold us for ever."""
    watch = threading.Timer(max(seconds, 0.0), _cut, [connection])
    watch.daemon = True
    watch.start()
    try:
        yield
    finally:
        watch.cancel()
        connection.close()


def _cut(connection: HTTPSConnection) -> None:
    if connection.sock is not None:
        with suppress(OSError):
            connection.sock.shutdown(socket.SHUT_RDWR)


def _exchange(connection: HTTPSConnection, place: WebPlace, known: Mapping[str, str]) -> Fetched | WebPlace:
    names = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}
    headers = {
        "Host": place.netloc,
        "Accept": "text/calendar, */*;q=0.5",
        "Accept-Encoding": "gzip",
        "User-Agent": "practice-sync",
        **{names[name]: value for name, value in known.items() if name in names},
    }
    try:
        connection.request("GET", place.target, headers=headers, preload_content=False, decode_content=False)
        with closing(connection.getresponse()) as response:
            return _answer(response, place)
    except _LOST as lost:
        raise CalendarUnreachable(f"the calendar's host did not answer ({type(lost).__name__})") from None


def _answer(response: HTTPResponse, place: WebPlace) -> Fetched | WebPlace:
    status = response.status
    if status in _REDIRECTS:
        return _redirected(place, response.headers.get("Location", ""))
    validators = {
        name: value for name in ("etag", "last-modified") if (value := response.headers.get(name)) is not None
    }
    if status == 304:
        return Fetched(None, validators)
    if status != 200:
        raise _refusal(status)
    packing = response.headers.get("Content-Encoding", "identity").lower()
    return Fetched(_unpacked(_pieces(response), packing), validators)


def _redirected(place: WebPlace, location: str) -> WebPlace:
    try:
        return read_url(urljoin(place.url, location))
    except (Refused, ValueError):
        raise CalendarUnreachable("the calendar's host redirects to no https address") from None


def _refusal(status: int) -> CalendarGone | SignInNeeded | CalendarUnreachable:
    if status in (404, 410):
        return CalendarGone(f"there is no calendar at its address any more ({status})", RESET)
    if status in (401, 403):
        return SignInNeeded(f"the calendar's address is no longer accepted ({status})", RESET)
    return CalendarUnreachable(f"the calendar's host could not answer ({status})")


def _pieces(response: HTTPResponse) -> Iterator[bytes]:
    """The body as it comes, within its bound; urllib3 raises where it ends before its announced end."""
    size = 0
    while piece := response.read1(_CHUNK, decode_content=False):
        size += len(piece)
        if size > MOST_ON_THE_WIRE:
            raise CalendarUnreachable("the calendar is larger than 5 MiB", _TOO_LARGE)
        yield piece


def _unpacked(pieces: Iterator[bytes], packing: str) -> bytes:
    if packing in ("identity", ""):
        return b"".join(pieces)
    if packing not in ("gzip", "x-gzip", "deflate"):
        raise CalendarUnreachable("the calendar came in a packing that was not asked for")
    unpacker, body = zlib.decompressobj(wbits=47), bytearray()  # 47: gzip or zlib, by its own header
    try:
        for piece in pieces:
            body += unpacker.decompress(piece, MOST_UNPACKED + 1 - len(body))
            if len(body) > MOST_UNPACKED:
                raise CalendarUnreachable("the calendar is larger than 20 MiB unpacked", _TOO_LARGE)
    except zlib.error:
        raise CalendarUnreachable("the calendar could not be unpacked") from None
    if not unpacker.eof:
        raise CalendarUnreachable("the calendar arrived in part only")
    return bytes(body)


def _read_file(place: FilePlace) -> bytes:
    """A regular file within the bound; anything else could hang, or never end."""
    try:
        handle = os.open(place.path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (FileNotFoundError, NotADirectoryError):
        raise CalendarGone("the calendar's file is not there", "Put the file back where it was.") from None
    except (OSError, ValueError) as failed:
        raise CalendarUnreachable(f"the calendar's file cannot be read ({type(failed).__name__})") from None
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise CalendarUnreachable("the calendar's path leads to no plain file")
    try:
        with open(handle, "rb") as file:
            body = file.read(MOST_UNPACKED + 1)
    except OSError as failed:
        raise CalendarUnreachable(f"the calendar's file cannot be read ({type(failed).__name__})") from None
    if len(body) > MOST_UNPACKED:
        raise CalendarUnreachable("the calendar's file is larger than 20 MiB", _TOO_LARGE)
    return body


_TOO_LARGE = "Publish only the last year and the next, or move old appointments to another calendar."
