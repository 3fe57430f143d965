"""The project tables worked out again from a workbook alone: openpyxl and arithmetic, none of ours.

usage: python tests/docgen/recount.py 填报.xlsx 报告.docx

What a report must print is built cell by cell and compared with its tables. Only what somebody
typed is read; the formulas' results are not.
"""

import sys
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import docx
from docx.oxml.ns import qn
from loaded import load_workbook

PARTS = ("财政", "结转", "其他")
KINDS = {"年初预算数": "年初", "全年预算数": "全年", "全年执行数": "执行"}
WORDS = {"财政": "本年财政拨款", "结转": "上年结转资金", "其他": "其他资金"}
SHORT = {
    f"{n}：{words}": f"{k}{part}" for n, k in KINDS.items() for part, words in WORDS.items()
} | {
    "年度总体目标：预期目标": "预期目标",
    "年度总体目标：实际完成情况": "实际完成情况",
    "偏差原因分析及改进措施": "偏差原因",
}  # of heads
GRADES = ((90, "优"), (80, "良"), (60, "中"))
RATE_POINTS = 10
NOTE = "注：因四舍五入，部分数据合计数与分项之和存在尾差。"


def rounded(number: Fraction, places: int = 2) -> Decimal:
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    return exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def fraction(value) -> Fraction:
    return Fraction(str(value or 0))


def plain(value) -> str:
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def number(value: Fraction) -> str:
    return f"{float(value):g}"


def rows_of(book, name: str) -> list[dict]:
    """The filled rows of an Excel table by its columns' heads, the long ones by a short word."""
    for sheet in book.worksheets:
        if name in sheet.tables:
            head, *rows = sheet[sheet.tables[name].ref]
            keys = [SHORT.get(cell.value, cell.value) for cell in head]
            typed = [dict(zip(keys, (cell.value for cell in row), strict=True)) for row in rows]
            return list(without_formulas(typed))
    raise LookupError(name)


def without_formulas(rows: list[dict]) -> Iterator[dict]:
    """The rows into which somebody typed, each with what it follows from where it says nothing."""
    name = None
    for row in rows:
        typed = {k: None if str(value)[:1] == "=" != value else value for k, value in row.items()}
        if not (typed.get("三级指标") or typed.get("预期目标")):
            continue
        name = typed["项目名称"] = typed["项目名称"] or name
        yield typed | dict(followed(typed)) if "三级指标" in typed else typed


def followed(row: dict) -> Iterator[tuple[str, object]]:
    """The unit of a rate, and full marks for what was achieved."""
    is_rate = row["三级指标"].endswith(("率", "占比")) or row["二级指标"] == "服务对象满意度指标"
    if row["度量单位"] is None and is_rate and not row["定性目标"]:
        yield "度量单位", "%"
    if row["自评得分"] is None and row["完成等次"] == "达成年度指标":
        yield "自评得分", row["分值"]


def score(row: dict) -> Fraction | None:
    """财预〔2020〕10号: in proportion, all or nothing, or what was entered; None is 不适用."""
    weight, kind = fraction(row["分值"]), row["指标性质"]
    if kind == "不适用":
        return None
    if kind == "定性":
        return fraction(row["自评得分"])
    value, target = fraction(row["实际完成值"]), fraction(row["年度指标值"])
    if kind == "=":
        return weight if value == target else Fraction(0)
    share = value / target if kind == "≥" else target / value if value > target else Fraction(1)
    return Fraction(rounded(weight * min(Fraction(1), share)))


