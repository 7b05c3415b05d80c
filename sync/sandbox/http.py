"""A request and its reply, whichever way they travel."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request; header names are lower-case, `path` is still percent-encoded."""

    method: str
    path: str
    params: Mapping[str, list[str]]
    headers: Mapping[str, str]
    body: bytes = b""

    def form(self) -> dict[str, str]:
        """The fields of a posted form, the last of each name."""
        return {name: values[-1] for name, values in self.form_lists().items()}

    def form_lists(self) -> dict[str, list[str]]:
        """The fields of a posted form."""
        return parse_qs(self.body.decode(errors="replace"), keep_blank_values=True)


@dataclass(frozen=True, slots=True)
class Reply:
    """One HTTP reply, to be sent after `delay` seconds."""

    status: int
    body: bytes
    content_type: str = "application/json; charset=UTF-8"
    headers: tuple[tuple[str, str], ...] = ()
    delay: float = 0.0


@dataclass(frozen=True, slots=True)
class Hangup:
    """The connection is closed without a reply."""

    delay: float = 0.0


class Recorded(NamedTuple):
    """What was asked for: `params` has a text, or a list of texts where a name was given several times."""

    method: str
    path: str
    params: dict[str, str | list[str]]


def make_request(method: str, target: str, headers: Mapping[str, str], body: bytes = b"") -> Request:
    """The request for `target`, which may be a whole address or begin with the path."""
    parts = urlsplit(target)
    lowered = {name.lower(): value for name, value in headers.items()}
    return Request(method, parts.path, parse_qs(parts.query, keep_blank_values=True), lowered, body)


def record(request: Request) -> Recorded:
    """What is remembered of a request: no header and no body, so no token."""
    params = {
        name: values[0] if len(values) == 1 else list(values) for name, values in request.params.items()
    }
    return Recorded(request.method, unquote(request.path), params)
