"""The figures of a report beside those of a report made anew from the same template."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Final, NamedTuple, TypeVar

from docgen.manifest.blocks import NO_TABLE
from docgen.manifest.reading import Manifest, Printed
from docgen.template.write.marks import tag_name

Pair = tuple[Printed | None, Printed | None]  # as it was printed, and as it would be now
Opcode = tuple[str, int, int, int, int]  # as difflib has them
Token = tuple[str, tuple[str, ...], str]  # of a figure: its tag, names and row
Naming = Callable[[str], str] | None  # the name of a tag by a mark
_OF_MAIN: Final = re.compile(r"_gj\d")
_Told = TypeVar("_Told")


class Keyed(NamedTuple):
    """A figure by what it has in common with the same one of another rendering."""

    tag: str
    paths: tuple[str, ...]
    key: str
    figure: Printed

    @property
    def token(self) -> Token:
        """All but the figure itself."""
        return self[:3]


def aligned(old: Manifest, new: Manifest) -> Iterator[Pair]:
    """Each figure with its counterpart, in order; None for what was added or is gone.

    Figures are the same by tag, names and row, so that a row that was put in moves nothing. Where
    the template has changed, tags are known by their text alone.
    """
    is_same = old.about.get("template") == new.about.get("template")
    named = tag_name if is_same else None
    looped = _looped(old, named) | _looped(new, named)
    new = new if old.traces else replace(new, traces=())  # neither knows its rows then
    one, other = _keyed(old, looped, named), _keyed(new, looped, named)
    known = {each.key for each in one}, {each.key for each in other}
    pairs: list[tuple[Keyed | None, Keyed | None]] = []
    for kind, a, b, c, d in opcodes([each.token for each in one], [each.token for each in other]):
        is_renamed = kind == "replace" and _renamed(one[a:b], other[c:d], *known)
        if kind == "equal" or is_renamed:
            pairs += zip(one[a:b], other[c:d], strict=True)
        else:
            pairs += [(figure, None) for figure in one[a:b]]
            pairs += [(None, figure) for figure in other[c:d]]
    yield from _moved(pairs, looped if is_same else None)


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


def _tag(figure: Printed, named: Naming) -> str:
    return named(figure.mark) if named else figure.tag


def _keyed(manifest: Manifest, looped: Collection[str], named: Naming) -> list[Keyed]:
    """The figures; one that knows no row has the row's key that another of its block has.

    Of a tag in a loop, it has that of a block above in its table: a project's own table says in
    its first row whose it is.
    """
    table = {trace.mark: trace.table for trace in manifest.traces if trace.mark}
    groups: list[tuple[int, list[Printed]]] = [(NO_TABLE, [])]
    for figure in manifest.figures:
        inside = groups[-1][0] if _OF_MAIN.match(figure.mark) else NO_TABLE
        inside = table.get(figure.mark, inside)
        if inside == NO_TABLE or figure.mark in table:
            groups.append((inside, []))
        groups[-1][1].append(figure)
    found, last = [], (NO_TABLE, "")
    for number, group in groups:
        own = next((one.key for one in group if one.key), "")
        last = (number, own or (last[1] if last[0] == number else ""))
        above = "" if number == NO_TABLE else last[1]
        found += [
            Keyed(tag, one.paths, one.key or own or (above if tag in looped else ""), one)
            for one in group
            for tag in [_tag(one, named)]
        ]
    return found


def _looped(manifest: Manifest, named: Naming) -> frozenset[str]:
    """The tags that have printed more than once."""
    counts = Counter(_tag(one, named) for one in manifest.figures)
    return frozenset(tag for tag, count in counts.items() if count > 1)


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


def _moved(
    pairs: Sequence[tuple[Keyed | None, Keyed | None]], looped: Collection[str] | None
) -> Iterator[Pair]:
    """The pairs, with the figures brought together that stand elsewhere now.

    Only a figure that knows its row is known there, or one whose tag is in no loop, where it is
    known which those are; others might be another row's.
    """
    gone = _once([figure for figure, now in pairs if figure and now is None], looped)
    come = _once([now for figure, now in pairs if now and figure is None], looped)
    for figure, now in pairs:
        if figure and now is None:
            other = come.get(figure.token) if figure.token in gone else None
            yield figure.figure, other.figure if other else None
        elif figure or not now or not (now.token in gone and now.token in come):
            yield figure.figure if figure else None, now.figure if now else None


def _once(figures: Sequence[Keyed], looped: Collection[str] | None) -> Mapping[Token, Keyed]:
    """The figures that are known wherever they stand, where there is but one of the kind."""
    counts = Counter(figure.token for figure in figures)
    known = (one for one in figures if one.key or (looped is not None and one.tag not in looped))
    return {one.token: one for one in known if counts[one.token] == 1}


def _common(one: Sequence[_Told], other: Sequence[_Told]) -> int:
    """How many of the first are the same."""
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count