class Project:
    """One project: its sums, its rate, its scores."""

    def __init__(self, typed: dict, indicators: list[dict], unit: int) -> None:
        self.typed, self.unit = typed, unit
        self.rows = [one for one in indicators if one["项目名称"] == typed["项目名称"]]
        self.sums = {
            name: sum(fraction(typed[f"{kind}{part}"]) for part in PARTS)
            for name, kind in KINDS.items()
        }
        spent, budget = self.sums["全年执行数"], self.sums["全年预算数"]
        self.rate = spent / budget if budget else None
        self.points = (
            None if self.rate is None else rounded(RATE_POINTS * min(Fraction(1), self.rate))
        )
        scored = [(fraction(row["分值"]), score(row)) for row in self.rows]
        self.applied = sum((weight for weight, points in scored if points is not None), Fraction(0))
        got = sum((points for _, points in scored if points is not None), Fraction(0))
        if self.points is not None:
            self.applied += RATE_POINTS
            got += Fraction(self.points)
        self.total = rounded(got / self.applied * 100)
        self.grade = next((word for least, word in GRADES if self.total >= least), "差")

    def money(self, amount: Fraction) -> str:
        return str(rounded(amount / self.unit))

    def money_rows(self, names: tuple[str, ...]) -> Iterator[list[str]]:
        """Name and three figures of each row: the total and its parts."""
        yield [names[0], *(self.money(total) for total in self.sums.values())]
        for name, part in zip(names[1:], PARTS, strict=True):
            amounts = (fraction(self.typed[f"{kind}{part}"]) for kind in KINDS.values())
            yield [name, *(self.money(amount) for amount in amounts)]

    @property
    def rate_text(self) -> str:
        return "不适用" if self.rate is None else f"{rounded(self.rate * 100)}%"

    @property
    def points_text(self) -> str:
        return "不适用" if self.points is None else str(self.points)

    @property
    def grade_text(self) -> str:
        rest = "" if self.applied == 100 else f"\n（按{number(self.applied)}分折算）"
        return f"等级：{self.grade}{rest}"

    def leaves(self) -> Iterator[tuple[dict, str, str, str, str]]:
        """Each indicator with the words of its levels, its weight and its score."""
        ordered = [
            row
            for one in grouped(self.rows, "一级指标")
            for two in grouped(one, "二级指标")
            for row in two
        ]
        before: tuple = (None, None)
        for row in ordered:
            first, second = row["一级指标"], row["二级指标"]
            same_first = [one for one in ordered if one["一级指标"] == first]
            same_both = [one for one in same_first if one["二级指标"] == second]
            points = score(row)
            yield (
                row,
                "" if before[0] == first else level(first, same_first),
                "" if before == (first, second) else level(second, same_both),
                number(fraction(row["分值"])),
                "不适用" if points is None else str(rounded(points)),
            )
            before = (first, second)


def level(name: str, rows: list[dict]) -> str:
    return f"{name}\n（{number(sum(fraction(row['分值']) for row in rows))}分）"


def grouped(rows: list[dict], key: str) -> list[list[dict]]:
    found: dict[str, list[dict]] = {}
    for row in rows:
        found.setdefault(row[key], []).append(row)
    return list(found.values())


def with_unit(value, unit, sign="") -> str:
    """A figure with its unit, below it where both take more than four letters' width."""
    if value is None:
        return ""
    figure, unit = f"{sign}{plain(value)}", unit or ""
    halves = sum(1 if letter.isascii() else 2 for letter in figure + unit)
    return figure + ("\n" if halves > 8 else "") + unit


def national(one: Project) -> Iterator[list[str]]:
    """The table of 财预〔2020〕10号."""
    typed = one.typed
    yield ["项目名称", typed["项目名称"]]
    yield ["主管部门", typed["主管部门"], "实施单位", typed["实施单位"]]
    yield ["项目资金\n（万元）", "", *KINDS, "分值", "执行率", "得分"]
    names = ("年度资金总额", "其中：本年财政拨款", "　　　上年结转资金", "　　　其他资金")
    for i, row in enumerate(one.money_rows(names)):
        last = [str(RATE_POINTS), one.rate_text, one.points_text] if i == 0 else ["—"] * 3
        yield ["", *row, *last]
    yield from goal(typed)
    yield ["绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值",
           "得分", "偏差原因分析及改进措施"]  # fmt: skip
    for row, first, second, weight, points in one.leaves():
        sign = row["指标性质"] if row["指标性质"] in ("≥", "≤", "=") else ""
        target = with_unit(row["年度指标值"], row["度量单位"], sign) + plain(row["定性目标"])
        actual = with_unit(row["实际完成值"], row["度量单位"]) + plain(row["完成等次"])
        reason = plain(row["偏差原因"])
        yield ["", first, second, row["三级指标"], target, actual, weight, points, reason]
    yield ["总分", "100", str(one.total), one.grade_text]


