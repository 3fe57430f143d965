"""What is kept in the user's cache folder, and what of it is not trusted."""

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest

from workbook.checking.kinds import find_kind
from workbook.files import cache
from workbook.files.cache import cache_folder, forget_kept, keep, key_of, recall
from workbook.findings.place import Place

KEY = key_of("a", b"b", None)
VALUE = (Place("收支", "C9"), {"甲": Decimal("1.50")}, ["一", 2, None])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "缓 存"))
    return tmp_path / "缓 存" / "gouji"


def kept_file(folder: Path) -> Path:
    (path,) = folder.iterdir()
    return path


def signed(data: bytes) -> bytes:
    return sha256(KEY + data).digest() + data


def test_what_is_kept_is_the_same_and_nobody_elses_to_read(folder: Path) -> None:
    assert recall(KEY) is None
    keep(KEY, VALUE)
    assert recall(KEY) == VALUE
    assert recall(key_of("a", b"b", b"")) is None
    assert folder.stat().st_mode & 0o777 == 0o700
    assert kept_file(folder).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("one", "other"),
    [(("ab", "c"), ("a", "bc")), ((None,), ("",)), (("a",), ("a", None)), (("a",), (b"a", b""))],
)
def test_different_things_have_different_keys(
    one: tuple[str | bytes | None, ...], other: tuple[str | bytes | None, ...]
) -> None:
    assert key_of(*one) != key_of(*other)


class Hostile:
    def __init__(self, *call: object) -> None:
        self.call = call

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return self.call[0], self.call[1:]


SPOILED: dict[str, Callable[[Path], object]] = {
    "a changed byte": lambda path: path.write_bytes(
        path.read_bytes()[:-5] + bytes([path.read_bytes()[-5] ^ 1]) + path.read_bytes()[-4:]
    ),
    "cut short": lambda path: path.write_bytes(path.read_bytes()[:40]),
    "empty": lambda path: path.write_bytes(b""),
    "what runs": lambda path: path.write_bytes(
        signed(pickle.dumps(Hostile(os.system, "touch hostile")))
    ),
    "an attribute of a class": lambda path: path.write_bytes(
        signed(pickle.dumps(Hostile(getattr, Place, "__init__")))
    ),
    "a function of ours": lambda path: path.write_bytes(
        signed(pickle.dumps(Hostile(forget_kept, path.parent)))
    ),
    "no pickle": lambda path: path.write_bytes(signed(b"abc")),
    "others may write": lambda path: path.chmod(0o666),
    "others may write beside": lambda path: path.parent.chmod(0o777),
    "a link": lambda path: (
        path.rename(path.with_suffix("")).rename(path.parent.parent / "x")
        and path.symlink_to(path.parent.parent / "x")
    ),
    "a folder": lambda path: (path.unlink(), path.mkdir()),
    "a pipe": lambda path: (path.unlink(), os.mkfifo(path)),
}


@pytest.mark.parametrize("spoil", SPOILED)
def test_what_cannot_be_trusted_is_not_there(
    spoil: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    keep(KEY, VALUE)
    SPOILED[spoil](kept_file(folder))
    assert recall(KEY) is None
    assert not Path("hostile").exists()
    assert folder.exists()


def test_another_users_file_is_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(KEY, VALUE)
    user = os.getuid()
    monkeypatch.setattr(os, "getuid", lambda: user + 1)
    assert recall(KEY) is None


@pytest.mark.parametrize("place", ["/proc/1", "/dev/null"])
def test_where_nothing_can_be_kept_nothing_happens(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", place)
    keep(KEY, VALUE)
    assert recall(KEY) is None


def test_a_full_disk_leaves_nothing_behind(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(key_of("another"), VALUE)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    keep(KEY, VALUE)
    assert kept_file(folder).name == f"{key_of('another').hex()}.kept"


def test_the_oldest_go_when_there_are_too_many(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "MOST_FILES", 3)
    keys = [key_of(str(number)) for number in range(5)]
    for number, key in enumerate(keys):
        keep(key, VALUE)
        os.utime(folder / f"{key.hex()}.kept", (number, number))
    assert [recall(key) is not None for key in keys] == [False, False, True, True, True]
    (folder / "别的").touch()
    forget_kept(folder)
    assert [path.name for path in folder.iterdir()] == ["别的"]


def test_each_system_has_its_own_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "home", lambda: Path("/家"))
    assert cache_folder({"LOCALAPPDATA": "/数据"}, "win32") == Path("/数据/Gouji/Cache")
    assert cache_folder({}, "win32") == Path("/家/AppData/Local/Gouji/Cache")
    assert cache_folder({}, "darwin") == Path("/家/Library/Caches/Gouji")
    assert cache_folder({"XDG_CACHE_HOME": "/存"}, "linux") == Path("/存/gouji")
    assert cache_folder({"XDG_CACHE_HOME": "存"}, "linux") == Path("/家/.cache/gouji")


LOADED = """
import sys
from workbook.checking.kinds import find_kind
kind = find_kind("department")
print(len(kind.rules.rules), len(kind.rules.computed), "jinja2" in sys.modules)
"""


def test_a_kind_is_compiled_by_one_process_and_read_by_eight_others(folder: Path) -> None:
    rules = find_kind("department").rules
    counts = f"{len(rules.rules)} {len(rules.computed)}"

    def begun() -> subprocess.Popen[str]:
        command = [sys.executable, "-c", LOADED]
        return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)

    at_once = [process.communicate()[0] for process in [begun() for _ in range(3)]]
    assert {line.split()[0:2] == counts.split() for line in at_once} == {True}
    assert kept_file(folder).suffix == ".kept"
    assert begun().communicate()[0] == f"{counts} False\n"


def test_a_kind_that_was_kept_says_the_same(folder: Path) -> None:
    from workbook.checking.kinds import _loaded

    made = find_kind("department")
    made_rules = made.rules
    keep_again = made_rules, made.form
    _loaded.cache_clear()
    first = find_kind("department").rules  # compiled anew, and kept here
    _loaded.cache_clear()
    second = find_kind("department")
    assert vars(second)["rules"] is not first
    assert (second.rules, second.form) == keep_again
    assert second.sample == made.sample
