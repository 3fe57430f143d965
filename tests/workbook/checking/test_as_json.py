"""Findings for machines, down to the last key."""

import json
from decimal import Decimal
from pathlib import Path

from small import check_of, details, form_of, money, rule, text

from workbook.checking.as_json import to_json
from workbook.checking.intake import Intake, take_in
from workbook.checking.kinds import Kind

FORM = form_of(
    money("总"), money("分"), tables=[details(text("名称"), money("金额"), row_name="名称")]
)


def test_the_whole_of_a_small_form() -> None:
    checked = check_of(
        FORM,
        [
            rule("合计", "总 == 分 + sum(明细.金额)", tolerance="0.01", source="编审说明"),
            rule("相等", "分 == 总", severity="warning"),
            rule("正数", "金额 > 0", each="明细"),
        ],
        [{"名称": "甲", "金额": Decimal("1.5")}],
        总=Decimal("3.5"),
        分=Decimal("2.25"),
    )
    intake = Intake(Path("填报.xlsx"), Kind(Path("小表"), FORM), checked)
    parts = [
        {"label": "总", "sheet": "表", "cell": "C5", "value": "3.50"},
        {"label": "分", "sheet": "表", "cell": "C6", "value": "2.25"},
        {"label": "明细「甲」金额", "sheet": "表", "cell": "C11", "value": "1.50"},
    ]
    what = "3.50 ≠ 分 2.25 + 明细 1 行金额合计 = 3.75,差 0.25"
    assert json.loads(to_json(intake)) == {
        "file": "填报.xlsx",
        "kind": "小表",
        "ok": False,
        "findings": [
            {
                "code": "rule-fails",
                "severity": "error",
                "sheet": "表",
                "cell": "C5",
                "label": "总",
                "found": "3.50",
                "expected": "3.75",
                "difference": "-0.25",
                "message": f"表!C5 总:{what}。请核对这三个数",
                "what": what,
                "todo": "请核对这三个数",
                "causes": [],
                "parts": parts,
                "rule": "合计",
                "source": "编审说明",
                "consequences": [],
            },
            {
                "code": "rule-fails",
                "severity": "warning",
                "sheet": "表",
                "cell": "C6",
                "label": "分",
                "found": "2.25",
                "expected": "3.50",
                "difference": "-1.25",
                "message": "表!C6 分:2.25 ≠ 总 3.50,差 1.25。请核对这两个数",
                "what": "2.25 ≠ 总 3.50,差 1.25",
                "todo": "请核对这两个数",
                "causes": [],
                "parts": [parts[1], parts[0]],
                "rule": "相等",
                "source": "",
                "consequences": [],
            },
        ],
        "rules": [
            {
                "id": "合计",
                "verdict": "不符",
                "severity": "error",
                "sheet": "表",
                "cell": "C5",
                "left": "3.50",
                "right": "3.75",
                "difference": "-0.25",
                "tolerance": "0.01",
            },
            {
                "id": "相等",
                "verdict": "不符",
                "severity": "warning",
                "sheet": "表",
                "cell": "C6",
                "left": "2.25",
                "right": "3.50",
                "difference": "-1.25",
                "tolerance": "0",
            },
            {
                "id": "正数",
                "verdict": "相符",
                "severity": "error",
                "sheet": "表",
                "cell": "C11",
                "left": "1.50",
                "right": "0",
                "difference": "1.50",
                "tolerance": "0",
            },
        ],
    }


def test_what_a_finding_hides_is_nested_in_it() -> None:
    form = form_of(money("支出"), money("基本"), money("人员"))
    specs = [rule("支出构成", "支出 == 基本"), rule("基本构成", "基本 == 人员")]
    checked = check_of(form, specs, 支出=2, 基本=3, 人员=2)
    (finding,) = json.loads(to_json(Intake(Path("x"), None, checked)))["findings"]
    assert (finding["rule"], [one["rule"] for one in finding["consequences"]]) == (
        "基本构成",
        ["支出构成"],
    )


def test_a_rule_over_an_empty_table_has_no_cell() -> None:
    checked = check_of(FORM, [rule("合计", "sum(明细.金额) <= 10")], 总=1, 分=1)
    (outcome,) = json.loads(to_json(Intake(Path("x"), None, checked)))["rules"]
    assert (outcome["verdict"], outcome["sheet"], outcome["cell"]) == ("相符", None, None)


def test_of_a_file_that_is_no_workbook_there_is_nothing_but_why(tmp_path: Path) -> None:
    path = tmp_path / "填报.xlsx"
    path.write_bytes(b"")
    found = json.loads(to_json(take_in(path)))
    assert [one.pop("code") for one in found["findings"]] == ["file-not-a-package"]
    assert {key: found[key] for key in ("file", "kind", "ok", "rules")} == {
        "file": str(path),
        "kind": None,
        "ok": False,
        "rules": [],
    }


def test_the_sample_has_an_outcome_for_each_rule(sample_file: Path, department: Kind) -> None:
    found = json.loads(to_json(take_in(sample_file)))
    assert found["ok"] is True
    ids = dict.fromkeys(outcome["id"] for outcome in found["rules"])
    assert list(ids) == [rule_.spec.id for rule_ in department.rules.rules]
    assert {finding["severity"] for finding in found["findings"]} == {"warning"}
