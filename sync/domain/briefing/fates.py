"""What is to be done about a mail, by what became of it."""

from dataclasses import dataclass

from sync.domain.briefing.outbox import MessageStatus

PREVIEW, SESSIONS = "`practice-sync briefing preview {}`", "`practice-sync sessions`"


@dataclass(frozen=True, slots=True)
class MailFate:
    """Where a mail stands: how often it was tried, and after how many of these nobody knew.

    `stopped` is what mends that we are not let in, where that keeps it back.
    """

    status: str
    attempts: int = 0
    doubts: int = 0
    stopped: str = ""


def remedy_of(fate: MailFate, session: str) -> str:
    """What a person does about it; empty where nothing is wrong. `session` is what it is about, if it is."""
    preview = PREVIEW.format(session) if session else SESSIONS
    match fate:
        case MailFate(MessageStatus.PENDING, stopped=advice) if advice:
            return advice
        case MailFate(MessageStatus.PENDING, attempts=attempts) if attempts:
            return "Nothing to do: it is tried again by itself until the session begins."
        case MailFate(MessageStatus.DOUBTFUL, doubts=1):
            return "Look in the inbox; it is sent once more by itself while the session has not begun."
        case MailFate(MessageStatus.DOUBTFUL):
            return f"Look in the inbox; if it is not there: {preview}."
        case MailFate(MessageStatus.FAILED):
            return f"`practice-sync doctor` tests address and settings; to read it here: {preview}."
        case MailFate(MessageStatus.SKIPPED, attempts=attempts) if attempts:
            return f"To read it here: {preview}. Then see to mail: `practice-sync doctor --send-test`."
        case _:
            return ""
