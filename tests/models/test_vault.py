"""What the vault promises: sealed words open in their place with their key, and nowhere else."""

import time

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import assume, given
from hypothesis import strategies as st

from models.envelope import OVERHEAD, open_bytes, seal_bytes
from models.errors import SealBroken, VaultError, WrongKey
from models.vault import ClientVault, Place, Vault, new_root_key

ROOT = bytes(range(32))
OTHER_ROOT = bytes(32)
VAULT = Vault(ROOT)
CLIENT = VAULT.client("client-1", VAULT.new_client_key("client-1"))
PLACE = Place("note", "body_sealed", "row-1", "client-1", 3)
WORDS = "She held the boundary – 12 times. 🌿"

places = st.builds(
    Place,
    *[st.text(alphabet="ab1:|\x00é", max_size=4)] * 4,
    st.integers(0, 30),
)


@pytest.mark.parametrize("vault", [VAULT, CLIENT])
@pytest.mark.parametrize("text", ["", WORDS, "a" * 100_000, "half a pair \ud83d"])
def test_what_is_sealed_opens_in_its_place(vault: Vault | ClientVault, text: str) -> None:
    assert text == vault.open(vault.seal(text, PLACE), PLACE)


def test_the_layout_is_version_key_id_nonce_ciphertext_and_tag() -> None:
    sealed = VAULT.seal("abc", PLACE)

    assert b"\x01" + VAULT.key_id == sealed[:5]
    assert OVERHEAD + 3 == 33 + 3 == len(sealed)


def test_the_same_words_are_sealed_differently_each_time() -> None:
    assert 200 == len({VAULT.seal(WORDS, PLACE)[5:17] for _ in range(200)})


def test_what_was_sealed_once_opens_for_ever() -> None:
    """Databases are sealed like this: a change of labels or layout would close every one of them."""
    kept = bytes.fromhex(
        "01c10b4f184373fccd28b6f12fcbabfb216eab076b8fc4eb52fca6df9eb67695be78f1b4d142894172fdc3"
    )
    key = bytes.fromhex(
        "01c10b4f18d01c1f9f8354ed3b82ccfc4db0cc270d76ab8c1ee9e2905ba885b8bdfeef0b12fc203301cb7c47e6d504b368"
        "5a7ac07887e71166ca8c685825b1339b"
    )
    hers = bytes.fromhex(
        "01967f4d40fae6d0587b7412ae61638f53027550a5355b944019cb65bb3eb33e702e4f8a7f3b9542d2fd"
    )

    assert ("kept words", "her words") == (
        VAULT.open(kept, PLACE),
        VAULT.client("client-1", key).open(hers, PLACE),
    )
    assert ("a1200691e27396ca5593f511ba9ed768", "ca28dd43362e17465592119383c7cde1") == (
        VAULT.blind_index("email", "a@example.org"),
        VAULT.digest("a", "b"),
    )


WRAPPED = VAULT.new_client_key("client-1")


def test_a_private_text_opens_for_its_author_and_its_client_alone() -> None:
    hers = VAULT.private("ana", "client-1", WRAPPED)
    sealed = hers.seal(WORDS, PLACE)

    assert WORDS == VAULT.private("ana", "client-1", WRAPPED).open(sealed, PLACE)
    others: list[Vault | ClientVault] = [
        VAULT,
        VAULT.client("client-1", WRAPPED),
        VAULT.private("ben", "client-1", WRAPPED),
        VAULT.private("ana", "client-1", VAULT.new_client_key("client-1")),
    ]
    for other in others:
        with pytest.raises((SealBroken, WrongKey)):
            other.open(sealed, PLACE)


def test_the_clients_data_key_alone_opens_no_private_text() -> None:
    """The same data key under another root, as in a copy whose root is somebody else's."""
    other = Vault(OTHER_ROOT)
    rewrapped = other.rewrap("client-1", WRAPPED, VAULT)
    sealed = VAULT.private("ana", "client-1", WRAPPED).seal(WORDS, PLACE)

    assert WORDS == other.client("client-1", rewrapped).open(
        VAULT.client("client-1", WRAPPED).seal(WORDS, PLACE), PLACE
    )
    with pytest.raises(SealBroken):
        other.private("ana", "client-1", rewrapped).open(sealed, PLACE)


def test_what_was_sealed_privately_once_opens_for_ever() -> None:
    key = bytes.fromhex(
        "01c10b4f18d01c1f9f8354ed3b82ccfc4db0cc270d76ab8c1ee9e2905ba885b8bdfeef0b12fc203301cb7c47e6d504b368"
        "5a7ac07887e71166ca8c685825b1339b"
    )
    kept = bytes.fromhex(
        "018b2f5420ba708c359285d9d0a86218f536a280f673208d25dda94adc03f17badd5d25fc7000c139d1f40"
    )

    assert "kept words" == VAULT.private("ana", "client-1", key).open(kept, PLACE)


