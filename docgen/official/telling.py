"""Deviations as lines for a person and as JSON for a program."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from docgen.official.model import STANDARD, Deviation

_APART: Final = 3  # so many of the same are told one by one


def told(path: Path, deviations: Sequence[Deviation]) -> Iterator[str]:
    """A line for each deviation; of many that are the same the first, with the places of all."""
    together: dict[tuple[str, ...], list[Deviation]] = {}
    for one in deviations:
        together.setdefault((one.code, one.required, one.clause), []).append(one)
    first = {id(same[0]): same for same in together.values()}
    apart = {id(one) for same in together.values() if len(same) <= _APART for one in same}
    for one in deviations:
        if id(one) in apart:
            yield one.text
        elif id(one) in first:
            others = first[id(one)][1:]
            yield f"{one.text}这样的还有 {len(others)} 处:"
            yield from (f"    · {other.place}" for other in others)
    count = len(deviations)
    yield f"{path.name}:" + (f"有 {count} 处不合 {STANDARD}。" if count else f"合乎 {STANDARD}。")


def to_json(path: Path, deviations: Sequence[Deviation]) -> str:
    """The file, whether it conforms, and each finding with place, found, required and clause."""
    findings = [
        {
            "place": one.place,
            "code": one.code,
            "found": one.found,
            "required": one.required,
            "clause": one.clause,
            "text": one.text,
        }
        for one in deviations
    ]
    content = {"file": str(path), "ok": not findings, "findings": findings}
    return json.dumps(content, ensure_ascii=False, indent=2)
