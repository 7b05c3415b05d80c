"""The Calendar API's reading side: who asks, what for, and the answer Google would give."""

from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

from sync.sandbox.answers import Answer
from sync.sandbox.calendars import Calendar, Place
from sync.sandbox.entries import Override
from sync.sandbox.feeds import list_all, list_changes, list_instances
from sync.sandbox.items import Item, View, view_for
from sync.sandbox.masks import Mask
from sync.sandbox.params import Params, mints_token, read_delta, read_query
from sync.sandbox.refusals import invalid, not_found
from sync.sandbox.rendering import instance_item, override_item, own_item, tombstone
from sync.sandbox.tokens import Bookmark, Listing, Listings, SyncPoint, read_sync_token, write_sync_token
from sync.sandbox.world import World

PAGE_SIZE, MOST_ON_A_PAGE = 250, 2500
LIST_SIZE, MOST_LISTED = 100, 250


@dataclass(slots=True)
class CalendarApi:
    """Answers requests about the calendars of one world; raises `ApiError`.

    `account` is who asks; None stands for someone who has every calendar as its owner has it.
    """

    world: World
    listings: Listings = field(default_factory=Listings)

    def list_events(self, account: str | None, calendar_id: str, params: Params) -> Answer:
        """`events.list`: a window or, with a sync token, what changed."""
        calendar, role = self._seen(account, calendar_id)
        page_token = params.text("pageToken")
        if page_token is not None:
            here, listing = self.listings.resume(page_token, _request(account, calendar, params))
        else:
            listing = self._listing(account, calendar, params)
            here = self.listings.begin(listing)
        return self._page(calendar, role, params, listing, here)

    def list_instances(self, account: str | None, calendar_id: str, event_id: str, params: Params) -> Answer:
        """`events.instances`: the instances of one series."""
        calendar, role = self._seen(account, calendar_id)
        place = calendar.find(event_id)
        if place is None or place.entry.expansion is None or place.suffix is not None:
            raise not_found()
        request = [[event_id], *_request(account, calendar, params)]
        page_token = params.text("pageToken")
        if page_token is not None:
            here, listing = self.listings.resume(page_token, request)
        else:
            query = replace(read_query(params, self.world.clock()), single_events=True, ends_at_bound=True)
            items = list_instances(place.entry, query, self.world.clock(), self.world.habits)
            listing = Listing(_starting_at(items, params.text("originalStart")), None, request)
            here = self.listings.begin(listing)
        return self._page(calendar, role, params, listing, here)

    def get_event(self, account: str | None, calendar_id: str, event_id: str, params: Params) -> Answer:
        """`events.get`: one event, series or instance, deleted ones included."""
        calendar, role = self._seen(account, calendar_id)
        item = self._event(calendar, event_id)
        view = _view(role, params, params.mask())
        return Answer(view.of(item.resource))

    def get_calendar(self, account: str | None, calendar_id: str, params: Params) -> Answer:
        """`calendars.get`."""
        calendar, _ = self._seen(account, calendar_id)
        body = {
            "kind": "calendar#calendar",
            "etag": f'"{calendar.latest_revision}"',
            "id": calendar.id,
            "summary": calendar.summary,
            "timeZone": calendar.zone.key,
        }
        return Answer(body, mask=params.mask())

    def list_calendars(self, account: str | None, params: Params) -> Answer:
        """`calendarList.list`; a page's token is where it begins."""
        listed = [
            _list_entry(calendar, account)
            for calendar in self.world.calendars.values()
            if (account is None or account in calendar.roles)
            and (params.flag("showDeleted") or not calendar.is_removed)
        ]
        begins = int(params.text("pageToken") or 0)
        ends = begins + params.whole_number("maxResults", LIST_SIZE, MOST_LISTED)
        more = {"nextPageToken": str(ends)} if ends < len(listed) else {"nextSyncToken": "none"}
        body = {
            "kind": "calendar#calendarList",
            "etag": '"calendars"',
            "items": listed[begins:ends],
            **more,
        }
        return Answer(body, mask=params.mask())

    def get_list_entry(self, account: str | None, calendar_id: str, params: Params) -> Answer:
        """`calendarList.get`."""
        calendar, _ = self._seen(account, calendar_id)
        return Answer(_list_entry(calendar, account), mask=params.mask())

    def _seen(self, account: str | None, calendar_id: str) -> tuple[Calendar, str]:
        wanted = account if calendar_id == "primary" else calendar_id
        calendar = self.world.calendars.get(wanted or "")
        role = None if calendar is None else calendar.roles.get(account or calendar.owner)
        if calendar is None or role is None or calendar.is_removed:
            raise not_found()
        return calendar, role

    def _listing(self, account: str | None, calendar: Calendar, params: Params) -> Listing:
        now, habits = self.world.clock(), self.world.habits
        point = SyncPoint(account, calendar.id, calendar.token_epoch, self.world.revision, params.feed())
        sync_token = params.text("syncToken")
        if sync_token is None:
            items = list_all(calendar, read_query(params, now), now, habits)
        else:
            query = read_delta(params)
            items = list_changes(calendar, query, read_sync_token(sync_token, point), now, habits)
        token = write_sync_token(point) if mints_token(params) else None
        return Listing(items, token, _request(account, calendar, params))

    def _event(self, calendar: Calendar, event_id: str) -> Item:
        place = calendar.find(event_id)
        if place is None:
            if self.world.habits.vanished_instance == "cancelled" and calendar.had(event_id):
                return tombstone(event_id, next(iter(calendar.entries.values())).stamp)
            raise not_found()
        return own_item(place.entry) if place.suffix is None else _instance(place, place.suffix)

    def _page(
        self, calendar: Calendar, role: str, params: Params, listing: Listing, here: Bookmark
    ) -> Answer:
        asked_for = params.whole_number("maxResults", PAGE_SIZE, MOST_ON_A_PAGE)
        size = min(asked_for, self.world.habits.largest_page)
        mask = params.mask()
        following = here.offset + size
        body = {
            "kind": "calendar#events",
            "etag": f'"p{calendar.latest_revision}o"',
            "summary": calendar.summary,
            "timeZone": params.text("timeZone") or calendar.zone.key,
            "accessRole": role,
            "defaultReminders": [],
        }
        if following < len(listing.items):
            body["nextPageToken"] = replace(here, offset=following, page=here.page + 1).token()
        elif listing.sync_token is not None:
            body["nextSyncToken"] = listing.sync_token
        view = _view(role, params, None if mask is None else dict(mask).get("items"))
        return Answer(body, listing.items[here.offset : following], view, mask, here, listing.sync_token)


