"""The end of a process, at a request or at a commit: from then on it does nothing more."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from models.records import Records
from sync.adapters.google_connections import Transport
from sync.app import App


class Killed(BaseException):
    """The process ends here; no handler of ours sees it."""


@dataclass
class Doom:
    """Lets so many requests, or commits, pass and then ends the process; None lets all pass."""

    requests: int | None = None
    commits: int | None = None
    dead: bool = False

    def asking(self) -> None:
        """Before a request."""
        self.requests = self._counted_down(self.requests)

    def committing(self) -> None:
        """Before a commit."""
        self.commits = self._counted_down(self.commits)

    def _counted_down(self, left: int | None) -> int | None:
        if self.dead or left == 0:
            self.dead = True
            raise Killed
        return None if left is None else left - 1

    def over(self, http: Callable[[], Any]) -> Callable[[], Transport]:
        """The transports that `http` makes, as this process uses them."""
        return lambda: _Doomed(self, http())

    def upon(self, app: App) -> None:
        """Let this doom hang over an app's transactions."""
        app.writing = self._writing_of(app.writing)  # type: ignore[method-assign]

    def _writing_of(self, writing: Callable[[], Any]) -> Callable[[], Any]:
        @contextmanager
        def doomed() -> Iterator[Records]:
            with writing() as records:
                yield records
                self.committing()

        return doomed


class _Doomed:
    """A transport of a process that may end between any two requests."""

    def __init__(self, doom: Doom, http: Any) -> None:
        self._doom, self._http = doom, http

    def request(self, *args: Any, **kwargs: Any) -> Any:
        self._doom.asking()
        return self._http.request(*args, **kwargs)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._http, name)
