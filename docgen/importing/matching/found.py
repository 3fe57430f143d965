"""What was found in a report: for each cell all that states its value, in reading order."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from docgen.importing.matching.align import Fit, Patterns, shared_loop
from docgen.importing.matching.model import Catch
from docgen.importing.template.pieces import Loop, Target, TemplateLine
from docgen.stated.lists import following
from docgen.stated.outline import Line
from workbook.catalogue import imports as told
from workbook.catalogue.model import Said
from workbook.form.model import Form
from workbook.stated.folded import fold, letters, sentence


@dataclass(slots=True)
class Statement:
    """One statement of a value; a long text is stated by several paragraphs.

    `remark` says how it was recognised, where that was not by the template's own line; `other` is
    the field that the figure's own words name, where that is another one.
    """

    catches: list[Catch]
    remark: Said | None = None
    other: str = ""

    @property
    def text(self) -> str:
        """The words of the value."""
        return "\n".join(catch.text.strip() for catch in self.catches)

    @property
    def unit(self) -> str:
        """The unit beside the value, or above its table."""
        first = self.catches[0]
        return first.unit or first.line.unit

    @property
    def quote(self) -> str:
        """The sentence that the value stands in; of a long text its beginning."""
        first = self.catches[0]
        if first.hole.shape == "text":
            words = "\n".join(catch.text.strip() for catch in self.catches)
            return words if len(words) <= 160 else words[:160] + "…"
        return sentence(first.line.text, first.start, first.end).replace("\x1f", " | ")


Row = dict[str, Statement]


@dataclass(slots=True)
class Found:
    """Statements by field, rows by table and by the place in the template that prints them.

    `used` lines are understood, `partly` used ones hold the values that are named, and in a
    `calculated` one the template prints nothing but what it computes. `untaken` says, in order,
    what of a used line was not taken, and why. `contested` are cells of items, by table, name and
    column, of which two cards say different things. `lines` are all those of the report.

    Of 基本支出195.49万元: a statement of 195.49 under 基本支出 in `fields`, and the line in `used`.
    """

    fields: dict[str, list[Statement]] = field(default_factory=dict)
    tables: dict[str, dict[object, list[Row]]] = field(default_factory=dict)
    either: list[Statement] = field(default_factory=list)
    used: set[Line] = field(default_factory=set)
    partly: dict[Line, list[str]] = field(default_factory=dict)
    calculated: set[Line] = field(default_factory=set)
    untaken: dict[Line, dict[Said, None]] = field(default_factory=dict)
    contested: set[tuple[str, str, str]] = field(default_factory=set)
    lines: Sequence[Line] = ()

    def add(self, key: str, statement: Statement) -> None:
        """Add a statement of a field."""
        self.fields.setdefault(key, []).append(statement)

    def knows(self, targets: Sequence[Target], text: str) -> bool | None:
        """Whether a field's value was stated as `text` before; None where none was stated."""
        stated = [s.text for t in targets if not t.table for s in self.fields.get(t.key, ())]
        return any(letters(one) == letters(text) for one in stated) if stated else None


@dataclass(slots=True)
class _Text:
    """A text of several paragraphs, and the number of the next item of the list that it is in.

    Behind （二）机构设置。… the paragraph （三）人员情况。… is another matter, and all behind it.
    """

    target: Target
    group: int | None
    statement: Statement
    due: str = ""
    has_ended: bool = False

    def goes_on(self, template: TemplateLine, catch: Catch) -> bool:
        """Whether what was caught is a further paragraph of the text."""
        is_same = (catch.hole.targets[0], template.group) == (self.target, self.group)
        return is_same and not template.opens and catch.hole.shape == "text"

    def is_over(self, template: TemplateLine, fit: Fit, line: Line) -> bool:
        """Whether a line would be its further paragraph, but the list has gone on."""
        if not fit.catches or not all(self.goes_on(template, one) for one in fit.catches):
            return False
        if line.number != self.due and _form(line.number) == _form(self.due):
            self.due = ""  # a list within the text
        self.has_ended |= bool(self.due) and line.number == self.due
        return self.has_ended