def _request(account: str | None, calendar: Calendar, params: Params) -> list[list[str]]:
    return [[account or "", calendar.id], *params.listing()]


def _instance(place: Place, suffix: str) -> Item:
    entry, override = place.entry, place.entry.overrides.get(suffix)
    if entry.is_cancelled:
        override = Override({"status": "cancelled"}, entry.stamp)
    position = None if entry.expansion is None else entry.expansion.position(suffix)
    changed = None if override is None else override_item(entry, suffix, override)
    if position is None:
        raise not_found()
    return changed or instance_item(entry, position)


def _view(role: str, params: Params, mask: Mask | None) -> View:
    zone = params.text("timeZone")
    most = params.whole_number("maxAttendees", 0, 10_000) or None
    try:
        return view_for(role, mask, None if zone is None else ZoneInfo(zone).key, most)
    except (KeyError, ValueError):
        raise invalid("timeZone", "Invalid time zone.", "invalid") from None


def _starting_at(items: list[Item], original_start: str | None) -> list[Item]:
    if original_start is None:
        return items
    return [item for item in items if original_start in item.resource["originalStartTime"].values()]


def _list_entry(calendar: Calendar, account: str | None) -> dict[str, object]:
    entry: dict[str, object] = {
        "kind": "calendar#calendarListEntry",
        "etag": f'"{calendar.latest_revision}"',
        "id": calendar.id,
        "summary": calendar.summary,
        "timeZone": calendar.zone.key,
        "accessRole": calendar.roles.get(account or calendar.owner, "owner"),
        "defaultReminders": [],
        "selected": True,
    }
    if calendar.id == (account or calendar.owner):
        entry["primary"] = True
    return entry | ({"deleted": True} if calendar.is_removed else {})