@given(places, places)
def test_no_place_opens_what_was_sealed_for_another(here: Place, there: Place) -> None:
    assume(here != there)
    for vault in (VAULT, CLIENT):
        sealed = vault.seal(WORDS, here)
        with pytest.raises(SealBroken):
            vault.open(sealed, there)


@pytest.mark.parametrize(
    "moved",
    [
        PLACE._replace(table="private_note"),
        PLACE._replace(column="title_sealed"),
        PLACE._replace(row="row-2"),
        PLACE._replace(client="client-2"),
        PLACE._replace(revision=2),
    ],
)
def test_each_part_of_a_place_counts(moved: Place) -> None:
    with pytest.raises(SealBroken, match=f"{moved.table}.{moved.column}, row {moved.row}"):
        VAULT.open(VAULT.seal(WORDS, PLACE), moved)


def test_parts_of_a_place_do_not_run_into_each_other() -> None:
    pairs = [
        (Place("ab", "c", "d"), Place("a", "bc", "d")),
        (Place("a", "b", "cd", "e"), Place("a", "b", "c", "de")),
        (Place("a", "b", "r", "1:x"), Place("a", "b", "r3:", "x")),
        (Place("a", "b", "c", "d1", 2), Place("a", "b", "c", "d", 12)),
    ]
    for here, there in pairs:
        with pytest.raises(SealBroken):
            VAULT.open(VAULT.seal(WORDS, here), there)


@pytest.mark.parametrize("vault", [VAULT, CLIENT])
def test_no_flipped_bit_ever_gives_wrong_words(vault: Vault | ClientVault) -> None:
    flips = 0
    for number in range(5):
        sealed = vault.seal(WORDS + str(number), PLACE)
        for bit in range(8 * len(sealed)):
            damaged = bytearray(sealed)
            damaged[bit // 8] ^= 1 << bit % 8
            with pytest.raises((SealBroken, WrongKey)):
                vault.open(bytes(damaged), PLACE)
            flips += 1
    assert flips >= 2000


@given(st.binary(max_size=80))
def test_any_bytes_that_are_no_seal_are_refused_in_words(content: bytes) -> None:
    for vault in (VAULT, CLIENT):
        with pytest.raises(VaultError):
            vault.open(content, PLACE)


@pytest.mark.parametrize("length", [0, 1, 4, 32])
def test_a_seal_cut_short_says_so(length: int) -> None:
    with pytest.raises(SealBroken, match="cut short"):
        VAULT.open(VAULT.seal("", PLACE)[:length], PLACE)


def test_an_unknown_version_is_told_apart_from_damage() -> None:
    with pytest.raises(SealBroken, match="unknown version 2") as told:
        VAULT.open(b"\x02" + VAULT.seal(WORDS, PLACE)[1:], PLACE)

    assert "update" in told.value.advice


def test_an_error_says_no_word_of_what_was_sealed() -> None:
    with pytest.raises(SealBroken) as told:
        VAULT.open(VAULT.seal(WORDS, PLACE), PLACE._replace(revision=4))

    assert "boundary" not in f"{told.value!r} {told.value.advice} {told.value.__cause__!r}"


def test_another_root_key_is_named_and_refused() -> None:
    other = Vault(OTHER_ROOT)

    with pytest.raises(WrongKey, match=f"{VAULT.key_name}.*{other.key_name}"):
        other.verify(VAULT.check_value())
    with pytest.raises(WrongKey):
        other.open(VAULT.seal(WORDS, PLACE), PLACE)
    with pytest.raises(WrongKey):
        other.client("client-1", VAULT.new_client_key("client-1"))


def test_the_own_root_key_proves_right() -> None:
    Vault(ROOT).verify(VAULT.check_value())


def test_a_damaged_check_value_is_not_called_a_wrong_key() -> None:
    check = VAULT.check_value()

    with pytest.raises(SealBroken):
        VAULT.verify(check[:-1] + bytes([check[-1] ^ 1]))


def test_a_root_key_of_another_length_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="32 bytes, not 16"):
        Vault(bytes(16))


def test_new_root_keys_differ() -> None:
    assert 100 == len({new_root_key() for _ in range(100)})
    assert 32 == len(new_root_key())


def test_a_clients_wrapped_key_opens_for_that_client_alone() -> None:
    with pytest.raises(SealBroken):
        VAULT.client("client-2", VAULT.new_client_key("client-1"))


