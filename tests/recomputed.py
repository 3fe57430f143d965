"""The computed cells of a department's workbook worked out anew, with arithmetic of its own.

Nothing of the program is used: openpyxl reads what was typed, cells are found by the words beside
them, and fractions are rounded half up where the printed tables round. What is compared with
these numbers, the program's values or a printed annex, is compared with a second opinion.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from math import floor
from pathlib import Path
from typing import Any

from loaded import load_workbook
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

NONE = "不适用"
Number = Fraction | None  # None: 不适用
Result = Decimal | str
HUNDRED = Fraction(100)
SPENT = "本年支出（全年执行数）"
LISTS = {"项目": "项目支出", "指标": "绩效指标", "项目指标": "项目指标", "绩效数据": "绩效数据"}
FUNDS = ("政府性基金拨款", "国有资本经营预算拨款", "纳入专户管理的非税收入拨款", "其他资金")
LEVELS = {"服务对象满意度指标": "满意度指标"} | {
    f"{what}指标": "效益指标" for what in ("经济效益", "社会效益", "生态效益", "可持续影响")
}
WEIGHTS = {"产出指标": 50, "效益指标": 30, "满意度指标": 10}
Line = dict[str, Any]


def recomputed(path: Path) -> dict[str, Result]:
    """For each computed cell, `自评表!C21`, its number, its word, or 不适用."""
    book = load_workbook(path)
    single = {**_singles(book["基本情况"]), **_singles(book["预算收支"])}
    lists = {key: _lines(book[sheet], key) for key, sheet in LISTS.items()}
    found: dict[str, Result] = {}
    _settle(single, lists["项目"])
    _funds(book, single, found)
    basis = _basis(book["基础数据"], single, lists["项目"], found)
    _settle_names(lists["项目指标"])
    for key in ("指标", "项目指标"):
        _settle_indicators(lists[key], lists)
        for line in lists[key]:
            _score_indicator(line, LISTS[key], found)
    _self_rating(book["自评表"], single, lists["指标"], found)
    _ratings(book["指标评分"], single, basis, found)
    for line in lists["项目"]:
        _project(line, lists["项目指标"], found)
    return found


# what stands in a cell until somebody types over it


def _settle(single: dict[str, Fraction], projects: list[Line]) -> None:
    """The figures that were left to their formulas."""
    sums = {
        "编制数": ("行政编制", "事业编制", "工勤编制"),
        "全年预算": ("年初预算（预算资金）", "预算追加"),
        "财政拨款收入": ("全年预算",),
        "基本支出": ("人员经费", "公用经费"),
        "公务用车购置及运行维护费": ("公务用车购置费", "公务用车运行维护费"),
        "“三公”经费决算数": ("因公出国（境）费", "公务用车购置及运行维护费", "公务接待费"),
    }
    single.setdefault("项目支出", sum((_figure(one["金额"]) for one in projects), Fraction(0)))
    for key, parts in sums.items():
        single.setdefault(key, sum((single[part] for part in parts), Fraction(0)))


def _settle_names(lines: list[Line]) -> None:
    """A project's name goes on from row to row, as long as no row between them is blank."""
    above, number = None, 0
    for line in lines:
        row = int(line["格"]["项目名称"][1:])
        if _is_formula(line["项目名称"]):
            line["项目名称"] = above if row == number + 1 else None
        above, number = line["项目名称"], row


def _settle_figures(line: Line, lists: dict[str, list[Line]]) -> None:
    """What an indicator takes from the projects, the other indicators and the data."""
    name, is_cost = line["三级指标"], line["二级指标"] == "成本指标"
    data = {one["名称"]: one for one in lists["绩效数据"]}
    own = [one for one in lists["项目"] if one["名称"] == line.get("项目名称")]
    is_own = is_cost and name == "项目支出" and len(own) == 1
    if _is_formula(line["年度指标值"]):
        same = [one for one in lists["指标"] if one["三级指标"] == name]
        is_common = line["二级指标"] != "服务对象满意度指标" and len(same) == 1
        common = same[0]["年度指标值"] if is_common else None
        line["年度指标值"] = own[0]["全年预算数"] if is_own else common
    if _is_formula(line["实际完成值"]):
        part, whole = data.get(str(name).removesuffix("占比")), data.get(name)
        done = whole["数值"] if whole else None
        if str(name).endswith("占比"):
            done = None
            if part and part["总数"]:
                tenths = _figure(part["数值"]) / _figure(part["总数"]) * 1000
                done = floor(tenths + Fraction(1, 2)) / 10
        line["实际完成值"] = own[0]["金额"] if is_own else done


