"""What a line says once it is known what it is: its themes, what helped, and whether it is unclear."""

from collections.abc import Iterator

from sync.domain.notes import interventions, themes
from sync.domain.notes.line_kinds import GoalsLine, HelpedLine, LineReading, NotUnderstood, ThemesLine
from sync.domain.notes.values import Intervention


def themes_of(text: str, reading: LineReading) -> Iterator[str]:
    """The themes of the line `text`: listed after `Themes:`, or tagged in it."""
    if isinstance(reading, ThemesLine) and reading.text:
        return themes.listed_themes(reading.text)
    return themes.themes_in(text)


def interventions_of(reading: LineReading) -> Iterator[Intervention]:
    """What a `Helped:` line lists; nothing for any other."""
    return interventions.listed_interventions(reading.text if isinstance(reading, HelpedLine) else "")


def goals_of(reading: LineReading) -> Iterator[str]:
    """What a `Goal:` line names, its parts between semicolons; nothing for any other."""
    said = reading.text if isinstance(reading, GoalsLine) else ""
    return (part for each in said.split(";") if (part := each.strip()))


def is_unclear(reading: LineReading) -> bool:
    """Whether a line, or an item of its list, looks like something to be understood and is not."""
    match reading:
        case NotUnderstood():
            return True
        case HelpedLine(said):
            return interventions.is_unclear_list(said)
        case ThemesLine(said):
            return bool(said) and themes.is_unclear_list(said)
        case _:
            return False
