"""Partial answers: the grammar of the `fields` parameter."""

import pytest

from sync.sandbox.masks import BadMask, masked, read_mask

EVENT = {"id": "a", "start": {"dateTime": "t", "timeZone": "z"}, "attendees": [{"email": "e", "self": True}]}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("id", {"id": "a"}),
        ("id, missing", {"id": "a"}),
        ("start/timeZone", {"start": {"timeZone": "z"}}),
        ("start(timeZone,dateTime),id", {"id": "a", "start": {"dateTime": "t", "timeZone": "z"}}),
        ("attendees(email)", {"attendees": [{"email": "e"}]}),
        ("attendees/self", {"attendees": [{"self": True}]}),
        ("*", EVENT),
        ("*/timeZone", {"id": "a", "start": {"timeZone": "z"}, "attendees": [{}]}),
    ],
)
def test_only_what_is_named_is_kept(fields: str, expected: object) -> None:
    assert expected == masked(EVENT, read_mask(fields))


@pytest.mark.parametrize("fields", ["", "a,", "a(", "a)", "a(b", "(a)", "a//b", "a(b))"])
def test_a_selection_that_cannot_be_read_is_refused(fields: str) -> None:
    with pytest.raises(BadMask):
        read_mask(fields)
