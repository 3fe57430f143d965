"""LibreOffice's own Python bridge, and the few structures that its calls take."""

import builtins
import importlib
import sys
from pathlib import Path
from typing import Any, Final

# Where systems put `uno.py` when it is outside of the Python that runs us.
PLACES: Final = (
    "/usr/lib/python3/dist-packages",
    "/usr/lib64/libreoffice/program",
    "/usr/lib/libreoffice/program",
    "/opt/libreoffice/program",
    "/Applications/LibreOffice.app/Contents/Resources",
)
TABLE: Final = "com.sun.star.table."
SHEET: Final = "com.sun.star.sheet."


def _load() -> Any:
    """The module `uno`, and Python's own `import` as it was.

    With uno's, `from com.sun.star… import …` finds LibreOffice's classes; but a package that is not
    there is no ModuleNotFoundError any more, and those that try one (uvicorn) fail by it.
    """
    own_import = builtins.__import__
    try:
        return _found()
    finally:
        builtins.__import__ = own_import


def _found() -> Any:
    """The module; its folder stands last on the path, and only while it is imported."""
    try:
        return importlib.import_module("uno")
    except ImportError:
        found = [place for place in PLACES if Path(place, "uno.py").exists()]
    if not found:
        raise ImportError("LibreOffice's Python bridge (python3-uno) is not installed.")
    sys.path.append(found[0])
    try:
        return importlib.import_module("uno")
    finally:
        sys.path.remove(found[0])


uno: Final = _load()
UnoError: Final[type[Exception]] = uno.getClass("com.sun.star.uno.Exception")
NoSuchElement: Final[type[Exception]] = uno.getClass(
    "com.sun.star.container.NoSuchElementException"
)
# Of the other side of a connection that is gone.
DisposedError: Final[type[Exception]] = uno.getClass("com.sun.star.lang.DisposedException")


def struct(name: str, **fields: Any) -> Any:
    """A UNO structure with these fields; `name` is written in full."""
    made = uno.createUnoStruct(name)
    for field, value in fields.items():
        setattr(made, field, value)
    return made


def enum(name: str, value: str) -> Any:
    """A value of a UNO enumeration."""
    return uno.Enum(name, value)


def properties(**fields: Any) -> tuple[Any, ...]:
    """The named values that calls of LibreOffice take instead of keyword arguments."""
    name = "com.sun.star.beans.PropertyValue"
    return tuple(struct(name, Name=key, Value=value) for key, value in fields.items())


def url(path: str) -> str:
    """A path as the file URL that LibreOffice opens."""
    return str(uno.systemPathToFileUrl(path))


def path(file_url: str) -> str:
    """A file URL as a path of this system."""
    return str(uno.fileUrlToSystemPath(file_url))


def is_mixed(cells: Any, name: str) -> bool:
    """Whether the cells of a range differ in a property; reading it would give a default."""
    return str(cells.getPropertyState(name).value) == "AMBIGUOUS_VALUE"


def shared(cells: Any, name: str) -> Any:
    """A property of all cells of a range, or None where they differ."""
    return None if is_mixed(cells, name) else cells.getPropertyValue(name)


def typed(type_name: str, value: Any) -> Any:
    """A value that is handed over as exactly this UNO type."""
    return uno.Any(type_name, value)


def call(target: Any, method: str, *arguments: Any) -> Any:
    """What a method gives back when some of its arguments are `typed` values."""
    return uno.invoke(target, method, arguments)
