"""Opens the app for a command, as the settings file and the environment say."""

from collections.abc import Iterator
from contextlib import contextmanager

from sync.app import App, open_app
from sync.settings import load_settings


@contextmanager
def opened_app() -> Iterator[App]:
    """The app, closed again at the end; a `PracticeError` passes through to the door."""
    app = open_app(load_settings())
    try:
        yield app
    finally:
        app.close()
