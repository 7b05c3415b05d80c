"""Google Calendar as a `CalendarSource`, read through Google's client library and never written to.

The requests follow the Calendar API's guide on synchronisation
(https://developers.google.com/workspace/calendar/api/guides/sync).
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from google.auth.credentials import Credentials
from google_auth_httplib2 import AuthorizedHttp  # type: ignore[import-untyped]  # it ships no types

from sync.adapters.google_connections import GoogleConnections, Transport, http_with_timeout
from sync.adapters.google_credentials import SharedCredentials, StoredCredentials
from sync.adapters.google_errors import Asked, EventGone, our_errors
from sync.adapters.google_events import EVENT_FIELDS, known_zone, read_google_event
from sync.adapters.pacing import Pace
from sync.adapters.quiet_libraries import quiet_libraries
from sync.adapters.read_ahead import read_ahead
from sync.domain.calendar.values import Doorbell, Event, Snapshot, Window
from sync.errors import CalendarUnreachable
from sync.ports import Known, ListedCalendar, nothing_known

PAGE_SIZE = 2500  # the most that events.list allows
LIST_PAGE_SIZE = 250  # and calendarList.list
MOST_PAGES = 1000
RETRIES = 2
SNAPSHOT_FIELDS = f"kind,nextPageToken,nextSyncToken,timeZone,accessRole,items({EVENT_FIELDS})"
LIST_FIELDS = "kind,nextPageToken,nextSyncToken,items(id,summary,summaryOverride,accessRole,primary,deleted)"
DOORBELL_FIELDS = "kind,nextPageToken,nextSyncToken,items(id)"
_LONG_AGO = datetime.min.replace(tzinfo=UTC)

Page = Mapping[str, Any]


class _PacedHttp:
    """A connection whose every request, repeated ones too, waits for its turn."""

    def __init__(self, http: Transport, pace: Pace) -> None:
        self._http = http
        self._pace = pace

    def request(self, *args: Any, **kwargs: Any) -> Any:
        """Ask when it is our turn."""
        self._pace.keep()
        return self._http.request(*args, **kwargs)


class GoogleCalendar:
    """One signed-in account's calendars. May be shared by threads: each uses its own connection."""

    absence_is_proof = True
    ask_every = timedelta(0)

    def __init__(
        self,
        credentials: StoredCredentials | Credentials,
        api_root: str | None = None,
        http_factory: Callable[[], Transport] = http_with_timeout,
        deadline_seconds: float = 300,
        monotonic: Callable[[], float] = time.monotonic,
        connections: GoogleConnections | None = None,
    ) -> None:
        """`connections` are those to share with other accounts; else there are own ones to `api_root`.

        `deadline_seconds` bounds one whole reading, all pages together.
        """
        if isinstance(credentials, StoredCredentials):
            credentials = SharedCredentials(credentials)
        self._credentials = credentials
        self._connections = connections or GoogleConnections(api_root, http_factory)
        self._pace = self._connections.pace_of_account()
        self._deadline_seconds = deadline_seconds
        self._monotonic = monotonic
        quiet_libraries()

    def snapshot(self, calendar_id: str, window: Window, known: Known = nothing_known) -> Snapshot:
        """Read every event that overlaps `window`; see `CalendarSource.snapshot`.

        Google takes `timeMin` as an exclusive bound of the end and `timeMax` of the start (R18).
        An item without an id is left out; it cannot be told from one that is absent, and absence
        is confirmed one by one before it means anything.
        """
        asked = {
            "calendarId": calendar_id,
            "singleEvents": True,
            "showDeleted": True,
            "timeMin": window.starts_at.astimezone(UTC).isoformat(),
            "timeMax": window.ends_at.astimezone(UTC).isoformat(),
            "eventTypes": ["default"],
            "maxResults": PAGE_SIZE,
            "fields": SNAPSHOT_FIELDS,
        }
        pages = read_ahead(self._pages_and_close(asked))
        return _snapshot_of(window, pages, known())

    def ring(self, calendar_id: str, sync_token: str | None) -> Doorbell:
        """Ask what changed since `sync_token`; see `CalendarSource.ring`.

        Every call sends the same parameters (R4, R5). `eventTypes` is not among them: a bare
        tombstone carries no type and might not pass. A change without a readable id is named "".
        """
        since = {} if sync_token is None else {"syncToken": sync_token}
        events = self._connections.events
        asked = events.list(
            calendarId=calendar_id,
            singleEvents=False,
            maxResults=PAGE_SIZE,
            fields=DOORBELL_FIELDS,
            **since,
        )
        changed: dict[str, None] = {}
        next_token = ""
        for page in self._pages(events, asked, Asked.CHANGES if since else Asked.LISTING):
            if since:
                changed.update((_id_of(item), None) for item in page.get("items", []))
            next_token = page.get("nextSyncToken", "")
        return Doorbell(next_token, tuple(changed))

    def event(self, calendar_id: str, event_id: str) -> Event | None:
        """Read one event as it is now; see `CalendarSource.event`."""
        asked = self._connections.events.get(
            calendarId=calendar_id, eventId=event_id, fields=f"kind,{EVENT_FIELDS}"
        )
        try:
            answer = self._answer(asked, Asked.EVENT, "calendar#event")
        except EventGone:
            return None
        if answer.get("id") != event_id:
            raise CalendarUnreachable("Google answered with another event than the one asked for")
        return read_google_event(answer)

    def calendars(self) -> tuple[ListedCalendar, ...]:
        """Read the account's list of calendars, all pages; see `CalendarAccount.calendars`."""
        listing = self._connections.calendar_list
        asked = listing.list(maxResults=LIST_PAGE_SIZE, fields=LIST_FIELDS)
        pages = self._pages(listing, asked, Asked.LISTING, "calendar#calendarList")
        listed = [_listed(item) for page in pages for item in page.get("items", []) if _is_listed(item)]
        return tuple(sorted(listed, key=lambda each: (not each.is_primary, not each.is_own, each.name)))

    def close(self) -> None:
        """Close this thread's connection; the next question opens a new one."""
        self._connections.close()

    def _http(self) -> _PacedHttp:
        """This thread's connection, asking as this account and no faster than it may."""
        return _PacedHttp(AuthorizedHttp(self._credentials, http=self._connections.http), self._pace)

    def _pages_and_close(self, question: Mapping[str, Any]) -> Iterator[Page]:
        """The pages of a listing, for a thread that asks for nothing else."""
        try:
            events = self._connections.events
            yield from self._pages(events, events.list(**question), Asked.LISTING)
        finally:
            self.close()

    def _pages(
        self, collection: Any, request: Any, asked: Asked, kind: str = "calendar#events"
    ) -> Iterator[Page]:
        """Every page of a listing, to the end or not at all (R2, R3, R10, R22)."""
        ends_at = self._monotonic() + self._deadline_seconds
        seen: set[str] = set()
        for _ in range(MOST_PAGES):
            page = self._answer(request, asked, kind)
            _check_page(page)
            yield page
            request = collection.list_next(request, page)
            if request is None:
                return
            if page["nextPageToken"] in seen or self._monotonic() >= ends_at:
                raise CalendarUnreachable("Google's listing does not come to an end")
            seen.add(page["nextPageToken"])
        raise CalendarUnreachable("Google's listing does not come to an end")

    def _answer(self, request: Any, asked: Asked, kind: str) -> Page:
        """One answer that is what it claims to be: a captive portal's page comes as 200 too (R11)."""
        try:
            with our_errors(asked):
                answer = request.execute(http=self._http(), num_retries=RETRIES)
            if not isinstance(answer, dict) or answer.get("kind") != kind:
                raise CalendarUnreachable("the answer did not come from Google Calendar")
        except CalendarUnreachable:
            self.close()  # After a timeout the connection may still carry the late answer.
            raise
        return answer


