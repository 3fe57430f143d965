"""Kinds that extend another: all that becomes of their lines, down to the report."""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from msgspec.structs import asdict
from test_cli import gouji

from workbook.checking.kinds import Kind, find_kind, load_kind
from workbook.form.card import Card
from workbook.form.field import Fields
from workbook.form.grid import Grid
from workbook.form.table import Table

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "extends.md").read_text(encoding="utf-8")
FILE = re.compile(r"```toml\n# (\S+)/(\w+\.toml)\n(.*?)```", re.S)
NAME, TEMPLATES = "某县部门", "我们的 报告"
AMOUNTS = [
    "项目支出", "年初预算合计", "全年预算合计", "全年执行合计", "年初财政", "年初结转", "年初其他",
    "全年财政", "全年结转", "全年其他", "执行财政", "执行结转", "执行其他", "年初预算数",
    "全年预算数", "全年执行数",
]  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Beside it lies the kind of docs/extends.md."""
    made = tmp_path_factory.mktemp("县") / "填报"
    made.mkdir()
    for kind, file, words in FILE.findall(PAGE):
        place = made / TEMPLATES / kind
        place.mkdir(parents=True, exist_ok=True)
        (place / file).write_text(words, encoding="utf-8")
    return made


def said(kind: Kind) -> Iterator[tuple[str, object]]:
    """Every property of everything in a kind's form and rules, under its name."""
    form = kind.form
    for name in ("title", "version", "report_name", "guide"):
        yield name, getattr(form, name)
    yield "fields", tuple(key for key in form.fields if "_" not in key)
    for sheet in form.sheet:
        for block in sheet.block:
            yield from of_block(block.key if isinstance(block, Table) else block.title, block)
    yield "rules", tuple(rule.spec.id for rule in kind.rules.rules)
    for rule in kind.rules.rules:
        yield from ((f"{rule.spec.id} {name}", one) for name, one in asdict(rule.spec).items())


def of_block(at: str, block: Fields | Grid | Table | Card) -> Iterator[tuple[str, object]]:
    parts = {"field", "column", "row"}
    yield from ((f"{at} {name}", one) for name, one in asdict(block).items() if name not in parts)
    columns = block.field if isinstance(block, Fields) else getattr(block, "column", ())
    for column in columns:
        yield from ((f"{column.key} {name}", one) for name, one in asdict(column).items())
    for number, row in enumerate(getattr(block, "row", ())):
        for name, one in asdict(row).items():
            inner = one if isinstance(one, dict) else {"": one}
            yield from ((f"{at} {number} {name} {key}".strip(), v) for key, v in inner.items())


def changed(kind: Kind, base: Kind) -> dict[str, tuple[object, object]]:
    """What both say, and not the same."""
    before, after = dict(said(base)), dict(said(kind))
    return {
        key: (before[key], after[key])
        for key in before
        if key in after and before[key] != after[key]
    }


def missing(one: Kind, other: Kind) -> set[str]:
    """The names of what only the one has."""
    there = {key.split()[0] for key, _ in said(other)}
    return {name for key, _ in said(one) if (name := key.split()[0]) not in there}


def test_the_county_of_the_page_differs_from_the_department_in_what_it_says_alone(folder):
    base, kind = find_kind("department"), load_kind(folder / TEMPLATES / NAME)
    found = changed(kind, base)
    fields, rules = found.pop("fields"), found.pop("rules")
    assert found == {
        "title": ("部门整体支出绩效自评报告", "部门整体支出绩效自评报告(某县)"),
        "厉行节约措施 label": ("厉行节约保障措施", "过紧日子措施"),
        "评分 0 given 分值": (5, 4),
        "评分 9 given 分值": (6, 7),
        "评分 0 given 评价标准": tuple(
            dict(said(k))["评分 0 given 评价标准"] for k in (base, kind)
        ),
        "评分 9 given 评价标准": tuple(
            dict(said(k))["评分 9 given 评价标准"] for k in (base, kind)
        ),
        "预算完成率偏低 claim": (
            "支出合计 >= 总额_年初预算数 * 0.8",
            "支出合计 >= 总额_年初预算数 * 0.9",
        ),
        "预算完成率偏低 message": tuple(
            "预算完成率 {{ round(支出合计 / 总额_年初预算数 * 100, 2) }}%,低于 " + least
            for least in ("80%", "90%")
        ),
    }
    here = fields[0].index("单位类型") + 1
    with_it = (*fields[0][:here], "预算级次", *fields[0][here:])
    assert fields[1] == tuple(key for key in with_it if key not in ("所属单位", "所属单位数"))
    assert rules[1] == tuple(name for name in rules[0] if name != "所属单位个数")
    assert missing(kind, base) == {"预算级次"}
    assert missing(base, kind) == {"所属单位", "所属单位数", "所属单位个数"}
    assert asdict(kind.form.fields["预算级次"]) == asdict(base.form.fields["单位类型"]) | {
        "key": "预算级次",
        "required": True,
        "choices": ("一级预算单位", "二级预算单位"),
    }
    values = {
        "预算级次": "一级预算单位",
        "机构设置情况": "区统战部内设{{ 内设机构 }}{{ 内设机构数 }}个科室。",
    }
    dropped = ("所属单位", "所属单位数")
    theirs = {key: one for key, one in base.sample.fields.items() if key not in dropped}
    assert kind.sample.fields == theirs | values
    assert kind.sample.tables == base.sample.tables
    assert kind.template == base.template


