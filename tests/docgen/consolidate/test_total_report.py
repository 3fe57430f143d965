"""Generated units summed up, told by three ways of adding, and reported by a consolidated kind."""

import re
import sqlite3
from collections import defaultdict
from contextlib import closing
from decimal import Decimal
from functools import partial

import duckdb
import pytest
from docx import Document
from loaded import load_workbook
from typer.testing import CliRunner

from docgen.batch.batch import Asked, Progress, run_batch
from docgen.batch.folders import Folders
from docgen.batch.units import read_units
from docgen.batch.workers import run_all
from docgen.consolidate.gathering import settled_ledger
from docgen.consolidate.totals import Asked as Totalled
from docgen.consolidate.totals import totalled
from gouji.command_line.app import app
from tools.units.folder import BOOKS, LIST, make_folder
from workbook.reading.spots import referred
from workbook.saving.edited import Edited

NAME = "合计 部门整体支出绩效自评汇总报告 2022"


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    """Seven units of which one has a slip, done in a batch."""
    folder = tmp_path_factory.mktemp("县")
    make_folder(folder, 7, 1, seed=5)
    out, units = folder / "出", folder / LIST
    asked = Asked(Folders(folder / BOOKS, out), partial(run_all, jobs=2), units)
    run_batch(asked, Progress(), lambda _result: None)
    return folder


def run(county, *more):
    words = ("consolidate", county / "出", county / "合计.xlsx", "--units", county / LIST, *more)
    result = CliRunner().invoke(app, list(map(str, words)))
    return result.exit_code, result.output


@pytest.fixture(scope="module")
def reported(county):
    done = run(county, "--report", "department_total", "--duckdb", county / "库.duckdb")
    return (county, *done)


def test_totals_are_those_of_plain_sql_on_the_ledger_and_of_duckdb(reported):
    """Each amount of all units and of each county, added in three ways that share no code."""
    county, *_ = reported
    units = read_units(county / LIST)
    plain = defaultdict(Decimal)
    with closing(sqlite3.connect(county / "出" / "台账.sqlite")) as base:
        over = {one.code: one.above for one in units.all}
        for code, field, text in base.execute(
            "SELECT code, field, text FROM figures JOIN workbooks USING (path)"
            " WHERE status IN ('通过', '有警告') AND value IS NOT NULL"
        ):
            for level in ("合计", over[code]):
                plain[level, field] += Decimal(text)
    with settled_ledger(county / "出") as ledger:
        (one,) = totalled(ledger, Totalled(units)).groups
    assert len(one.levels) == 4
    fields = one.group.fields
    assert len(fields) > 90
    for level in one.levels:
        assert dict(level.sums) == {key: plain[level.name, key] for key in level.sums}
        assert {key for key in fields if (level.name, key) in plain} == set(level.sums)
    with duckdb.connect(str(county / "库.duckdb"), read_only=True) as base:
        rows = base.execute(
            "SELECT field, sum(number) FROM figures"
            " WHERE status IN ('通过', '有警告') AND number IS NOT NULL GROUP BY field"
        ).fetchall()
    summed = dict(rows)
    assert {key: summed[key] for key in fields} == dict(one.levels[0].sums)
    assert one.levels[0].sums["人员经费"] > 6 * Decimal("171.74")


def test_a_consolidated_report_is_made_of_a_filled_workbook_that_ties(reported):
    county, status, told = reported
    assert status == 1  # one unit has a slip
    assert f"{NAME}.xlsx:" in told
    assert "汇总报告:" in told
    book = load_workbook(county / f"{NAME}.xlsx")
    names = book.defined_names

    def at(key):
        spot = referred(names[key].attr_text)
        return book[spot.sheet].cell(spot.row, spot.column).value

    counts = ("应交单位数", "计入单位数", "未交单位数", "未计入单位数")
    assert [at(key) for key in ("年度", *counts)] == [2022, 7, 6, 0, 1]
    text = "\n".join(one.text for one in Document(county / f"{NAME}.docx").paragraphs)
    assert "应当报送部门整体支出绩效自评报告的单位7个，审核通过6个，退回修改1个（见附件2）" in text
    assert f"支出合计{at('支出合计'):.2f}万元" in text
    tables = Document(county / f"{NAME}.docx").tables
    assert [len(table.rows) for table in tables] == [5, 7, 2]
    files = [str(county / f"{NAME}{ending}") for ending in (".docx", ".xlsx")]
    assert CliRunner().invoke(app, ["audit", *files]).exit_code == 0
    assert CliRunner().invoke(app, ["format-check", files[0]]).exit_code == 0


def test_what_the_clerk_wrote_stays_and_figures_come_from_the_units_alone(reported):
    county, *_ = reported
    path = county / f"{NAME}.xlsx"
    file = Edited(path.read_bytes())
    names = file.book.names
    typed = {"存在的问题": "进度偏慢。", "单位名称": "示例州教育局", "支出合计": Decimal("1.00")}
    file.put({referred(names[key]): value for key, value in typed.items()})
    path.write_bytes(file.data())
    _, told = run(county, "--report", "department_total")
    assert "原有的一份留作" in told
    text = "\n".join(one.text for one in Document(county / f"{NAME}.docx").paragraphs)
    assert "进度偏慢。" in text
    assert "2022年度示例州教育局" in text
    assert not re.search(r"支出合计1\.00万元", text)


def test_a_kind_that_cannot_be_filled_is_told(county, tmp_path):
    def told(form, said):
        folder = tmp_path / "汇总"
        folder.mkdir(exist_ok=True)
        (folder / "form.toml").write_text(form, encoding="utf-8")
        (folder / "consolidate.toml").write_text(said, encoding="utf-8")
        return run(county, "--report", "汇总", "--templates", tmp_path)

    form = """
kind = "汇总"
version = 1
title = "汇总"
sheet = [{ name = "合计", block = [{ type = "fields", title = "合计", field = [
    { key = "支出合计", type = "number", unit = "元", decimals = 2 },
] }] }]
"""
    status, words = told(form, 'of = "department"')
    assert status == 2
    assert "汇总:「支出合计」在 department 里的单位是万元。请写同样的 type 和 unit" in words
    status, words = told(form, 'of = "project"')
    assert (status, words.strip()) == (2, "这一批里没有计入合计的「project」,做不成「汇总」")
    status, words = told(form, "of = 3")
    assert status == 2 and "of" in words
    status, words = told(form, 'rank = ["没有的"]')
    assert status == 2 and "rank 里的「没有的」不是表单里的数" in words


def test_without_the_extra_one_sentence_says_what_to_install(county, monkeypatch):
    import importlib.util

    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    status, words = run(county, "--parquet", county / "数据")
    assert status == 2
    assert words.strip() == (
        '写 Parquet 和 DuckDB 要用 Python 装的 gouji,加两个程序库。请运行:pip install "gouji[data]"'
    )
