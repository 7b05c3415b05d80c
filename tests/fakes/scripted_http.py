"""A connection that gives the answers written down for it, and keeps what it was asked."""

import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httplib2

Answer = Exception | tuple[int, bytes]


def page(*items: object, **more: Any) -> tuple[int, bytes]:
    """A page of Google's events.list; `sync=` and `next=` are its tokens."""
    tokens = {"sync": "nextSyncToken", "next": "nextPageToken"}
    rest = {tokens.get(name, name): value for name, value in more.items()}
    head = {"kind": "calendar#events", "timeZone": "Europe/Berlin", "accessRole": "owner"}
    return 200, json.dumps(head | {"items": list(items)} | rest).encode()


def refusal(status: int, reason: str = "", message: str = "No.") -> tuple[int, bytes]:
    """An error in Google's own words."""
    error = {"code": status, "message": message, "errors": [{"domain": "global", "reason": reason}]}
    return status, json.dumps({"error": error}).encode()


class ScriptedHttp(httplib2.Http):
    """Gives `answers` in order, the last one again and again; an exception is raised instead."""

    def __init__(self, answers: Iterable[Answer]) -> None:
        super().__init__(timeout=1)
        self.answers = list(answers)
        self.asked: list[tuple[str, str]] = []

    def request(self, uri: str, method: str = "GET", *_: Any, **__: Any) -> tuple[httplib2.Response, bytes]:
        self.asked.append((method, uri))
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        status, body = answer
        return httplib2.Response({"status": str(status)}), body

    def queries(self) -> list[dict[str, list[str]]]:
        """The parameters of each request so far."""
        return [parse_qs(urlsplit(uri).query, keep_blank_values=True) for _, uri in self.asked]
