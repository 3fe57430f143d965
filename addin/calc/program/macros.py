"""Macros that a book brings with it."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

_SCRIPT: Final = "vnd.sun.star.script:{}?language=Basic&location=document"


def run_macro(document: Any, name: str, arguments: Sequence[Any]) -> Any:
    """What a Basic macro gives back; `name` is `Module.Name` or only the name.

    ValueError where the book has no such macro.
    """
    full = next(_places(document, name), None)
    if full is None:
        raise ValueError(f"The book has no macro {name!r}.")
    script = document.getScriptProvider().getScript(_SCRIPT.format(full))
    result, _, _ = script.invoke(tuple(arguments), (), ())
    return result


def _places(document: Any, name: str) -> Iterator[str]:
    """Where in the document's libraries a macro of this name is."""
    wanted, _, macro = name.rpartition(".")
    begins = re.compile(
        rf"^\s*(Public\s+|Private\s+)?(Sub|Function)\s+{re.escape(macro)}\b", re.I | re.M
    )
    libraries = document.BasicLibraries
    for library in libraries.getElementNames():
        libraries.loadLibrary(library)
        modules = libraries.getByName(library)
        for module in modules.getElementNames():
            is_wanted = wanted.casefold() in (
                "",
                module.casefold(),
                f"{library}.{module}".casefold(),
            )
            if is_wanted and (found := begins.search(str(modules.getByName(module)))):
                yield f"{library}.{module}.{found[0].split()[-1]}"
