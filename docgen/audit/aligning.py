"""The figures of a report beside those of a report made anew from the same template."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from docgen.manifest.reading import Printed

Token = tuple[str, tuple[str, ...], str]  # tag, paths and row of a figure
Pair = tuple[Printed | None, Printed | None]  # as it was printed, and as it would be now


def aligned(old: Sequence[Printed], new: Sequence[Printed]) -> Iterator[Pair]:
    """Each figure with its counterpart, in order; None for what was added or is gone.

    Figures are the same by tag, names and row, so that a row that was put in moves nothing.
    """
    one, other = [figure.token for figure in old], [figure.token for figure in new]
    head = _common(one, other)
    tail = _common(one[head:][::-1], other[head:][::-1])
    yield from zip(old[:head], new[:head], strict=True)
    yield from _matched(old[head : len(old) - tail], new[head : len(new) - tail])
    yield from zip(old[len(old) - tail :], new[len(new) - tail :], strict=True)


def _matched(old: Sequence[Printed], new: Sequence[Printed]) -> Iterator[Pair]:
    one, other = [figure.token for figure in old], [figure.token for figure in new]
    pairs: list[Pair] = []
    for kind, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if kind == "equal":
            pairs += zip(old[a:b], new[c:d], strict=True)
        else:
            pairs += [(figure, None) for figure in old[a:b]]
            pairs += [(None, figure) for figure in new[c:d]]
    yield from _moved(pairs)


def _moved(pairs: Sequence[Pair]) -> Iterator[Pair]:
    """The pairs, with the figures brought together whose row stands elsewhere now.

    Only a figure that knows its row is known there; others might be another row's.
    """
    gone = _once([figure for figure, now in pairs if figure and now is None])
    come = _once([now for figure, now in pairs if now and figure is None])
    for figure, now in pairs:
        if figure and now is None:
            yield figure, come.get(figure.token)
        elif figure or not now or now.token not in gone:
            yield figure, now


def _once(figures: Sequence[Printed]) -> Mapping[Token, Printed]:
    """The figures that know their row, where there is but one of the kind."""
    counts = Counter(figure.token for figure in figures)
    return {one.token: one for one in figures if one.key and counts[one.token] == 1}


def _common(one: Sequence[object], other: Sequence[object]) -> int:
    """How many of the first are the same."""
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count