def test_its_workbook_ties_and_gives_the_report(folder):
    kinds = ("--templates", TEMPLATES)
    assert gouji(folder, "kinds", *kinds)[0].splitlines()[0] == (
        "某县部门  部门整体支出绩效自评报告(某县)(在 department 上改,第 5 版,99 条规则)"
    )
    assert gouji(folder, "new", NAME, "甲.xlsx", "--sample", *kinds) == ("已新建:甲.xlsx\n", "", 0)
    out, err, status = gouji(folder, "check", "甲.xlsx", *kinds)
    assert (out.splitlines()[-1], err, status) == ("甲.xlsx:发现 2 处提醒。", "", 0)
    assert gouji(folder, "report", "甲.xlsx", "甲.docx", *kinds)[2] == 0
    gouji(folder, "new", "department", "乙.xlsx", "--sample")
    gouji(folder, "report", "乙.xlsx", "乙.docx")
    ours, theirs = (lines(folder / name) for name in ("甲.docx", "乙.docx"))
    gone = [line for line in theirs if line not in ours]
    come = [line for line in ours if line not in theirs]
    assert [line for line in come if "科室" in line] == [
        "1.机构设置情况。区统战部内设办公室、民主党派和侨务工作办公室、民族宗教工作办公室3个科室。"
    ]
    assert (score(ours, "在职人员控制率"), score(ours, "政府采购执行率")) == ("4", "7")
    assert (score(theirs, "在职人员控制率"), score(theirs, "政府采购执行率")) == ("5", "6")
    assert len(gone) == len(come)


def lines(path: Path) -> list[str]:
    """The paragraphs of a report, and the rows of its tables with | between cells."""
    document = Document(str(path))
    rows = (row for table in document.tables for row in table.rows)
    texts = [paragraph.text for paragraph in document.paragraphs]
    return texts + ["|".join(dict.fromkeys(c.text for c in row.cells)) for row in rows]


def score(of: list[str], name: str) -> str:
    """The weight that stands behind an indicator's name."""
    (line,) = (line for line in of if f"|{name}|" in line)
    return line.split(f"|{name}|")[1].split("|")[0]


def test_sichuan_differs_from_the_national_form_in_what_it_says_alone():
    base, kind = find_kind("project"), find_kind("project_sichuan")
    alike, others = defaultdict(list), {}
    for key, (before, after) in changed(kind, base).items():
        name, _, what = key.rpartition(" ")
        if what in ("unit", "width") or what.startswith("printed"):
            alike[what, before, after].append(name)
        else:
            others[key] = after
    assert alike == {
        ("unit", "万元", "元"): AMOUNTS,
        ("printed_unit", "", "万元"): AMOUNTS,
        ("printed_decimals", None, 2): AMOUNTS,
        ("width", 12, 15): [
            *AMOUNTS[4:], "执行率", "执行分值", "执行得分", "指标得分", "适用分值", "总分",
            "一级指标", "年度指标值", "实际完成值",
        ],
    }  # fmt: skip
    pairs = zip(base.form.guide, kind.form.guide, strict=True)
    assert [two for one, two in pairs if one != two] == [
        "金额一律按元填报，可有角分；报告里自动换成万元，保留两位小数。数字单元格里只填数字，不写单位。"
    ]
    assert set(others) == {
        "title", "guide", "rules", "项目指标 help", "一级指标 choices", "二级指标 choices",
        "指标性质 help", "项目支出相符 tolerance", "不超项目支出 tolerance",
        "执行不超预算 message", "执行不超预算 source", "执行率偏低 source", "全年有预算 source",
        "项目有指标 source",
        "分值合计 source", "级别对应 claim", "级别对应 source", "定性有目标 source",
        "年度指标值 default", "年度指标值 help", "实际完成值 default", "实际完成值 help",
        "度量单位 default",
    }  # fmt: skip
    assert others["rules"][12:14] == ("分值合计", "像是万元")
    assert missing(kind, base) == {"像是万元"}
    assert missing(base, kind) == {
        "产出50分", "效益30分", "满意度10分", "支出指标目标一致", "支出指标完成一致",
    }  # fmt: skip
