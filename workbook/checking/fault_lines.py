"""A fault of a kind's data file with the line in which it is to be mended."""

import re
from pathlib import Path
from typing import Final

_FAULT: Final = re.compile(r"(.+?\.toml):(?!第 \d+ 行)(.+)", re.DOTALL)
_NAMED: Final = re.compile("「([^」]+)」")
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
    for name in _NAMED.findall(match[2]):
        if number := _line(lines, name) or _line(lines, name.rpartition(".")[2]):
            return f"{match[1]}:第 {number} 行:{match[2]}"
    return fault


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
