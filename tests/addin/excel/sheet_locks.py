"""A sheet's protection as Excel's model has it."""

from dataclasses import replace
from typing import Any, Final

from excel.com import ComObject, acts, reads
from excel.errors import failed, wrong_password
from excel.open_book import OpenBook
from excel.protection import ALLOWED, Password, SheetProtection

# How Worksheet.Protect counts its arguments, after `UserInterfaceOnly`.
OPTIONS: Final = tuple(ALLOWED)
BESIDE: Final = ("EnableOutlining", "EnableAutoFilter", "EnablePivotTable")


class SheetLocks(ComObject):
    """The members of a sheet that lock it and tell what is locked."""

    @property
    def _state(self) -> OpenBook:
        raise NotImplementedError

    @property
    def _name(self) -> str:
        raise NotImplementedError

    @property
    def _protection(self) -> SheetProtection:
        return self._state.protection(self._name)

    @acts
    def Protect(
        self,
        Password: Any = None,
        DrawingObjects: Any = True,
        Contents: Any = True,
        Scenarios: Any = True,
        UserInterfaceOnly: Any = False,
        *options: Any,
        **named: Any,
    ) -> None:
        self._state.changes(failed("Worksheet", "Protect"))
        before = self._protection
        if before.is_on and not before.password.opens(_text(Password)):
            raise wrong_password()
        chosen = dict(zip(OPTIONS, options, strict=False)) | named
        if unknown := set(chosen) - set(OPTIONS):
            raise TypeError(f"Protect() got an unexpected keyword argument '{unknown.pop()}'")
        self._state.sheets[self._name] = SheetProtection(
            contents=bool(Contents),
            objects=bool(DrawingObjects),
            scenarios=bool(Scenarios),
            interface_only=bool(UserInterfaceOnly),
            allowed=frozenset(one for one, is_allowed in chosen.items() if is_allowed),
            password=_password(Password),
            may_select_locked=before.may_select_locked,
            may_select_unlocked=before.may_select_unlocked,
        )

    @acts
    def Unprotect(self, Password: Any = None) -> None:
        self._state.changes(failed("Worksheet", "Unprotect"))
        before = self._protection
        if before.is_on and before.password.is_there():
            if Password is None:
                self._program.dialog(f"撤消工作表保护:{self._name} 的密码")
            if not before.password.opens(_text(Password)):
                raise wrong_password()
        self._state.sheets[self._name] = before.lifted()

    @reads
    def ProtectContents(self) -> bool:
        return self._protection.contents

    @reads
    def ProtectDrawingObjects(self) -> bool:
        return self._protection.objects

    @reads
    def ProtectScenarios(self) -> bool:
        return self._protection.scenarios

    @reads
    def ProtectionMode(self) -> bool:
        return self._protection.interface_only

    @reads
    def Protection(self) -> Any:
        return Protection(self)

    @reads
    def EnableSelection(self) -> int:
        kept = self._protection
        if kept.may_select_locked:
            return 0  # xlNoRestrictions
        return 1 if kept.may_select_unlocked else -4142  # xlUnlockedCells, xlNoSelection

    @EnableSelection.sets
    def _set_enable_selection(self, value: Any) -> None:
        self._state.sheets[self._name] = replace(
            self._protection, may_select_locked=value == 0, may_select_unlocked=value != -4142
        )


class Protection(ComObject):
    """What a protected sheet allows."""

    def __init__(self, sheet: SheetLocks) -> None:
        super().__init__(sheet._program)
        self._sheet = sheet


def _allowing(name: str) -> Any:
    def read(here: Protection) -> bool:
        return name in here._sheet._protection.allowed

    return reads(read)


for _name in OPTIONS:
    _member = _allowing(_name)
    _member.__set_name__(Protection, _name)
    setattr(Protection, _name, _member)


def _switch(name: str) -> Any:
    """A property of the sheet that is kept while the book is open."""

    def read(here: SheetLocks) -> bool:
        return bool(here._state.switches.get((here._name, name), False))

    def put(here: SheetLocks, value: Any) -> None:
        here._state.switches[here._name, name] = bool(value)

    made = reads(read)
    made.sets(put)
    made.__set_name__(SheetLocks, name)
    return made


for _name in BESIDE:
    setattr(SheetLocks, _name, _switch(_name))


def _text(given: Any) -> str | None:
    return None if given is None else str(given)


def _password(given: Any) -> Password:
    return Password(plain=str(given)) if given else Password()
