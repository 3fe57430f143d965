"""The figures of a report beside those of a report made anew from the same template."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Final, NamedTuple, TypeVar

from docgen.manifest.blocks import NO_TABLE
from docgen.manifest.reading import Manifest, Printed

Pair = tuple[Printed | None, Printed | None]  # as it was printed, and as it would be now
Opcode = tuple[str, int, int, int, int]  # as difflib has them
_OF_MAIN: Final = re.compile(r"_gj\d")
_Told = TypeVar("_Told")


class Keyed(NamedTuple):
    """A figure by what it has in common with the same one of another rendering."""

    tag: str
    paths: tuple[str, ...]
    key: str
    figure: Printed

    @property
    def token(self) -> tuple[str, tuple[str, ...], str]:
        """All but the figure itself."""
        return self[:3]


def aligned(old: Manifest, new: Manifest) -> Iterator[Pair]:
    """Each figure with its counterpart, in order; None for what was added or is gone.

    Figures are the same by tag, names and row, so that a row that was put in moves nothing.
    """
    one, other = _keyed(old), _keyed(new)
    known = {each.key for each in one}, {each.key for each in other}
    pairs: list[tuple[Keyed | None, Keyed | None]] = []
    for kind, a, b, c, d in opcodes([each.token for each in one], [each.token for each in other]):
        is_renamed = kind == "replace" and _renamed(one[a:b], other[c:d], *known)
        if kind == "equal" or is_renamed:
            pairs += zip(one[a:b], other[c:d], strict=True)
        else:
            pairs += [(figure, None) for figure in one[a:b]]
            pairs += [(None, figure) for figure in other[c:d]]
    yield from _moved(pairs)


def opcodes(one: Sequence[_Told], other: Sequence[_Told]) -> Iterator[Opcode]:
    """What is the same, in order, and what is not; equal ends are not searched through."""
    head = _common(one, other)
    tail = _common(one[head:][::-1], other[head:][::-1])
    last, end = len(one) - tail, len(other) - tail
    if head:
        yield "equal", 0, head, 0, head
    matcher = SequenceMatcher(None, one[head:last], other[head:end], autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        yield kind, head + a, head + b, head + c, head + d
    if tail:
        yield "equal", last, len(one), end, len(other)


def _keyed(manifest: Manifest) -> list[Keyed]:
    """The figures; one that knows no row has the row's key that another of its block has."""
    is_row = {trace.mark: trace.table != NO_TABLE for trace in manifest.traces if trace.mark}
    groups: list[list[Printed]] = [[]]
    inside = False
    for figure in manifest.figures:
        starts = is_row.get(figure.mark)
        if starts is not None or not _OF_MAIN.match(figure.mark):
            inside = bool(starts)
            groups.append([])
        elif not inside:
            groups.append([])
        groups[-1].append(figure)
    return [
        Keyed(figure.tag, figure.paths, figure.key or key, figure)
        for group in groups
        for key in [next((one.key for one in group if one.key), "")]
        for figure in group
    ]


def _renamed(
    old: Sequence[Keyed], new: Sequence[Keyed], before: set[str], behind: set[str]
) -> bool:
    """Whether the same figures stand there, of rows that have another name now."""
    if [one[:2] for one in old] != [one[:2] for one in new]:
        return False
    return all(
        one.key and other.key and one.key not in behind and other.key not in before
        for one, other in zip(old, new, strict=True)
    )


def _moved(pairs: Sequence[tuple[Keyed | None, Keyed | None]]) -> Iterator[Pair]:
    """The pairs, with the figures brought together whose row stands elsewhere now.

    Only a figure that knows its row is known there; others might be another row's.
    """
    gone = _once([figure for figure, now in pairs if figure and now is None])
    come = _once([now for figure, now in pairs if now and figure is None])
    for figure, now in pairs:
        if figure and now is None:
            other = come.get(figure.token)
            yield figure.figure, other.figure if other else None
        elif figure or not now or now.token not in gone:
            yield figure.figure if figure else None, now.figure if now else None


def _once(figures: Sequence[Keyed]) -> Mapping[tuple[str, tuple[str, ...], str], Keyed]:
    """The figures that know their row, where there is but one of the kind."""
    counts = Counter(figure.token for figure in figures)
    return {one.token: one for one in figures if one.key and counts[one.token] == 1}


def _common(one: Sequence[_Told], other: Sequence[_Told]) -> int:
    """How many of the first are the same."""
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count
