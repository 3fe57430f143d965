"""A rule written as a native Excel formula, so that the sheet checks itself with no add-in at all.

The same tree that `judge` evaluates is written out here; the verdicts are `judge.Verdict`'s words
in the same order of precedence. A figure typed as text is the one thing a formula cannot read: the
sheet then says 非数值 where the program reads on.
"""

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from workbook.catalogue.model import Language
from workbook.catalogue.sheets import ROW_USED
from workbook.catalogue.verdicts import BY_PROGRAM, NOT_A_NUMBER, NOT_APPLICABLE, ROW_FAILS
from workbook.figures.numbers import MOST_DECIMALS, plain
from workbook.findings.place import Place, above_of
from workbook.form.field import Field
from workbook.form.table import Table
from workbook.language.excel import (
    CELL_ABOVE,
    ExcelCells,
    Reference,
    is_readable,
    named,
    own_row,
    rounded_text,
    row_cell,
    row_in_use,
    row_name,
)
from workbook.language.model import Leaf
from workbook.language.operators import Relation
from workbook.language.row_functions import Where
from workbook.rules.computed import Computed
from workbook.rules.judge import WORST_LAST, Verdict
from workbook.rules.model import Rule, RuleSet

ROW_BLANK = "—"
# What is said of a row, the worst first; with 不符 comes the rule that says so. None is ROW_BLANK.
ROW_VERDICTS = (
    Verdict.UNREADABLE,
    Verdict.FAILS,
    Verdict.UNCOMPUTABLE,
    Verdict.ROUNDING,
    Verdict.TIES,
    Verdict.NOT_APPLICABLE,
    None,
)


def row_words(language: Language) -> Iterator[str]:
    """The words for what is said of a row, the worst first."""
    return (ROW_BLANK if one is None else one.word(language) for one in ROW_VERDICTS)


def verdict_formula(
    rule: Rule,
    reference: Reference = named,
    blank_word: str = "",
    *,
    is_quick: bool = False,
) -> str:
    """The formula (without `=`) whose value is the rule's verdict.

    Of a rule that asks a function of the kind's own it says who judges it.
    """
    language = rule.language
    if rule.is_own:
        return f'"{BY_PROGRAM(language)}"'
    cells = ExcelCells(rule.inputs, reference, is_quick, language)
    said = {verdict: f'"{verdict.word(language)}"' for verdict in Verdict}
    text = f"IF({rule.claim.excel(cells)},{said[Verdict.TIES]},{_missed(rule, cells)})"
    if rule.when is not None:
        text = f"IF({rule.when.excel(cells)},{text},{said[Verdict.NOT_APPLICABLE]})"
    text = f"IFERROR({text},{said[Verdict.UNCOMPUTABLE]})"
    if absent := cells.any_absent():
        text = f"IF({absent},{said[Verdict.NOT_APPLICABLE]},{text})"
    if blank := cells.any_blank():
        word = f'"{blank_word}"' if blank_word else said[Verdict.BLANK]
        text = f"IF({blank},{word},{text})"
    return f"IF(IFERROR({cells.any_unreadable()},TRUE),{said[Verdict.UNREADABLE]},{text})"


def row_formula(rule: Rule, table: Table, reference: Reference, used: str = "") -> str:
    """The verdict on one row of a table; nothing for a row not in use.

    `used` is the cell that says so, where it is no column of the table itself.
    """
    verdict = verdict_formula(rule, reference, ROW_BLANK, is_quick=not used and is_named(table))
    return _if_in_use(table, verdict, rule.language, used)


def row_used_formula(table: Table) -> str:
    """1 in a row into which somebody typed, or in which an error stands, 0 in any other."""
    return f"IFERROR(SIGN({row_in_use(table, own_row(table))}),1)"


def _if_in_use(table: Table, text: str, language: Language, used: str = "") -> str:
    """Nothing in a row into which nobody typed; given rows are always in use."""
    own = row_cell(table.key, ROW_USED(language))
    return text if table.row else f'IF({used or own}=0,"",{text})'


