"""Functions of installed packages that the administrator's settings allow, and the state of them.

A kind names `package.module:function`; nothing is imported before the settings of the computer name
that function, its module or its package, and before it is known that no other file of that name
stands in front of the installed one.
"""

import hashlib
import importlib
import inspect
import json
import site
import sys
import sysconfig
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, distribution, packages_distributions
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlparse
from urllib.request import url2pathname

from workbook.catalogue import own_functions as says
from workbook.catalogue.model import Language, Text
from workbook.files.settings import computers_file, settings

Function = Callable[..., Any]
_MOST_FILES: Final = 2_000  # of a package whose state is asked
_found: dict[str, Function] = {}
_states: dict[str, bytes] = {}  # of the packages when their functions were loaded


class FunctionError(Exception):
    """A function that a kind names cannot be had; the message says why, and what to do."""

    def __init__(self, text: Text, **words: object) -> None:
        super().__init__(text("zh", **words))
        self._text, self._words = text, words

    def told(self, language: Language) -> str:
        """The message in a language."""
        return self._text(language, **self._words)


def installed_function(call: str) -> Function:
    """The function `package.module:function`; raises `FunctionError`."""
    if not is_allowed(call):
        package = call.partition(".")[0].partition(":")[0]
        raise FunctionError(says.NOT_ALLOWED, call=call, place=computers_file(), package=package)
    if call not in _found:
        _found[call] = _loaded(call)
    return _found[call]


def takes(call: str, count: int) -> bool:
    """Whether the function takes so many arguments; raises `FunctionError`."""
    try:
        inspect.signature(installed_function(call)).bind(*range(count))
    except (TypeError, ValueError):
        return False
    return True


def is_allowed(call: str) -> bool:
    """Whether the settings name the function, its module, or a package that the module is in."""
    module = call.partition(":")[0]
    return any(
        one in (call, module) or module.startswith(f"{one}.") for one in settings().functions
    )


def functions_state() -> bytes:
    """What may be used and what it says now: other bytes once a package has been changed.

    A package that was changed while this program runs is loaded anew when it is next asked for.
    """
    digest = hashlib.sha256()
    packages = {one.partition(":")[0].partition(".")[0] for one in settings().functions}
    for name in sorted(packages):
        state = _state(name)
        if _states.setdefault(name, state) != state:
            _forget(name)
            _states[name] = state
        digest.update(name.encode() + state)
    digest.update(repr(settings().functions).encode())
    return digest.digest()


def _forget(package: str) -> None:
    for call in [one for one in _found if one.startswith((f"{package}.", f"{package}:"))]:
        del _found[call]
    for name in [one for one in sys.modules if one == package or one.startswith(f"{package}.")]:
        del sys.modules[name]
    importlib.invalidate_caches()


def _loaded(call: str) -> Function:
    module_name, _, name = call.partition(":")
    package = module_name.partition(".")[0]
    _states.setdefault(package, _state(package))
    _check_place(package, call)
    try:
        module = importlib.import_module(module_name)
        function = getattr(module, name)
    except ModuleNotFoundError as error:
        raise _missing(call, error.name or module_name) from error
    except AttributeError as error:
        raise FunctionError(says.NO_SUCH, call=call, module=module_name, name=name) from error
    except Exception as error:
        told = f"{type(error).__name__}: {error}".strip(": ")
        raise FunctionError(says.NOT_LOADED, call=call, module=module_name, told=told) from error
    own = inspect.unwrap(function) if callable(function) else function
    home = getattr(own, "__module__", "") or ""
    if not inspect.isfunction(own) or home.partition(".")[0] != package:
        raise FunctionError(says.NOT_OWN, call=call, package=package)
    return function  # type: ignore[no-any-return]


def _missing(call: str, package: str) -> FunctionError:
    return FunctionError(says.NOT_INSTALLED, call=call, python=sys.executable, package=package)


def _check_place(package: str, call: str) -> None:
    """Refuse what is not installed: a file of that name beside a workbook would run instead."""
    where = _where(package)
    if where is None:
        raise _missing(call, package)
    if not any(where.is_relative_to(place) for place in _places(package)):
        raise FunctionError(says.NOT_THE_INSTALLED, call=call, where=where, package=package)


def _where(package: str) -> Path | None:
    """The folder or the file of a package, which is not run for that."""
    with suppress(ImportError, ValueError):
        spec = find_spec(package)
        if spec is not None and spec.origin not in (None, "built-in", "frozen"):
            path = Path(spec.origin or "").resolve()
            return path.parent if path.name == "__init__.py" else path
        if spec is not None and spec.submodule_search_locations:
            return Path(next(iter(spec.submodule_search_locations))).resolve()
    return None


def _places(package: str) -> Iterator[Path]:
    """The folders in which what is installed lies."""
    named = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib"), *site.getsitepackages()}
    if site.ENABLE_USER_SITE:
        named.add(site.getusersitepackages())
    yield from (Path(one).resolve() for one in named)
    for name in packages_distributions().get(package, ()):
        with suppress(PackageNotFoundError, ValueError):
            told = json.loads(distribution(name).read_text("direct_url.json") or "{}")
            if told.get("dir_info", {}).get("editable"):  # somebody's own, being written
                yield Path(url2pathname(urlparse(told["url"]).path)).resolve()


def _state(package: str) -> bytes:
    """A digest of the files of a package: the words of its modules, the size and time of others."""
    where, digest = _where(package), hashlib.sha256()
    if where is None:
        return b"-"
    files = [where] if where.is_file() else sorted(where.rglob("*"))[:_MOST_FILES]
    for path in files:
        if path.suffix == ".pyc" or not path.is_file():
            continue
        digest.update(str(path).encode())
        with suppress(OSError):
            seen = path.stat()
            is_text = path.suffix == ".py"
            told = path.read_bytes() if is_text else repr((seen.st_size, seen.st_mtime_ns)).encode()
            digest.update(hashlib.sha256(told).digest())
    return digest.digest()
