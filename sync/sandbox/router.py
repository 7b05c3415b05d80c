"""Sends each request to what answers it, lets faults strike, and remembers what was asked."""

import re
from dataclasses import dataclass, field
from urllib.parse import unquote

from sync.sandbox.answers import Answer
from sync.sandbox.api import CalendarApi
from sync.sandbox.faults import Fault, Faults
from sync.sandbox.gmail import SEND_PATH, Gmail
from sync.sandbox.http import Hangup, Recorded, Reply, Request, record
from sync.sandbox.mishaps import refused, spoil, struck
from sync.sandbox.oauth import Grant, SignIn
from sync.sandbox.params import Params
from sync.sandbox.refusals import ApiError, not_found, scope_missing, sign_in_required
from sync.sandbox.scopes import covers
from sync.sandbox.tokens import read_page_token
from sync.sandbox.world import World

AUTH_PATH, TOKEN_PATH, REVOKE_PATH = "/o/oauth2/v2/auth", "/token", "/revoke"
API_PATH = "/calendar/v3/"
CALENDAR_PATHS = {
    "calendarList.list": re.compile(r"users/me/calendarList"),
    "calendarList.get": re.compile(r"users/me/calendarList/(?P<calendar>[^/]+)"),
    "calendars.get": re.compile(r"calendars/(?P<calendar>[^/]+)"),
    "events.list": re.compile(r"calendars/(?P<calendar>[^/]+)/events"),
    "events.get": re.compile(r"calendars/(?P<calendar>[^/]+)/events/(?P<event>[^/]+)"),
    "events.instances": re.compile(r"calendars/(?P<calendar>[^/]+)/events/(?P<event>[^/]+)/instances"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A calendar request, understood; `operation` is empty where there is no such path."""

    operation: str
    calendar_id: str
    event_id: str
    params: Params

    @property
    def page(self) -> int:
        """Which page of a listing is asked for, from 1."""
        bookmark = read_page_token(self.params.text("pageToken") or "")
        return 1 if bookmark is None else bookmark.page


@dataclass(slots=True)
class Router:
    """Everything that a client of the sandbox can reach.

    `lets_everyone_in` answers requests without an access token too, as `stranger`; None stands for
    someone who sees every calendar as its owner does. Google, and so the default, refuses them.
    """

    world: World
    faults: Faults
    requests: list[Recorded]
    sign_in: SignIn
    lets_everyone_in: bool = False
    stranger: str | None = None
    gmail: Gmail = field(default_factory=Gmail)
    _api: CalendarApi = field(init=False)

    def __post_init__(self) -> None:
        self._api = CalendarApi(self.world)

    def answer(self, request: Request) -> Reply | Hangup:
        """The reply to any request."""
        self.requests.append(record(request))
        if request.path == TOKEN_PATH:
            return struck(self.faults.take("token"), lambda: self._sign_in(request))
        if request.path in (AUTH_PATH, REVOKE_PATH):
            return self._sign_in(request)
        if request.path == SEND_PATH:
            return struck(self.faults.take("gmail.send"), lambda: self._send(request))
        asked = understand(request)
        faults = self.faults.take(asked.operation, asked.calendar_id, asked.page)
        return struck(faults, lambda: self._calendar(request, asked, faults))

    def _sign_in(self, request: Request) -> Reply:
        with self.world.lock:
            match request.path:
                case path if path == AUTH_PATH:
                    return self.sign_in.answer_auth(request)
                case path if path == TOKEN_PATH:
                    return self.sign_in.answer_token(request)
                case _:
                    return self.sign_in.answer_revoke(request)

    def _send(self, request: Request) -> Reply:
        try:
            with self.world.lock:
                kind, _, token = request.headers.get("authorization", "").partition(" ")
                granted = self.sign_in.allowed(token) if kind == "Bearer" else None
                if granted is None:
                    raise sign_in_required()
                if not covers(granted.scopes, "gmail.send", owns=True):
                    raise scope_missing()
                return self.gmail.answer_send(request, granted.account)
        except ApiError as error:
            return refused(error)

    def _calendar(self, request: Request, asked: Asked, faults: list[Fault]) -> Reply:
        try:
            with self.world.lock:
                answer = self._answered(self._admitted(request, asked), asked)
                for fault in faults:
                    spoil(answer, fault)
                return Reply(200, answer.written())
        except ApiError as error:
            return refused(error)

    def _admitted(self, request: Request, asked: Asked) -> str | None:
        """Who asks. Raises `ApiError` where the access token does not allow it; nothing may be written."""
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        granted = self.sign_in.allowed(token) if kind == "Bearer" else None
        if granted is None and (kind or not self.lets_everyone_in):
            raise sign_in_required()
        if request.method != "GET" or (granted and not self._covers(granted, asked)):
            raise scope_missing()
        return self.stranger if granted is None else granted.account

    def _covers(self, granted: Grant, asked: Asked) -> bool:
        wanted = granted.account if asked.calendar_id == "primary" else asked.calendar_id
        calendar = self.world.calendars.get(wanted)
        # Of a calendar that is not there the API says so itself.
        owns = calendar is None or calendar.roles.get(granted.account) in (None, "owner")
        return covers(granted.scopes, asked.operation, owns=owns)

    def _answered(self, account: str | None, asked: Asked) -> Answer:
        match asked.operation:
            case "calendarList.list":
                return self._api.list_calendars(account, asked.params)
            case "calendarList.get":
                return self._api.get_list_entry(account, asked.calendar_id, asked.params)
            case "calendars.get":
                return self._api.get_calendar(account, asked.calendar_id, asked.params)
            case "events.list":
                return self._api.list_events(account, asked.calendar_id, asked.params)
            case "events.get":
                return self._api.get_event(account, asked.calendar_id, asked.event_id, asked.params)
            case "events.instances":
                return self._api.list_instances(account, asked.calendar_id, asked.event_id, asked.params)
            case _:
                raise not_found()


def understand(request: Request) -> Asked:
    """Which operation of the Calendar API a request means."""
    params = Params(request.params)
    path = request.path.removeprefix(API_PATH)
    for operation, pattern in CALENDAR_PATHS.items():
        match = pattern.fullmatch(path) if path != request.path else None
        if match is not None:
            named = {name: unquote(text) for name, text in match.groupdict().items()}
            return Asked(operation, named.get("calendar", ""), named.get("event", ""), params)
    return Asked("", "", "", params)