def _settle_indicators(lines: list[Line], lists: dict[str, list[Line]]) -> None:
    for line in lines:
        _settle_figures(line, lists)
        if _is_formula(line["一级指标"]):
            line["一级指标"] = LEVELS.get(line["二级指标"], "产出指标")
        if _is_formula(line["指标性质"]):
            usual = "≤" if line["二级指标"] == "成本指标" else "≥"
            line["指标性质"] = "定性" if line["定性目标"] else usual
    for line in lines:
        if _is_formula(line["分值"]):
            group = ("一级指标", "项目名称")
            alike = [o for o in lines if all(o.get(key) == line.get(key) for key in group)]
            line["分值"] = float(_round(Fraction(WEIGHTS[line["一级指标"]], len(alike))) or 0)
        if _is_formula(line["自评得分"]):
            line["自评得分"] = line["分值"] if line["完成等次"] == "达成年度指标" else None


def _is_formula(value: Any) -> bool:
    return str(value).startswith("=")


# reading


def _singles(sheet: Worksheet) -> dict[str, Fraction]:
    """The figures beside their labels; one that was left blank is 0."""
    return {
        _label(row[1].value): _figure(row[2].value)
        for row in sheet.iter_rows(min_row=4, max_col=3)
        if row[1].value and not _is_word(row[2].value)
    }


def _lines(sheet: Worksheet, table: str) -> list[Line]:
    """The rows of a table in which something was typed, by the words of its header."""
    header, *rows = sheet[sheet.tables[table].ref]
    lines = []
    for row in rows:
        line = {head.value: cell.value for head, cell in zip(header, row, strict=True)}
        typed = [
            value
            for key, value in line.items()
            if key != "行序" and not str(value or "=").startswith("=")
        ]
        if typed:
            cells = {head.value: cell.coordinate for head, cell in zip(header, row, strict=True)}
            lines.append(line | {"格": cells})
    return lines


def _grid(sheet: Worksheet, corner: str) -> dict[tuple[str, str], Any]:
    """The cells of the grid whose header begins with `corner`, by row and column."""
    (top,) = (
        cell.row for cell in sheet["B"] if cell.value == corner and sheet.cell(cell.row, 3).value
    )
    columns = [cell for cell in sheet[top][2:] if cell.value]
    found = {}
    row = top + 1
    while sheet.cell(row, 2).value:
        for column in columns:
            key = _label(sheet.cell(row, 2).value), str(column.value)
            found[key] = sheet.cell(row, column.column)
        row += 1
    return found


def _label(text: Any) -> str:
    return str(text).strip("\u3000 *").removeprefix("其中：")


def _is_word(value: Any) -> bool:
    return value is not None and not isinstance(value, int | float)


def _figure(value: Any) -> Fraction:
    return Fraction(str(value)) if value is not None else Fraction(0)


# arithmetic


def _round(number: Number) -> Number:
    return None if number is None else Fraction(floor(number * 100 + Fraction(1, 2)), 100)


def _share(part: Number, whole: Number) -> Number:
    """The percentage, to two decimals; there is none of nothing."""
    if part is None or not whole:
        return None
    return _round(part / whole * 100)


def _shown(number: Number) -> Result:
    return NONE if number is None else Decimal(number.numerator) / number.denominator


def _grade(total: Number) -> str:
    if total is None:
        return NONE
    return "优" if total >= 90 else "良" if total >= 80 else "中" if total >= 60 else "差"


# the tables


