"""What the recovery code promises: paper and a database copy are enough, typed as people type."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import SealBroken, WrongKey
from models.recovery import (
    ALPHABET,
    CodeMistyped,
    new_recovery_code,
    open_recovery_slot,
    read_recovery_code,
    recovery_slot,
)

ROOT = bytes(range(32))
CODE = "0123-4567-89AB-CDEF-GHJK-MNPQ-RSTJ"
SLOT = recovery_slot(ROOT, CODE)


def test_a_code_opens_its_slot() -> None:
    code = new_recovery_code()

    assert ROOT == open_recovery_slot(recovery_slot(ROOT, code), code)


def test_a_code_printed_once_opens_its_slot_for_ever() -> None:
    kept = (
        "014f7e19ce9f7356784a8429a09f1fa58dd01e138747bd69b812ffd3f60e89f7d747ada7999ccd0851e1d41123135886"
        "d7ae24c87014d3bf2627e46c710933e739d3a4ae9dd3a4c4b71f0b9c3e25020e03"
    )

    assert open_recovery_slot(bytes.fromhex(kept), CODE) == ROOT


def test_codes_are_seven_groups_of_four_and_never_the_same() -> None:
    codes = {new_recovery_code() for _ in range(300)}

    assert 300 == len(codes)
    for code in codes:
        assert [4] * 7 == [len(group) for group in code.split("-")]
        assert set(code) <= {*ALPHABET, "-"}
        assert code.replace("-", "") == read_recovery_code(code)


def test_every_symbol_of_a_code_is_drawn_by_chance() -> None:
    codes = [new_recovery_code().replace("-", "") for _ in range(600)]

    for position in range(28):
        assert len({code[position] for code in codes}) >= 25


@pytest.mark.parametrize(
    "typed",
    [
        CODE.lower(),
        CODE.replace("-", ""),
        CODE.replace("-", "  "),
        f"\t{CODE}\n",
        CODE.replace("-", "\u2013"),
        CODE.replace("-", "\u00a0"),
        CODE.replace("0", "O").replace("1", "I"),
        CODE.replace("0", "o").replace("1", "l"),
        CODE.replace("4", "\uff14"),
        f"{CODE}.",
    ],
)
def test_a_code_may_be_typed_as_people_type(typed: str) -> None:
    assert ROOT == open_recovery_slot(SLOT, typed)


def test_every_single_wrong_symbol_is_called_a_typing_error() -> None:
    symbols = CODE.replace("-", "")
    for position, right in enumerate(symbols):
        for wrong in set(ALPHABET) - {right}:
            with pytest.raises(CodeMistyped, match="typing error"):
                open_recovery_slot(SLOT, symbols[:position] + wrong + symbols[position + 1 :])


def test_every_pair_of_swapped_neighbours_is_called_a_typing_error() -> None:
    symbols = CODE.replace("-", "")
    for i in range(27):
        swapped = symbols[:i] + symbols[i + 1] + symbols[i] + symbols[i + 2 :]
        with pytest.raises(CodeMistyped, match="typing error"):
            open_recovery_slot(SLOT, swapped)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "28 letters and digits; 0 were"),
        (CODE[:-1], "27 were"),
        (CODE + "X", "29 were"),
        ("U" + CODE[1:], "no recovery code contains"),
        ("é" + CODE[1:], "no recovery code contains"),
    ],
)
def test_what_cannot_be_a_code_is_called_a_typing_error(typed: str, words: str) -> None:
    with pytest.raises(CodeMistyped, match=words):
        open_recovery_slot(SLOT, typed)


def test_a_sound_code_of_another_installation_is_a_wrong_key() -> None:
    with pytest.raises(WrongKey, match="not the one of this database") as told:
        open_recovery_slot(SLOT, new_recovery_code())

    assert not isinstance(told.value, CodeMistyped)


def test_no_error_repeats_the_code() -> None:
    for typed in (CODE[:-1] + "5", CODE[:-1], new_recovery_code()):
        with pytest.raises(WrongKey) as told:
            open_recovery_slot(SLOT, typed)
        assert typed[5:9] not in str(told.value)


def test_no_flipped_bit_of_a_slot_gives_another_key_or_blames_the_code() -> None:
    for bit in range(8 * len(SLOT)):
        damaged = bytearray(SLOT)
        damaged[bit // 8] ^= 1 << bit % 8
        with pytest.raises(SealBroken, match="damaged"):
            open_recovery_slot(bytes(damaged), CODE)


@given(st.binary(max_size=100))
def test_any_bytes_that_are_no_slot_are_refused_in_words(slot: bytes) -> None:
    with pytest.raises(SealBroken):
        open_recovery_slot(slot, CODE)


@pytest.mark.parametrize(
    "body",
    [b"\x01", b"\x01" + b"x" * 16, SLOT[:-5], SLOT[:-4] + b"x"],
    ids=["a version alone", "no key", "one byte less", "one byte more"],
)
def test_a_slot_of_another_size_is_called_damaged(body: bytes) -> None:
    with pytest.raises(SealBroken, match="damaged"):
        open_recovery_slot(body + hashlib.sha256(body).digest()[:4], CODE)


def test_a_slot_of_a_newer_version_says_so() -> None:
    from_the_future = bytes.fromhex("02" + "ab" * 10)
    checksum = bytes.fromhex("ce2bff25")

    with pytest.raises(SealBroken, match="unknown version 2"):
        open_recovery_slot(from_the_future + checksum, CODE)


def test_two_slots_for_one_code_look_unrelated() -> None:
    assert recovery_slot(ROOT, CODE)[1:] != SLOT[1:]
    assert ROOT not in SLOT


def test_a_slot_is_not_made_for_a_mistyped_code_or_half_a_key() -> None:
    with pytest.raises(CodeMistyped):
        recovery_slot(ROOT, CODE[:-1] + "5")
    with pytest.raises(ValueError, match="32 bytes, not 16"):
        recovery_slot(ROOT[:16], CODE)
