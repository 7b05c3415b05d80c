"""Publishes calendars as files over HTTPS, as calendar services do at their secret addresses."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha256

from sync.adapters.ics_calendar import IcsCalendar, IcsCredentials
from sync.domain.calendar.values import Doorbell, Event, Snapshot, Window
from sync.ports import Known, nothing_known
from tests.adapters.ics.https import HOST, Answer, Asked, HttpsHost

HEAD = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Example//Publisher//EN\r\nX-WR-TIMEZONE:Europe/Berlin\r\n"


def utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


@dataclass
class _Published:
    entries: dict[str, str] = field(default_factory=dict)
    bin: dict[str, str] = field(default_factory=dict)


class Publisher:
    """Some calendars at one host. With each edit a minute passes for those who read them."""

    def __init__(self, host: HttpsHost, *calendar_ids: str) -> None:
        self.failures = 0
        self.empty = False
        self.minutes = 0
        self._host = host
        self._generation = 1
        self._calendars = {each: _Published() for each in calendar_ids}
        host.answering = self._answer

    def put(
        self,
        calendar_id: str,
        uid: str,
        starts_at: datetime,
        ends_at: datetime,
        title: str = "",
        guest: str = "",
    ) -> None:
        lines = [f"DTSTART:{utc(starts_at)}", f"DTEND:{utc(ends_at)}", f"SUMMARY:{title}"]
        if guest:
            lines.append(f"ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:{guest}")
        self.write(calendar_id, uid, *lines)

    def put_day(self, calendar_id: str, uid: str, day: date, next_day: date) -> None:
        self.write(
            calendar_id, uid, f"DTSTART;VALUE=DATE:{day:%Y%m%d}", f"DTEND;VALUE=DATE:{next_day:%Y%m%d}"
        )

    def write(self, calendar_id: str, uid: str, *lines: str) -> None:
        """Put the entry with these lines into the file, in place of the one with its UID."""
        block = ("BEGIN:VEVENT", f"UID:{uid}", *lines, "END:VEVENT")
        self._calendars[calendar_id].entries[uid] = "".join(f"{line}\r\n" for line in block)
        self.minutes += 1

    def delete(self, calendar_id: str, uid: str) -> None:
        calendar = self._calendars[calendar_id]
        calendar.bin[uid] = calendar.entries.pop(uid)
        self.minutes += 1

    def restore(self, calendar_id: str, uid: str) -> None:
        calendar = self._calendars[calendar_id]
        calendar.entries[uid] = calendar.bin[uid]
        self.minutes += 1

    def remove(self, calendar_id: str) -> None:
        del self._calendars[calendar_id]
        self.minutes += 1

    def break_off(self) -> None:
        """The next answer is none."""
        self.failures = 1
        self.minutes += 1

    def new_addresses(self) -> None:
        """The addresses so far are no longer good: every calendar gets another one."""
        self._generation += 1

    def path(self, calendar_id: str) -> str:
        return f"/{sha256(f'{calendar_id} {self._generation}'.encode()).hexdigest()}/basic.ics"

    def address(self, calendar_id: str) -> str:
        return f"https://{HOST}:{self._host.port}{self.path(calendar_id)}"

    def source(self) -> "ByAddress":
        """A source for all of these calendars, as they are reached now."""
        return ByAddress({each: self.read(each) for each in self._calendars})

    def read(self, calendar_id: str, monotonic: Callable[[], float] | None = None) -> IcsCalendar:
        credentials = IcsCredentials(self.address(calendar_id), (calendar_id,))
        tick = monotonic or (lambda: self.minutes * 60.0)
        return IcsCalendar(credentials, self._host.network(), "UTC", tick)

    def _answer(self, asked: Asked) -> Answer:
        if self.failures:
            self.failures -= 1
            return Answer(503)
        calendar = next((c for i, c in self._calendars.items() if self.path(i) == asked.path), None)
        if calendar is None:
            return Answer(404)
        entries = () if self.empty else calendar.entries.values()
        body = (HEAD + "".join(entries) + "END:VCALENDAR\r\n").encode()
        etag = f'"{sha256(body).hexdigest()[:12]}"'
        if asked.headers.get("If-None-Match") == etag:
            return Answer(304, headers={"ETag": etag})
        return Answer(body=body, headers={"ETag": etag, "Content-Type": "text/calendar; charset=utf-8"})


class ByAddress:
    """A calendar source that asks each calendar at its own address."""

    absence_is_proof = IcsCalendar.absence_is_proof
    ask_every = IcsCalendar.ask_every

    def __init__(self, calendars: Mapping[str, IcsCalendar]) -> None:
        self._calendars = calendars

    def snapshot(self, calendar_id: str, window: Window, known: Known = nothing_known) -> Snapshot:
        return self._calendars[calendar_id].snapshot(calendar_id, window, known)

    def ring(self, calendar_id: str, sync_token: str | None) -> Doorbell:
        return self._calendars[calendar_id].ring(calendar_id, sync_token)

    def event(self, calendar_id: str, event_id: str) -> Event | None:
        return self._calendars[calendar_id].event(calendar_id, event_id)

    def close(self) -> None:
        for calendar in self._calendars.values():
            calendar.close()
