"""What of a computer the installer touches and the doctor looks at: folders, registry, programs."""

import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any, Literal, Protocol

from workbook.files.cache import cache_folder
from workbook.files.state import state_folder

System = Literal["windows", "mac", "other"]
Value = str | int | bytes


class Hive(Protocol):
    """A part of the registry, to be read: of this user, or of the whole computer."""

    def values(self, key: str) -> Mapping[str, Value] | None:
        """The values of a key, None where there is no such key."""

    def subkeys(self, key: str) -> list[str]:
        """The names of the keys right under a key."""


class Registry(Hive, Protocol):
    """The registry's HKEY_CURRENT_USER; nothing outside it is ever changed."""

    def write(self, key: str, name: str, value: Value) -> None:
        """Set a value, making the key."""

    def delete_value(self, key: str, name: str) -> None:
        """Take a value away, if it is there."""

    def delete_key(self, key: str) -> None:
        """Take a key away that has no keys under it, if it is there."""


class Computer(Protocol):
    """A user's account on a computer."""

    @property
    def system(self) -> System:
        """Which system it runs."""

    @property
    def home(self) -> Path:
        """The user's folder; on Windows, the one for programs' data."""

    @property
    def state(self) -> Path | None:
        """The folder of logs and locks; None for a user without one."""

    @property
    def cache(self) -> Path | None:
        """The folder of what is kept because it takes long to make; None as above."""

    @property
    def registry(self) -> Registry:
        """The user's registry; only Windows has one."""

    @property
    def machine(self) -> Hive:
        """The registry's HKEY_LOCAL_MACHINE, where administrators set what holds for everybody."""

    def start(self, command: Sequence[str]) -> None:
        """Start a program that goes on when this one ends."""

    def serves(self, clsid: str) -> bool:
        """Whether a program of this user answers for a COM class."""

    def ask_to_leave(self, clsid: str) -> None:
        """Have the Python end that answers for a COM class, if there is one."""


class WindowsHive:
    """A part of the registry by way of `winreg`, as programs of 64 bits see it."""

    def __init__(self, name: str) -> None:
        self._api: Any = import_module("winreg")
        self._root = getattr(self._api, name)

    def values(self, key: str) -> Mapping[str, Value] | None:
        """The values of a key, None where there is no such key, or none for us to read."""
        try:
            with self._opened(key) as opened:
                count = self._api.QueryInfoKey(opened)[1]
                return {name: value for name, value, _ in self._numbered(opened, count)}
        except (FileNotFoundError, PermissionError):
            return None

    def _opened(self, key: str) -> Any:
        return self._api.OpenKey(self._root, key, 0, self._api.KEY_READ | self._api.KEY_WOW64_64KEY)

    def _numbered(self, opened: Any, count: int) -> Iterator[tuple[str, Value, int]]:
        for number in range(count):
            yield self._api.EnumValue(opened, number)

    def subkeys(self, key: str) -> list[str]:
        """The names of the keys right under a key."""
        try:
            with self._opened(key) as opened:
                count = self._api.QueryInfoKey(opened)[0]
                return [self._api.EnumKey(opened, number) for number in range(count)]
        except (FileNotFoundError, PermissionError):
            return []


class WindowsRegistry(WindowsHive):
    """HKEY_CURRENT_USER, where this user may write."""

    def __init__(self) -> None:
        super().__init__("HKEY_CURRENT_USER")

    def write(self, key: str, name: str, value: Value) -> None:
        """Set a value, making the key."""
        kinds = {str: self._api.REG_SZ, int: self._api.REG_DWORD, bytes: self._api.REG_BINARY}
        with self._api.CreateKey(self._root, key) as opened:
            self._api.SetValueEx(opened, name, 0, kinds[type(value)], value)

    def delete_value(self, key: str, name: str) -> None:
        """Take a value away, if it is there."""
        with (
            suppress(FileNotFoundError),
            self._api.OpenKey(self._root, key, 0, self._api.KEY_SET_VALUE) as opened,
        ):
            self._api.DeleteValue(opened, name)

    def delete_key(self, key: str) -> None:
        """Take a key away that has no keys under it, if it is there."""
        with suppress(FileNotFoundError):
            self._api.DeleteKey(self._root, key)


class ThisComputer:
    """The account that runs the program."""

    @property
    def system(self) -> System:
        """Which system it runs."""
        systems: dict[str, System] = {"win32": "windows", "darwin": "mac"}
        return systems.get(sys.platform, "other")

    @property
    def home(self) -> Path:
        """The user's folder; on Windows, the one for programs' data."""
        home = Path.home()
        return home / "AppData" / "Roaming" if self.system == "windows" else home

    @property
    def state(self) -> Path | None:
        """The folder of logs and locks; None for a user without one."""
        return state_folder()

    @property
    def cache(self) -> Path | None:
        """The folder of what is kept because it takes long to make; None as above."""
        return cache_folder()

    @property
    def registry(self) -> Registry:
        """The user's registry; only Windows has one."""
        return WindowsRegistry()

    @property
    def machine(self) -> Hive:
        """The computer's registry; only Windows has one."""
        return WindowsHive("HKEY_LOCAL_MACHINE")

    def start(self, command: Sequence[str]) -> None:
        """Start a program that goes on when this one ends."""
        nothing = subprocess.DEVNULL
        subprocess.Popen(  # noqa: S603 - our own Python
            command,
            cwd=Path.home(),
            stdin=nothing,
            stdout=nothing,
            stderr=nothing,
            start_new_session=True,  # the terminal's end is not its own
        )

    def serves(self, clsid: str) -> bool:
        """Whether a program of this user answers for a COM class."""
        return self._server(clsid) is not None

    def ask_to_leave(self, clsid: str) -> None:
        """Have the Python end that answers for a COM class: xlwings' server runs any text."""
        server = self._server(clsid)
        if server is not None:
            with suppress(Exception):  # the answer is lost when the server ends before it is given
                server.Exec("import addin.install.resident; addin.install.resident.leave()")

    def _server(self, clsid: str) -> Any:
        """The object of a COM class, None where nobody answers for it."""
        com: Any = import_module("pythoncom")  # pywin32, which xlwings brings on Windows
        try:
            found = com.CoCreateInstance(clsid, None, com.CLSCTX_LOCAL_SERVER, com.IID_IDispatch)
        except com.com_error:
            return None
        return import_module("win32com.client").Dispatch(found)
