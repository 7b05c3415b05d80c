"""Asks Google what time it is, to know how far this machine's clock is off."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPException

import httplib2

from sync.errors import CalendarUnreachable


def server_time(api_root: str, timeout_seconds: float = 10) -> datetime:
    """The moment (UTC) in the `Date` header of any answer. Raises `CalendarUnreachable`."""
    try:
        response, _ = httplib2.Http(timeout=timeout_seconds).request(api_root, "HEAD")
        return parsedate_to_datetime(response["date"]).astimezone(UTC)
    except (OSError, HTTPException, httplib2.HttpLib2Error, LookupError, ValueError, TypeError) as trouble:
        raise CalendarUnreachable("Google could not be reached to compare clocks") from trouble
