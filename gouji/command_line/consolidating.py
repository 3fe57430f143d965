"""The command that adds up what a batch has left: totals, the report on them, tables of data."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from gouji.command_line.batches import Units
from gouji.command_line.shell import (
    OK,
    TO_MEND,
    Templates,
    found_kind,
    must_end_in,
    must_exist,
    show,
    stop,
    told_plainly,
)

if TYPE_CHECKING:
    from docgen.batch.ledger import Ledger
    from docgen.consolidate.totals import Asked, Totals
    from workbook.checking.kinds import Kind

_INSTALL: Final = 'pip install "gouji[data]"'
_MOST_TOLD: Final = 20  # rules across units that the terminal repeats

Prior = Annotated[
    Path | None,
    typer.Option(metavar="OUT", help="上年那一批的结果,用来比增减。", exists=True, file_okay=False),
]
Rules = Annotated[
    Path | None, typer.Option(metavar="汇总规则.toml", help="本单位自己的跨单位核对规则。")
]
Parquet = Annotated[
    Path | None, typer.Option(metavar="DIR", help="全部数据另存为 Parquet 文件,放到这个文件夹。")
]
Database = Annotated[
    Path | None, typer.Option(metavar="FILE", help="全部数据另存为 DuckDB 数据库。")
]
ReportKind = Annotated[
    str | None, typer.Option(metavar="种类", help="用合计填这种汇总报告的工作簿,并生成 Word。")
]


def consolidate(  # noqa: PLR0913, PLR0917 - the options of a command
    out: Annotated[Path, typer.Argument(metavar="OUT", help="gouji batch 的结果所在的文件夹。")],
    total: Annotated[Path, typer.Argument(metavar="TOTAL.xlsx", help="合计写到哪里。")],
    units: Units = None,
    prior: Prior = None,
    rules: Rules = None,
    parquet: Parquet = None,
    duckdb: Database = None,
    report: ReportKind = None,
    templates: Templates = None,
) -> None:
    """把一批工作簿的数逐级合计:各级、各单位、排名、增减、跨单位核对;没有计入的另列。"""
    from docgen.batch.units import Units as Listed
    from docgen.batch.units import read_units
    from docgen.consolidate.gathering import settled_ledger
    from docgen.consolidate.totals import Asked, total_book, totalled
    from workbook.files.save import save_over

    must_end_in(total, ".xlsx", "合计")
    for file in filter(None, (units, rules)):
        must_exist(file)
    if prior is not None and prior.resolve() == out.resolve():
        stop("--prior 要写上年那一批的结果,不能就是 OUT。")
    _must_have_extra(parquet, duckdb)
    kind = found_kind(report, templates) if report else None
    with told_plainly():
        asked = Asked(read_units(units) if units else Listed(()), templates, prior, rules)
        with settled_ledger(out) as ledger:
            totals = totalled(ledger, asked)
            backup = save_over(total, total_book(totals, asked.units))
            _export(ledger, asked, parquet, duckdb)
            is_made = kind is None or _report(kind, totals, ledger, asked, total)
    _tell(totals, total, backup)
    raise typer.Exit(OK if totals.is_fit and is_made else TO_MEND)


def _report(kind: "Kind", totals: "Totals", ledger: "Ledger", asked: "Asked", total: Path) -> bool:
    """The consolidated report of each period; whether all of them were made."""
    from docgen.consolidate.reporting import reported

    is_made = True
    for one in reported(kind, totals, ledger, asked, total):
        show(one.intake)
        if one.backup is not None:
            typer.echo(f"原有的一份留作:{one.backup}")
        if one.made is None:
            told = "汇总报告没有生成:请改正上面的错误,再运行同一条命令。"
            typer.secho(told, err=True, fg="red")
            is_made = False
            continue
        typer.echo(f"汇总填报:{one.intake.path}")
        typer.echo(f"汇总报告:{one.made.path}")
        if one.made.backup is not None:
            typer.echo(f"原有的一份留作:{one.made.backup}")
    return is_made


def _must_have_extra(*wanted: Path | None) -> None:
    """Stop where Parquet or DuckDB is wanted and what writes it is not installed."""
    from importlib.util import find_spec

    if any(wanted) and not (find_spec("pyarrow") and find_spec("duckdb")):
        stop(f"写 Parquet 和 DuckDB 要用 Python 装的 gouji,加两个程序库。请运行:{_INSTALL}")


def _export(ledger: "Ledger", asked: "Asked", parquet: Path | None, duckdb: Path | None) -> None:
    """All that the ledger holds, for who calculates with other programs."""
    if parquet is None and duckdb is None:
        return
    from docgen.consolidate.exporting import write_duckdb, write_parquet
    from docgen.consolidate.tables import source_of

    source = source_of(ledger, asked.units, asked.templates)
    if parquet is not None:
        write_parquet(source, parquet)
        typer.echo(f"Parquet:{parquet}")
    if duckdb is not None:
        write_duckdb(source, duckdb)
        typer.echo(f"DuckDB:{duckdb}")
    for note in source.notes:
        typer.secho(f"请注意:{note}", err=True, fg="yellow")


def _tell(totals: "Totals", total: Path, backup: Path | None) -> None:
    """Say what came of the sums, and each rule across units that does not hold."""
    from docgen.consolidate.across import Result

    for fault in totals.faults[:_MOST_TOLD]:
        typer.secho(str(fault), fg="red")
    if (more := len(totals.faults) - _MOST_TOLD) > 0:
        typer.secho(f"……另有 {more} 处,见“跨单位核对”", fg="red")
    unheld = sum(one.result in (Result.DOUBTED, Result.UNCHECKED) for one in totals.told)
    if unheld:
        typer.secho(f"跨单位核对里要看一看的 {unheld} 处,见“跨单位核对”。", fg="yellow")
    for label in totals.uncompared:
        typer.secho(f"{label}:--prior 那一批里没有它一年以前的,没有比。", fg="yellow")
    if outliers := sum(len(one.outliers) for one in totals.groups):
        typer.echo(f"差得远的数 {outliers} 个,见“异常值”。")
    left_out = len(totals.found.left_out)
    typer.echo(f"合计:{total}(计入 {totals.found.counted} 本,没有计入 {left_out} 行)")
    if backup is not None:
        typer.echo(f"原有的一份留作:{backup}")
