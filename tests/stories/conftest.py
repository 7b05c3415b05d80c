"""In the stories no time passes but their own."""

from types import SimpleNamespace

import googleapiclient.http
import pytest


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """The client library waits between its retries; here it does not."""
    monkeypatch.setattr(googleapiclient.http, "time", SimpleNamespace(sleep=lambda _: None))
