"""LibreOffice's sheets, each brought once.

An object that comes over the bridge costs ten times as much as a word, and Excel's ways of asking
for one sheet go through all of them.
"""

from typing import Any


class KeptSheets:
    """The sheets of one document, as `document.getSheets()` gives them."""

    def __init__(self, api: Any) -> None:
        self._api = api
        self._kept: dict[str, Any] = {}

    def getElementNames(self) -> tuple[str, ...]:
        return tuple(self._api.getElementNames())

    def getCount(self) -> int:
        return int(self._api.getCount())

    def hasByName(self, name: str) -> bool:
        return bool(self._api.hasByName(name))

    def getByIndex(self, index: int) -> Any:
        return self.getByName(self.getElementNames()[index])

    def getByName(self, name: str) -> Any:
        """The sheet; it may have been given another name since it was brought."""
        if name not in self._kept or self._kept[name].getName() != name:
            self._kept[name] = self._api.getByName(name)
        return self._kept[name]

    def __getattr__(self, name: str) -> Any:
        """Whatever else is asked may put sheets in, move them or take them away."""
        self._kept.clear()
        return getattr(self._api, name)
