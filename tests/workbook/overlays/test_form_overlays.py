"""A form that extends another is the form that somebody would have written whole."""

from pathlib import Path

import pytest

from workbook.checking.data_files import KindError
from workbook.checking.kinds import Kind, load_kind

BASE = """
kind = "省表"
version = 2
title = "省里的表"
guide = ["先填。"]

[[sheet]]
name = "情况"
[[sheet.block]]
type = "fields"
title = "单位"
field = [
  { key = "名称", type = "text" },
  { key = "人数", type = "integer", unit = "人", min = 0, help = "年末" },
  { key = "项目", type = "number", decimals = 2 },
]
[[sheet.block]]
type = "grid"
title = "经费"
column = [
  { key = "上年", type = "number", decimals = 2 },
  { key = "本年", type = "number", decimals = 2 },
]
row = [
  { key = "三公", label = "合计", compute = "total(出国.本列, 接待.本列)" },
  { key = "出国", indent = 1, only = ["上年", "本年"] },
  { key = "接待", cells = { "上年" = { required = false, help = "没有不填" } } },
]

[[sheet]]
name = "项目"
[[sheet.block]]
type = "table"
key = "明细"
title = "项目明细"
row_name = "项目名"
column = [
  { key = "项目名", type = "text" },
  { key = "金额", type = "number", decimals = 2, min = 0 },
]
[[sheet.block]]
type = "table"
key = "评分"
title = "指标"
row_name = "指标名"
column = [
  { key = "指标名", type = "text" },
  { key = "分值", type = "integer" },
  { key = "实际", type = "number", decimals = 2 },
  { key = "得分", type = "number", decimals = 2 },
]
scoring = { score = "得分", weight = "分值", value = "实际" }

  [[sheet.block.row]]
  given = { "指标名" = "完成率", "分值" = 10 }
  compute = { "实际" = "人数 * 2" }
  score = { method = "steps", direction = "above", bound = 100, step = 1, points = 1 }

  [[sheet.block.row]]
  given = { "指标名" = "及时率", "分值" = 10 }
  score = { method = "ratio", target = 100 }
"""
OWN = """
kind = "县表"
extends = "省表"
version = 1
title = "县里的表"

[[change]]
at = ["人数", "情况.项目"]
required = false

[[change]]
at = "人数"
label = "在职人数"
without = ["min", "help"]

[[change]]
at = "项目"
what = "sheet"
name = "项目表"
landscape = true

[[change]]
at = "经费"
title = "“三公”经费"

[[change]]
at = "情况.经费.合计"
label = "“三公”合计"

[[change]]
at = "接待_上年"
help = "没有可以不填"
without = ["required"]

[[change]]
at = "评分.完成率"
given = { "分值" = 12 }
without = ["compute.实际"]

[[change]]
at = "评分.及时率"
given = { "分值" = 8 }
score = { method = "steps", direction = "below", bound = 100, step = 5, points = 2 }

[[change]]
at = "项目明细"
rows = 50

[[drop]]
at = ["名称", "经费.上年", "金额"]

[[add]]
after = "人数"
[[add.field]]
key = "乡镇数"
type = "integer"
[[add.field]]
key = "村数"
type = "integer"

[[add]]
after = "人数"
[add.field]
key = "社区数"
type = "integer"

[[add]]
after = "名称"
[add.field]
key = "全称"
type = "text"

[[add]]
before = "接待"
[add.row]
key = "用车"

[[add]]
in = "明细"
[add.column]
key = "决算数"
type = "number"

[[add]]
before = "评分"
[add.block]
type = "fields"
title = "另外"
field = [{ key = "备注", type = "text", required = false }]

[[add]]
[add.sheet]
name = "其他"
block = [{ type = "fields", title = "其他", field = [{ key = "说明", type = "text" }] }]
"""
WHOLE = """
kind = "县表"
version = 3
title = "县里的表"
guide = ["先填。"]

[[sheet]]
name = "情况"
[[sheet.block]]
type = "fields"
title = "单位"
field = [
  { key = "全称", type = "text" },
  { key = "人数", label = "在职人数", type = "integer", unit = "人", required = false },
  { key = "乡镇数", type = "integer" },
  { key = "村数", type = "integer" },
  { key = "社区数", type = "integer" },
  { key = "项目", type = "number", decimals = 2, required = false },
]
[[sheet.block]]
type = "grid"
title = "“三公”经费"
column = [{ key = "本年", type = "number", decimals = 2 }]
row = [
  { key = "三公", label = "“三公”合计", compute = "total(出国.本列, 接待.本列)" },
  { key = "出国", indent = 1, only = ["本年"] },
  { key = "用车" },
  { key = "接待" },
]

[[sheet]]
name = "项目表"
landscape = true
[[sheet.block]]
type = "table"
key = "明细"
title = "项目明细"
rows = 50
row_name = "项目名"
column = [{ key = "项目名", type = "text" }, { key = "决算数", type = "number" }]
[[sheet.block]]
type = "fields"
title = "另外"
field = [{ key = "备注", type = "text", required = false }]
[[sheet.block]]
type = "table"
key = "评分"
title = "指标"
row_name = "指标名"
column = [
  { key = "指标名", type = "text" },
  { key = "分值", type = "integer" },
  { key = "实际", type = "number", decimals = 2 },
  { key = "得分", type = "number", decimals = 2 },
]
scoring = { score = "得分", weight = "分值", value = "实际" }

  [[sheet.block.row]]
  given = { "指标名" = "完成率", "分值" = 12 }
  score = { method = "steps", direction = "above", bound = 100, step = 1, points = 1 }

  [[sheet.block.row]]
  given = { "指标名" = "及时率", "分值" = 8 }
  score = { method = "steps", direction = "below", bound = 100, step = 5, points = 2 }

[[sheet]]
name = "其他"
block = [{ type = "fields", title = "其他", field = [{ key = "说明", type = "text" }] }]
"""
HEAD = 'kind = "县表"\nextends = "省表"\n'