def computed_formula(
    cell: Computed, reference: Reference = named, used: str = "", *, is_quick: bool = False
) -> str:
    """The formula (without `=`) of a computed cell: its value, 不适用, 非数值 or nothing.

    `used` is as in `row_formula`.
    """
    language = cell.language
    cells = ExcelCells(cell.inputs, reference, is_quick, language)
    text = cell.tree.excel(cells)
    if cell.field.is_number:
        places = cell.field.places
        text = rounded_text(text, MOST_DECIMALS if places is None else places)
    else:
        text = f"TRIM({text})"
    none = NOT_APPLICABLE(language) if cell.field.may_be_absent else ""
    text = f'IFERROR({text},"{none}")'
    if absent := cells.any_absent():
        text = f'IF({absent},"{none}",{text})'
    # What it tests may be 不适用 itself: then it does not say that the cell stays blank.
    asking = ExcelCells(replace(cell.inputs, applying=()), reference, is_quick, language)
    if nothing := cell.tree.blank_test(asking):
        text = f'IF(IFERROR({nothing},FALSE),"",{text})'
    if blank := cells.any_blank():
        text = f'IF({blank},"",{text})'
    if cell.inputs.leaves or cell.inputs.tables:
        unreadable = f"IFERROR({cells.any_unreadable()},TRUE)"
        text = f'IF({unreadable},"{NOT_A_NUMBER(language)}",{text})'
    return _if_in_use(cell.table, text, language, used) if cell.table else text


def is_named(table: Table, column: Field | None = None) -> bool:
    """Whether the rows of a table, or of one of its columns, hold the name of one formula.

    Written out, the formulas of a row of 项目指标 would be 21,000 letters. Given rows may each have
    a formula of its own; one that names the cell above is another in each row.
    """
    return not table.row and not (column and column.follows)


def searched(rules: RuleSet) -> list[Leaf]:
    """The columns in which formulas of rows look for words, each once."""
    trees = [cell.tree for cell in rules.computed if cell.table]
    of_rows = (rule for rule in rules.rules if rule.each)
    trees += [one for rule in of_rows for one in (rule.claim, rule.when) if one is not None]
    found = (one for tree in trees for one in tree.walk() if isinstance(one, Where))
    return list(dict.fromkeys(column.leaf for one in found for column, _ in one.tests))


def read_by_rows(rules: RuleSet) -> list[Leaf]:
    """The columns that formulas of rows read whole and that may make no sense, each once."""
    inputs = [cell.inputs for cell in rules.computed if cell.table]
    inputs += [rule.inputs for rule in rules.rules if rule.each]
    leaves = (leaf for one in inputs for leaf in one.leaves if leaf.table)
    return [leaf for leaf in dict.fromkeys(leaves) if not is_readable(leaf.field)]


class Formulas:
    """The formulas of a form's computed cells, `=` included."""

    def __init__(self, cells: Iterable[Computed]) -> None:
        """`cells` are all of the form's."""
        self._cells = {(cell.key, cell.number): cell for cell in cells}
        self._of_rows: dict[tuple[str, int | None], str] = {}
        languages = (cell.language for cell in self._cells.values())
        self._language: Language = next(languages, "zh")

    def of(self, key: str) -> str:
        """A computed field's."""
        return f"={computed_formula(self._cells[key, None])}"

    def in_row(self, table: Table, column: Field, number: int) -> str:
        """What stands in a computed column's cell in a row: the formula's name, or itself."""
        if is_named(table, column):
            return f"={row_name(table, column.key, self._language)}"
        return self.of_row(table, column, number)

    def named(self, table: Table, column: Field) -> str:
        """The formula of a computed column under its name, without `=`."""
        cell = self._cells[f"{table.key}.{column.key}", None]
        return computed_formula(cell, own_row(table), is_quick=True)

    def of_row(self, table: Table, column: Field, number: int | None) -> str:
        """A computed column's in a row, which is the same in all rows unless the row is given.

        Where it reads the cell above it is the pattern of one, see `at`.
        """
        key = f"{table.key}.{column.key}"
        cell = self._cells.get((key, None)) or self._cells[key, number]
        where = cell.key, cell.number
        if where not in self._of_rows:
            self._of_rows[where] = f"={computed_formula(cell, own_row(table))}"
        return self._of_rows[where]


