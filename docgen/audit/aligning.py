"""The figures of a report beside those of a report made anew from the same template."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from docgen.manifest.reading import Printed

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
    for kind, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from zip(old[a:b], new[c:d], strict=True)
        else:
            yield from ((figure, None) for figure in old[a:b])
            yield from ((None, figure) for figure in new[c:d])


def _common(one: Sequence[object], other: Sequence[object]) -> int:
    """How many of the first are the same."""
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count
