"""Random expressions of any shape that the language allows, and forms whose cells compute them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

import msgspec

from workbook.form.field import Field, Fields
from workbook.form.model import Form, Sheet
from workbook.form.table import GivenRow, Table

BASE = (
    *("甲", "乙", "零", "负零", "略", "照录", "个数", "年度 - 2022"),
    *("合计", "比率", "原样", "正数", "总和", "略数", "略和", "三公_增减", "出国_本年"),
    *("sum(明细.金额)", "sum(明细.折扣)", "count(明细)", "sum(明细.小计)", "sum(明细.份额)"),
    *("sum(指标.得分)", "count(指标)", "2", "0.5", "10", "0.015"),
)
ASKED = ("甲", "略", "零", "比率", "正数", "略数", "评语", "止日", "名单", "出国_本年")
WORDS = (
    "名单",
    "别名",
    "状态",
    "评语",
    "'甲'",
    "'未填'",
    "'不适用'",
    "(名单 if 甲 > 乙 else 状态)",
)
COLUMN_WORDS = ("明细.名称", "明细.状态", "明细.档次", "指标.类别")
COLUMNS = ("明细.金额", "明细.折扣", "明细.小计", "明细.单价")


@dataclass(frozen=True)
class Shapes:
    """What random expressions are made of, on the made-up form."""

    random: Random
    figures: Sequence[str] = BASE
    words: Sequence[str] = WORDS
    asked: Sequence[str] = ASKED

    def claim(self, depth: int = 3) -> str:
        """Something that holds or does not."""
        if depth == 0 or self.random.random() < 0.5:
            return self._comparison(depth)
        left, right = (self.claim(depth - 1) for _ in range(2))
        return self.random.choice(
            [
                f"({left} and {right})",
                f"({left} or {right})",
                f"(not {left})",
                f"({left} if {self._comparison(0)} else {right})",
            ]
        )

    def number(self, depth: int) -> str:
        """A figure."""
        if depth <= 0:
            return self.random.choice(self.figures)
        one, two = (self.number(depth - 1) for _ in range(2))
        return self.random.choice(
            [
                *(f"{one} {sign} {two}" for sign in "+-*/"),
                *(f"({one} {sign} {two})" for sign in "+-*/"),
                f"-({one})",
                f"-{one}" if not one.startswith("-") else one,
                f"abs({one})",
                f"min({one}, {two})",
                f"max({one}, {two}, 1)",
                f"round({one}, {self.random.randrange(4)})",
                f"({one} if {self._comparison(0)} else {two})",
                f"({one} if {self._question()} else {two})",
                f"({one} if {self._comparison(0)} else none)",
                f"(none if {self._question()} else {one})",
                f"total({one}, {two})",
                f"total({', '.join(self.number(0) for _ in range(3))})",
                f"count_items({self.text()})",
                f"year({self._day()})",
                self._where(),
            ]
        )

    def text(self) -> str:
        """Words."""
        return self.random.choice(self.words)

    def words_by_claim(self) -> str:
        """Words that depend on figures."""
        other = self.random.choice([self.text(), "none"])
        return f"{self.text()} if {self.claim(1)} else {other}"

    def with_figures(self, *figures: str) -> "Shapes":
        """The same with more figures, each as likely as three of the old ones."""
        return replace(self, figures=(*self.figures, *figures * 3), asked=(*self.asked, *figures))

    def _comparison(self, depth: int) -> str:
        sign = self.random.choice(["==", "!=", "<", "<=", ">", ">="])
        shape = self.random.randrange(9)
        if shape == 0:
            return f"{self.text()} {self.random.choice(['==', '!='])} {self.text()}"
        if shape == 1:
            return f"{self._day()} {sign} {self._day()}"
        if shape == 2:
            return self._question()
        chain = f" {self.random.choice(['<', '<='])} {self.number(1)}" if shape == 3 else ""
        return f"{self.number(depth)} {sign} {self.number(depth)}{chain}"

    def _question(self) -> str:
        names = [name for name in self.asked if name.isidentifier()]
        return f"{self.random.choice(['given', 'absent'])}({self.random.choice(names)})"

    def _where(self) -> str:
        table, _, words = self.random.choice(COLUMN_WORDS).partition(".")
        figures = [column for column in COLUMNS if column.startswith(f"{table}.")]
        if not figures or self.random.random() < 0.5:
            return f"count_where({table}.{words}, {self.text()})"
        return f"sum_where({self.random.choice(figures)}, {table}.{words}, {self.text()})"

    def _day(self) -> str:
        return self.random.choice(["起日", "止日", "(起日 if 甲 > 乙 else 止日)"])


def with_computed(form: Form, random: Random, count: int) -> Form:
    """The made-up form with `count` fields, six columns and five given rows that are computed."""
    shapes = Shapes(random)
    row = shapes.with_figures("金额", "数量", "折扣", "小计", "单价")
    columns: list[Field] = []
    for number in range(6):
        columns.append(_computed(row, f"列{number}"))
        row = row.with_figures(*(c.key for c in columns[-1:] if c.is_number))
    shapes = replace(
        shapes, figures=(*BASE, *(f"sum(明细.{c.key})" for c in columns if c.is_number))
    )
    fields: list[Field] = []
    for number in range(count):
        fields.append(_computed(shapes, f"算{number}"))
        if fields[-1].is_number:
            shapes = shapes.with_figures(fields[-1].key)
        else:
            shapes = replace(shapes, words=(*shapes.words, fields[-1].key))
    last = Sheet(name="随机", block=(Fields(title="算", field=tuple(fields)), _given(shapes)))
    sheets = (*(_with_columns(sheet, tuple(columns)) for sheet in form.sheet), last)
    return msgspec.structs.replace(form, sheet=sheets)


def _computed(shapes: Shapes, key: str) -> Field:
    if shapes.random.random() < 0.2:
        return Field(key=key, type="text", compute=shapes.words_by_claim())
    decimals = shapes.random.choice([None, 0, 1, 2, 4])
    is_zero = shapes.random.random() < 0.3
    return Field(
        key=key,
        type="number",
        decimals=decimals,
        required=not is_zero,
        empty="zero" if is_zero else "skip",
        compute=shapes.number(shapes.random.choice([1, 2, 2, 3])),
    )


def _given(shapes: Shapes) -> Table:
    rows = tuple(
        GivenRow(
            given={"名": f"行{n}", "权": n},
            compute={"值": shapes.with_figures("权").number(2), "二": f"total(值, {n})"},
        )
        for n in range(5)
    )
    columns = (
        Field(key="名", type="text"),
        Field(key="权", type="integer"),
        Field(key="值", type="number", decimals=2),
        Field(key="二", type="number"),
        Field(key="三", type="number", compute="值 * 权 + sum(行表.值) - count(行表)"),
    )
    return Table(key="行表", title="行表", row_name="名", column=columns, row=rows)


def _with_columns(sheet: Sheet, columns: tuple[Field, ...]) -> Sheet:
    blocks = (
        msgspec.structs.replace(block, column=(*block.column, *columns))
        if isinstance(block, Table) and block.key == "明细"
        else block
        for block in sheet.block
    )
    return msgspec.structs.replace(sheet, block=tuple(blocks))
