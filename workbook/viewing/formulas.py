"""Excel's formulas as expressions of the rules' language, and totals that miss a row."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token

from workbook.reading.spots import Spot
from workbook.viewing.tokens import NotUnderstoodError, without_brackets
from workbook.viewing.translation import Said, Translation
from workbook.xlsx.addresses import Corners, cell_at, corners_of, sheet_and_area

_MOST: Final = 10_000  # cells of a range
_SUM: Final = re.compile(r"(SUM|SUBTOTAL)\($", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"(\$?)\b([A-Z]{1,3})(\$?)(\d+)\b")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What cells stand for: `of` one a key or None, `column` the sum of the table column it is in.

    `named` is what a name stands for, `is_mute` whether no figure stands or may stand in a cell
    without a key, `rows` the table's column that an area on a sheet is, `words` a label's.

    `of(Spot("预算收支", 9, 3))` is 基本支出; of D6 in the table 项目 `column` is sum(项目.金额).
    """

    of: Callable[[Spot], str | None]
    column: Callable[[Spot], str | None]
    is_mute: Callable[[Spot], bool]
    named: Callable[[str], str | None] = lambda _: None
    rows: Callable[[str, Corners], str | None] = lambda _, __: None
    words: Callable[[Spot], str] = lambda _: ""


def expression(formula: str, sheet: str, meaning: Meaning) -> Said:
    """A formula in the rules' language: `=SUM(C3:C5)-C9` is `甲 + 乙 + 丙 - 丁`.

    A division for which the sheet shows nothing where there is no divisor is the division itself:
    the language has 不适用 for it. Raises `NotUnderstoodError`.
    """
    said = Translation(_Operand(sheet, meaning)).of(
        [one for one in Tokenizer(formula).items if one.type != Token.WSPACE]
    )
    return Said(without_brackets(said.text), is_text=said.is_text)


@dataclass(frozen=True, slots=True)
class _Operand:
    """What the references of a formula on a sheet stand for."""

    sheet: str
    meaning: Meaning

    def __call__(self, area: str, *, is_sum: bool) -> str:
        """The expression for a cell, or for a range that is added up."""
        return _operand(area, self.sheet, self.meaning, is_sum)

    def total(self, areas: Sequence[str]) -> str:
        """The sum of areas that are together whole columns of tables: `SUM(F6:F8)+F9`."""
        spots = [spot for area in areas for spot in cells_read(f"={area}", self.sheet)]
        sums = [self.meaning.column(spot) or "" for spot in spots]
        is_each = len({*spots}) == len(spots) and all(sums) and _are_whole(spots, self.meaning)
        return " + ".join(dict.fromkeys(sums)) if is_each else ""

    def rows(self, area: str) -> str:
        """The column of a table that an area is."""
        name, bare = _parted(area, self.sheet)
        corners = corners_of(bare)
        if corners is None or not (said := self.meaning.rows(name, corners)):
            raise NotUnderstoodError(area)
        return said

    def words(self, cell: str) -> str:
        """The words of a label."""
        name, bare = _parted(cell, self.sheet)
        single = cell_at(bare)
        return self.meaning.words(Spot(name, *single)) if single else ""


def _operand(reference: str, sheet: str, meaning: Meaning, is_sum: bool) -> str:
    name, area = _parted(reference, sheet)
    corners = corners_of(area)
    if corners is None and (said := meaning.named(reference)):
        return said
    if corners is None or (corners.bottom - corners.top) * (corners.right - corners.left) > _MOST:
        raise NotUnderstoodError(reference)
    spots = [
        Spot(name, row, number)
        for row in range(corners.top, corners.bottom + 1)
        for number in range(corners.left, corners.right + 1)
    ]
    if len(spots) > 1 and not is_sum:
        raise NotUnderstoodError(reference)
    if is_sum and not _are_whole([one for one in spots if meaning.column(one)], meaning):
        raise NotUnderstoodError(reference)
    keys = [meaning.of(spot) or (meaning.column(spot) if is_sum else None) for spot in spots]
    for spot, key in zip(spots, keys, strict=True):
        if key is None and not (is_sum and meaning.is_mute(spot)):
            raise NotUnderstoodError(reference)
    if not any(keys):
        raise NotUnderstoodError(reference)
    return " + ".join(dict.fromkeys(filter(None, keys)))


def _are_whole(spots: Sequence[Spot], meaning: Meaning) -> bool:
    """Whether cells of tables are all that stand in their columns."""
    columns: dict[tuple[str, int], list[int]] = {}
    for spot in spots:
        columns.setdefault((spot.sheet, spot.column), []).append(spot.row)
    return all(
        len({*rows}) == max(rows) - min(rows) + 1
        and meaning.rows(sheet, Corners(column, min(rows), column, max(rows))) is not None
        for (sheet, column), rows in columns.items()
    )


def _parted(reference: str, sheet: str) -> tuple[str, str]:
    name, area = sheet_and_area(reference)
    return name or sheet, area.replace("$", "")


