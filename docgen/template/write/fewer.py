"""Marks given up in a finished document that has more bookmarks than Word takes.

Loops repeat the template's own bookmarks, and what they print last may come when all marks are
given. Nothing is printed a second time for it: who gave the data may have given what can be read
but once.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import Final

from docgen.template.word.package import Member, deflated
from docgen.template.write.marks import FIRST_ID, FIRST_REPEATED, WORD_TAKES, Marks

_MARK: Final = re.compile(rb'<w:bookmarkStart w:id="(\d+)" w:name="(_gj\w*)"/>')
_ENDS: Final = re.compile(rb'(<w:bookmark(?:Start|End) w:id="(\d+)"[^>]*/>)')
_CHART: Final = b"_gjchart"


def fewer_marks(members: Sequence[Member], marks: Marks, count: int, most: int) -> list[Member]:
    """The parts that change so that of `count` bookmarks no more than `most` are left.

    What repeats goes first, marks of rows before those of figures, the last ones first. The first
    mark of each tag goes only where Word would fail on it.
    """
    given = {member.name: _given(member.read()) for member in members}
    every = {number: name for some in given.values() for number, name in some.items()}
    figures = marks.names
    repeated = sorted((one for one in every if one > FIRST_REPEATED), reverse=True)
    repeated.sort(key=lambda number: every[number] in figures)
    gone = set(repeated[: max(0, count - most)])
    first = sorted((one for one in every if FIRST_ID < one < FIRST_REPEATED), reverse=True)
    gone |= {*islice(first, max(0, count - len(gone) - WORD_TAKES))}
    names = {every[number] for number in gone}
    kept = [one for one in zip(*[iter(marks.figures)] * 3, strict=True) if one[0] not in names]
    marks.figures[:] = [value for one in kept for value in one]
    return [*_without(members, given, gone)]


def _given(content: bytes) -> dict[int, str]:
    """The marks in a part by their numbers, without those of charts."""
    return {
        int(number): name.decode()
        for number, name in _MARK.findall(content)
        if not name.startswith(_CHART) and int(number) > FIRST_ID
    }


def _without(
    members: Sequence[Member], given: dict[str, dict[int, str]], gone: Collection[int]
) -> Iterator[Member]:
    """The parts that have marks of these numbers, without them."""
    for member in members:
        own = {str(number).encode() for number in given[member.name] if number in gone}
        if own:
            pieces = _ENDS.split(member.read())  # what is between, a mark, its number, and so on
            for index in range(1, len(pieces), 3):
                if pieces[index + 1] in own:
                    pieces[index] = b""
                pieces[index + 1] = b""
            yield deflated(member.name, b"".join(pieces))
