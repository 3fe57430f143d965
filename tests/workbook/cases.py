"""Random fillings of a form: figures that tie, almost tie and do not, and all that people type."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from workbook.checking.kinds import Kind
from workbook.figures.numbers import round_half_up
from workbook.form.field import Field
from workbook.form.model import Form
from workbook.making.planning.layout import plan_sheets
from workbook.rules.model import RuleSet
from workbook.saving.book import FormBook

Cell = Decimal | int | str | date | None
Case = dict[str, Cell]
Spots = Mapping[str, tuple[str, str, Field]]
CENT = Decimal("0.01")
TOTALS = (
    "财政拨款收入",
    "财政拨款支出",
    "基本支出",
    "项目支出",
    "全年预算",
    "三公经费",
    "公务用车费",
)
DEFAULTS = (
    *TOTALS,
    "编制数",
    "内设机构数",
    "所属单位数",
    "三公经费预算",
    *(
        f"总额_{kind}_{column}"
        for kind in ("基本", "项目")
        for column in ("年初预算数", "全年预算数")
    ),
)
FUNDS = ("基金", "国资", "专户", "其他资金")
COUNTS = ("编制数", "内设机构数", "绩效数据.0.占比")
PARTS = (
    ("三公经费", "项目支出"),
    ("因公出国费", "三公经费"),
    ("公务用车费", "三公经费"),
    ("公务接待费", "三公经费"),
    ("公务用车购置费", "公务用车费"),
    ("公务用车运行费", "公务用车费"),
)
SATISFACTION = "服务对象满意度指标"
EDGES = [Decimal(n).scaleb(-3) for n in (5, 10, 14, 15, 16, 20, 25, 30, 50, 51, 100)]
SEED = os.environ.get("GOUJI_SEED", "1")
ENDED: Case = {"止日": date(2023, 1, 1), "别名": "甲"}


@dataclass(frozen=True)
class KindOf:
    """A form with other rules than its kind's own."""

    form: Form
    rules: RuleSet


def sample_case(kind: Kind) -> Case:
    sample = kind.sample
    rows = {
        f"{table}.{number}.{column}": value
        for table, rows in sample.tables.items()
        for number, row in enumerate(rows)
        for column, value in row.items()
    }
    return {**sample.fields, **rows}


def spots_of(kind: Kind) -> dict[str, tuple[str, str, Field]]:
    """Sheet, address and field of each input cell: `甲`, and `明细.0.金额` of the first row."""
    return {
        key: spot
        for key, spot in all_spots(kind.form, kind.rules).items()
        if not spot[2].compute and not _is_given(kind.form, key)
    }


def computed_spots(form: Form, rules: RuleSet) -> Spots:
    """Those of each computed cell."""
    return {key: spot for key, spot in all_spots(form, rules).items() if spot[2].compute}


def all_spots(form: Form, rules: RuleSet) -> Spots:
    """Those of every cell of the form."""
    found = {}
    for plan in plan_sheets(form, rules):
        for spot in plan.spots:
            found[spot.field.key] = (plan.sheet.name, spot.address, spot.field)
        for table in plan.tables:
            for number, row in enumerate(table.rows):
                for column in table.table.column:
                    letter = get_column_letter(table.columns[column.key])
                    key = f"{table.table.key}.{number}.{column.key}"
                    cell = table.table.cell(column, number)
                    found[key] = (plan.sheet.name, f"{letter}{row}", cell)
    return found


def _is_given(form: Form, key: str) -> bool:
    table, _, cell = key.partition(".")
    number, _, column = cell.partition(".")
    rows = form.tables[table].row if cell else ()
    return bool(rows) and column in rows[int(number)].given


def default_formulas(book: Workbook, spots: Spots) -> dict[str, str]:
    """What stands in the cells with a default of a workbook into which nobody has typed."""
    with_default = ((key, spot) for key, spot in spots.items() if spot[2].default)
    return {key: str(book[sheet][address].value) for key, (sheet, address, _) in with_default}


def fill(
    book: Workbook, spots: Spots, case: Case, defaults: Mapping[str, str] | None = None
) -> None:
    """Type a case into an open workbook, over whatever was typed before.

    Where the case says nothing the formulas in `defaults` are put back.
    """
    if isinstance(book, FormBook):
        book.results.clear()  # for these cells they do not hold
    for key, (sheet, address, field) in spots.items():
        cell = book[sheet][address]
        if field.default and case.get(key) is None:
            cell.value = (defaults or {}).get(key, cell.value)
            continue
        cell.value = case.get(key)
        if isinstance(case.get(key), str) and not str(case[key]).startswith("#"):
            cell.data_type = "s"