def kind(root: Path, name: str, **files: str) -> Path:
    """A folder of data files."""
    folder = root / name
    folder.mkdir(parents=True, exist_ok=True)
    for file, words in files.items():
        (folder / f"{file}.toml").write_text(words, encoding="utf-8")
    return folder


def laid(root: Path, form: str, base: str = BASE) -> Kind:
    """The kind 县表 over 省表."""
    kind(root, "省表", form=base)
    return load_kind(kind(root, "县表", form=form), root)


def faults_of(root: Path, lines: str) -> list[str]:
    """What is wrong with the lines of a form that is laid over the base, without its place."""
    with pytest.raises(KindError) as error:
        laid(root, HEAD + lines)
    return [fault.removeprefix(f"{root / '县表' / 'form.toml'}:") for fault in error.value.faults]


def test_an_overlay_is_the_form_that_would_have_been_written_whole(tmp_path: Path) -> None:
    whole = load_kind(kind(tmp_path / "全", "县表", form=WHOLE))
    assert laid(tmp_path, OWN).form == whole.form


def test_the_base_stays_as_it_is(tmp_path: Path) -> None:
    alone = load_kind(kind(tmp_path / "另", "省表", form=BASE)).form
    made = laid(tmp_path, OWN)
    assert load_kind(tmp_path / made.extends).form == alone != made.form


def test_one_that_says_nothing_is_the_base_under_another_name(tmp_path: Path) -> None:
    renamed = BASE.replace('"省表"', '"县表"')
    whole = load_kind(kind(tmp_path / "全", "县表", form=renamed)).form
    assert laid(tmp_path, HEAD).form == whole


def test_an_overlay_of_an_overlay_sees_what_that_one_made(tmp_path: Path) -> None:
    laid(tmp_path, OWN)
    lines = 'kind = "乡表"\nextends = "县表"\nversion = 4\n[[drop]]\nat = "村数"\n'
    town = load_kind(kind(tmp_path, "乡表", form=lines), tmp_path)
    whole = WHOLE.replace('  { key = "村数", type = "integer" },\n', "")
    whole = whole.replace('"县表"', '"乡表"').replace("version = 3", "version = 7")
    assert town.form == load_kind(kind(tmp_path / "全", "乡表", form=whole)).form


