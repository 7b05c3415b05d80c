"""What the calendars of all accounts share: the API's description, a connection for each thread, a quota.

A service object of Google's client library takes a megabyte, so it is built once for all accounts: its
request objects are made per question and sent over the connection that is handed to `execute`. The
connection belongs to a thread, because one shared by two hands out one's answer to the other
(thread_safety.md of google-api-python-client). Accounts may share it: who asks stands in the
`Authorization` header of each request, and nowhere in the connection.
"""

import threading
from collections.abc import Callable
from typing import Any, Protocol

import httplib2
from googleapiclient.discovery import build
from googleapiclient.model import JsonModel
from pydantic_core import from_json

from sync.adapters.pacing import Pace, TokenBucket

PROJECT_PER_MINUTE, PROJECT_BURST = 6000, 500
"""Google allows a project 10,000 requests a minute (https://developers.google.com/workspace/calendar/api/guides/quota)."""

ACCOUNT_PER_MINUTE, ACCOUNT_BURST = 420, 60
"""Google allows each account of a project 600 requests a minute (likewise)."""


class Transport(Protocol):
    """What stands where the client library expects an `httplib2.Http`."""

    def request(self, *args: Any, **kwargs: Any) -> tuple[httplib2.Response, bytes]:
        """Ask and return the answer, as `httplib2.Http.request` does."""

    def close(self) -> None:
        """Close every open connection."""


def http_with_timeout() -> httplib2.Http:
    """A new connection pool. Without a timeout of its own httplib2 would wait for ever."""
    return httplib2.Http(timeout=20)


class _QuickJson(JsonModel):
    """The library's own reading of an answer, by a parser that takes half the time."""

    def deserialize(self, content: bytes) -> Any:
        """The answer's value; what the quick parser refuses, as half a letter, the library's may take."""
        try:
            return from_json(content, cache_strings="keys")
        except ValueError:
            return super().deserialize(content)  # type: ignore[no-untyped-call] # typed in part only


class GoogleConnections:
    """The way to one Calendar API, for any number of accounts and threads."""

    def __init__(
        self,
        api_root: str | None = None,
        http_factory: Callable[[], Transport] = http_with_timeout,
        *,
        paced: bool = False,
    ) -> None:
        """`api_root` includes the service's path, as in `http://127.0.0.1:8080/calendar/v3/`.

        `paced` says that requests wait where they would come near Google's quotas (R87).
        """
        self._api_root = api_root
        self._http_factory = http_factory
        self._own = threading.local()
        self._describing = threading.Lock()
        self._collections: tuple[Any, Any] | None = None
        self._project = TokenBucket(PROJECT_PER_MINUTE, PROJECT_BURST) if paced else None

    @property
    def events(self) -> Any:
        """The collection of events. It makes requests; `execute` sends them over this thread's `http`."""
        return self._described()[0]

    @property
    def calendar_list(self) -> Any:
        """Likewise an account's list of calendars."""
        return self._described()[1]

    def _described(self) -> tuple[Any, Any]:
        with self._describing:
            if self._collections is None:
                service = build(
                    "calendar",
                    "v3",
                    model=_QuickJson(),
                    http=http_with_timeout(),  # never used; without one the library looks for credentials
                    client_options={"api_endpoint": self._api_root} if self._api_root else None,
                    cache_discovery=False,
                    static_discovery=True,
                )
                self._collections = (service.events(), service.calendarList())
            return self._collections

    def pace_of_account(self) -> Pace:
        """A pace for one account more, which keeps to that of all."""
        if self._project is None:
            return Pace(())
        return Pace((TokenBucket(ACCOUNT_PER_MINUTE, ACCOUNT_BURST), self._project))

    @property
    def http(self) -> Transport:
        """This thread's own connection, opened when it is first needed."""
        if not hasattr(self._own, "http"):
            self._own.http = self._http_factory()
        http: Transport = self._own.http
        return http

    def close(self) -> None:
        """Close this thread's connection; the next question opens a new one."""
        if hasattr(self._own, "http"):
            self._own.http.close()
            del self._own.http
