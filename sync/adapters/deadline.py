"""Ends a talk with a server that takes too long as a whole, however slowly it drips."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Timer


@contextmanager
def deadline(seconds: float, connection: Callable[[], socket.socket | None]) -> Iterator[None]:
    """Shut `connection` down after `seconds`: whoever waits for an answer then sees it lost.

    A socket's own timeout counts anew with every byte, so a server that drips would hold us for ever.
    """
    timer = Timer(seconds, _cut, [connection])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _cut(connection: Callable[[], socket.socket | None]) -> None:
    held = connection()
    if held is not None:
        with suppress(OSError):
            held.shutdown(socket.SHUT_RDWR)