def _basis(
    sheet: Worksheet, single: dict[str, Fraction], projects: list[Line], found: dict[str, Result]
) -> Callable[[str, str], Fraction]:
    """基础数据: every computed cell; gives back a look-up of its figures by row and column."""
    staff, spending = _grid(sheet, "人员"), _grid(sheet, "经费")
    buildings, others = _grid(sheet, "项目"), _grid(sheet, "数据")
    known: dict[tuple[str, str], Fraction] = {}
    for key, cell in {**spending, **buildings, **others}.items():
        if not _is_word(cell.value):
            known[key] = _figure(cell.value)

    def put(cell: Any, key: tuple[str, str], number: Number) -> None:
        found[f"{sheet.title}!{cell.coordinate}"] = _shown(number)
        if number is not None:
            known[key] = number

    row = "财政供养人员"
    people = {
        "编制数": single["编制数"],
        "本年实际在职人数": single["在职人员"],
        "控制率": _share(single["在职人员"], single["编制数"]),
    }
    for column, number in people.items():
        put(staff[row, column], (row, column), number)
    settled = {
        "公车购置": "公务用车购置费",
        "公车运行维护": "公务用车运行维护费",
        "公务用车购置和维护经费": "公务用车购置及运行维护费",
        "出国经费": "因公出国（境）费",
        "公务接待": "公务接待费",
        "“三公”经费": "“三公”经费决算数",
        "项目支出（合计）": "项目支出",
        "公用经费": "公用经费",
        "部门整体支出预算调整": "调整",
    }
    for row, label in settled.items():
        key = row, "本年决算数"
        put(spending[key], key, single[label])
    for column in ("上年决算数", "本年预算数"):
        cars = known["公车购置", column] + known["公车运行维护", column]
        key = "公务用车购置和维护经费", column
        put(spending[key], key, cars)
        key = "“三公”经费", column
        put(spending[key], key, cars + known["出国经费", column] + known["公务接待", column])
        key = "项目支出（合计）", column
        put(spending[key], key, sum((_figure(p[column]) for p in projects), Fraction(0)))
    for rate, done, allowed in (
        ("规模控制率", "实际规模", "批复规模"),
        ("投资概算控制率", "实际投资", "预算投资"),
    ):
        key = "楼堂馆所", rate
        put(buildings[key], key, _share(known["楼堂馆所", done], known["楼堂馆所", allowed]))
    return lambda row, column: known[row, column]


def _score_indicator(line: Line, sheet: str, found: dict[str, Result]) -> None:
    """得分 and 有效分值 of one indicator, and both kept in its line."""
    line["得分"] = score = _points(line)
    line["有效分值"] = Fraction(0) if score is None else _figure(line["分值"])
    for column in ("得分", "有效分值"):
        found[f"{sheet}!{line['格'][column]}"] = _shown(line[column])


def _points(line: Line) -> Number:
    weight = _figure(line["分值"])
    if line["指标性质"] == "不适用":
        return None
    if line["指标性质"] == "定性":
        return _figure(line["自评得分"])
    if line["年度指标值"] is None or line["实际完成值"] is None:
        return None
    aim, done = _figure(line["年度指标值"]), _figure(line["实际完成值"])
    if line["指标性质"] == "=":
        return weight if done == aim else Fraction(0)
    part = done / aim if line["指标性质"] == "≥" else (aim / done if done > aim else Fraction(1))
    return _round(min(Fraction(1), part) * weight)


def _total(lines: list[Line], done: Number, out_of: Fraction) -> Iterator[tuple[str, Number]]:
    """The scores of a form whose execution earned `done` of `out_of`, scaled to 100."""
    points = sum((line["得分"] for line in lines if line["得分"] is not None), Fraction(0))
    weights = sum((line["有效分值"] for line in lines), Fraction(0))
    applying = weights + (out_of if done is not None else 0)
    yield "指标得分", points
    yield "适用分值", applying
    earned = points + (done or 0)
    yield "总分", _round(earned / applying * 100) if applying else None


def _executed(spent: Fraction, budget: Fraction) -> Number:
    return _round(10 * min(Fraction(1), spent / budget)) if budget else None


LISTED = {
    "其他各项支出": ("上缴上级支出", "经营支出", "对附属单位补助支出"),
    "其他资金分列的收入": ("上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入"),
}


