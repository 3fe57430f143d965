"""A fault of a kind's data file with the line in which it is to be mended."""

import re
from pathlib import Path
from typing import Final

_FAULT: Final = re.compile(r"(.+?\.toml):(?!第 \d+ 行)(.+)", re.DOTALL)
_NAMED: Final = re.compile("「([^」]+)」")
_WORD: Final = re.compile(r"[a-z_]{3,}")  # a property, of which English words there are no others
_PROPERTY: Final = re.compile(r"([a-z_]+)(?: = | 里的)")
_OWN: Final = ("key", "id", "at", "name", "row_name")


def with_line(fault: str) -> str:
    """`…/form.toml:「甲」重复…` as `…/form.toml:第 9 行:「甲」重复…`, where the line can be found.

    It is the one that gives the first thing named its key, else the first one that names it.
    """
    match = _FAULT.fullmatch(fault)
    if match is None:
        return fault
    try:
        lines = Path(match[1]).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, ValueError):
        return fault
    if (own := _PROPERTY.match(match[2])) and (number := _property(lines, own[1])):
        return f"{match[1]}:第 {number} 行:{match[2]}"
    names = _NAMED.findall(match[2])
    for name in names:
        if number := _line(lines, name) or _line(lines, name.rpartition(".")[2]):
            others = [one for one in names if one != name]
            number = _nearer(lines, number, match[2], others)
            return f"{match[1]}:第 {number} 行:{match[2]}"
    return fault


def _nearer(lines: list[str], number: int, fault: str, others: list[str]) -> int:
    """The line in which the fault itself stands, of the entry that a line begins or belongs to.

    It is the one that says what else the fault quotes, else that of a property which it names.
    """
    heads = [at for at, line in enumerate(lines) if line.lstrip().startswith("[")]
    first = max((at for at in heads if at < number), default=0)
    last = min((at for at in heads if at >= number), default=len(lines))
    for name in sorted(others, key=len, reverse=True):
        for at in range(first, last):
            if name in lines[at].partition("=")[2] or _gives(lines[at], name):
                return at + 1
    keys = [at for name in others for at, line in enumerate(lines) if _gives(line, name)]
    if keys:
        return keys[0] + 1
    words = _WORD.findall(_NAMED.sub("", fault))
    return next((at for one in words if (at := _property(lines, one, first, last))), number)


def _gives(line: str, name: str) -> bool:
    """Whether a line gives what is called so its value."""
    return line.partition("=")[0].strip(" \t\"'") == name and "=" in line


def _property(lines: list[str], name: str, first: int = 0, last: int | None = None) -> int:
    """The number of the line that gives a property its value, 0 for none."""
    found = enumerate(lines[first:last], first + 1)
    return next((number for number, line in found if _gives(line, name)), 0)


def _line(lines: list[str], name: str) -> int:
    """The number of the line that says `name`, 0 where none does; of several the last key."""
    quoted = re.escape(name)
    own = re.compile(
        rf"\s*(?:{'|'.join(_OWN)})\s*=\s*[\"']{quoted}[\"']|\s*[\"']?{quoted}[\"']?\s*="
    )
    said = [number for number, line in enumerate(lines, start=1) if own.match(line)]
    if said:
        return said[-1]
    return next((number for number, line in enumerate(lines, start=1) if name in line), 0)
