"""What a signature holds, when it is late, and how long a note may be opened again."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from sync.domain.notes.signing import is_late_entry, may_reopen_until, signature_of

AT = datetime(2026, 6, 12, 9, 0, 0, 123456, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_a_signature_holds_the_words_the_person_and_the_moment() -> None:
    signed = signature_of(("She came.",), "ana", AT)

    assert signed == signature_of(("She came.",), "ana", AT.astimezone(timezone(2 * HOUR)))
    others = {
        signature_of(("She came",), "ana", AT),
        signature_of(("She came.", ""), "ana", AT),
        signature_of(("She came.",), "ben", AT),
        signature_of(("She came.",), "ana", AT + timedelta(microseconds=1)),
    }
    assert (4, False) == (len(others), signed in others)


def test_words_do_not_run_into_each_other() -> None:
    assert signature_of(("ab", "c"), "ana", AT) != signature_of(("a", "bc"), "ana", AT)


def test_half_a_pair_of_surrogates_can_be_signed() -> None:
    assert 64 == len(signature_of(("\ud800",), "ana", AT))


@pytest.mark.parametrize(("hours", "late"), [(-1, False), (72, False), (72.001, True), (500, True)])
def test_a_note_is_late_when_it_is_signed_after_the_limit(hours: float, late: bool) -> None:
    assert late == is_late_entry(AT, AT + timedelta(hours=hours), 72)


def test_the_grace_counts_from_the_first_signing() -> None:
    assert AT + 24 * HOUR == may_reopen_until(AT, 24)