def _funds(book: Workbook, single: dict[str, Fraction], found: dict[str, Result]) -> None:
    """预算收支 and 资金来源: what came in and went out by source and by kind."""
    sheet = book["资金来源"]
    sources, kinds = _grid(sheet, "资金"), _grid(sheet, "支出")
    columns = {
        "年初预算数": ("年初预算（预算资金）", "总额年初"),
        "全年预算数": ("全年预算", "总额"),
        "本年收入": ("财政拨款收入", "收入合计"),
    }
    budgets = {fund: sources[fund, "全年预算数"].value for fund in FUNDS}
    income = {fund: sources[fund, "本年收入"].value for fund in FUNDS}
    income = {f: budgets[f] if _is_formula(value) else value for f, value in income.items()}
    for column, (own, whole) in columns.items():
        amounts = [sources[fund, column].value for fund in FUNDS]
        amounts = [*income.values()] if column == "本年收入" else amounts
        single[whole] = single[own] + sum(map(_figure, amounts), Fraction(0))
        found[f"{sheet.title}!{sources['一般公共预算', column].coordinate}"] = _shown(single[own])
        found[f"{sheet.title}!{sources['年度资金总额', column].coordinate}"] = _shown(single[whole])
    spent = {fund: sources[fund, SPENT].value for fund in FUNDS}
    elsewhere = sum(map(_figure, spent.values()), Fraction(0))
    listed = {_label(cell.value): cell.row for cell in sheet["B"] if cell.value}
    parts = {
        whole: sum((_figure(sheet.cell(listed[part], 3).value) for part in parts), Fraction(0))
        for whole, parts in LISTED.items()
    }
    found |= {f"{sheet.title}!C{listed[whole]}": _shown(sum_) for whole, sum_ in parts.items()}
    single["其他各项支出"] = parts["其他各项支出"]
    single["支出合计"] = single["基本支出"] + single["项目支出"] + single["其他各项支出"]
    single["调整"] = single["总额"] - single["总额年初"]
    is_told = all(spent[fund] is not None or not _figure(budgets[fund]) for fund in FUNDS)
    own = single.get("财政拨款支出", single["支出合计"] - elsewhere if is_told else None)
    found[f"{sheet.title}!{sources['一般公共预算', SPENT].coordinate}"] = _shown(own)
    found[f"{sheet.title}!{sources['年度资金总额', SPENT].coordinate}"] = _shown(single["支出合计"])
    for kind in ("基本支出", "项目支出", "其他各项支出"):
        found[f"{sheet.title}!{kinds[kind, '全年执行数'].coordinate}"] = _shown(single[kind])
    rows = {_label(cell.value): cell.row for cell in book["预算收支"]["B"] if cell.value}
    results = {
        "一般公共预算以外的收入": sum(map(_figure, income.values()), Fraction(0)),
        "一般公共预算以外的支出": elsewhere,
        "收入合计": single["收入合计"],
        "支出合计": single["支出合计"],
    }
    found |= {f"预算收支!C{rows[label]}": _shown(figure) for label, figure in results.items()}


def _self_rating(
    sheet: Worksheet, single: dict[str, Fraction], lines: list[Line], found: dict[str, Result]
) -> None:
    """自评表: the execution, the total and its grade."""
    rows = {_label(cell.value): cell.row for cell in sheet["B"] if cell.value}
    is_income = sheet.cell(rows["执行口径"], 3).value == "收入"
    spent, budget = single["收入合计" if is_income else "支出合计"], single["总额"]
    done = _executed(spent, budget)
    figures = dict(_total(lines, done, Fraction(10)))
    results: dict[str, Result] = {
        "全年执行数": _shown(spent),
        "预算执行率分值": Decimal(10),
        "执行率": _shown(_share(spent, budget)),
        "预算执行率得分": _shown(done),
        "指标得分": _shown(figures["指标得分"]),
        "适用分值": _shown(figures["适用分值"]),
        "自评总分": _shown(figures["总分"]),
        "自评等级": _grade(figures["总分"]),
    }
    found |= {f"{sheet.title}!C{rows[label]}": result for label, result in results.items()}


def _ratings(
    sheet: Worksheet,
    single: dict[str, Fraction],
    basis: Callable[[str, str], Fraction],
    found: dict[str, Result],
) -> None:
    """指标评分: each value, its score and its weight, and what they come to."""
    lines = _lines(sheet, "评分")
    scores: list[Number] = []
    weights: list[Fraction] = []
    for line in lines:
        name, weight = line["三级指标"], _figure(line["分值"])
        value = RATES[name](single, basis)
        score = weight if value is None and name in FULL_WITHOUT else None
        score = SCORES[name](value, weight) if value is not None else score
        scores.append(score)
        weights.append(weight if score is not None else Fraction(0))
        for column, number in (("实际值", value), ("得分", score), ("有效分值", weights[-1])):
            found[f"{sheet.title}!{line['格'][column]}"] = _shown(number)
    rows = {_label(cell.value): cell.row for cell in sheet["B"] if cell.value}
    earned = sum((score for score in scores if score is not None), Fraction(0))
    found[f"{sheet.title}!C{rows['评分分值']}"] = _shown(sum(weights, Fraction(0)))
    found[f"{sheet.title}!C{rows['评分得分']}"] = _shown(earned)


def _available(single: dict[str, Fraction]) -> Fraction:
    return single["年初结转和结余"] + single["总额"]