def _check_page(page: Page) -> None:
    if not isinstance(page.get("items", []), list):
        raise CalendarUnreachable("a page of Google's listing cannot be read")
    tokens = [page.get("nextPageToken"), page.get("nextSyncToken")]
    if not any(tokens):
        raise CalendarUnreachable("Google's listing ended without its last page")
    if not all(token is None or isinstance(token, str) for token in tokens):
        raise CalendarUnreachable("a page of Google's listing cannot be read")


def _snapshot_of(window: Window, pages: Iterable[Page], etags: Mapping[str, str]) -> Snapshot:
    """The events of all pages; where one is listed twice, as it was updated last (R12, R14).

    Those that have the etag we know are only named: most of a calendar, most of the time, and not
    worth reading.
    """
    events: dict[str, Event] = {}
    unchanged: set[str] = set()
    zone, access_role = "UTC", "none"
    for page in pages:
        zone = known_zone(str(page.get("timeZone"))) or "UTC"
        access_role = str(page.get("accessRole", "none"))
        for item in page.get("items", []):
            if not isinstance(item, dict):
                continue
            event_id, etag = item.get("id"), item.get("etag")
            if isinstance(event_id, str) and etag and etags.get(event_id) == etag and _stands(item):
                unchanged.add(event_id)
                continue
            event = read_google_event(item, zone)
            if event is None:
                continue
            known = events.get(event.event_id)
            if known is None or (known.updated_at or _LONG_AGO) <= (event.updated_at or _LONG_AGO):
                events[event.event_id] = event
    return Snapshot(
        window, zone, access_role, tuple(events.values()), frozenset(unchanged.difference(events))
    )


def _stands(item: Page) -> bool:
    return item.get("status") != "cancelled"


def _id_of(item: object) -> str:
    event_id = item.get("id") if isinstance(item, dict) else None
    return event_id if isinstance(event_id, str) else ""


def _is_listed(item: object) -> bool:
    return isinstance(item, dict) and isinstance(item.get("id"), str) and not item.get("deleted")


def _listed(item: Mapping[str, Any]) -> ListedCalendar:
    return ListedCalendar(
        calendar_id=item["id"],
        name=str(item.get("summaryOverride") or item.get("summary") or ""),
        access_role=str(item.get("accessRole", "none")),
        is_primary=bool(item.get("primary")),
    )
