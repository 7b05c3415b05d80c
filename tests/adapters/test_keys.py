"""Where the root key may be kept: read back exactly, never overwritten, refused wherever others get at it."""

import os
import threading
from pathlib import Path

import pytest

from models.errors import KeyMissing, KeyUnsafe
from sync.adapters.keys import KeyFile, SystemdCredential, key_store
from sync.ports import KeyStore
from sync.settings import load_settings

KEY = bytes(range(32))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "root.key"


@pytest.fixture
def store(path: Path, tmp_path: Path) -> KeyFile:
    return KeyFile(path, [tmp_path / "data"])


@pytest.fixture
def kept(store: KeyFile) -> KeyFile:
    store.write(KEY)
    return store


def test_a_kept_key_is_read_back(kept: KeyFile) -> None:
    assert kept.read() == KEY


def test_a_key_file_says_what_it_is_in_its_first_line(kept: KeyFile) -> None:
    assert kept.path.read_text().startswith("# Root key of Practice Sync.")


@pytest.mark.parametrize("umask", [0o000, 0o002, 0o022, 0o077])
def test_a_key_file_and_its_new_folders_are_the_owners_alone(path: Path, umask: int) -> None:
    deep = path.parent / "deeper" / "root.key"
    before = os.umask(umask)
    try:
        KeyFile(deep, []).write(KEY)
    finally:
        os.umask(before)

    assert [0o600, 0o700, 0o700] == [p.stat().st_mode & 0o777 for p in (deep, deep.parent, path.parent)]
    assert KeyFile(deep, []).read() == KEY


def test_a_key_is_never_written_over_another(kept: KeyFile) -> None:
    with pytest.raises(KeyUnsafe, match="already; it was left alone"):
        kept.write(bytes(32))

    assert kept.read() == KEY


@pytest.mark.parametrize("what", ["empty file", "folder", "dangling link"])
def test_whatever_stands_in_the_keys_place_stays(store: KeyFile, path: Path, what: str) -> None:
    path.parent.mkdir(mode=0o700)
    match what:
        case "empty file":
            path.touch(0o600)
        case "folder":
            path.mkdir()
        case "dangling link":
            path.symlink_to(path.parent / "elsewhere")

    with pytest.raises(KeyUnsafe):
        store.write(KEY)
    assert [path] == list(path.parent.iterdir())


def test_writing_leaves_nothing_else_behind(kept: KeyFile) -> None:
    assert [kept.path] == list(kept.path.parent.iterdir())


