"""Keeps what the therapist says of single lines of a briefing, so that they do not come back."""

from dataclasses import dataclass
from datetime import datetime

from sync.app import App
from sync.domain.briefing.feedback import keyed_lines
from sync.domain.briefing.privacy import Privacy
from sync.domain.progress.statements import REJECTED, Statement, Verdict
from sync.errors import Refused
from sync.jobs.brief import briefing_for
from sync.jobs.page_verdicts import FEWEST_DIGITS
from sync.store.records import Records
from sync.store.sessions import session_row
from sync.store.statements import judge, take_back, verdicts

PAGE = Verdict.DISMISSED.about


@dataclass(frozen=True, slots=True)
class Said:
    """A line that is on the page, or was called wrong or useless before: then with that verdict."""

    key: str
    words: str
    verdict: Verdict | None


def lines_of(app: App, records: Records, session_id: str, now: datetime) -> tuple[Said, ...]:
    """The lines of a session's briefing, then what was said before of lines of this client's pages."""
    page = briefing_for(app, records, session_id, now, Privacy.CODE)
    before = verdicts(records, session_row(records, session_id).client_id, PAGE)
    shown = [Said(each.key, each.words, None) for each in keyed_lines(page)]
    rejected = [Said(key, j.sentence, j.verdict) for key, j in before.items() if j.verdict in REJECTED]
    return (*shown, *rejected)


def say_of_line(app: App, session_id: str, key: str, verdict: Verdict, now: datetime) -> Said:
    """Let the line whose key begins with `key` not come back while it is the same."""
    with app.writing() as records:
        line = _meant(lines_of(app, records, session_id, now), key)
        client_id = session_row(records, session_id).client_id
        judge(records, client_id, Statement(line.key, line.words, ()), verdict, now)
    return line


def take_line_back(app: App, session_id: str, key: str, now: datetime) -> Said:
    """Let a line that was called wrong or useless be said again."""
    with app.writing() as records:
        line = _meant([each for each in lines_of(app, records, session_id, now) if each.verdict], key)
        take_back(records, session_row(records, session_id).client_id, line.key, PAGE)
    return line


def _meant(lines: tuple[Said, ...] | list[Said], key: str) -> Said:
    found = [line for line in lines if line.key.startswith(key.casefold())]
    if len(key) < FEWEST_DIGITS or len(found) != 1:
        raise Refused("No line has this key.", "`practice-sync briefing feedback SESSION --list` shows them.")
    return found[0]
