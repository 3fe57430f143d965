"""The sheet 规则 of a kind's own form.xlsx: rules in rows, beside or in place of rules.toml."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from workbook.form.model import RULES_SHEET, Form
from workbook.language.mending import near
from workbook.language.model import Scope, Type
from workbook.language.parsing import parse, proposed
from workbook.reading.results import result_of
from workbook.reading.spots import referred
from workbook.rules.prepare_computed import form_scope, row_scope
from workbook.xlsx.addresses import address_of, corners_of
from workbook.xlsx.book import Book
from workbook.xlsx.package import Package

# The columns of the sheet, and the property of a rule that each one is.
NAME, CLAIM, SEVERITY, SOURCE = "名称", "公式", "级别", "说明"
HEADS: Final = {NAME: "id", CLAIM: "claim", SEVERITY: "severity", SOURCE: "source"}
# 提醒 is what the clerk reads of a warning, 警告 what Excel's own dialogs call one.
SEVERITIES: Final = {
    "": "error", "错误": "error", "警告": "warning", "提醒": "warning", "提示": "hint",
}  # fmt: skip
SAID_ELSE: Final = {
    "严重": "错误", "必须": "错误", "重要": "错误", "高": "错误", "预警": "警告", "注意": "警告",
    "一般": "警告", "中": "警告", "建议": "提示", "参考": "提示", "低": "提示",
    "error": "错误", "warning": "警告", "hint": "提示",
}  # fmt: skip
_FIRST_ROWS: Final = 20  # among which the heads are looked for
_MOST_SHOWN: Final = 40  # letters of what stands in a cell
_OF_RULE: Final = re.compile(r"规则「([^」]*)」:(.*)", re.DOTALL)
_MOST_CELLS: Final = 100  # of a range
_SHEET: Final = r"(?:'(?:[^']|'')+'|[^\s'!=<>()+\-*/,&^]+)"
_ADDRESS: Final = r"\$?[A-Z]{1,3}\$?\d{1,7}"
_CELL: Final = re.compile(f"{_SHEET}!{_ADDRESS}")
_AREA: Final = re.compile(f"({_SHEET})!({_ADDRESS}:{_ADDRESS})")


@dataclass(frozen=True)
class RuleSheet:
    """What a form.xlsx says in its sheet 规则; a file without one says nothing.

    `rules` have the properties of a [[rule]]; `places` tell where each one's formula stands;
    `faults` are what is wrong with rows that are no rules, `规则!C5 级别:…`.
    """

    rules: tuple[Mapping[str, str], ...] = ()
    places: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[str, ...] = ()

    def own(self, faults: Sequence[str]) -> tuple[list[str], list[str]]:
        """Faults of all rules parted: those of this sheet's, with the cell, and all others."""
        here, others = [], []
        for fault in faults:
            match = _OF_RULE.fullmatch(fault)
            if match and match[1] in self.places:
                here.append(f"{self.places[match[1]]} {CLAIM}:{match[2]}")
            else:
                others.append(fault)
        return here, others


def has_rule_sheet(book: Book, form: Form) -> bool:
    """Whether the author writes rules into a workbook: a 规则 that the form asks for is none."""
    return RULES_SHEET in book.parts and all(one.name != RULES_SHEET for one in form.sheet)


def read_rule_sheet(file: bytes, form: Form, taken: Sequence[str] = ()) -> RuleSheet:
    """The rules in a form.xlsx, of which none may have a name that is `taken`.

    | 名称         | 公式                             | 级别 | 说明     |
    | 基本支出构成 | 基本支出 == 人员经费 + 公用经费  | 错误 | 部门决算 |

    is `{"id": "基本支出构成", "claim": …, "severity": "error", "source": "部门决算"}`. Raises
    `PackageError` for a broken file.
    """
    book = Book(Package.of(file))
    if not has_rule_sheet(book, form):
        return RuleSheet()
    rows = _Rows(book, form, {name.casefold() for name in taken})
    faults = list(rows.read())
    return RuleSheet(tuple(rows.rules), rows.places, tuple(faults))