def test_of_many_writers_at_once_one_wins_whole(path: Path) -> None:
    start = threading.Barrier(8)
    refused: list[KeyUnsafe] = []

    def write(number: int) -> None:
        start.wait()
        try:
            KeyFile(path, []).write(bytes([number]) * 32)
        except KeyUnsafe as lost:
            refused.append(lost)

    writers = [threading.Thread(target=write, args=(n,)) for n in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert len(refused) == 7
    assert KeyFile(path, []).read() in {bytes([n]) * 32 for n in range(8)}


def test_missing_loose_and_damaged_are_three_different_messages(store: KeyFile, path: Path) -> None:
    with pytest.raises(KeyMissing, match="no key file at"):
        store.read()
    store.write(KEY)
    path.chmod(0o640)
    with pytest.raises(KeyUnsafe, match=r"read or changed by others \(mode 0640\)"):
        store.read()
    path.chmod(0o600)
    path.write_text("# Root key of Practice Sync.\n")
    with pytest.raises(KeyUnsafe, match="damaged") as told:
        store.read()
    assert "recovery code" in told.value.advice


@pytest.mark.parametrize("mode", [0o640, 0o620, 0o610, 0o604, 0o602, 0o601, 0o666, 0o777])
def test_a_key_that_others_may_touch_is_refused(kept: KeyFile, mode: int) -> None:
    kept.path.chmod(mode)

    with pytest.raises(KeyUnsafe, match="by others"):
        kept.read()


def test_a_key_may_be_read_only(kept: KeyFile) -> None:
    kept.path.chmod(0o400)

    assert kept.read() == KEY


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_a_key_of_another_owner_is_refused(kept: KeyFile) -> None:
    os.chown(kept.path, 12345, -1)

    with pytest.raises(KeyUnsafe, match="another user"):
        kept.read()


def test_a_symbolic_link_is_refused_even_to_a_sound_key(kept: KeyFile, tmp_path: Path) -> None:
    link = tmp_path / "link.key"
    link.symlink_to(kept.path)

    with pytest.raises(KeyUnsafe, match="symbolic link"):
        KeyFile(link, []).read()


@pytest.mark.parametrize("mode", [0o720, 0o702, 0o777])
def test_a_folder_where_others_could_swap_the_key_is_refused(kept: KeyFile, mode: int) -> None:
    kept.path.parent.chmod(mode)

    with pytest.raises(KeyUnsafe, match="Others can replace"):
        kept.read()
    with pytest.raises(KeyUnsafe, match="Others can replace"):
        KeyFile(kept.path.with_name("second.key"), []).write(KEY)


def test_a_sticky_folder_keeps_others_from_swapping_the_key(kept: KeyFile) -> None:
    kept.path.parent.chmod(0o1777)

    assert kept.read() == KEY


def test_a_key_beside_the_data_is_refused(tmp_path: Path) -> None:
    data = tmp_path / "data"
    inside = KeyFile(data / "deep" / "root.key", [data])

    with pytest.raises(KeyUnsafe, match="beside what it locks"):
        inside.write(KEY)
    assert not data.exists()
    KeyFile(inside.path, []).write(KEY)
    with pytest.raises(KeyUnsafe, match="beside what it locks"):
        inside.read()


def test_a_linked_way_into_the_data_is_no_way_out_of_it(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir(mode=0o700)
    (tmp_path / "innocent").symlink_to(tmp_path / "data")

    with pytest.raises(KeyUnsafe, match="beside what it locks"):
        KeyFile(tmp_path / "innocent" / "root.key", [tmp_path / "data"]).write(KEY)


def test_a_folder_whose_name_merely_begins_alike_is_not_the_datas(tmp_path: Path) -> None:
    store = KeyFile(tmp_path / "data-keys" / "root.key", [tmp_path / "data"])
    store.write(KEY)

    assert store.read() == KEY


def test_a_pipe_or_a_folder_in_the_keys_place_is_refused_at_once(path: Path, store: KeyFile) -> None:
    path.parent.mkdir(mode=0o700)
    os.mkfifo(path, 0o600)
    with pytest.raises(KeyUnsafe, match="is not a file"):
        store.read()
    path.unlink()
    path.mkdir(mode=0o700)
    with pytest.raises(KeyUnsafe, match="is not a file"):
        store.read()


def test_a_file_where_a_folder_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "keys").touch(0o600)
    store = KeyFile(tmp_path / "keys" / "root.key", [])

    with pytest.raises(KeyUnsafe, match="cannot be read: Not a directory"):
        store.read()
    with pytest.raises(KeyUnsafe):
        store.write(KEY)


def _damages() -> list[bytes]:
    line = KEY.hex().encode()
    return [
        b"",
        b"\n",
        line,
        line[:-2] + b" 630dcd29",
        line + b" 630dcd28",
        b"01" + line[2:] + b" 630dcd29",
        line + b" 630dcd29 more",
        b"zz" + line[2:] + b" 630dcd29",
        b"\xff\x00" * 30,
    ]


@pytest.mark.parametrize("content", _damages())
def test_damaged_content_is_called_damaged(kept: KeyFile, content: bytes) -> None:
    kept.path.write_bytes(content)

    with pytest.raises(KeyUnsafe, match="damaged") as told:
        kept.read()
    assert KEY.hex()[8:] not in f"{told.value} {told.value.__cause__}"


def test_an_endless_file_is_not_read_to_its_end(kept: KeyFile) -> None:
    kept.path.write_bytes(b"#" * 5000)

    with pytest.raises(KeyUnsafe, match="too large"):
        kept.read()


def test_line_ends_of_another_system_do_no_harm(kept: KeyFile) -> None:
    kept.path.write_bytes(kept.path.read_bytes().replace(b"\n", b"\r\n"))

    assert kept.read() == KEY


def test_half_a_key_is_a_mistake_of_ours(store: KeyFile, path: Path) -> None:
    with pytest.raises(ValueError, match="32 bytes, not 16"):
        store.write(KEY[:16])
    assert not path.exists()


def test_systemd_hands_over_a_key_file_as_it_is(kept: KeyFile, tmp_path: Path) -> None:
    kept.path.rename(tmp_path / "practice-sync-root-key")
    (tmp_path / "practice-sync-root-key").chmod(0o440)
    environ = {"CREDENTIALS_DIRECTORY": str(tmp_path)}

    assert SystemdCredential("practice-sync-root-key", environ).read() == KEY


@pytest.mark.parametrize(
    "environ", [{}, {"CREDENTIALS_DIRECTORY": ""}, {"CREDENTIALS_DIRECTORY": "/nowhere"}]
)
def test_without_a_credential_the_key_is_missing(environ: dict[str, str]) -> None:
    with pytest.raises(KeyMissing, match="handed over no credential named root"):
        SystemdCredential("root", environ).read()


def test_a_damaged_credential_is_called_damaged(tmp_path: Path) -> None:
    (tmp_path / "root").write_text("nonsense")

    with pytest.raises(KeyUnsafe, match="damaged"):
        SystemdCredential("root", {"CREDENTIALS_DIRECTORY": str(tmp_path)}).read()


def test_a_credential_cannot_be_written() -> None:
    with pytest.raises(KeyUnsafe, match="cannot be made from here"):
        SystemdCredential("root", {}).write(KEY)


@pytest.mark.parametrize(
    ("place", "kind"), [("file", "KeyFile"), ("keychain", "Keychain"), ("systemd", "SystemdCredential")]
)
def test_the_settings_choose_the_place(tmp_path: Path, place: str, kind: str) -> None:
    settings = load_settings(tmp_path, {"PRACTICE_SYNC_KEY__PLACE": place})
    store: KeyStore = key_store(settings, {})

    assert kind == type(store).__name__


def test_the_settings_keep_the_key_file_out_of_the_home_folder(tmp_path: Path) -> None:
    settings = load_settings(tmp_path, {"PRACTICE_SYNC_KEY__FILE": "root.key"})

    with pytest.raises(KeyUnsafe, match="beside what it locks"):
        key_store(settings).write(KEY)
