"""Words what the notes leave open, what comes back in them, and words of then beside words of now."""

from collections.abc import Callable
from datetime import date

from sync.domain.phrasing import counted
from sync.domain.progress.excerpts import Excerpt
from sync.domain.progress.in_words import InWords
from sync.domain.progress.sentences import Wall
from sync.domain.progress.themes import Theme, ThemeState
from sync.domain.progress.threads import ComingUp, Waiting


def excerpt_words(excerpt: Excerpt) -> str:
    """The words, in quotation marks where they had some in the note."""
    return f"“{excerpt.text}”" if excerpt.is_quote else excerpt.text


def dated_words(excerpt: Excerpt, wall: Wall) -> str:
    """`2 June: She slept.`"""
    return f"{wall.day(excerpt.evidence.starts_at)}: {excerpt_words(excerpt)}"


def pair_words(pair: InWords, wall: Wall) -> str:
    """Both passages with their days, and no word between them."""
    return f"{dated_words(pair.then, wall)} · {dated_words(pair.now, wall)}"


def theme_words(theme: Theme, wall: Wall) -> str:
    """`sleep: in 10 sessions, last on 2 June`."""
    last, sessions = wall.day(theme.last_seen.starts_at), counted(theme.sessions, "session")
    match theme.state:
        case ThemeState.NEW:
            return f"{theme.theme}: new since {wall.day(theme.first_seen.starts_at)}, in {sessions}"
        case ThemeState.QUIET:
            ago = counted(theme.notes_since, "session")
            return f"{theme.theme}: in {sessions}, not since {last} ({ago})"
        case _:
            return f"{theme.theme}: in {sessions}, last on {last}"


def waiting_words(waiting: Waiting, wall: Wall) -> str:
    """`walk (since 2 May, 5 sessions ago)`."""
    ago = f", {counted(waiting.notes_since, 'session')} ago" if waiting.notes_since else ""
    return f"{waiting.task.text} (since {wall.day(waiting.task.given_at)}{ago})"


def coming_words(coming: ComingUp, wall: Wall, date_words: Callable[[date], str]) -> str:
    """`20 June (written on 2 June): Job review on 20 June.`"""
    return f"{date_words(coming.on)} (written on {wall.day(coming.evidence.starts_at)}): {coming.words}"
