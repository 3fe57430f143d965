"""Rules, samples, templates and phrases of a kind that extends another, and where that is found."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from empty_document import empty_document
from test_form_overlays import HEAD, kind

from docgen.importing.said.sayings import kind_phrases
from docgen.report.lint_report import kind_faults
from workbook.checking.data_files import KindError
from workbook.checking.kinds import Kind, load_kind
from workbook.checking.search import SEARCH_PATH

FORM = """
kind = "省表"
version = 1
title = "省里的表"

[[sheet]]
name = "表"
[[sheet.block]]
type = "fields"
title = "各项"
field = [
  { key = "甲", type = "number", decimals = 2 },
  { key = "乙", type = "number", decimals = 2 },
  { key = "丙", type = "number", decimals = 2 },
]
[[sheet.block]]
type = "table"
key = "明细"
title = "明细"
column = [{ key = "名", type = "text" }, { key = "数", type = "number", decimals = 2 }]
"""
RULES = """
[[rule]]
id = "一"
claim = "甲 == 乙 + 丙"
tolerance = "rounding"
when = "甲 > 0"
[[rule]]
id = "二"
claim = "甲 >= 乙"
[[rule]]
id = "三"
claim = "丙 == sum(明细.数)"
"""
SAMPLE = """
[fields]
"甲" = 3
"乙" = 1
"丙" = 2
[[tables."明细"]]
"名" = "某"
"数" = 2
"""
OWN_RULES = """
drop = ["二"]
[[rule]]
id = "一"
claim = "甲 == 乙 + 丙 + 0"
severity = "warning"
without = ["tolerance"]
[[rule]]
id = "四"
claim = "甲 != 0"
[[rule]]
id = "五"
before = "二"
claim = "乙 != 0"
[[rule]]
id = "六"
after = "五"
claim = "丙 != 0"
"""
WHOLE_RULES = """
[[rule]]
id = "一"
claim = "甲 == 乙 + 丙 + 0"
severity = "warning"
when = "甲 > 0"
[[rule]]
id = "五"
claim = "乙 != 0"
[[rule]]
id = "六"
claim = "丙 != 0"
[[rule]]
id = "三"
claim = "丙 == sum(明细.数)"
[[rule]]
id = "四"
claim = "甲 != 0"
"""


def province(root: Path) -> Path:
    """The folder of 省表, with rules, sample, phrases and template."""
    folder = kind(root, "省表", form=FORM, rules=RULES, sample=SAMPLE)
    phrases = 'phrase = ["共计{{ 甲 }}万元", "其中{{ 乙 }}万元"]'
    (folder / "import.toml").write_text(phrases, encoding="utf-8")
    document = empty_document()
    document.add_paragraph("甲{{ 甲 }}乙{{ 乙 }}")
    document.save(str(folder / "report.docx"))
    return folder


def county(root: Path, form: str = HEAD, **files: str) -> Kind:
    """The kind 县表 over 省表."""
    province(root)
    return load_kind(kind(root, "县表", form=form, **files), root)


def whole(root: Path, form: str, **files: str) -> Kind:
    """The kind 县表 written whole, somewhere else."""
    named = form.replace('"省表"', '"县表"')
    return load_kind(kind(root / "全", "县表", form=named, **files))


def faults_of(root: Path, **files: str) -> list[str]:
    """All that is wrong with the files of 县表, each with its file's name."""
    with pytest.raises(KindError) as error:
        county(root, **files).check()
    return [fault.removeprefix(f"{root / '县表'}/") for fault in error.value.faults]


def test_rules_are_those_that_would_have_been_written_whole(tmp_path: Path) -> None:
    made = county(tmp_path, rules=OWN_RULES).rules
    assert made == whole(tmp_path, FORM, rules=WHOLE_RULES).rules


def test_the_rules_of_the_base_stay_as_they_are(tmp_path: Path) -> None:
    made = county(tmp_path, rules=OWN_RULES)
    assert [one.spec.id for one in made.rules.rules] == ["一", "五", "六", "三", "四"]
    specs = [one.spec for one in load_kind(tmp_path / made.extends).rules.rules]
    assert specs == [one.spec for one in whole(tmp_path, FORM, rules=RULES).rules.rules]


def test_without_files_of_its_own_all_is_the_bases(tmp_path: Path) -> None:
    made = county(tmp_path)
    copied = whole(tmp_path, FORM, rules=RULES, sample=SAMPLE)
    assert (made.form, made.rules, made.sample) == (copied.form, copied.rules, copied.sample)
    assert made.template == tmp_path / "省表" / "report.docx"
    assert [one.letters for one in kind_phrases(made)] == [4, 4]
    assert kind_faults(made) == []