def sichuan(one: Project) -> Iterator[list[str]]:
    """Sichuan's table."""
    typed = one.typed
    yield ["项目名称", typed["项目名称"]]
    yield ["主管部门", typed["主管部门"], "实施单位", typed["实施单位"]]
    yield ["预算执行情况\n（万元）", "资金来源", *KINDS, "预算执行率", "权重", "得分"]
    names = ("年度资金总额", "其中：本年财政拨款", "　　　上年结转资金", "　　　其他资金")
    for i, row in enumerate(one.money_rows(names)):
        last = [one.rate_text, str(RATE_POINTS), one.points_text] if i == 0 else ["—"] * 3
        yield ["", *row, *last]
    yield from goal(typed)
    yield ["一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "完成值", "权重",
           "得分", "偏差原因分析及改进措施"]  # fmt: skip
    for row, first, second, weight, points in one.leaves():
        target = plain(row["年度指标值"]) + plain(row["定性目标"])
        actual = plain(row["实际完成值"]) + plain(row["完成等次"])
        yield [first, second, row["三级指标"], row["指标性质"], target, plain(row["度量单位"]),
               actual, weight, points, plain(row["偏差原因"])]  # fmt: skip
    yield ["总分", "100", str(one.total), one.grade_text]


def goal(typed: dict) -> Iterator[list[str]]:
    yield ["年度总体目标", "预期目标", "实际完成情况"]
    yield ["", typed["预期目标"].strip(), typed["实际完成情况"].strip()]


def overview(projects: list[Project]) -> Iterator[list[str]]:
    """The table in the text."""
    yield ["序号", "项目名称", "全年预算数", "全年执行数", "执行率", "总分", "等级"]
    for i, one in enumerate(projects, start=1):
        sums = [one.money(one.sums[name]) for name in ("全年预算数", "全年执行数")]
        yield [str(i), one.typed["项目名称"], *sums, one.rate_text, str(one.total), one.grade]
    budget, spent = (sum(p.sums[n] for p in projects) for n in ("全年预算数", "全年执行数"))
    money = projects[0].money
    yield ["合计", money(budget), money(spent), f"{rounded(spent / budget * 100)}%", "—", "—"]


def misses(projects: list[Project]) -> bool:
    """Whether printed parts miss a printed total anywhere, down a column or within a project."""
    columns = [list(one.money_rows(("", "", "", ""))) for one in projects]
    down = [[Decimal(figure) for figure in rows[0][1:]] for rows in columns]
    for n, name in enumerate(KINDS):
        total = Decimal(projects[0].money(sum(one.sums[name] for one in projects)))
        if total != sum(row[n] for row in down):
            return True
        for rows in columns:
            if Decimal(rows[0][n + 1]) != sum(Decimal(row[n + 1]) for row in rows[1:]):
                return True
    return False


LAYOUTS = {"project": (national, 1), "project_sichuan": (sichuan, 10000)}


def recount(path) -> tuple[list[list[list[str]]], bool]:
    """Every table that the report must hold, row by row, and whether it must note 尾差."""
    book = load_workbook(path)
    kind = next(one.value for one in book.custom_doc_props.props if one.name == "GoujiKind")
    layout, unit = LAYOUTS[kind]
    indicators = rows_of(book, "项目指标")
    projects = [Project(row, indicators, unit) for row in rows_of(book, "项目自评")]
    return [list(overview(projects)), *(list(layout(one)) for one in projects)], misses(projects)


def printed(path) -> tuple[list[list[list[str]]], bool]:
    """The same as the report prints it."""
    document = docx.Document(str(path))
    tables = [[[text_of(cell) for cell in row] for row in rows_in(table)]
              for table in document.tables]  # fmt: skip
    return tables, any(paragraph.text == NOTE for paragraph in document.paragraphs)


def rows_in(table) -> Iterator[list]:
    for row in table._tbl.tr_lst:
        yield row.tc_lst


def text_of(cell) -> str:
    lines = []
    for paragraph in cell.iter(qn("w:p")):
        signs = (one for one in paragraph.iter(qn("w:t"), qn("w:br")))
        lines.append("".join("\n" if one.tag == qn("w:br") else one.text or "" for one in signs))
    return "\n".join(lines)


def main() -> None:
    wanted, found = recount(sys.argv[1]), printed(sys.argv[2])
    cells = sum(len(row) for table in wanted[0] for row in table)
    said = f"{cells} cells agree" if wanted == found else f"{wanted}\n{found}"
    sys.stdout.write(f"{said}\n")
    sys.exit(wanted != found)


if __name__ == "__main__":
    main()