def test_one_clients_words_do_not_open_for_another() -> None:
    other = VAULT.client("client-2", VAULT.new_client_key("client-2"))

    with pytest.raises(SealBroken, match="another client"):
        other.open(CLIENT.seal(WORDS, PLACE), PLACE)


def test_a_foreign_key_id_does_not_help_one_clients_words_into_another() -> None:
    other = VAULT.client("client-2", VAULT.new_client_key("client-2"))
    forged = other.seal("", PLACE)[:5] + CLIENT.seal(WORDS, PLACE)[5:]

    with pytest.raises(SealBroken, match="damaged or moved"):
        other.open(forged, PLACE)


def test_the_key_id_in_a_seal_is_sealed_with_it() -> None:
    cipher = AESGCM(ROOT)
    sealed = seal_bytes(cipher, b"key1", b"words", PLACE)

    assert open_bytes(cipher, sealed, PLACE) == b"words"
    with pytest.raises(SealBroken):
        open_bytes(cipher, sealed.replace(b"key1", b"key2"), PLACE)


def test_what_the_service_key_sealed_is_never_taken_for_a_clients_key() -> None:
    forged = VAULT.seal("k" * 32, Place("vault", "data_key", "client-1", "client-1"))

    with pytest.raises(SealBroken):
        VAULT.client("client-1", forged)


def test_a_clients_words_do_not_open_with_the_service_key() -> None:
    with pytest.raises(VaultError):
        VAULT.open(CLIENT.seal(WORDS, PLACE), PLACE)


def test_a_clients_vault_is_kept_until_clients_are_forgotten() -> None:
    vault = Vault(ROOT)
    wrapped = vault.new_client_key("client-1")
    kept = vault.client("client-1", wrapped)

    assert kept is vault.client("client-1", wrapped)
    vault.forget_clients()
    assert kept is not vault.client("client-1", wrapped)


def test_only_so_many_clients_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.vault.CLIENTS_KEPT", 2)
    vault = Vault(ROOT)
    wrapped = {name: vault.new_client_key(name) for name in "abc"}
    first = vault.client("a", wrapped["a"])
    vault.client("b", wrapped["b"])
    vault.client("c", wrapped["c"])

    assert first is not vault.client("a", wrapped["a"])


def test_a_clients_words_outlive_a_change_of_root() -> None:
    wrapped = VAULT.new_client_key("client-1")
    sealed = VAULT.client("client-1", wrapped).seal(WORDS, PLACE)
    renewed = Vault(OTHER_ROOT)

    rewrapped = renewed.rewrap("client-1", wrapped, former=VAULT)

    assert WORDS == renewed.client("client-1", rewrapped).open(sealed, PLACE)
    with pytest.raises(WrongKey):
        VAULT.client("client-1", rewrapped)


def test_a_blind_index_finds_equal_values_and_tells_purposes_and_roots_apart() -> None:
    index = VAULT.blind_index("email", "a@example.org")

    assert index == Vault(ROOT).blind_index("email", "a@example.org")
    assert 32 == len(index)
    others = {
        VAULT.blind_index("name", "a@example.org"),
        VAULT.blind_index("email", "b@example.org"),
        VAULT.blind_index("emaila", "@example.org"),
        Vault(OTHER_ROOT).blind_index("email", "a@example.org"),
        VAULT.digest("email", "a@example.org"),
    }
    assert 5 == len(others - {index})


def test_a_digest_tells_its_parts_apart() -> None:
    assert VAULT.digest("ab", "c") == Vault(ROOT).digest("ab", "c")
    assert 4 == len({VAULT.digest("ab", "c"), VAULT.digest("a", "bc"), VAULT.digest("abc"), VAULT.digest()})


def test_nothing_printed_shows_a_key() -> None:
    shown = f"{VAULT!r} {VAULT} {CLIENT!r} {CLIENT}"

    assert "Vault(key c10b4f18) Vault(key c10b4f18) ClientVault(client-1) ClientVault(client-1)" == shown


def test_no_attribute_of_a_vault_is_a_key() -> None:
    held = [getattr(vault, name) for vault in (VAULT, CLIENT) for name in type(vault).__slots__]

    assert [] == [value for value in held if isinstance(value, bytes) and len(value) >= 16]


def test_sealing_keeps_up_with_a_first_import() -> None:
    def seal_many() -> float:
        started = time.perf_counter()
        for row in range(20_000):
            CLIENT.seal(WORDS, Place("note", "body_sealed", str(row), "client-1"))
        return time.perf_counter() - started

    assert min(seal_many() for _ in range(3)) < 0.2
