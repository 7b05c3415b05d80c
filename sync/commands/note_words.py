"""Says in a few words what was found in a note, and what could not be read."""

from sync.commands.showing import show_text
from sync.domain.notes.values import NoteReading
from sync.domain.phrasing import counted


def understood(reading: NoteReading) -> str:
    """In a few words, what was found in a note."""
    counts = (
        (len(reading.ratings), "rating"),
        (len(reading.tasks), "task"),
        (len(reading.themes), "theme"),
        (len(reading.interventions), "intervention"),
        (len(reading.goals), "goal"),
    )
    found = [counted(number, word) for number, word in counts if number]
    found += ["a plan"] if reading.plan else []
    found += ["a risk line"] if reading.risk else []
    return ", ".join(found) or "text only"


def show_not_understood(reading: NoteReading, *, err: bool = False) -> None:
    """Print each line that looks like something to be understood and is not."""
    for line in reading.not_understood:
        show_text(line, "Not understood: ", err=err)