def department_case(random: Random, number: int) -> Case:
    """A department's form whose totals tie, or one of them misses by a little, or wild slips."""
    top = random.choice((3, 60))
    first = _department_that_ties(random, top)
    annexes = _annexes(first, random, top)
    if number % 3 == 2:
        _slip(random.choice([first, first, annexes]), random)
    case = first | annexes
    for key in DEFAULTS:
        if random.random() < 0.4:  # the formula stays
            case.pop(key, None)
    if number % 3 == 1:
        key = TOTALS[number // 3 % len(TOTALS)]
        case[key] = Decimal(case.get(key) or 0)
        case[key] += _edge(random, case[key])
    if number % 8 == 4:
        key = COUNTS[number // 8 % len(COUNTS)]
        case |= {key: figure + 1} if isinstance(figure := case.get(key), Decimal | int) else {}
    if number % 10 == 7:
        case |= _unreasonable(case, random)
    if number % 9 == 0:
        part, whole = PARTS[number // 9 % len(PARTS)]
        case |= {whole: Decimal(2), part: Decimal(2) + (CENT if number % 2 else 3)}
    if number % 11 == 5:
        _list_the_rest(case, random)
    return case


def _list_the_rest(case: Case, random: Random) -> None:
    """Fill what few accounts list: balances used up, what 其他资金 are; now and then wrong."""
    used, other = Decimal("8.20"), Decimal("100.50")
    for key in ("基本支出", "项目支出", "支出合计", "收入合计"):  # which follow from their parts
        case.pop(key, None)
    amounts = [key for key in case if key.startswith("项目.") and key.endswith(".金额")]
    for row in FUNDS:
        case |= dict.fromkeys(
            (f"{row}_全年预算数", f"{row}_本年收入", f"{row}_全年执行数"), Decimal(0)
        )
    case["财政拨款收入"] = _sum(case, "人员经费", "公用经费", "结余分配", *amounts)
    case["年末结转"] = _sum(case, "年初结转") + used + other + random.choice([0, 0, 0, 1])
    case |= {
        "使用非财政拨款结余": used,
        "其他资金_本年收入": other,
        "其他资金_全年执行数": Decimal(0),
    }
    case |= {"经营收入": Decimal(1), "其他收入": other - 1 + random.choice([0, 0, 1, -1])}
    if random.random() < 0.3:
        case |= dict.fromkeys(("收入合计", "支出合计"), Decimal(7))


def _unreasonable(case: Case, random: Random) -> Case:
    """Figures of indicators that cannot be, and a project that is there twice."""
    made: Case = {}
    for key in [key for key in case if key.endswith(".三级指标")]:
        row = key.removesuffix("三级指标")
        unit = random.choice(["%", "%", "万元", "元"])
        done = Decimal(714) if unit == "%" else Decimal("-4.68")
        made |= {f"{row}度量单位": unit, f"{row}实际完成值": done}
        made[f"{row}一级指标"] = random.choice(["满意度指标", "产出指标"])
    names = [key for key in case if key.startswith("项目.") and key.endswith(".名称")]
    return made | dict.fromkeys(names[:2], "同名")


def _department_that_ties(random: Random, top: int) -> Case:
    def money() -> Decimal:
        return random.choice([_money(random, 3), _money(random, 99_999), _money(random, 10**11)])

    case: Case = {"行政编制": random.randint(0, 9), "事业编制": random.randint(0, 9)}
    case["工勤编制"] = random.choice([None, 0, 2])
    case["编制数"] = sum(int(case[k] or 0) for k in ("行政编制", "事业编制", "工勤编制"))
    case["在职人员"] = max(0, case["编制数"] + random.randint(-3, 3))
    offices = random.choice(["办公室", "办公室、财务科", "甲、乙、丙", " 甲、乙 "])
    case |= {"内设机构": offices, "内设机构数": offices.count("、") + 1}
    if random.random() < 0.5:
        case |= {"所属单位": "中心", "所属单位数": random.choice([1, 1, 2])}
    case |= {"年度": 2022, "成文日期": date(random.choice([2021, 2022, 2023, 2023]), 3, 15)}
    amounts = [_money(random, top) for _ in range(random.choice([0, 1, 2, 7, 12, 30]))]
    for number, amount in enumerate(amounts):
        row = number if len(amounts) > 12 else 2 * number  # with blank rows between
        case |= {f"项目.{row}.名称": f"第{number}项", f"项目.{row}.金额": amount}
    case["项目支出"] = sum(amounts, Decimal(0))
    case |= {"人员经费": money(), "公用经费": money()}
    case["基本支出"] = _sum(case, "人员经费", "公用经费")
    case["财政拨款支出"] = _sum(case, "基本支出", "项目支出")
    for key in ("年初结转", "结余分配", "年末结转", "预算追加"):
        case[key] = random.choice([None, Decimal(0), _money(random, top)])
    case["财政拨款收入"] = _sum(case, "财政拨款支出", "结余分配", "年末结转") - _sum(
        case, "年初结转"
    )
    share = Decimal(random.choice(["0.8", "1", "1.25", "1.2", "2"]))
    planned = round_half_up(case["财政拨款支出"] / share, 2)
    # Nothing planned and billions spent is a rate that no double holds to its last decimal.
    none = Decimal(0) if case["财政拨款支出"] < 10**9 else planned
    case["年初预算"] = random.choice([none, planned])
    case["全年预算"] = random.choice([None, _sum(case, "年初预算", "预算追加")])
    if random.random() < 0.7:
        for key in ("因公出国费", "公务用车购置费", "公务用车运行费", "公务接待费"):
            case[key] = random.choice([Decimal(0), _money(random, top), _money(random, top)])
        case["公务用车费"] = _sum(case, "公务用车购置费", "公务用车运行费")
        case["三公经费"] = _sum(case, "因公出国费", "公务用车费", "公务接待费")
        case["三公经费预算"] = case["三公经费"] + random.choice([0, CENT, -CENT, 5])
    for number in range(random.choice([0, 1, 4])):
        whole = random.choice([None, 0, 8, 14, 40, 2000])
        part = random.choice([0, 1, 5, 10, Decimal("0.5")])
        share = round_half_up(Decimal(part) * 100 / whole, 1) if whole else None
        case[f"绩效数据.{number}.名称"] = f"数{number}"
        case |= {f"绩效数据.{number}.数值": part, f"绩效数据.{number}.总数": whole}
        case[f"绩效数据.{number}.占比"] = share
    return case


def _annexes(case: Case, random: Random, top: int) -> Case:
    """The tables behind the report, most of whose figures tie to those of the first sheets."""
    made: Case = {"填报日期": date(random.choice([2021, 2022, 2023, 2024]), 3, 10)}
    made |= _spending(case, random, top) | _rated(random)
    made |= _projects(case, random, top)
    made |= _funds(case | made, random, top)
    for number in range(random.choice([1, 4, 7])):
        made |= _indicator(random, f"指标.{number}.", f"数{number}")
    return made | _weights(made, random)


def _spending(case: Case, random: Random, top: int) -> Case:
    """The grids of 基础数据."""
    made: Case = {}
    for column in ("上年决算数", "本年预算数"):
        for row in ("公车购置", "公车运行", "出国"):
            made[f"{row}_{column}"] = random.choice([Decimal(0), _money(random, 1)])
        made[f"接待_{column}"] = _money(random, top)
    parts = _sum(made, "公车购置_本年预算数", "公车运行_本年预算数", "出国_本年预算数")
    planned = case.get("三公经费预算")
    if isinstance(planned, Decimal) and planned >= parts and random.random() < 0.8:
        made["接待_本年预算数"] = planned - parts + random.choice([0, 0, CENT])
    for column in ("上年决算数", "本年预算数", "本年决算数"):
        rows = ("办公", "水电差旅", "会议培训")
        made |= {f"{row}_{column}": random.choice([None, _money(random, 1)]) for row in rows}
        made[f"公用_{column}"] = random.choice([None, Decimal(0), Decimal("0.5"), Decimal(90)])
        made[f"采购_{column}"] = random.choice([None, Decimal(0), _money(random, top)])
    del made["公用_本年决算数"]  # it is computed
    if random.random() < 0.1:
        made["采购_本年决算数"] = Decimal(10) ** 12
    for key in ("批复规模", "实际规模", "预算投资", "实际投资"):
        made[f"楼堂馆所_{key}"] = random.choice([None, None, Decimal(0), _money(random, 900)])
    made["三公上年预算_金额"] = random.choice([None, Decimal(0), _money(random, top)])
    made["重点项目支出_金额"] = random.choice([None, Decimal(0), _money(random, 2 * top)])
    return made


def _projects(case: Case, random: Random, top: int) -> Case:
    """A row for each project, whose sources add up to its amount, and its indicators."""
    made: Case = {}
    names = [key for key in case if key.startswith("项目.") and key.endswith(".名称")]
    for number, key in enumerate(names):
        project = key.removesuffix("名称")
        budget = random.choice([None, Decimal(0), _money(random, top)])
        made |= {
            f"{project}本年预算数": budget,
            f"{project}上年决算数": random.choice([None, CENT]),
        }
        texts = ("主管部门", "实施单位", "实际完成情况")
        made |= {f"{project}{text}": random.choice(["字", None]) for text in texts}
        more = random.choice([Decimal(0), Decimal(0), _money(random, 1), -CENT])
        whole = max(Decimal(0), _sum(case, f"{project}金额") + more)
        made |= {f"{project}预期目标": "字", f"{project}全年预算数": whole}
        made |= _sources(random, f"{project}年初", _sum(made, f"{project}本年预算数"))
        made |= _sources(random, f"{project}执行", _sum(case, f"{project}金额"))
        made |= _sources(random, f"{project}全年", whole)
        for part in range(2):
            place = f"项目指标.{2 * number + part}."
            made |= {f"{place}项目名称": case[key]} | _indicator(random, place, f"数{part}")
            own = Random(f"{case.get('人员经费')} {place}")
            if part and own.random() < 0.5:
                made[f"{place}项目名称"] = None  # that of the row above
            if own.random() < 0.4:
                made |= _cost(own, place)
            made[f"{place}分值"] = Decimal(random.choice([45, 45, 45, 45, 45, 40]))
    if names and random.random() < 0.2:
        made["项目指标.0.项目名称"] = "别的项目"
    return made


def _sources(random: Random, of: str, amount: Decimal) -> Case:
    """An amount split over its sources, now and then a cent amiss; the rest may be a default."""
    carried = random.choice([None, Decimal(0), amount])
    off = CENT if random.random() < 0.1 else Decimal(0)
    rest = amount - (carried or 0) + off
    rest = random.choice([None, rest, rest])
    return {f"{of}财政": rest, f"{of}结转": carried, f"{of}其他": random.choice([None, Decimal(0)])}


def _funds(case: Case, random: Random, top: int) -> Case:
    """资金来源: other funds, and both budgets split into 基本支出 and 项目支出."""
    made: Case = {"执行口径": random.choice([None, "收入", "支出"])}
    for row in FUNDS:
        for column in ("年初预算数", "全年预算数"):
            made[f"{row}_{column}"] = random.choice([None, None, Decimal(0), _money(random, top)])
        made[f"{row}_全年执行数"] = random.choice([None, None, None, None, Decimal(0), CENT, 5])
        made[f"{row}_本年收入"] = random.choice([None, None, None, Decimal(0), CENT])
    projects = {
        "年初预算数": [
            key for key in case if key.startswith("项目.") and key.endswith("本年预算数")
        ],
        "全年预算数": [
            key for key in case if key.startswith("项目.") and key.endswith("全年预算数")
        ],
    }
    for column, base in (("年初预算数", "年初预算"), ("全年预算数", "全年预算")):
        rows = (f"{row}_{column}" for row in FUNDS)
        whole, part = _sum(case, base) + _sum(made, *rows), _sum(case, *projects[column])
        made[f"总额_结转_{column}"] = random.choice([None, None, Decimal(0), CENT])
        made[f"总额_项目_{column}"] = part + random.choice([0, 0, CENT, 3])
        made[f"总额_基本_{column}"] = max(Decimal(0), whole - part)
    return made


def _indicator(random: Random, row: str, name: str) -> Case:
    """One indicator of any sort, most of them filled as their sort asks."""
    sort = random.choice(["≥", "≤", "=", "定性", "不适用"])
    aim = random.choice([Decimal(2), Decimal(95), Decimal("4.68"), Decimal(0)])
    made: Case = {
        f"{row}三级指标": random.choice([name, "别的"]),
        f"{row}二级指标": random.choice(["数量指标", "成本指标", "社会效益指标", SATISFACTION]),
        f"{row}一级指标": random.choice([None, "产出指标", "效益指标", "满意度指标"]),
        f"{row}度量单位": random.choice([None, "%", "万元", "次"]),
        f"{row}指标性质": sort,
        f"{row}分值": Decimal(random.choice([10, 10, 20, 30])),
        f"{row}偏差原因": random.choice([None, "原因"]),
    }
    if sort in ("≥", "≤", "=") and random.random() < 0.9:
        done = aim + random.choice([0, 0, 1, -1, CENT])
        made |= {f"{row}年度指标值": aim, f"{row}实际完成值": max(Decimal(0), done)}
    if sort == "定性" and random.random() < 0.9:
        made[f"{row}完成等次"] = random.choice(["达成年度指标", "未达成年度指标且效果较差"])
    if sort == "定性" or random.random() < 0.3:
        made[f"{row}自评得分"] = random.choice([None, Decimal(10), Decimal("9.5"), Decimal(0)])
    if random.random() < 0.2:
        made[f"{row}实际完成值"] = random.choice([Decimal(0), Decimal(1), Decimal(5), None])
    return made


def _cost(random: Random, row: str) -> Case:
    """The indicator that takes its figures from the project, most of the time."""
    made: Case = {f"{row}二级指标": "成本指标", f"{row}三级指标": "项目支出"}
    for column in ("年度指标值", "实际完成值"):
        if random.random() < 0.8:
            made[f"{row}{column}"] = None
    return made


def _weights(case: Case, random: Random) -> Case:
    """The weights of the unit's indicators as the ministry splits them, half of the time."""
    rows = [
        key.removesuffix("一级指标") for key in case if key.startswith("指标.") and "一级" in key
    ]
    if len(rows) < 3 or random.random() < 0.5:
        return {}
    firsts = ["产出指标", "效益指标", "满意度指标"] + ["产出指标"] * (len(rows) - 3)
    made: Case = {f"{row}一级指标": first for row, first in zip(rows, firsts, strict=True)}
    shares = [50 - 5 * (len(rows) - 3), 30, 10, *([5] * (len(rows) - 3))]
    return made | {f"{r}分值": Decimal(n) for r, n in zip(rows, shares, strict=True)}


def _rated(random: Random) -> Case:
    """The rows of 指标评分: some scores entered, some reasons given."""
    made: Case = {}
    for number in range(10):
        made[f"评分.{number}.自评得分"] = random.choice([None, None, Decimal(5), Decimal(8)])
        made[f"评分.{number}.扣分原因"] = random.choice([None, "原因"])
    return made


def language_case(random: Random, number: int) -> Case:
    """The made-up form with small figures: every third is wild, the others all but tie."""
    case: Case = {key: _small(random) for key in ("甲", "乙", "零", "略", "照录")}
    case["负零"] = random.choice([None, Decimal("-0.125"), Decimal("0.005"), _small(random)])
    case |= {"个数": random.randint(0, 4), "年度": random.choice([2022, 2023])}
    case["名单"] = random.choice(["甲", "甲、乙", "甲、乙、丙", '甲、"乙"', "甲 "])
    case["别名"] = random.choice([None, case["名单"], "甲", " 甲"])
    case["状态"] = random.choice(["已办", "未填", "不适用"])
    case["起日"] = date(random.choice([2022, 2023]), random.randint(1, 12), random.randint(1, 28))
    case["止日"] = random.choice([None, case["起日"], date(2023, 1, 1), date(2024, 12, 31)])
    for row in random.sample(range(6), random.choice([0, 1, 2, 6])):
        case |= _detail(random, f"明细.{row}.", case)
    if random.random() < 0.5:
        case |= {"附表.0.金额": _small(random), "附表.0.备注": random.choice([None, "有"])}
    case |= _grid(random) | _indicators(random)
    if number % 3:
        _aim(case, random, number - number // 3 - 1)
    else:
        _slip(case, random)
    return case


def _detail(random: Random, row: str, case: Case) -> Case:
    amount, count = _small(random), random.randint(0, 3)
    if random.random() < 0.5:
        amount = count * Decimal("1.5") + random.choice([0, Decimal("0.5"), Decimal("0.51")])
    whole = case["甲"]
    exact = whole if isinstance(whole, Decimal) and whole else Decimal(1)
    return {
        f"{row}名称": random.choice(["甲", "甲、乙", "乙"]),
        f"{row}金额": amount,
        f"{row}数量": count,
        f"{row}折扣": random.choice([None, None, Decimal("0.5"), Decimal("-1")]),
        f"{row}占比": random.choice([None, round_half_up((amount or 0) / exact * 100, 1)]),
        f"{row}状态": random.choice([None, "甲类", "未填", "—"]),
    }


def _grid(random: Random) -> Case:
    cells = ("出国_上年", "出国_本年", "用车_上年", "用车_本年")
    return {cell: _small(random) for cell in cells} | {"批次_本年": random.choice([None, 2])}


def _indicators(random: Random) -> Case:
    """Values of the rows that the form gives."""
    case: Case = {f"指标.{n}.目标": _small(random) for n in (1, 2)}
    case |= {f"指标.{n}.实际": _small(random) for n in (1, 2)}
    return case | {f"指标.{n}.说明": random.choice([None, None, "有", " "]) for n in range(3)}


def _aim(case: Case, random: Random, number: int) -> None:
    """Set one figure so that one rule ties, or in every second round misses by a little."""
    for key in ("甲", "乙", "略", "照录", *(key for key in case if key.startswith("明细."))):
        if key.rpartition(".")[2] in ("甲", "乙", "略", "照录", "金额", "占比"):
            case[key] = case[key] or Decimal(1)

    def of(key: str) -> Decimal:
        return Decimal(case.get(key) or 0)

    column = sum((of(f"明细.{n}.金额") for n in range(6)), Decimal(0))
    discount = sum((of(f"明细.{n}.折扣") for n in range(6)), Decimal(0))
    figures = [of(key) for key in ("甲", "乙", "零", "负零")]
    spread = max(figures) - min(figures[0], *figures[2:])
    aims: list[Case] = [
        {"甲": of("乙") + of("零")},
        {"甲": of("乙")},
        {"甲": of("零"), "照录": of("乙") * 2, "状态": "已办"},
        {"甲": of("乙") + of("略")},
        {"甲": of("乙") - of("零") / 2 + of("略") - 3},
        {"甲": of("乙") * 2 - of("零") + of("负零") - of("略")},
        {"零": of("乙") - of("甲") - of("负零")},
        {"甲": of("照录") * Decimal("0.75")},
        {"甲": of("零") * of("乙") * 2, "照录": Decimal("0.5")},
        {"略": round_half_up(of("甲") / of("照录") * 100, 1)},
        {"零": of("甲") if of("甲") > of("乙") else of("乙") - of("甲")},
        {"略": spread - of("乙"), "照录": spread - of("乙") + 1},
        {"甲": column},
        {"乙": column - discount * 2 - Decimal("0.5")},
        {"零": of("附表.0.金额")},
        {"个数": sum(of(f"明细.{n}.金额") != 0 for n in range(6)), "附表.0.备注": "有"},
    ]
    aim = aims[number % len(aims)]
    key, figure = next(iter(aim.items()))
    assert isinstance(figure, Decimal | int)
    off = Decimal(0)
    if number // len(aims) % 2:
        off = _edge(random, figure)
    case |= aim | {key: (round_half_up(Decimal(figure), 4) + off).normalize() + 0}


def _slip(case: Case, random: Random) -> None:
    """Up to three cells changed as hands and tired eyes do."""
    figures = [key for key, value in case.items() if isinstance(value, Decimal | int)]
    for key in random.sample(figures, min(len(figures), random.choice([1, 1, 2, 3]))):
        value = case[key]
        assert isinstance(value, Decimal | int)
        case[key] = random.choice(
            [
                value + _edge(random, value),
                value + _edge(random, value),
                value + random.randint(-3, 3) * CENT,
                value * 10,
                -value,
                0,
                Decimal("0.00"),
                None,
                None,
                " ",
                "不详",
                "#REF!",
                value + Decimal("99999999.99"),
            ]
        )


def _edge(random: Random, figure: Decimal | int) -> Decimal:
    """About a tolerance, either way; half a cent of a milliard is more than a double can hold."""
    edge = random.choice(EDGES) * random.choice((1, -1))
    return edge if abs(figure) < 10**6 else round_half_up(edge, 2)


def _small(random: Random) -> Cell:
    pool = ("0", "0.01", "0.5", "1", "1.5", "2", "2.25", "3", "10", "33.33", "-1", "-0.01", "0.005")
    return random.choice([None, *(Decimal(text) for text in pool)])


def _money(random: Random, top: int) -> Decimal:
    return Decimal(random.randint(0, top * 100)).scaleb(-2)


def _sum(case: Case, *keys: str) -> Decimal:
    return sum((Decimal(case.get(key) or 0) for key in keys), Decimal(0))
