"""What an author of a kind is given: a scaffold that runs, a trial, tags, schemas."""

import json
import tomllib

import pytest
from docx import Document
from typer.testing import CliRunner

from docgen.official.check import check_document
from docgen.report.lint_report import kind_faults, unprinted
from gouji.command_line.app import app
from workbook.checking.kinds import load_kind


def gouji(*arguments):
    made = CliRunner().invoke(app, [*map(str, arguments)])
    return made.exit_code, made.output


@pytest.fixture
def kind(tmp_path):
    folder = tmp_path / "我的 报告" / "小结"
    assert gouji("kind", "new", folder, "--title", "工作小结")[0] == 0
    return folder


def test_a_new_kind_is_without_fault_and_uses_all_that_it_asks(kind):
    loaded = load_kind(kind)
    assert (kind_faults(loaded), unprinted(loaded)) == ([], [])


def test_a_new_kind_is_tried_at_once_and_again_without_copies(kind):
    for _ in range(2):
        status, said = gouji("kind", "try", kind)
        assert status == 0, said
        assert "填报.xlsx:全部相符。" in said
    assert {"填报.xlsx", "报告.docx", "报告.pdf"} >= {
        one.name for one in (kind / "试作").iterdir() if not one.name.startswith(".")
    }
    report = Document(str(kind / "试作" / "报告.docx"))
    assert [one.text for one in report.paragraphs] == [
        "某县水利局2024年度工作小结",
        "一、支出情况",
        "2024年支出合计300.50万元，其中基本支出195.50万元、项目支出105.00万元，项目支出占34.94%。",
        "二、项目情况",
        "1.防汛物资65.00万元。",
        "2.河道清淤40.00万元。",
        "某县水利局",
        "2025年3月10日",
    ]


def test_a_trial_says_what_is_wrong_with_the_kind(kind):
    rules = kind / "rules.toml"
    rules.write_text(rules.read_text("utf-8").replace("==", "=", 1), "utf-8")
    status, said = gouji("kind", "try", kind)
    assert status == 2
    assert "是不是「支出合计 == 基本支出 + 项目支出」?" in said


def test_a_trial_shows_a_sample_that_does_not_tie(kind):
    sample = kind / "sample.toml"
    sample.write_text(sample.read_text("utf-8").replace("195.5", "159.5"), "utf-8")
    status, said = gouji("kind", "try", kind)
    assert status == 1
    assert "支出合计:300.50" in said


def test_tags_stand_ready_to_paste_with_what_they_print(kind):
    status, said = gouji("kind", "tags", "小结", "--templates", kind.parent)
    assert status == 0
    lines = said.splitlines()
    assert "{{ 支出合计 }}  300.50万元" in lines
    assert "{{ 成文日期|long_date }}  2025年3月10日" in lines
    assert "    {{ 行.名称 }}  防汛物资" in lines


@pytest.mark.parametrize("name", ["form", "rules", "sample"])
def test_a_file_names_its_schema_which_knows_every_property_that_stands_in_it(kind, name):
    text = (kind / f"{name}.toml").read_text("utf-8")
    said = text.splitlines()[0].removeprefix("#:schema ")
    schema = json.loads((kind / said).read_text("utf-8"))
    top = schema["$defs"][schema["$ref"].rpartition("/")[2]]
    assert set(tomllib.loads(text)) <= set(top["properties"])


def test_a_new_kind_prints_in_the_official_format(kind):
    gouji("kind", "try", kind)
    assert [one.requirement for one in check_document(kind / "试作" / "报告.docx")] == []


def test_no_kind_is_written_over_another_or_under_a_name_that_is_none(kind):
    assert gouji("kind", "new", kind)[0] == 2
    status, said = gouji("kind", "new", kind.parent / "a 1")
    assert (status, "就是种类的名称" in said) == (2, True)


def test_the_folder_of_a_kind_stands_for_its_name(tmp_path):
    folder = tmp_path / "种类" / "小结"
    runner = CliRunner()
    assert runner.invoke(app, ["kind", "new", str(folder)]).exit_code == 0
    by_folder = runner.invoke(app, ["kind", "tags", str(folder)])
    by_name = runner.invoke(app, ["kind", "tags", "小结", "--templates", str(folder.parent)])
    assert (by_folder.exit_code, by_folder.output) == (0, by_name.output)
    assert "{{ " in by_folder.output