def at(formula: str, place: Place) -> str:
    """A formula or its pattern as it stands in the cell at `place`.

    The cell above is named absolutely. So a row that is moved or sorted takes the old address
    along, and cannot silently come to say what stands above its new place.
    """
    if CELL_ABOVE not in formula:
        return formula
    above = above_of(place)
    letters = above.address.removesuffix(str(above.row))
    return formula.replace(CELL_ABOVE, f"${letters}${above.row}")


def rows_verdict_formula(rule: Rule, column: str = "") -> str:
    """The verdict on all rows of a rule that is checked on each: the worst of them.

    `column` are the cells with the verdict on each row, where they are no column of the table.
    """
    if rule.is_own:
        return f'"{BY_PROGRAM(rule.language)}"'
    column = column or f"{rule.spec.each}[{rule.spec.id}]"
    language = rule.language
    # The innermost IF, so the mildest; the worst is asked for first.
    text = f'"{Verdict.BLANK.word(language)}"'
    for verdict in WORST_LAST[1:]:
        word = verdict.word(language)
        text = f'IF(COUNTIF({column},"{word}")>0,"{word}",{text})'
    return text


def row_verdict_formula(rules: Sequence[Rule], table: Table) -> str:
    """The worst that any rule says of a row, in the order of ROW_VERDICTS; 不符 with its rule.

    `WorkedOut.row_verdict` says the same of a new workbook.
    """
    first, last = rules[0].spec.id, rules[-1].spec.id
    span = f"[{first}]" if first == last else f"[{first}]:[{last}]"
    verdicts, names = (f"{table.key}[[{part}],{span}]" for part in ("#This Row", "#Headers"))
    text, language = '""', rules[0].language
    fails = Verdict.FAILS.word(language)
    for word in reversed([*row_words(language)]):
        says = f'"{word}"'
        if word == fails:
            begins = ROW_FAILS(language, word=word, rule="")
            says = f'"{begins}"&INDEX({names},MATCH("{word}",{verdicts},0))'
        text = f'IF(COUNTIF({verdicts},"{word}")>0,{says},{text})'
    return text


def has_sides(rule: Rule) -> bool:
    """Whether a rule is an equation whose sides the sheet 校验 shows."""
    return not (rule.equation is None or rule.spec.each or rule.is_own)


def side_formulas(rule: Rule, reference: Reference = named) -> tuple[str, str, str] | None:
    """Left side, right side and rounded difference of an equation, None for any other claim.

    None too of one that asks a function of the kind's own.
    """
    if rule.equation is None or not has_sides(rule):
        return None
    cells = ExcelCells(rule.inputs, reference, language=rule.language)
    left, right = (side.excel(cells) for side in rule.equation.sides)
    return left, right, rule.equation.difference(cells)


def tolerance_formula(rule: Rule, reference: Reference = named) -> str:
    """What the difference may be."""
    shares: dict[str, list[str]] = {}
    for leaf, share in rule.tolerance.per_figure:
        shares.setdefault(plain(share), []).append(reference(leaf))
    parts = [f"{share}*COUNT({','.join(cells)})" for share, cells in shares.items()]
    if rule.tolerance.fixed or not parts:
        parts.insert(0, plain(rule.tolerance.fixed))
    return "+".join(parts)


def _missed(rule: Rule, cells: ExcelCells) -> str:
    """What to say when the claim does not hold: 尾差 inside the tolerance, else 不符."""
    tolerance = tolerance_formula(rule, cells.reference)
    fails, rounding = (f'"{one.word(rule.language)}"' for one in (Verdict.FAILS, Verdict.ROUNDING))
    if rule.equation is None or tolerance == "0" or rule.equation.relation is Relation.OTHER:
        return fails
    difference = rule.equation.difference(cells)
    inside = f"ROUND(ABS({difference})-({tolerance}),{MOST_DECIMALS})<=0"
    return f"IF({inside},{rounding},{fails})"
