"""The sample's notes as they are read, up to any week."""

from datetime import date

from sync.demo.days import Days
from sync.demo.note_texts import note_text
from sync.demo.sample import SampleClient
from sync.domain.notes.parsing import read_note
from sync.domain.notes.values import WrittenNote
from sync.domain.progress.marker_readings import MarkerReading, read_markers

DAYS = Days(date(2026, 6, 10))


def kept_weeks(client: SampleClient) -> list[int]:
    """The weeks of the sessions that took place, the first one first."""
    return [week for week in client.calendar.past_weeks if week not in client.calendar.no_shows]


def written_until(client: SampleClient, week: int) -> list[WrittenNote]:
    """What was written when the session of `week` was over."""
    return [
        WrittenNote(
            f"{client.code}{each}",
            DAYS.at(each, client.calendar.day, client.calendar.at),
            False,
            read_note(note_text(client, each, DAYS)),
        )
        for each in kept_weeks(client)
        if each >= week and each not in client.calendar.unwritten
    ]


def readings_at(client: SampleClient, week: int) -> dict[str, MarkerReading]:
    """Every marker as it read then, by its name."""
    better = {marker.name: marker.better == "higher" for marker in client.markers}
    found = read_markers(written_until(client, week), lambda label, _scale: better[label])
    return {reading.ever.marker: reading for reading in found}