def test_a_sample_is_overlaid_and_what_is_asked_no_more_falls_out(tmp_path: Path) -> None:
    form = HEAD + '[[drop]]\nat = ["丙", "数"]\n[[change]]\nat = "乙"\ncompute = "甲 - 1"\n'
    sample = '[fields]\n"甲" = 9\n'
    made = county(tmp_path, form, rules='drop = ["一", "三"]', sample=sample).sample
    assert (made.fields, made.tables) == ({"甲": 9}, {"明细": ({"名": "某"},)})
    sample = 'drop = ["丙"]\n[[tables."明细"]]\n"名" = "另"\n"数" = 1\n'
    made = county(tmp_path, sample=sample).sample
    assert (made.fields, made.tables) == ({"甲": 3, "乙": 1}, {"明细": ({"名": "另", "数": 1},)})


def test_an_inherited_phrase_that_names_what_is_asked_no_more_falls_out(tmp_path: Path) -> None:
    made = county(tmp_path, HEAD + '[[drop]]\nat = "乙"\n', rules='drop = ["一", "二"]')
    assert [len(one.holes) for one in kind_phrases(made)] == [1]


def test_an_inherited_template_that_names_it_is_to_be_copied(tmp_path: Path) -> None:
    made = county(tmp_path, HEAD + '[[drop]]\nat = "乙"\n', rules='drop = ["一", "二"]')
    theirs, own = (tmp_path / name / "report.docx" for name in ("省表", "县表"))
    (fault,) = kind_faults(made)
    assert fault.startswith(f"{theirs}:正文 段落 1 {{{{ 乙 }}}}:没有叫「乙」的数据。")
    assert fault.endswith(f"(请把这个模板另存为 {own},在那里改)")
    document = empty_document()
    document.add_paragraph("甲{{ 甲 }}")
    document.save(str(own))
    assert (made.template, kind_faults(made)) == (own, [])


def test_what_is_wrong_in_all_files_is_told_at_once(tmp_path: Path) -> None:
    rules = (
        'drop = ["七", "二", "二"]\n'
        '[[rule]]\nclaim = "甲 > 0"\n'
        '[[rule]]\nid = "二"\nclaim = "甲 > 0"\n'
        '[[rule]]\nid = "三"\nafter = "一"\n'
        '[[rule]]\nid = "一"\nclaim = "甲 == 乙 + 丙"\ntolerances = "1"\nseverity = "grave"\n'
        '[[rule]]\nid = "一"\nclaim = "甲 > 0"\n'
        '[[rule]]\nid = "八"\nmessage = "甲"\n'
        '[[rule]]\nid = "九"\nclaim = "甲 > 0"\nafter = "零"\n'
        '[[rule]]\nid = "十"\nclaim = 1\nafter = "一"\nbefore = "三"\n'
    )
    sample = (
        'drop = ["丁", "乙", "乙", "丙"]\n[fields]\n"甲" = 3\n"丙" = 4\n'
        '[[tables."明细"]]\n"名" = "某"\n"数" = 2\n'
    )
    form = HEAD + '[[drop]]\nat = "丁"\n'
    assert faults_of(tmp_path, form=form, rules=rules, sample=sample) == [
        "form.toml:第 1 个 [[drop]]:表单里没有「丁」",
        "rules.toml:drop:没有规则「七」",
        "rules.toml:drop:规则「二」写了两次",
        "rules.toml:第 1 个 [[rule]]:没有写 id",
        "rules.toml:第 2 个 [[rule]]:规则「二」也写在 drop 里",
        "rules.toml:第 3 个 [[rule]]:规则「三」本来就有,不能写 after",
        "rules.toml:第 3 个 [[rule]]:规则「三」没有写要改什么",
        "rules.toml:第 4 个 [[rule]]:规则「一」:claim 本来就是「甲 == 乙 + 丙」,不用写",
        "rules.toml:第 4 个 [[rule]]:规则「一」:没有 tolerances 这一项,是不是「tolerance」?",
        'rules.toml:第 4 个 [[rule]]:规则「一」:severity 不能写 "grave",'
        "可写的有 error、hint、warning",
        "rules.toml:第 5 个 [[rule]]:规则「一」已经写过一次(第 4 个 [[rule]])",
        "rules.toml:第 6 个 [[rule]]:没有规则「八」,要加一条,请写 claim",
        "rules.toml:第 7 个 [[rule]]:规则「九」:after:没有规则「零」",
        'rules.toml:第 8 个 [[rule]]:规则「十」:claim 要写文字,两边加引号,如 "1",写的是 1',
        "rules.toml:第 8 个 [[rule]]:规则「十」:after、before 只写一个",
        "sample.toml:drop:要去掉的样例里没有「丁」",
        "sample.toml:drop:「乙」写了两次",
        "sample.toml:「丙」也写在 drop 里",
        "sample.toml:「甲」本来就是 3,不用写",
        "sample.toml:表「明细」和本来的一样,不用写",
    ]


