"""What of a computer the installer touches: two folders and the user's own registry."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any, Literal, Protocol

System = Literal["windows", "mac", "other"]
Value = str | int


class Registry(Protocol):
    """The registry's HKEY_CURRENT_USER; nothing outside it is ever touched."""

    def values(self, key: str) -> Mapping[str, Value] | None:
        """The values of a key, None where there is no such key."""

    def subkeys(self, key: str) -> list[str]:
        """The names of the keys right under a key."""

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
    def registry(self) -> Registry:
        """The user's registry; only Windows has one."""


class WindowsRegistry:
    """HKEY_CURRENT_USER by way of `winreg`."""

    def __init__(self) -> None:
        self._api: Any = import_module("winreg")
        self._root = self._api.HKEY_CURRENT_USER

    def values(self, key: str) -> Mapping[str, Value] | None:
        """The values of a key, None where there is no such key."""
        try:
            with self._api.OpenKey(self._root, key) as opened:
                count = self._api.QueryInfoKey(opened)[1]
                return {name: value for name, value, _ in self._numbered(opened, count)}
        except FileNotFoundError:
            return None

    def _numbered(self, opened: Any, count: int) -> Iterator[tuple[str, Value, int]]:
        for number in range(count):
            yield self._api.EnumValue(opened, number)

    def subkeys(self, key: str) -> list[str]:
        """The names of the keys right under a key."""
        try:
            with self._api.OpenKey(self._root, key) as opened:
                count = self._api.QueryInfoKey(opened)[0]
                return [self._api.EnumKey(opened, number) for number in range(count)]
        except FileNotFoundError:
            return []

    def write(self, key: str, name: str, value: Value) -> None:
        """Set a value, making the key."""
        kind = self._api.REG_SZ if isinstance(value, str) else self._api.REG_DWORD
        with self._api.CreateKey(self._root, key) as opened:
            self._api.SetValueEx(opened, name, 0, kind, value)

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
    def registry(self) -> Registry:
        """The user's registry; only Windows has one."""
        return WindowsRegistry()
