"""Objects of Excel's model: nothing but declared members, and each use of one is a call."""

import types
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Final, Literal

from excel.errors import REJECTED, UNKNOWN_NAME, ComError

if TYPE_CHECKING:
    from excel.program import Program

Kind = Literal["read", "write"]
IDS: Final = {"Range": "{00020846-0000-0000-C000-000000000046}"}


class CDispatch:
    """pywin32's class of late-bound objects, by which xlwings knows what to wrap."""


class Readable:
    """A property; `@Name.sets` adds what setting it does."""

    def __init__(self, read: Callable[[Any], Any]) -> None:
        self._read = read
        self._put: Callable[[Any, Any], None] | None = None
        self.__doc__ = read.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def sets(self, put: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
        """Take what setting the property does; an underscore keeps that out of Excel's model."""
        self._put = put
        return put

    def __get__(self, here: Any, owner: type | None = None) -> Any:
        if here is None:
            return self
        here._program.arrive(f"{here._of}.{self._name}", "read")
        return self._read(here)

    def __set__(self, here: Any, value: Any) -> None:
        member, put = f"{here._of}.{self._name}", self._put
        if put is None:
            here._program.misses(member)
            return
        here._program.arrive(member, "write", is_property=True)
        put(here, value)


class Callable_:
    """A method, or a property that takes arguments; `kind` tells whether it changes anything."""

    def __init__(self, act: Callable[..., Any], kind: Kind) -> None:
        self._act = act
        self._kind: Kind = kind
        self.__doc__ = act.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, here: Any, owner: type | None = None) -> Any:
        if here is None:
            return self
        member, kind, act = f"{here._of}.{self._name}", self._kind, self._act

        def arriving(this: Any, *arguments: Any, **named: Any) -> Any:
            this._program.arrive(member, kind)
            return act(this, *arguments, **named)

        return types.MethodType(arriving, here)


def reads(read: Callable[[Any], Any]) -> Readable:
    """A property of Excel's model."""
    return Readable(read)


def asks(act: Callable[..., Any]) -> Callable_:
    """A method that changes nothing."""
    return Callable_(act, "read")


def acts(act: Callable[..., Any]) -> Callable_:
    """A method that changes something."""
    return Callable_(act, "write")


class ComObject(CDispatch):
    """An object of Excel's; names with an underscore in front are ours and cost no call."""

    def __init__(self, program: "Program") -> None:
        self._program = program

    @property
    def _of(self) -> str:
        return type(self).__name__

    @property
    def _oleobj_(self) -> "OleObject":
        return OleObject(self)

    def __setattr__(self, name: str, value: Any) -> None:
        if not name.startswith("_") and not isinstance(getattr(type(self), name, None), Readable):
            self._program.misses(f"{self._of}.{name}")
        object.__setattr__(self, name, value)

    def __call__(self, *arguments: Any) -> Any:
        """The default member, which for collections and ranges is `Item`."""
        self._program.arrive(f"{self._of}._Default", "read")
        return self._item(*arguments)

    def __iter__(self) -> Iterator[Any]:
        self._program.arrive(f"{self._of}._NewEnum", "read")
        for one in self._each():
            self._program.arrive(f"{self._of}._NewEnum.Next", "read")
            yield one

    def _item(self, *arguments: Any) -> Any:
        raise ComError(-2147352573, "找不到成员。", None, None)

    def _each(self) -> Iterator[Any]:
        raise TypeError("This object does not support enumeration")

    @reads
    def Application(self) -> Any:
        return self._program.application

    @reads
    def Creator(self) -> int:
        return 1480803660

    @asks
    def Item(self, *arguments: Any) -> Any:
        return self._item(*arguments)


class OleObject:
    """What pywin32 keeps below an object: names asked for by xlwings when a member is missing."""

    def __init__(self, above: ComObject) -> None:
        self._above = above

    def GetIDsOfNames(self, _locale: int, name: str) -> int:
        if self._above._program.is_rejecting:
            raise ComError(REJECTED, "被呼叫方拒绝接收呼叫。", None, None)
        if not hasattr(type(self._above), name):
            raise ComError(UNKNOWN_NAME, "未知名称。", None, None)
        return 1

    def GetTypeInfo(self) -> "OleObject":
        return self

    def GetTypeAttr(self) -> Any:
        return types.SimpleNamespace(iid=IDS.get(self._above._of, self._above._of))


class Collection(ComObject):
    """Excel's collections: counted from 1, some also by name."""

    def _list(self) -> list[Any]:
        raise NotImplementedError

    def _each(self) -> Iterator[Any]:
        return iter(self._list())

    def _called(self, one: Any) -> str:
        return str(one._name)

    def _item(self, *arguments: Any) -> Any:
        (key,) = arguments
        everything = self._list()
        if isinstance(key, str):
            for one in everything:
                if self._called(one).casefold() == key.casefold():
                    return one
        elif 1 <= int(key) <= len(everything):
            return everything[int(key) - 1]
        raise self._missing(key)

    def _missing(self, key: Any) -> ComError:
        from excel.errors import no_such

        return no_such(key)

    @reads
    def Count(self) -> int:
        return len(self._list())