def summed(formula: str, sheet: str) -> list[tuple[Spot, Spot]]:
    """The ranges of one column that a formula sums, each by its first and last cell."""
    found, is_sum = [], False
    for token in Tokenizer(formula).items:
        if token.type == Token.FUNC:
            is_sum = token.subtype == Token.OPEN and _SUM.match(token.value) is not None
        elif is_sum and token.type == Token.OPERAND and token.subtype == Token.RANGE:
            name, area = _parted(token.value, sheet)
            corners = corners_of(area)
            if corners is not None and corners.left == corners.right:
                found.append(
                    (
                        Spot(name, corners.top, corners.left),
                        Spot(name, corners.bottom, corners.left),
                    )
                )
    return found


def is_subtotal(formula: str) -> bool:
    """Whether a formula adds up by SUBTOTAL, which passes over cells that do so themselves."""
    return any(one.value.upper() == "SUBTOTAL(" for one in Tokenizer(formula).items)


def single_cells(formula: str, sheet: str) -> Iterator[Spot]:
    """The cells that a formula reads one by one, and in no range."""
    for token in Tokenizer(formula).items:
        if token.type == Token.OPERAND and token.subtype == Token.RANGE:
            name, area = _parted(token.value, sheet)
            if single := cell_at(area):
                yield Spot(name, *single)


def cells_read(formula: str, sheet: str) -> Iterator[Spot]:
    """Every cell that a formula reads."""
    for token in Tokenizer(formula).items:
        if token.type == Token.OPERAND and token.subtype == Token.RANGE:
            name, area = _parted(token.value, sheet)
            corners = corners_of(area) if ":" in area else None
            single = cell_at(area)
            if single:
                yield Spot(name, *single)
            elif corners:
                for row in range(corners.top, corners.bottom + 1):
                    for column in range(corners.left, corners.right + 1):
                        yield Spot(name, row, column)


def shape(formula: str, row: int, column: int) -> str:
    """The formula with the distance of each cell that it reads: `C4*D4` in row 5 is `C4*D4` in 4.

    Two cells of a column calculate alike where their formulas have one shape. What stands behind
    a $ is no distance.
    """

    def distance(found: re.Match[str]) -> str:
        spot = cell_at(f"{found[2]}{found[4]}")
        if spot is None:
            return found[0]
        down = str(spot[0]) if found[3] else f"[{spot[0] - row}]"
        right = str(spot[1]) if found[1] else f"[{spot[1] - column}]"
        return f"R{down}C{right}"

    pieces = []
    for one in Tokenizer(formula).items:
        sheet, sign, area = one.value.rpartition("!")
        is_area = one.subtype == Token.RANGE
        pieces.append(f"{sheet}{sign}{_ADDRESS.sub(distance, area)}" if is_area else one.value)
    return "".join(pieces).replace(" ", "").upper()


def is_arithmetic(formula: str) -> bool:
    """Whether a formula is figures and signs alone, as `=300*4`: somebody typed a figure so."""
    signs = (Token.OP_IN, Token.OP_PRE, Token.OP_POST, Token.PAREN, Token.WSPACE)
    return bool(formula) and all(
        one.type in signs or (one.type, one.subtype) == (Token.OPERAND, Token.NUMBER)
        for one in Tokenizer(formula).items
    )


def rounded_to(formula: str) -> int | None:
    """The decimals to which a formula rounds all that it gives, None where it does not."""
    tokens = [one for one in Tokenizer(formula).items if one.type != Token.WSPACE]
    if len(tokens) < 4 or tokens[0].value.upper() != "ROUND(":
        return None
    ends = [depth for depth in _depths(tokens) if depth == 0]
    places = tokens[-2].value
    is_all = len(ends) == 1 and tokens[-3].type == Token.SEP
    return int(places) if is_all and places.isdigit() else None


def _depths(tokens: Sequence[Token]) -> Iterator[int]:
    """How many brackets are open behind each token."""
    depth = 0
    for one in tokens:
        depth += {Token.OPEN: 1, Token.CLOSE: -1}.get(one.subtype, 0)
        yield depth


def is_quotient(formula: str) -> bool:
    """Whether a formula may give more decimals than what it reads: it divides or multiplies."""
    signs = {one.value for one in Tokenizer(formula).items if one.type == Token.OP_IN}
    return bool(signs & {"*", "/"}) and rounded_to(formula) is None


def relative(
    formula: str, row: int, columns: Mapping[int, str], sheet: str, whole: Meaning
) -> Said:
    """The expression of a formula in a table's row, which reads its own row or single cells."""
    own = {name.strip("()").split(" ")[0] for name in columns.values()}

    def of(spot: Spot) -> str | None:
        if (spot.sheet, spot.row) == (sheet, row) and spot.column in columns:
            return columns[spot.column]
        key = whole.of(spot)
        return None if key is None or key.strip("()").split(" ")[0] in own else key

    def column(spot: Spot) -> str | None:
        return None if (spot.sheet, spot.row) == (sheet, row) else whole.column(spot)

    return expression(formula, sheet, replace(whole, of=of, column=column))