def test_scoring_is_changed_key_by_key(tmp_path: Path) -> None:
    lines = (
        '[[add]]\nin = "评分"\n[add.column]\nkey = "标准"\ntype = "text"\n'
        '[[change]]\nat = "评分"\nscoring = { rubric = "标准" }\n'
    )
    scoring = laid(tmp_path, HEAD + lines).form.tables["评分"].scoring
    assert scoring is not None
    assert {key: name for key, name in scoring.columns.items() if name} == {
        "score": "得分", "weight": "分值", "value": "实际", "rubric": "标准",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "faults"),
    [
        ('title = "省里的表"', ["title 和「省表」的一样,不用写"]),
        (
            '[[change]]\nlabel = "甲"',
            ['第 1 个 [[change]]:at 要写名称,如 at = "基本情况.联系电话"'],
        ),
        ('[[change]]\nat = "人数"', ["第 1 个 [[change]]:没有写要改什么"]),
        (
            '[[change]]\nat = ["人说", "村"]\nhelp = "甲"',
            [
                "第 1 个 [[change]]:表单里没有「人说」,是不是「人数」?",
                "第 1 个 [[change]]:表单里没有「村」",
            ],
        ),
        (
            '[[change]]\nat = "项目"\nhelp = "甲"',
            [
                "第 1 个 [[change]]:「项目」不止一处:字段「情况.单位.项目」(what = \"field\")、"
                "工作表「项目」(what = \"sheet\")。请写全,或加上 what"
            ],
        ),
        (
            '[[change]]\nat = "项目"\nwhat = "table"\nhelp = "甲"',
            ["第 1 个 [[change]]:what 只能是 sheet、block、field、column、row、cell、section"],
        ),
        (
            '[[change]]\nat = "项目"\nwhat = "sheet"\nhelp = "甲"',
            ["第 1 个 [[change]]:工作表「项目」:没有 help 这一项,能改的有 name、landscape"],
        ),
        (
            '[[change]]\nat = "人数"\nunits = "名"\nhelp = "年末"\nrequired = true\nmin = 0.00',
            [
                "第 1 个 [[change]]:字段「情况.单位.人数」:没有 units 这一项,是不是「unit」?",
                "第 1 个 [[change]]:字段「情况.单位.人数」:help 本来就是「年末」,不用写",
                "第 1 个 [[change]]:字段「情况.单位.人数」:required 本来就是 true,不用写",
                "第 1 个 [[change]]:字段「情况.单位.人数」:min 本来就是 0.00,不用写",
            ],
        ),
        (
            '[[change]]\nat = "人数"\nwithout = ["max", "min"]\nmin = 1',
            [
                "第 1 个 [[change]]:字段「情况.单位.人数」:without 写的 max 本来就没有",
                "第 1 个 [[change]]:字段「情况.单位.人数」:min 已经改过一次(第 1 个 [[change]]),"
                "请并成一处",
            ],
        ),
        (
            '[[change]]\nat = "人数"\nwithout = "min"',
            ['第 1 个 [[change]]:字段「情况.单位.人数」:without 要写成 without = ["min"] 的样子'],
        ),
        (
            '[[change]]\nat = "人数"\nmax = 9\n[[change]]\nat = "单位.人数"\nmax = 8',
            [
                "第 2 个 [[change]]:字段「情况.单位.人数」:max 已经改过一次(第 1 个 [[change]]),"
                "请并成一处"
            ],
        ),
        (
            '[[change]]\nat = "接待_上年"\nhelp = "甲"\n'
            '[[change]]\nat = "接待"\ncells = { "上年" = { help = "乙" } }',
            [
                "第 2 个 [[change]]:行「情况.经费.接待」:cells.上年.help 已经改过一次"
                "(第 1 个 [[change]]),请并成一处"
            ],
        ),
        (
            '[[change]]\nat = "接待_本年"\nlabel = "甲"\n'
            '[[change]]\nat = "评分.完成率"\ngiven = {}',
            [
                "第 1 个 [[change]]:单元格「情况.经费.接待_本年」:没有 label 这一项,"
                "能改的有 compute、default、required、empty、prior、help、own_formula",
                "第 2 个 [[change]]:行「项目.评分.完成率」:given 里没有写要改什么",
            ],
        ),
        (
            '[[change]]\nat = "人数"\nkey = "员工"\n[[change]]\nat = "明细"\ntype = "grid"\n'
            '[[change]]\nat = "评分"\nwithout = ["row"]',
            [
                "第 1 个 [[change]]:字段「情况.单位.人数」:key 不能这样改,"
                "请用 [[drop]] 去掉、用 [[add]] 加上",
                "第 2 个 [[change]]:块「项目.明细」:type 不能这样改,"
                "请用 [[drop]] 去掉、用 [[add]] 加上",
                "第 3 个 [[change]]:块「项目.评分」:row 不能这样改,"
                "请用 [[drop]] 去掉、用 [[add]] 加上",
            ],
        ),
        (
            '[[change]]\nat = "人数"\ntype = "count"',
            [
                "第 1 个 [[change]]:字段「情况.单位.人数」:"
                'type 不能写 "count",'
                "可写的有 choice、date、integer、number、paragraphs、text、year"
            ],
        ),
        (
            '[[drop]]\nat = ["人数", "情况.人数"]\nlabel = "甲"\n[[drop]]\nat = "三公_上年"',
            [
                "第 1 个 [[drop]]:[[drop]] 里没有 label 这一项",
                "第 1 个 [[drop]]:字段「情况.单位.人数」已经去掉了(第 1 个 [[drop]])",
                "第 2 个 [[drop]]:单元格「情况.经费.三公_上年」不能单独去掉,请改它那一行的 only",
            ],
        ),
        (
            '[[drop]]\nat = "单位"\n[[change]]\nat = "人数"\nhelp = "甲"\n'
            '[[add]]\nafter = "人数"\n[add.field]\nkey = "甲"\ntype = "text"',
            [
                "第 1 个 [[change]]:字段「情况.单位.人数」已经去掉了(第 1 个 [[drop]])",
                "第 1 个 [[add]]:after:块「情况.单位」已经去掉了",
            ],
        ),
        (
            '[[drop]]\nat = ["名称", "人数", "情况.项目"]',
            ["块「情况.单位」里什么也不剩,请把它整个写进 [[drop]]"],
        ),
        (
            '[[add]]\nafter = "人数"\n[[add]]\nfield = { key = "甲", type = "text" }\n'
            '[[add]]\nin = "情况"\nsheet = { name = "甲", block = [] }\n'
            '[[add]]\nin = "经费"\nat = "甲"\nfield = { key = "甲", type = "text" }\n',
            [
                "第 1 个 [[add]]:要写加什么,只写一种:"
                "[[add.sheet]]、[[add.block]]、[[add.field]]、[[add.column]]、[[add.row]]、"
                "[[add.section]]",
                "第 2 个 [[add]]:要写加在哪里:after、before、in 选一个写",
                "第 3 个 [[add]]:要写加在哪里:after、before 选一个写",
                "第 4 个 [[add]]:[[add]] 里没有 at 这一项",
                "第 4 个 [[add]]:in:块「情况.经费」里放不了字段,"
                '字段要放进 type = "fields" 的块',
            ],
        ),
        (
            '[[add]]\nafter = "经费"\nfield = { key = "甲", type = "text" }\n'
            '[[add]]\nin = "人数"\nfield = { key = "甲", type = "text" }\n'
            '[[add]]\nin = "单位"\nfield = { key = "甲", type = "words" }\n',
            [
                "第 1 个 [[add]]:after:「经费」是块,这里要写字段",
                "第 2 个 [[add]]:in:「人数」是字段,这里要写块",
                '第 3 个 [[add]]:type 不能写 "words",'
                "可写的有 choice、date、integer、number、paragraphs、text、year",
            ],
        ),
        (
            '[[add]]\nin = "单位"\nfield = [{ key = "明细", type = "text" }, '
            '{ key = "出国_本年", type = "text" }, { key = "甲", type = "text" }]\n'
            '[[add]]\nin = "项目"\nblock = { type = "fields", title = "甲", '
            'field = [{ key = "甲", type = "text" }] }\n'
            '[[add]]\nin = "评分"\nrow = { given = { "指标名" = "及时率" } }\n'
            '[[add]]\nin = "明细"\ncolumn = { key = "金额", type = "number" }\n'
            '[[add]]\nsheet = { name = "情况", block = [] }\n',
            [
                "第 1 个 [[add]]:「明细」已经有了(块「项目.明细」),要改它请写 [[change]]",
                "第 1 个 [[add]]:「出国_本年」已经有了(单元格「情况.经费.出国_本年」),"
                "要改它请写 [[change]]",
                "第 2 个 [[add]]:「甲」已经有了(字段「情况.单位.甲」),要改它请写 [[change]]",
                "第 3 个 [[add]]:「及时率」已经有了(行「项目.评分.及时率」),要改它请写 [[change]]",
                "第 4 个 [[add]]:「金额」已经有了(列「项目.明细.金额」),要改它请写 [[change]]",
                "第 5 个 [[add]]:「情况」已经有了(工作表「情况」),要改它请写 [[change]]",
            ],
        ),
        (
            '[[sheet]]\nname = "甲"',
            ["写了 extends,就不写 [[sheet]];要加工作表请写 [[add]] 和 [[add.sheet]]"],
        ),
        ("version = 0", ["第 3 行:version 要写整数(不小于 1),不加引号,写的是 0"]),
        ("[change]", ["第 3 行:[change] 要写成 [[change]]"]),
        (
            "rows = 3",
            [
                "第 3 行:没有「rows」这个属性,可写的有 kind、extends、version、title、report_name、"
                "guide、change、drop、add、function"
            ],
        ),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_told_with_its_entry(
    lines: str, faults: list[str], tmp_path: Path
) -> None:
    assert faults_of(tmp_path, lines) == faults


def test_what_was_dropped_may_be_added_anew_in_its_place(tmp_path: Path) -> None:
    lines = (
        '[[drop]]\nat = "人数"\n'
        '[[add]]\nafter = "人数"\nfield = { key = "人数", type = "text" }\n'
    )  # fmt: skip
    fields = laid(tmp_path, HEAD + lines).form.sheet[0].block[0].field
    assert [(one.key, one.type) for one in fields] == [
        ("名称", "text"), ("人数", "text"), ("项目", "number"),
    ]  # fmt: skip


def test_a_fault_of_the_whole_names_the_entry_or_the_base(tmp_path: Path) -> None:
    lines = (
        '[[change]]\nat = "名称"\nmin = 3\n[[drop]]\nat = "指标名"\n'
        '[[add]]\nin = "单位"\nfield = { key = "A1", type = "text" }\n'
    )  # fmt: skip
    assert faults_of(tmp_path, lines) == [
        "「A1」不能作 key:Excel 会把它当成单元格地址,或是 Excel 和程序自用的名称"
        "(见第 1 个 [[add]])",
        "「名称」:只有数字类型才有 decimals、min、max(见第 1 个 [[change]])",
        "表「评分」没有列「指标名」(写在 row_name 或 quote_as 里)(见第 1 个 [[drop]])",
        "表「评分」给定的每一行都要有自己的 row_name(见第 1 个 [[drop]])",
    ]
    wrong = BASE.replace('"人数 * 2"', '"人员 * 2"')
    with pytest.raises(KindError) as error:
        laid(tmp_path, HEAD, wrong).check()
    assert error.value.faults == (
        f"{tmp_path / '县表' / 'form.toml'}:"
        "「评分.实际」的 compute:表单里没有「人员」(来自「省表」)",
    )
    lines = (
        '[[add]]\nin = "评分"\ncolumn = { key = "差", type = "number", compute = "分值 - 满分" }\n'
        '[[add]]\nin = "经费"\ncolumn = { key = "增", type = "number", compute = "本行.去年" }\n'
    )
    with pytest.raises(KindError) as error:
        laid(tmp_path, HEAD + lines).check()
    path = tmp_path / "县表" / "form.toml"
    assert error.value.faults == (
        f"{path}:「三公_增」的 compute:表单里没有「出国_增」,是不是「出国_本年」?"
        "(见第 2 个 [[add]])",
        f"{path}:「接待_增」的 compute:表单里没有「接待_去年」,是不是「接待_本年」?"
        "(见第 2 个 [[add]])",
        f"{path}:「评分.差」的 compute:表单里没有「满分」(见第 1 个 [[add]])",
    )
