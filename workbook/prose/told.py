"""What is to be said of figures that texts write out, and the texts with quotes in their place."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from workbook.findings.model import Finding, Part, finding
from workbook.findings.place import Place
from workbook.form.model import Form
from workbook.prose.written import quotable, written
from workbook.reading.values import Values, shown

if TYPE_CHECKING:
    from workbook.prose.compared import Statement

RULE: Final = "文字里的数和表里的一致"  # what a cell is told that it takes part in
MOST_TOLD: Final = 3  # figures of one text that a hint names


def stated(values: Values, form: Form, called: Collection[str] | None = None) -> "list[Statement]":
    """Each figure that a text of the form writes out; `values` are with quotes resolved.

    Where it is known what figures are `called`, of those texts alone that may say something of
    the unit: that name one, and stand in no row of an item.
    The reader of sentences is loaded only where there is one: that takes a tenth of a check.
    """
    texts = list(written(values, form))
    if texts and called is not None:
        words = (*called, *quotable(values, form))
        texts = [one for one in texts if not one.is_of_item and one.says_any(words)]
    if not texts:
        return []
    from workbook.prose.cells import cells_of  # noqa: PLC0415 - most forms hold no such text
    from workbook.prose.compared import statements  # noqa: PLC0415 - the same

    cells = cells_of(values, form)
    return [one for text in texts for one in statements(text, cells)]


def prose(values: Values, form: Form, called: Collection[str] | None = None) -> list[Finding]:
    """An error for each figure that differs from its cell, and what else is worth a look.

    Only texts are read in which one of the words stands that figures are `called`, if these are
    known.
    """
    found = stated(values, form, called)
    if not found:
        return []
    from workbook.prose.rows import Standing  # noqa: PLC0415 - as above

    differing = [one for one in found if one.judged.standing is Standing.DIFFERS]
    unsure = [one for one in found if one.judged.standing is Standing.UNSURE]
    made = [_told("prose-differs", one) for one in differing]
    made += [_told("prose-unsure", one) for one in unsure]
    return [*made, *_offers(_same(found))]


def quoted(values: Values, form: Form) -> Mapping[Place, tuple[str, int]]:
    """The texts in which quotes take the place of figures, by cell, each with how many those are.

    `values` are with quotes resolved; a text comes back as somebody would type it.
    """
    by_cell = _by_cell(_same(stated(values, form)))
    return {place: (_with_quotes(ones), len(ones)) for place, ones in by_cell.items()}


def _same(found: "Iterable[Statement]") -> "list[Statement]":
    """Those that a quote can take the place of; an item's are left alone."""
    return [
        one
        for one in found
        if one.judged.standing.name == "SAME" and one.text.entry.place and not one.text.is_of_item
    ]


def _told(code: str, one: "Statement") -> Finding:
    """What is said of a figure that is another in its cell."""
    cell, text = one.judged.cell, one.text.entry
    assert cell is not None
    value = f"{shown(cell.value)}{cell.field.unit}"
    told = finding(
        code, text.place, text.label, one.piece, value, name=cell.label, spot=cell.place,
        quote=one.judged.name, missing=one.judged.missing,
    )  # fmt: skip
    figure = cell.value if isinstance(cell.value, Decimal) else None
    return replace(told, parts=(Part(cell.label, cell.place, figure),), rule=RULE)


def _offers(same: "Sequence[Statement]") -> Iterator[Finding]:
    """A hint for each text in which quotes can take the place of figures."""
    for place, ones in _by_cell(same).items():
        told = "、".join(f"「{one.piece}」" for one in ones[:MOST_TOLD])
        more = f"等 {len(ones)} 个数" if len(ones) > MOST_TOLD else ""
        quotes = dict.fromkeys(f"{{{{ {one.judged.name} }}}}" for one in ones[:MOST_TOLD])
        yield finding(
            "prose-same", place, ones[0].text.entry.label, told + more, quotes="、".join(quotes)
        )


def _by_cell(same: "Iterable[Statement]") -> "Mapping[Place, list[Statement]]":
    by_cell: dict[Place, list[Statement]] = {}
    for one in same:
        assert one.text.entry.place is not None
        by_cell.setdefault(one.text.entry.place, []).append(one)
    return by_cell


def _with_quotes(same: "Sequence[Statement]") -> str:
    """A text as somebody would type it: its own quotes, and new ones for these figures."""
    entry = same[0].text.entry
    assert isinstance(entry.value, str)
    spots = [(one.start, one.end, one.name) for one in entry.quotes]
    spots += [(one.start, one.end, one.judged.name) for one in same]
    made, done = "", 0
    for start, end, name in sorted(spots):
        made += f"{entry.value[done:start]}{{{{ {name} }}}}"
        done = end
    return made + entry.value[done:]