def _three_public(basis: Callable[[str, str], Fraction]) -> Number:
    """How much more is planned for 三公 than last year, in per cent."""
    before = basis("“三公”经费上年预算数", "金额")
    return _share(basis("“三公”经费", "本年预算数") - before, before)


RATES: dict[str, Callable[[dict[str, Fraction], Callable[[str, str], Fraction]], Number]] = {
    "在职人员控制率": lambda single, basis: _share(single["在职人员"], single["编制数"]),
    "“三公经费”变动率": lambda single, basis: _three_public(basis),
    "重点支出安排率": lambda single, basis: _share(
        basis("重点项目支出", "金额"), single["项目支出"]
    ),
    "预算完成率": lambda single, basis: _share(
        _available(single) - single["年末结转和结余"], _available(single)
    ),
    "预算控制率": lambda single, basis: _share(single["调整"], single["总额年初"]),
    "新建楼堂馆所面积控制率": lambda single, basis: _share(
        basis("楼堂馆所", "实际规模"), basis("楼堂馆所", "批复规模")
    ),
    "新建楼堂馆所投资概算控制率": lambda single, basis: _share(
        basis("楼堂馆所", "实际投资"), basis("楼堂馆所", "预算投资")
    ),
    "公用经费控制率": lambda single, basis: _share(
        basis("公用经费", "本年决算数"), basis("公用经费", "本年预算数")
    ),
    "“三公经费”控制率": lambda single, basis: _share(
        basis("“三公”经费", "本年决算数"), basis("“三公”经费", "本年预算数")
    ),
    "政府采购执行率": lambda single, basis: _share(
        basis("政府采购金额", "本年决算数"), basis("政府采购金额", "本年预算数")
    ),
}
FULL_WITHOUT = {
    "“三公经费”变动率",
    "新建楼堂馆所面积控制率",
    "新建楼堂馆所投资概算控制率",
    "“三公经费”控制率",
    "政府采购执行率",
}


def _less(beyond: Fraction, step: int, points: str, weight: Fraction) -> Fraction:
    """The weight less so many points for every whole step beyond the bound."""
    steps = floor(beyond / step) if beyond > 0 else 0
    return max(Fraction(0), weight - steps * Fraction(points))


def _key_spending(value: Fraction, weight: Fraction) -> Fraction:
    tiers = ((90, 5), (80, 4), (70, 3), (60, 2))
    return Fraction(next((points for limit, points in tiers if value >= limit), 0))


def _added_budget(value: Fraction, weight: Fraction) -> Fraction:
    tiers = ((0, 5), (10, 4), (20, 3), (30, 2))
    return Fraction(next((points for limit, points in tiers if value <= limit), 0))


SCORES: dict[str, Callable[[Fraction, Fraction], Fraction]] = {
    "在职人员控制率": lambda value, weight: _less(value - HUNDRED, 1, "0.5", weight),
    "“三公经费”变动率": lambda value, weight: _less(value, 1, "0.8", weight),
    "重点支出安排率": _key_spending,
    "预算完成率": lambda value, weight: _less(HUNDRED - value, 5, "2", weight),
    "预算控制率": _added_budget,
    "新建楼堂馆所面积控制率": lambda value, weight: _less(value - HUNDRED, 5, "2", weight),
    "新建楼堂馆所投资概算控制率": lambda value, weight: _less(value - HUNDRED, 5, "2", weight),
    "公用经费控制率": lambda value, weight: _less(value - HUNDRED, 1, "1", weight),
    "“三公经费”控制率": lambda value, weight: _less(value - HUNDRED, 1, "1", weight),
    "政府采购执行率": lambda value, weight: _less(HUNDRED - value, 1, "1", weight),
}


def _project(line: Line, indicators: list[Line], found: dict[str, Result]) -> None:
    """项目支出: the execution, the scores of the project's own indicators, the grade."""
    spent, budget = _figure(line["金额"]), _figure(line["全年预算数"])
    done = _executed(spent, budget)
    own = [one for one in indicators if one["项目名称"] == line["名称"]]
    figures = dict(_total(own, done, Fraction(10)))
    results: dict[str, Result] = {
        "执行率": _shown(_share(spent, budget)),
        "执行分值": Decimal(10),
        "执行得分": _shown(done),
        **{column: _shown(number) for column, number in figures.items()},
        "等级": _grade(figures["总分"]),
    }
    found |= {f"项目支出!{line['格'][column]}": result for column, result in results.items()}
