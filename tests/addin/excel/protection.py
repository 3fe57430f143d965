"""What a sheet's protection allows, and how its password is told from another."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from openpyxl.utils.protection import hash_password

# Excel's name of what may be allowed, and the attribute of `sheetProtection` that locks it.
# ECMA-376 part 1, 18.3.1.85: these attributes say that the thing is *locked*, and so by default.
ALLOWED: Final = {
    "AllowFormattingCells": "formatCells",
    "AllowFormattingColumns": "formatColumns",
    "AllowFormattingRows": "formatRows",
    "AllowInsertingColumns": "insertColumns",
    "AllowInsertingRows": "insertRows",
    "AllowInsertingHyperlinks": "insertHyperlinks",
    "AllowDeletingColumns": "deleteColumns",
    "AllowDeletingRows": "deleteRows",
    "AllowSorting": "sort",
    "AllowFiltering": "autoFilter",
    "AllowUsingPivotTables": "pivotTables",
}
_HASHED: Final = ("algorithmName", "hashValue", "saltValue", "spinCount")


@dataclass(frozen=True)
class Password:
    """A password as a file keeps it; `plain` is one that was set in this session."""

    plain: str | None = None
    legacy: str | None = None
    hashed: Mapping[str, str] | None = None

    def is_there(self) -> bool:
        """Whether there is a password at all."""
        return bool(self.plain or self.legacy or self.hashed)

    def opens(self, tried: str | None) -> bool:
        """Whether this is the password; anything is, where there is none."""
        if not self.is_there():
            return True
        if self.plain:
            return tried == self.plain
        if self.hashed:
            return _spun(tried or "", self.hashed) == self.hashed["hashValue"]
        return hash_password(tried or "") == str(self.legacy)

    def attributes(self) -> dict[str, str]:
        """As it stands in a `sheetProtection` element."""
        if self.hashed:
            return dict(self.hashed)
        if self.is_there():
            return {"password": self.legacy or hash_password(str(self.plain))}
        return {}


def _spun(tried: str, hashed: Mapping[str, str]) -> str:
    """ECMA-376 part 1, 18.2.29: the salted hash, hashed again with a counter."""
    name = hashed["algorithmName"].replace("-", "").lower()
    found = hashlib.new(name, base64.b64decode(hashed["saltValue"]) + tried.encode("utf-16-le"))
    digest = found.digest()
    for count in range(int(hashed.get("spinCount", "0"))):
        digest = hashlib.new(name, digest + count.to_bytes(4, "little")).digest()
    return base64.b64encode(digest).decode()


def password_of(attributes: Mapping[str, str], prefix: str = "") -> Password:
    """The password that the attributes of a protection tell of."""
    names = {one: f"{prefix}{one[0].upper()}{one[1:]}" if prefix else one for one in _HASHED}
    hashed = {one: attributes[name] for one, name in names.items() if name in attributes}
    legacy = attributes.get(f"{prefix}Password" if prefix else "password")
    return Password(legacy=legacy, hashed=hashed if "hashValue" in hashed else None)


@dataclass(frozen=True)
class SheetProtection:
    """A sheet's protection; a sheet without any has `contents`, `objects`, `scenarios` false."""

    contents: bool = False
    objects: bool = False
    scenarios: bool = False
    interface_only: bool = False
    allowed: frozenset[str] = frozenset()
    password: Password = field(default_factory=Password)
    may_select_locked: bool = True
    may_select_unlocked: bool = True

    @property
    def is_on(self) -> bool:
        """Whether anything is protected."""
        return self.contents or self.objects or self.scenarios

    def locks_contents(self) -> bool:
        """Whether a program's change of a locked cell is refused."""
        return self.contents and not self.interface_only

    def locks_objects(self) -> bool:
        """Whether a program's change of notes and drawings is refused."""
        return self.objects and not self.interface_only

    def allows(self, what: str) -> bool:
        """Whether a change of this kind (`AllowFormattingCells`) is let through."""
        return not self.locks_contents() or what in self.allowed

    def lifted(self) -> "SheetProtection":
        """None at all; Excel keeps the options that were on for the next time."""
        return replace(self, contents=False, objects=False, scenarios=False, password=Password())

    def attributes(self) -> dict[str, str]:
        """As a `sheetProtection` element says it."""
        flags = {"sheet": self.contents, "objects": self.objects, "scenarios": self.scenarios}
        made = self.password.attributes()
        made |= {name: "1" for name, is_on in flags.items() if is_on}
        made |= {ALLOWED[one]: "0" for one in sorted(self.allowed)}
        made |= {} if self.may_select_locked else {"selectLockedCells": "1"}
        return made | ({} if self.may_select_unlocked else {"selectUnlockedCells": "1"})


def sheet_protection(attributes: Mapping[str, str]) -> SheetProtection:
    """The protection that a `sheetProtection` element describes."""

    def is_on(name: str, default: str) -> bool:
        return attributes.get(name, default) in ("1", "true")

    return SheetProtection(
        contents=is_on("sheet", "0"),
        objects=is_on("objects", "0"),
        scenarios=is_on("scenarios", "0"),
        allowed=frozenset(one for one, name in ALLOWED.items() if not is_on(name, "1")),
        password=password_of(attributes),
        may_select_locked=not is_on("selectLockedCells", "0"),
        may_select_unlocked=not is_on("selectUnlockedCells", "0"),
    )
