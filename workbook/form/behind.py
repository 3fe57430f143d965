"""Labels that stand in one cell with what is typed: `填表人：张三　　联系电话：0731-85221234`."""

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

_LABEL: Final = re.compile(r"(?:(?<=\s)|^)([一-龥]{1,8}(?:[(（][^()（）\s]{1,8}[)）])?)\s*[:：]")

_STAMP: Final = re.compile(r"\s*[(（](?:公章|盖章|签字|签章|签名)[)）]$")  # is no part of a name


class Part(NamedTuple):
    """A label in a cell, and where what is typed behind it begins and ends."""

    label: str
    start: int
    end: int


def parts(text: str) -> Iterator[Part]:
    """The labels of a cell, each with its own place; blanks around what is typed do not count."""
    found = [*_LABEL.finditer(text)]
    for one, following in zip(found, [*found[1:], None], strict=False):
        inside = text[one.end() : following.start() if following else None]
        typed = _STAMP.sub("", inside.strip())
        start = one.end() + (inside.index(typed) if typed else 0)
        yield Part(one[1], start, start + len(typed))


def typed_behind(text: str, label: str) -> str:
    """What is typed behind a label, "" where nothing is, or where the label is gone."""
    return next((text[one.start : one.end] for one in parts(text) if one.label == label), "")


def with_typed(text: str, typed: Mapping[str, str]) -> str:
    """The text with these words behind its labels, and all else as it was."""
    for one in reversed([*parts(text)]):
        if one.label in typed:
            text = f"{text[: one.start]}{typed[one.label]}{text[one.end :]}"
    return text
