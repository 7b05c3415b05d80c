"""Each mail that did not simply arrive says what is to be done about it."""

import pytest

from sync.domain.briefing.fates import MailFate, remedy_of
from sync.domain.briefing.outbox import MessageStatus


@pytest.mark.parametrize(
    ("fate", "words"),
    [
        (MailFate("pending", 1), "tried again by itself"),
        (MailFate("pending", 1, stopped="Check the password."), "Check the password."),
        (MailFate("doubtful", 1, 1), "sent once more by itself"),
        (MailFate("doubtful", 2, 2), "if it is not there: `practice-sync briefing preview 1a2b`"),
        (MailFate("failed", 1), "`practice-sync doctor`"),
        (MailFate("skipped", 3), "`practice-sync briefing preview 1a2b`"),
    ],
)
def test_what_is_wrong_has_a_remedy(fate: MailFate, words: str) -> None:
    assert words in remedy_of(fate, "1a2b")


@pytest.mark.parametrize("status", [*MessageStatus])
def test_what_is_well_needs_none(status: MessageStatus) -> None:
    well = status not in (MessageStatus.DOUBTFUL, MessageStatus.FAILED)

    assert well == (remedy_of(MailFate(status), "1a2b") == "")
