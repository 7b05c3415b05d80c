"""Ids that are made here, before a row exists."""

import os


def new_id() -> str:
    """A new row's id: a random UUID (RFC 9562, version 4) as text.

    Put together here because a first reading makes tens of thousands, and `uuid4` takes twice the time.
    """
    return _uuid(os.urandom(16).hex())


def new_ids(count: int) -> list[str]:
    """Many such ids, in their own order: rows that come in the order of their key are written faster."""
    digits = os.urandom(16 * count).hex()
    return sorted([_uuid(digits[start : start + 32]) for start in range(0, 32 * count, 32)])


def _uuid(h: str) -> str:
    return f"{h[:8]}-{h[8:12]}-4{h[13:16]}-{_VARIANT[h[16]]}{h[17:20]}-{h[20:]}"


_VARIANT = {digit: "89ab"[int(digit, 16) % 4] for digit in "0123456789abcdef"}