def test_what_does_not_fit_the_whole_is_told_of_rules_and_sample_with_the_source(
    tmp_path: Path,
) -> None:
    form = (
        HEAD + '[[drop]]\nat = "丙"\n[[change]]\nat = "乙"\ntype = "text"\nwithout = ["decimals"]'
    )
    rules = '[[rule]]\nid = "二"\nclaim = "甲 >= 丁"\n'
    sample = '[fields]\n"甲" = "一"\n'
    hint = "(来自「省表」,可在 drop 里写上它,或用同一个 id 改它)"
    assert faults_of(tmp_path, form=form, rules=rules, sample=sample) == [
        f"rules.toml:规则「一」:这里要数,写的却是文字{hint}",
        "rules.toml:规则「二」:表单里没有「丁」(见第 1 个 [[rule]])",
        f"rules.toml:规则「三」:表单里没有「丙」{hint}",
        'sample.toml:「甲」要写数字,如 12.50,不加引号,样例写的是 "一"(见 [fields])',
        "sample.toml:「乙」要写文字,两边加引号,样例写的是 1(来自「省表」)",
    ]


@pytest.mark.parametrize(
    ("name", "words", "fault"),
    [
        ("rules", '[rule]\nid = "一"', "rules.toml:第 1 行:[rule] 要写成 [[rule]]"),
        ("rules", "rools = 1", "rules.toml:第 1 行:没有「rools」这个属性,可写的有 drop、rule"),
        ("sample", "drop = 1", "sample.toml:第 1 行:drop 要写成 [ … ],写的是 1"),
        ("rules", "drop = [", "rules.toml:第 1 行或它前面:= 后面的值写得不对;文字两边要有引号"),
    ],
)
def test_a_file_of_the_wrong_shape_names_the_place(
    name: str, words: str, fault: str, tmp_path: Path
) -> None:
    assert faults_of(tmp_path, **{name: words}) == [fault]


def test_a_base_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    path = kind(tmp_path, "县表", form=HEAD)
    with pytest.raises(KindError) as error:
        load_kind(path, tmp_path)
    assert error.value.faults == (
        f'{path / "form.toml"}:extends = "省表":没有「省表」这种报告。'
        "现有:县表、department、department_total、grant_report、project、project_sichuan",
    )


def test_kinds_that_extend_each_other_are_a_fault(tmp_path: Path) -> None:
    for name, base in (("甲", "乙"), ("乙", "丙"), ("丙", "乙"), ("丁", "丁")):
        kind(tmp_path, name, form=f'kind = "{name}"\nextends = "{base}"\n')
    told = []
    for name in ("甲", "丁"):
        with pytest.raises(KindError) as error:
            load_kind(tmp_path / name, tmp_path)
        told += error.value.faults
    assert told == [
        f"{tmp_path}/丙/form.toml:extends 绕成了一圈:乙 → 丙 → 乙。请改掉其中一个 extends",
        f"{tmp_path}/丁/form.toml:extends 绕成了一圈:丁 → 丁。请改掉其中一个 extends",
    ]


def test_the_bases_own_faults_name_the_bases_file(tmp_path: Path) -> None:
    kind(tmp_path, "省表", form=FORM.replace('"number"', '"amount"', 1))
    with pytest.raises(KindError) as error:
        load_kind(kind(tmp_path, "县表", form=HEAD), tmp_path)
    assert error.value.faults == (
        f"{tmp_path}/省表/form.toml:"
        '第 11 行:type 不能写 "amount",可写的有 '
        "choice、date、integer、number、paragraphs、text、year",
    )


CHANGES: dict[str, Callable[[Path], object]] = {
    "form": lambda at: (at / "form.toml").write_text(FORM.replace("省里", "部里"), "utf-8"),
    "rules": lambda at: (at / "rules.toml").write_text(RULES.replace('"三"', '"七"'), "utf-8"),
    "sample": lambda at: (at / "sample.toml").unlink(),
}


def sample_of(made: Kind) -> object:
    """What is typed into the fields of the sample; the fault of a kind that has none."""
    try:
        return made.sample.fields
    except KindError as error:
        return error.faults


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_the_base_is_seen_and_no_change_reads_nothing_anew(
    change: str, tmp_path: Path
) -> None:
    first = county(tmp_path)
    assert load_kind(first.folder, tmp_path) is first
    before = first.form.title, [one.spec.id for one in first.rules.rules], first.sample.fields
    CHANGES[change](tmp_path / "省表")
    second = load_kind(first.folder, tmp_path)
    rules = [one.spec.id for one in second.rules.rules]
    now = second.form.title, rules, sample_of(second)
    assert (
        now
        == {
            "form": ("部里的表", *before[1:]),
            "rules": (before[0], ["一", "二", "七"], before[2]),
            "sample": (*before[:2], ("县表 没有样例(sample.toml)",)),
        }[change]
    )


def test_the_base_is_found_where_kinds_are_the_extra_folder_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, shared, extra = (tmp_path / name for name in ("自己的", "共用的", "另外的"))
    province(shared)
    shutil.copytree(shared / "省表", extra / "省表")
    path = kind(own, "县表", form=HEAD)
    monkeypatch.setenv(SEARCH_PATH, str(shared))
    found = [load_kind(path, folder).folders for folder in (None, extra)]
    assert found == [(path, shared / "省表"), (path, extra / "省表")]
