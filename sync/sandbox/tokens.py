"""Sync tokens and page tokens: opaque to a client, readable here."""

import base64
import json
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from sync.sandbox.items import Item
from sync.sandbox.refusals import full_sync_required, invalid, sync_token_invalid

MOST_LISTINGS = 32


@dataclass(frozen=True, slots=True)
class SyncPoint:
    """Where a reading stood: what a sync token means. `feed` is what it was a reading of (R5, R6)."""

    account: str | None
    calendar_id: str
    epoch: int
    revision: int
    feed: list[list[str]]


def write_sync_token(point: SyncPoint) -> str:
    """The token that later continues from this point."""
    return _write([point.account, point.calendar_id, point.epoch, point.revision, point.feed])


def read_sync_token(token: str, now: SyncPoint) -> int:
    """The revision that `token` continues from.

    `now` is what a token for this request would say. Raises `ApiError`: 410 for one that expired,
    400 for one that was not given out for this account, calendar and feed.
    """
    match _read(token):
        case [now.account, now.calendar_id, int(epoch), int(revision), feed] if feed == now.feed:
            if epoch != now.epoch:
                raise full_sync_required()
            return revision
        case _:
            raise sync_token_invalid()


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A place in a listing: which one, how many events were read before, and the page's number from 1."""

    listing_id: int
    offset: int
    page: int

    def token(self) -> str:
        """The page token that leads here."""
        return _write(["page", self.listing_id, self.offset, self.page])


@dataclass(frozen=True, slots=True)
class Listing:
    """All events of one listing, fixed when its first page was read, so that paging stands still."""

    items: Sequence[Item]
    sync_token: str | None
    request: list[list[str]]


@dataclass(slots=True)
class Listings:
    """The listings that are being paged through; the oldest is forgotten when there are many."""

    _open: OrderedDict[int, Listing] = field(default_factory=OrderedDict)
    _ids: "count[int]" = field(default_factory=lambda: count(1))

    def begin(self, listing: Listing) -> Bookmark:
        """Keep a listing and return its first page."""
        listing_id = next(self._ids)
        self._open[listing_id] = listing
        while len(self._open) > MOST_LISTINGS:
            self._open.popitem(last=False)
        return Bookmark(listing_id, 0, 1)

    def resume(self, token: str, request: list[list[str]]) -> tuple[Bookmark, Listing]:
        """The place that a page token leads to. Raises `ApiError` for a token of another request."""
        bookmark = read_page_token(token)
        listing = None if bookmark is None else self._open.get(bookmark.listing_id)
        if bookmark is None or listing is None or listing.request != request:
            raise invalid("pageToken", "Invalid page token value.", "invalid")
        return bookmark, listing


def read_page_token(token: str) -> Bookmark | None:
    """The place a page token leads to; None for any other text."""
    match _read(token):
        case ["page", int(listing_id), int(offset), int(page)]:
            return Bookmark(listing_id, offset, page)
        case _:
            return None


def _write(content: list[Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(content, separators=(",", ":")).encode()).decode()


def _read(token: str) -> object:
    try:
        return json.loads(base64.urlsafe_b64decode(token))
    except ValueError:
        return None
