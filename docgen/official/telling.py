"""Deviations as lines for a person and as JSON for a program."""

import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Final

from docgen.official.model import STANDARD, Deviation

_APART: Final = 3  # so many of the same are told one by one


def told(path: Path, deviations: Sequence[Deviation]) -> Iterator[str]:
    """A line for each deviation; of many that are the same the first, with the places of all."""
    ordered = sorted(range(len(deviations)), key=lambda at: _first(deviations, at))
    for _, group in groupby(ordered, key=lambda at: _same(deviations[at])):
        same = [deviations[at] for at in group]
        if len(same) <= _APART:
            yield from (one.text for one in same)
        else:
            yield f"{same[0].text}这样的还有 {len(same) - 1} 处:"
            yield from (f"    · {one.place}" for one in same[1:])
    count = len(deviations)
    yield f"{path.name}:" + (f"有 {count} 处不合 {STANDARD}。" if count else f"合乎 {STANDARD}。")


def _same(one: Deviation) -> tuple[str, str, str]:
    return one.code, one.required, one.clause


def _first(deviations: Sequence[Deviation], at: int) -> int:
    """Where the first of the same kind stands, where there are many; its own place otherwise."""
    same = [n for n, one in enumerate(deviations) if _same(one) == _same(deviations[at])]
    return same[0] if len(same) > _APART else at


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