class _Rows:
    """The rows of the sheet as they are read."""

    def __init__(self, book: Book, form: Form, taken: set[str]) -> None:
        self.rules: list[dict[str, Any]] = []
        self.places: dict[str, str] = {}
        self._book, self._form = book, form
        self._sheet = book.sheet(RULES_SHEET)
        self._of_toml = taken
        self._columns: dict[str, int] = {}

    def read(self) -> Iterator[str]:
        """Take in every row; yields what is wrong, from top to bottom."""
        rows = sorted({row for row, _ in self._sheet.cells})
        head = next((row for row in rows[:_FIRST_ROWS] if self._is_head(row)), None)
        if head is None:
            yield (
                f"{RULES_SHEET}!A1:没有表头。这张表用来写规则,要有一行写着{'、'.join(HEADS)};"
                "表里是别的内容的,请给工作表改个名字"
            )
            return
        yield from self._heads(head)
        for row in rows:
            if row > head and CLAIM in self._columns and NAME in self._columns:
                yield from self._rule(row)

    def _is_head(self, row: int) -> bool:
        """Whether a row has one of the two heads without which there are no rules."""
        texts = {self._text(row, column) for at, column in self._sheet.cells if at == row}
        return bool(texts & {NAME, CLAIM})

    def _heads(self, head: int) -> Iterator[str]:
        for row, column in sorted(self._sheet.cells):
            text = self._text(row, column) if row == head else ""
            if text in HEADS and text not in self._columns:
                self._columns[text] = column
            elif text:
                why = "写了两次" if text in HEADS else f"不是这张表的表头{near(text, HEADS)}"
                yield f"{self._at(row, column)}:「{text}」{why},表头只有{'、'.join(HEADS)}"
        for wanted in (NAME, CLAIM):
            if wanted not in self._columns:
                yield f"{self._at(head, 1)}:表头缺了「{wanted}」"

    def _rule(self, row: int) -> Iterator[str]:
        said = {head: self._text(row, column) for head, column in self._columns.items()}
        if not any(said.values()) and not self._formula(row):
            return
        faults = [*self._named(row, said[NAME]), *self._claimed(row, said)]
        yield from faults
        yield from self._weighed(row, said.get(SEVERITY, ""))
        if faults:
            return
        self.places[said[NAME]] = self._at(row, self._columns[CLAIM])
        severity = SEVERITIES.get(said.get(SEVERITY, ""), "error")
        rule = {"id": said[NAME], "claim": said[CLAIM], "severity": severity}
        rule |= {"each": each} if (each := self._each(said[CLAIM])) else {}
        self.rules.append(rule | ({"source": said[SOURCE]} if said.get(SOURCE) else {}))

    def _weighed(self, row: int, severity: str) -> Iterator[str]:
        if severity not in SEVERITIES:
            known = ("错误", "警告", "提示")
            yield (
                f"{self._at(row, self._columns[SEVERITY])} {SEVERITY}:"
                f"「{severity[:_MOST_SHOWN]}」不是级别,"
                f"要写{'、'.join(known)}之一{near(severity, known) or _alike(severity)}"
            )

    def _named(self, row: int, name: str) -> Iterator[str]:
        where = f"{self._at(row, self._columns[NAME])} {NAME}:"
        if not name:
            yield f"{where}没有写。每条规则要有一个名称"
        elif not name.isidentifier():
            bare = re.sub(r"\W", "", name)
            mend = f",是不是「{bare}」?" if bare.isidentifier() and len(bare) < _MOST_SHOWN else ""
            shown = name[:_MOST_SHOWN]
            yield f"{where}「{shown}」只能用汉字、字母、数字和下划线,不以数字开头{mend}"
        elif name.casefold() in self._of_toml:
            yield f"{where}「{name}」在 rules.toml 里也有一条,请只留一条,或改个名称"
        elif other := next((o for o in self.places if o.casefold() == name.casefold()), ""):
            yield f"{where}「{name}」在 {self.places[other]} 已有一条,请改个名称"

    def _claimed(self, row: int, said: Mapping[str, str]) -> Iterator[str]:
        where = f"{self._at(row, self._columns[CLAIM])} {CLAIM}:"
        if formula := self._formula(row):
            mend = self._mended(formula)
            yield (
                f"{where}这里是 Excel 公式 {formula},只有结果,不是规则。请先把单元格设为“文本”,"
                + (f"再写「{mend}」" if mend else "再写名称的等式,如 合计 == 甲 + 乙")
            )
        elif not said[CLAIM]:
            yield f"{where}没有写。要写必须成立的式子,如 合计 == 甲 + 乙"
        elif _CELL.search(said[CLAIM]):
            text = said[CLAIM]
            mend = self._mended(text)
            yield (
                f"{where}「{text[:_MOST_SHOWN]}」写的是单元格,规则里要写名称"
                + (f",是不是「{mend}」?" if mend else ",如 合计 == 甲 + 乙")
            )

    def _mended(self, formula: str) -> str:
        """A formula of cells as the rule that it would be, "" for none."""
        text = _CELL.sub(self._as_name, _AREA.sub(self._as_names, formula.lstrip("=")))
        return next(filter(None, (_as_rule(text, one) for one in self._scopes())), "")

    def _as_names(self, area: re.Match[str]) -> str:
        """The names of the fields that stand in a range, else the range as it is."""
        corners = corners_of(area[2].replace("$", ""))
        rows = range(corners.top, corners.bottom + 1) if corners else ()
        columns = range(corners.left, corners.right + 1) if corners else ()
        if len(rows) * len(columns) > _MOST_CELLS:
            return area[0]
        cells = [f"{area[1]}!{address_of(row, column)}" for row in rows for column in columns]
        names = [_CELL.sub(self._as_name, one) for one in cells]
        return area[0] if not names or set(names) & set(cells) else ", ".join(names)

    def _as_name(self, cell: re.Match[str]) -> str:
        """The name of the field that stands in a cell, else the cell as it is."""
        spot = referred(cell[0])
        names = self._book.names
        keys = (key for key in self._form.fields if referred(names.get(key, "")) == spot)
        return next(keys, cell[0])

    def _scopes(self) -> Iterator[Scope]:
        yield form_scope(self._form)
        yield from (row_scope(self._form, table) for table in self._form.tables.values())

    def _each(self, claim: str) -> str:
        """The one table on whose rows a claim can be read, where it cannot be read without one."""
        scope = form_scope(self._form)
        if proposed(claim, scope):
            return ""
        tables = self._form.tables.values()
        found = [one.key for one in tables if proposed(claim, row_scope(self._form, one))]
        return found[0] if len(found) == 1 else ""

    def _formula(self, row: int) -> str:
        return self._sheet.formula(row, self._columns[CLAIM])

    def _text(self, row: int, column: int) -> str:
        cell = self._sheet.cells.get((row, column))
        if cell is None or cell.formula:
            return ""
        value = result_of(cell, self._book).value
        return "" if value is None else str(value).strip()

    def _at(self, row: int, column: int) -> str:
        return f"{RULES_SHEET}!{address_of(row, column)}"


def _alike(severity: str) -> str:
    """`,是不是「错误」?` for another word for a level, or one with a wrong letter."""
    found = {SAID_ELSE[severity]} if severity in SAID_ELSE else set()
    found = found or {one for one in ("错误", "警告", "提示") if set(one) & set(severity)}
    return f",是不是「{found.pop()}」?" if len(found) == 1 else ""


def _as_rule(text: str, scope: Scope) -> str:
    """An Excel formula as the rule that it would be, "" for one that says nothing true or false."""
    rule = proposed(text, scope)
    return rule if rule and parse(rule, scope).type is Type.FLAG else ""
