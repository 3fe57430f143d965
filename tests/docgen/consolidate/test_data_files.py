"""The ledger as Parquet and DuckDB: the same rows, exact decimals, a table for each kind."""

import shutil
import sqlite3
from contextlib import closing
from decimal import Decimal

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from docgen.batch.units import Units
from docgen.consolidate.exporting import write_duckdb, write_parquet
from docgen.consolidate.gathering import settled_ledger
from docgen.consolidate.tables import source_of


@pytest.fixture
def made(bureau, units, kinds, tmp_path):
    """A folder with Parquet files and a database."""
    with settled_ledger(bureau / "今年") as ledger:
        source = source_of(ledger, units, kinds)
        assert source.notes == ()
        write_parquet(source, tmp_path / "数据")
        write_duckdb(source, tmp_path / "数据 库.duckdb")
    return tmp_path


def test_all_rows_of_the_ledger_are_there_and_no_others(made, bureau):
    with closing(sqlite3.connect(bureau / "今年" / "台账.sqlite")) as base:
        workbooks = base.execute("SELECT * FROM workbooks").fetchall()
        figures = base.execute("SELECT path, field, row, value, text FROM figures").fetchall()
    with duckdb.connect(str(made / "数据 库.duckdb"), read_only=True) as base:
        for name in ("workbooks", f"'{made}/数据/workbooks.parquet'"):
            found = base.execute(f"SELECT * EXCLUDE (period) FROM {name}").fetchall()
            assert sorted(found, key=str) == sorted(workbooks, key=str)
        for name in ("figures", f"'{made}/数据/figures.parquet'"):
            found = base.execute(f"SELECT path, field, row, value, text FROM {name}").fetchall()
            assert sorted(found) == sorted(figures)
        assert base.execute("SELECT * FROM units").fetchall()[1] == ("甲县", "11", "市局", "")
        dictionary = base.execute("SELECT * FROM fields WHERE field = '拨出.金额'").fetchall()
        assert dictionary == [
            ("收支", "拨出.金额", "拨出", "金额", "金额", "number", "万元", 2),
        ]  # fmt: skip


def test_a_view_and_a_file_of_a_kind_have_its_figures_side_by_side_as_exact_decimals(made):
    folder = made / "数据"
    with duckdb.connect(str(made / "数据 库.duckdb"), read_only=True) as base:
        for name in ("收支", "收支.拨出", "收支.收到"):
            view, file = f'"{name}"', f"'{folder}/{name}.parquet'"
            assert base.execute(f"DESCRIBE FROM {view}").fetchall() == (
                base.execute(f"DESCRIBE FROM {file}").fetchall()
            )
            assert (
                base.execute(f"FROM {view}").fetchall() == base.execute(f"FROM {file}").fetchall()
            )
        rows = base.execute('SELECT unit, period, row, 收款单位, 金额 FROM "收支.拨出"').fetchall()
        assert ("甲县", "2025", 2, "甲二", Decimal("4.00")) in rows
        (total,) = base.execute("SELECT sum(支出) FROM 收支 WHERE status = '通过'").fetchone()
        assert total == Decimal("184.05")
    schema = pq.read_schema(folder / "收支.parquet")
    assert schema.field("支出").type == pa.decimal128(38, 2)
    assert schema.field("年度").type == pa.decimal128(38, 0)
    assert len(pq.read_table(folder / "收支.parquet")) == 7  # those that do not count too


def test_a_second_run_writes_the_same_bytes_and_keeps_what_is_not_ours(bureau, units, kinds, made):
    folder = made / "数据"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    (folder / "units.parquet").write_text("别人的", encoding="utf-8")
    with duckdb.connect(str(made / "别人.duckdb")) as base:
        base.execute("CREATE TABLE mine AS SELECT 1 AS one")
    with settled_ledger(bureau / "今年") as ledger:
        source = source_of(ledger, units, kinds)
        write_parquet(source, folder)
        write_duckdb(source, made / "数据 库.duckdb")
        write_duckdb(source, made / "别人.duckdb")
    after = {path.name: path.read_bytes() for path in folder.iterdir()}
    kept = [name for name in after if "备份" in name]
    assert [after.pop(name).decode() for name in kept] == ["别人的"]
    assert after == before
    names = sorted(path.name[:8] for path in made.glob("*.duckdb"))
    assert (
        names == ["别人.duckdb"[:8], "别人.备份2026"[:8], "数据 库.duckdb"[:8]] or len(names) == 3
    )


def test_figures_that_no_decimal_holds_are_told_and_a_kind_that_is_gone_too(
    bureau, kinds, tmp_path
):
    out = tmp_path / "出"
    shutil.copytree(bureau / "今年", out)
    with closing(sqlite3.connect(out / "台账.sqlite")) as base, base:
        base.execute("UPDATE figures SET text = ?, value = 1e300 WHERE field = '收入' AND path ="
                     " '乙二.xlsx'", ("1" + "0" * 300,))  # fmt: skip
        base.execute("UPDATE figures SET text = '-0.1234567890123456789' WHERE field = '结余'"
                     " AND path = '乙二.xlsx'")  # fmt: skip
    with settled_ledger(out) as opened:
        source = source_of(opened, Units(()), kinds)
        assert source.notes == (
            "收支 收入、收支 结余:有的数太长,DECIMAL 列里空着,全文在 figures 的 text 里",
        )
        write_parquet(source, tmp_path / "数据")
        table = pq.read_table(tmp_path / "数据" / "收支.parquet").to_pylist()
        assert {row["unit"]: row["收入"] for row in table}["乙二"] is None
        assert {row["unit"]: row["收入"] for row in table}["甲一"] == Decimal("10.10")
        gone = source_of(opened, Units(()), tmp_path / "没有种类")
        assert gone.notes[0] == "没有「收支」这种报告了,它的数只在 figures 里"
        write_duckdb(gone, tmp_path / "库.duckdb")