def _form(number: str) -> str:
    return re.sub(r"[\d一二三四五六七八九十]+", "", number)


def collect(found: Found, patterns: Patterns, lines: Sequence[Line], fits: Sequence[Fit]) -> None:
    """Add what the fits of one section caught to `found`."""
    rows: dict[Loop, Row] = {}
    before: Fit | None = None
    text: _Text | None = None
    for fit in fits:
        template = patterns[fit.template][0]
        if text is not None and text.is_over(template, fit, lines[fit.report]):
            continue
        if before is not None:
            _next_round(rows, patterns, before, fit)
        if fit.catches or not template.is_calculated:
            found.used.add(lines[fit.report])
        else:
            found.calculated.add(lines[fit.report])
        for loop in template.loops:
            if loop.table and loop not in rows:
                rows[loop] = {}
                found.tables.setdefault(loop.table, {}).setdefault(loop, []).append(rows[loop])
        for catch in fit.catches:
            if text is not None and text.goes_on(template, catch):
                text.statement.catches.append(catch)
                continue
            statement = Statement([catch])
            _put(found, catch, statement, rows, fit)
            if catch.hole.shape == "text":
                target, due = catch.hole.targets[0], following(lines[fit.report].number)
                text = _Text(target, template.group, statement, due if template.opens else "")
        before = fit


def _next_round(rows: dict[Loop, Row], patterns: Patterns, before: Fit, after: Fit) -> None:
    """Close the rows of the loops that `after` leaves or begins anew."""
    old, new = patterns[before.template][0], patterns[after.template][0]
    shared = shared_loop(old, new)
    kept = list(new.loops)
    if shared is not None and after.template <= before.template:
        kept = kept[: kept.index(shared)]
    for loop in list(rows):
        if loop not in kept:
            del rows[loop]


def _put(found: Found, catch: Catch, statement: Statement, rows: dict[Loop, Row], fit: Fit) -> None:
    hole = catch.hole
    if hole.blank and letters(catch.text) == letters(hole.blank):
        return
    target = hole.targets[0]
    if len(hole.targets) > 1:
        found.either.append(statement)
    elif not target.table:
        found.add(target.key, statement)
    elif catch.round is not None:
        put_round(found, catch, statement, ("line", fit.template))
    else:
        row = next((row for loop, row in rows.items() if loop.table == target.table), None)
        if row is not None:
            row.setdefault(target.key, statement)


def put_round(found: Found, catch: Catch, statement: Statement, place: object) -> None:
    """Put the value of a round of a loop inside a line into that round's row at `place`."""
    target = catch.hole.targets[0]
    rows = found.tables.setdefault(target.table, {}).setdefault(place, [])
    is_same = bool(rows) and all(
        (one.catches[0].line, one.catches[0].round) == (catch.line, catch.round)
        for one in rows[-1].values()
    )
    if not is_same:
        rows.append({})
    rows[-1].setdefault(target.key, statement)


def resolve_either(found: Found) -> None:
    """Give what may be one of several fields to the first that the others do not explain."""
    for statement in found.either:
        first, *others = statement.catches[0].hole.targets
        known = found.knows(others, statement.text)
        if known:
            continue
        if known is None:
            names = "、".join(f"“{target.key}”" for target in (first, *others))
            statement.remark = told.ONE_OF.said(names=names)
            found.add(others[-1].key, statement)
        else:
            found.add(first.key, statement)
    found.either.clear()


def years_of(found: Found, form: Form) -> frozenset[str]:
    """The years that a report is of, empty where it does not say."""
    keys = [key for key, field in form.fields.items() if field.type == "year"]
    return frozenset(fold(s.text).text for key in keys for s in found.fields.get(key, ())[:1])


def rows_of(found: Found, table: str) -> Iterator[list[Row]]:
    """The rows of a table, for each place that prints them; those without a value are left out."""
    for rows in found.tables.get(table, {}).values():
        filled = [row for row in rows if row]
        if filled:
            yield filled
