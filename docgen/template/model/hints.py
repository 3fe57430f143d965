"""What the author may have meant: the known name nearest to a wrong one."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from docgen.template.model.errors import TemplateFault

_LONGEST_NAME = 100


def near(name: object, known: Iterable[object]) -> dict[str, str]:
    """The details `hint` and `hint_en` of a fault, empty texts where no known name is near."""
    found = nearest_name(name, known)
    if not found:
        return {"hint": "", "hint_en": ""}
    return {"hint": f",是不是「{found}」", "hint_en": f"; did you mean {found}"}


def nearest_name(name: object, known: Iterable[object]) -> str:
    """The known name that is nearest to a wrong one, empty where none is near."""
    from difflib import get_close_matches  # noqa: PLC0415 - only a fault pays for it

    if len(str(name)) > _LONGEST_NAME:  # to look for its like would take hours
        return ""
    names = [text for text in map(str, known) if not text.startswith("_")]
    return next(iter(get_close_matches(str(name), names, cutoff=0.5)), "")


def loop_with(name: str, tags: Iterable[str]) -> str:
    """The first of the `tags` that is a loop in which `name` is known; "" where there is none."""
    if not name.isidentifier() or len(name) > _LONGEST_NAME:
        return ""
    loop = re.compile(rf"\bfor\s+(?:\w+\s*,\s*)*{name}\s*(?:,[\w\s,]+)?\s+in\b")
    return next((tag for tag in tags if loop.search(tag)), "")


def explained(faults: Iterable[TemplateFault], tags: Sequence[str]) -> list[TemplateFault]:
    """The faults of a template with these `tags`; a name that only a loop knows is told so."""
    told: list[TemplateFault] = []
    for fault in faults:
        name = str(fault.details.get("name", ""))
        loop = loop_with(name, tags) if fault.code == "unknown-name" else ""
        details = {"name": name, "loop": loop}
        told.append(replace(fault, code="only-in-loop", details=details) if loop else fault)
    return told
