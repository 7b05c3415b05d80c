"""Reads the query parameters of a request, refusing what Google refuses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import inf

from sync.sandbox.feeds import Query
from sync.sandbox.masks import BadMask, Mask, read_mask
from sync.sandbox.moments import read_rfc3339
from sync.sandbox.refusals import ApiError, invalid

EVENT_TYPES = frozenset(("birthday", "default", "focusTime", "fromGmail", "outOfOffice", "workingLocation"))
NOT_WITH_SYNC_TOKEN = (
    "iCalUID",
    "orderBy",
    "privateExtendedProperty",
    "q",
    "sharedExtendedProperty",
    "timeMin",
    "timeMax",
    "updatedMin",
)
NO_TOKEN_WITH = tuple(name for name in NOT_WITH_SYNC_TOKEN if name not in ("timeMin", "timeMax"))
FEED = ("singleEvents", "showDeleted", "eventTypes", "timeZone", "maxAttendees", "showHiddenInvitations")
KEPT_DELETIONS = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Params:
    """Query parameters by name; each may be given several times."""

    values: Mapping[str, Sequence[str]]

    def text(self, name: str) -> str | None:
        """The last value of that name; None without one."""
        return self.values[name][-1] if self.values.get(name) else None

    def flag(self, name: str) -> bool:
        """A truth value; false without one."""
        value = self.text(name)
        if value not in (None, "true", "false"):
            raise invalid(name, f"Invalid boolean value: '{value}'.", "invalidParameter")
        return value == "true"

    def whole_number(self, name: str, default: int, most: int) -> int:
        """A number from 1 up; more than `most` is taken as `most`."""
        value = self.text(name)
        if value is None:
            return default
        if not value.isdecimal() or int(value) < 1:
            raise invalid(
                name, f"Invalid value '{value}'. Values must be within the range.", "invalidParameter"
            )
        return min(int(value), most)

    def moment(self, name: str) -> datetime | None:
        """An RFC 3339 moment; refused without its offset."""
        value = self.text(name)
        moment = None if value is None else read_rfc3339(value)
        if value is not None and moment is None:
            raise invalid(name)
        return moment

    def mask(self) -> Mask | None:
        """Which fields were asked for; None for all."""
        fields = self.text("fields")
        try:
            return None if fields is None else read_mask(fields)
        except BadMask:
            raise invalid("fields", f"Invalid field selection {fields}", "invalidParameter") from None

    def feed(self) -> list[list[str]]:
        """What makes two listings the same feed, so that one's sync token fits the other."""
        return [sorted(value for value in self.values.get(name, ()) if value != "false") for name in FEED]

    def listing(self) -> list[list[str]]:
        """What makes two requests pages of the same listing."""
        others = ("syncToken", "fields", *NOT_WITH_SYNC_TOKEN)
        return self.feed() + [list(self.values.get(name, ())) for name in others]


def read_query(params: Params, now: datetime) -> Query:
    """What a listing without a sync token asks for. Raises `ApiError`."""
    earliest, latest = params.moment("timeMin"), params.moment("timeMax")
    if earliest is not None and latest is not None and earliest >= latest:
        raise invalid("timeMax", "The specified time range is empty.", "timeRangeEmpty")
    updated_from = params.moment("updatedMin")
    if updated_from is not None and updated_from < now - KEPT_DELETIONS:
        message = "The requested minimum modification time lies too far in the past."
        raise ApiError(410, "updatedMinTooLongAgo", message, "calendar", "updatedMin")
    return Query(
        single_events=params.flag("singleEvents"),
        show_deleted=params.flag("showDeleted") or updated_from is not None,
        ends_after=-inf if earliest is None else earliest.timestamp(),
        starts_before=inf if latest is None else latest.timestamp(),
        event_types=_event_types(params),
        updated_from=-inf if updated_from is None else updated_from.timestamp(),
        ical_uid=params.text("iCalUID"),
        words=params.text("q"),
        order_by=_order(params),
        properties=_properties(params),
    )


def read_delta(params: Params) -> Query:
    """What a listing with a sync token asks for; refuses what may not stand beside one (R4)."""
    for name in NOT_WITH_SYNC_TOKEN:
        if name in params.values:
            message = "Sync token cannot be used with other query restrictions."
            raise invalid(name, message)
    if params.text("showDeleted") == "false":
        raise invalid("showDeleted", "Sync token cannot be used with showDeleted set to false.")
    return Query(
        single_events=params.flag("singleEvents"),
        show_deleted=params.flag("showDeleted"),
        event_types=_event_types(params),
    )


def mints_token(params: Params) -> bool:
    """Whether the last page of such a listing carries a sync token."""
    return not any(name in params.values for name in NO_TOKEN_WITH)


def _event_types(params: Params) -> frozenset[str]:
    asked_for = frozenset(params.values.get("eventTypes", ()))
    for unknown in sorted(asked_for - EVENT_TYPES):
        raise invalid("eventTypes", f'Invalid value at "event_types": "{unknown}"', "invalid")
    return asked_for


def _order(params: Params) -> str | None:
    order = params.text("orderBy")
    if order not in (None, "startTime", "updated"):
        raise invalid("orderBy", reason="invalidParameter")
    if order == "startTime" and not params.flag("singleEvents"):
        raise invalid("orderBy", "The requested ordering is not available for the particular query.")
    return order


def _properties(params: Params) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (kind, *constraint.partition("=")[::2])
        for kind in ("private", "shared")
        for constraint in params.values.get(f"{kind}ExtendedProperty", ())
    )
