"""A published calendar (iCalendar) as a `CalendarSource`: its secret address, or a file."""

import hashlib
import json
import threading
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sync.adapters.ics_address import IcsPlace, read_place
from sync.adapters.ics_body import Body, take_apart
from sync.adapters.ics_fetch import Network, fetch
from sync.adapters.ics_ids import master_id, missing_uid
from sync.adapters.ics_reading import read_in_child
from sync.adapters.ics_wire import Answer, Question
from sync.domain.calendar.links import PUBLISHED
from sync.domain.calendar.series_ids import original_start_at, split_instance_id
from sync.domain.calendar.values import Doorbell, Event, Snapshot, Window
from sync.errors import CalendarUnreachable, Refused, SignInNeeded, SyncTokenExpired
from sync.ports import Known, nothing_known

FRESH_SECONDS = 10.0
"""How long one fetched body answers for the calendar: a reading and its questions ask the host once."""

ASK_EVERY = timedelta(minutes=5)
"""A published calendar is sent whole each time, and its host renews it now and then at best."""

ACCESS_ROLE = "reader"
_VERSIONS_KEPT = 3
_ANSWERS_KEPT = 8
_NEAR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class IcsCredentials:
    """The secret place of a calendar, and the addresses under which its owner is a guest of events."""

    place: str = field(repr=False)
    owners: tuple[str, ...] = field(default=(), repr=False)

    def to_json(self) -> str:
        """One JSON object; `from_json` reads it back."""
        return json.dumps({"kind": PUBLISHED, "place": self.place, "owners": self.owners}, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> "IcsCredentials":
        """Read what `to_json` wrote. Raises `SignInNeeded` when it is not that."""
        try:
            said = json.loads(text)
            sound = said["kind"] == PUBLISHED and isinstance(said["place"], str)
            return cls(said["place"], tuple(map(str, said["owners"]))) if sound else _unreadable()
        except (ValueError, TypeError, LookupError):
            return _unreadable()


def is_published(credentials: str) -> bool:
    """Whether stored credentials are those of a published calendar."""
    try:
        return bool(json.loads(credentials)["kind"] == PUBLISHED)
    except (ValueError, TypeError, LookupError):
        return False


def _unreadable() -> IcsCredentials:
    raise SignInNeeded(
        "the stored address cannot be read",
        "Copy the address afresh and run `practice-sync connect ics ADDRESS --replaces CONNECTION`.",
    )


@dataclass(frozen=True, slots=True)
class _Version:
    """One body, and what each of its UIDs said in it (by the id of the event or series)."""

    raw: bytes = field(repr=False)
    digest: str
    said: Mapping[str, bytes] = field(repr=False)
    validators: Mapping[str, str]


class IcsCalendar:
    """One published calendar. May be shared by threads: they take turns.

    It shows what is there and not what is gone, so what it lacks proves nothing by itself.
    """

    absence_is_proof = False
    ask_every = ASK_EVERY

    def __init__(
        self,
        credentials: IcsCredentials,
        network: Network,
        fallback_zone: str,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """`fallback_zone` is taken where the calendar names none. `monotonic` counts seconds."""
        try:
            self._place: IcsPlace = read_place(credentials.place)
        except Refused as refused:
            raise SignInNeeded("the stored address cannot be used", refused.advice) from None
        self._owners = credentials.owners
        self._network = network
        self._fallback_zone = fallback_zone
        self._monotonic = monotonic
        self._turn = threading.RLock()
        self._versions: dict[str, _Version] = {}
        self._current: tuple[float, _Version] | None = None
        self._answers: list[tuple[str, Window, Answer]] = []

    def snapshot(self, calendar_id: str, window: Window, known: Known = nothing_known) -> Snapshot:
        """Read every event that overlaps `window`; see `CalendarSource.snapshot`."""
        del calendar_id  # an address is one calendar
        with self._turn:
            answer = self._read(self._fresh(), window)
        within = [event for event in answer.events.values() if _is_within(event, window, answer.time_zone)]
        etags = known()
        same = frozenset(e.event_id for e in within if _is_as_known(e, etags))
        fresh = tuple(event for event in within if event.event_id not in same)
        return Snapshot(window, answer.time_zone, ACCESS_ROLE, fresh, same)

    def ring(self, calendar_id: str, sync_token: str | None) -> Doorbell:
        """Ask whether the calendar is what it was; see `CalendarSource.ring`.

        What changed is named by single event or series; "" stands for what cannot be named.
        """
        del calendar_id
        with self._turn:
            if sync_token is None:
                return Doorbell(self._token(self._fresh()), ())
            before, validators = self._opened(sync_token)
            version = self._fetch(validators if before in self._versions else {})
            if version is None:
                return Doorbell(sync_token, ())
            return Doorbell(self._token(version), self._changed(before, version))

    def event(self, calendar_id: str, event_id: str) -> Event | None:
        """Read one event as it is now; see `CalendarSource.event`."""
        del calendar_id
        with self._turn:
            version = self._fresh()
            for digest, _, answer in self._answers:
                if digest == version.digest and (found := _in(answer, event_id)) is not None:
                    return found
            near = self._planned_near(version, event_id)
            return None if near is None else _in(self._read(version, near), event_id)

    def close(self) -> None:
        """Nothing to give back: no connection outlives its answer."""

    def _fresh(self) -> _Version:
        """The body as it is now, fetched whole unless that was just done."""
        if self._current is not None and 0 <= self._monotonic() - self._current[0] < FRESH_SECONDS:
            return self._current[1]
        version = self._fetch({})
        if version is None:
            raise CalendarUnreachable("the calendar's host says that nothing changed, unasked")
        return version

    def _fetch(self, validators: Mapping[str, str]) -> _Version | None:
        """The body as it is now; None where the host says that it is the one of `validators`."""
        fetched = fetch(self._place, self._network, validators)
        if fetched.body is None:
            return None
        version = _version(fetched.body, fetched.validators)
        self._versions.pop(version.digest, None)
        self._versions[version.digest] = version
        for old in list(self._versions)[:-_VERSIONS_KEPT]:
            del self._versions[old]
        self._answers = [each for each in self._answers if each[0] == version.digest]
        self._current = (self._monotonic(), version)
        return version

    def _read(self, version: _Version, window: Window) -> Answer:
        for digest, span, answer in self._answers:
            if digest == version.digest and _covers(span, window):
                return answer
        answer = read_in_child(version.raw, Question(window, self._owners, self._fallback_zone))
        self._answers = [*self._answers[1 - _ANSWERS_KEPT :], (version.digest, window, answer)]
        return answer

    def _planned_near(self, version: _Version, event_id: str) -> Window | None:
        """Where an instance that is not known yet would have to be planned; None where that was looked at."""
        planned = original_start_at(split_instance_id(event_id)[1], ZoneInfo("UTC"))
        if planned is None:
            if any(digest == version.digest for digest, _, _ in self._answers):
                return None  # a single event or a series is in every reading
            planned = datetime.fromtimestamp(0, ZoneInfo("UTC"))
        near = Window(planned - _NEAR, planned + _NEAR)
        covered = any(d == version.digest and _covers(span, near) for d, span, _ in self._answers)
        return None if covered else near

    def _token(self, version: _Version) -> str:
        return json.dumps(
            {"place": self._mark(), "digest": version.digest, "validators": dict(version.validators)},
            sort_keys=True,
        )

    def _opened(self, sync_token: str) -> tuple[str, Mapping[str, str]]:
        """The digest and validators in a token of this very address. Raises `SyncTokenExpired`."""
        try:
            said = json.loads(sync_token)
            if said["place"] == self._mark():
                return str(said["digest"]), {str(k): str(v) for k, v in said["validators"].items()}
        except (ValueError, TypeError, LookupError, AttributeError):
            pass
        raise SyncTokenExpired("the sync token belongs to another address")

    def _mark(self) -> str:
        return hashlib.sha256(self._place.secret.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    def _changed(self, before: str, version: _Version) -> tuple[str, ...]:
        if before == version.digest:
            return ()
        earlier = self._versions.get(before)
        if earlier is None:
            return ("",)
        ids: Collection[str] = earlier.said.keys() | version.said.keys()
        return tuple(sorted(i for i in ids if earlier.said.get(i) != version.said.get(i)))


def _version(raw: bytes, validators: Mapping[str, str]) -> _Version:
    body = take_apart(raw)
    said = _what_each_says(body)
    whole = hashlib.blake2b(digest_size=16)
    for name in sorted(said):
        whole.update(name.encode("utf-8", "surrogatepass") + b"\0" + said[name])
    return _Version(raw, whole.hexdigest(), said, validators)


def _what_each_says(body: Body) -> dict[str, bytes]:
    """By id of the event or series, what all its parts say, in whatever order they stand."""
    parts: dict[str, list[bytes]] = {"": [body.frame_digest]}
    for block in body.blocks:
        digest = block.digest
        parts.setdefault(master_id(block.uid or missing_uid(digest)), []).append(digest)
    return {name: b"".join(sorted(digests)) for name, digests in parts.items()}


def _in(answer: Answer, event_id: str) -> Event | None:
    """The event or series of this id; what belongs to one that cannot be read is not gone (R72)."""
    found = answer.events.get(event_id) or answer.masters.get(event_id)
    if found is not None:
        return found
    owner = answer.events.get(split_instance_id(event_id)[0])
    if owner is None or owner.defect is None:
        return None
    return owner._replace(event_id=event_id, recurring_event_id=owner.event_id)


def _covers(span: Window, window: Window) -> bool:
    return span.starts_at <= window.starts_at and window.ends_at <= span.ends_at


def _is_within(event: Event, window: Window, zone: str) -> bool:
    """Whether it overlaps the window; what cannot be read is always shown, for it may."""
    if event.starts_at is not None:
        return window.overlaps(event.starts_at, max(event.ends_at or event.starts_at, event.starts_at))
    if event.starts_on is None:
        return True
    first = datetime.combine(event.starts_on, datetime.min.time(), ZoneInfo(zone))
    return window.overlaps(first, first + timedelta(days=1))


def _is_as_known(event: Event, etags: Mapping[str, str]) -> bool:
    return event.status != "cancelled" and event.etag is not None and etags.get(event.event_id) == event.etag
