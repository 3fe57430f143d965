"""The command that makes a kind of report out of a bureau's own workbook and last year's report."""

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from gouji.command_line.shell import OK, WRONG_USAGE, must_exist, stop, told_plainly, typed

if TYPE_CHECKING:
    from docgen.adopting.kind import AdoptedKind


def adopt(
    book: Annotated[
        Path, typer.Argument(metavar="BOOK.xlsx", help="单位自己的表,空白的或去年填好的。")
    ],
    kind: Annotated[Path, typer.Argument(metavar="KIND/", help="要写进去的文件夹,名称就是种类。")],
    report: Annotated[
        Path | None, typer.Option(metavar="LAST.docx", help="去年的报告,和填好的表是同一年的。")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON,供程序读取。")] = False,
    again: Annotated[
        bool, typer.Option("--again", help="种类已经有了:换上新一年的表,改过的文件都留着。")
    ] = False,
) -> None:
    """把单位自己的 Excel 表(和去年的 Word 报告)变成一种报告。"""
    from docgen.adopting.kind import adopt_kind, again_kind

    must_exist(book)
    if report is not None:
        must_exist(report)
    with told_plainly(), _as_xlsx(book) as file, _as_docx(report) as last:
        made = again_kind(kind, file) if again else adopt_kind(kind, file, last)
    typer.echo(json.dumps(made.as_json(), ensure_ascii=False, indent=2) if as_json else told(made))
    raise typer.Exit(WRONG_USAGE if made.faults or made.untrue else OK)


def told(made: "AdoptedKind") -> str:
    """What was made, in lines."""
    said = made.as_json()
    lines = [
        f"已写入 {made.folder}:填报项 {len(said['fields'])} 个,明细表 {len(said['tables'])} 张,"
        f"计算 {len(said['rules'])} 处。"
    ]
    if said["suspects"]:
        lines.append(f"可疑的合计 {len(said['suspects'])} 处:")
        lines += [f"    {one['cell']} {one['formula']}:{one['says']}。" for one in said["suspects"]]
    if made.has_report:
        lines.append(
            f"去年的报告:{len(said['tags'])} 处换成了标签,{len(said['literal'])} 个数照原样留着,"
            f"{len(said['ambiguous'])} 个数拿不准,{len(said['unplaced'])} 项报告里没有。"
        )
    if made.moves is not None:
        for words, found in (
            ("新表多出来", made.moves.new),
            ("新表里没有了", made.moves.gone),
            ("挪了地方", made.moves.moved),
            ("公式或单位变了", made.moves.changed),
            ("列头改了", made.moves.renamed),
        ):
            lines += [f"{words}:{one}" for one in found]
    lines += [f"还不能用,请先改:{fault}" for fault in said["faults"]]
    lines.append(f"要人决定的都列在 {made.folder / '待定.md'}。")
    lines.append(f"试一试:gouji kind try {typed(made.folder)}")
    lines.append(
        f"发出去填报:gouji new {typed(made.folder.name)} 填报.xlsx"
        f" --templates {typed(made.folder.parent)}"
    )
    return "\n".join(lines)


@contextmanager
def _as_xlsx(path: Path) -> Iterator[Path]:
    with _converted(path, (".xlsx", ".xlsm"), "xlsx") as made:
        yield made


@contextmanager
def _as_docx(path: Path | None) -> Iterator[Path | None]:
    if path is None:
        yield None
        return
    with _converted(path, (".docx",), "docx") as made:
        yield made


@contextmanager
def _converted(path: Path, endings: tuple[str, ...], kind: str) -> Iterator[Path]:
    """The file itself, or what LibreOffice makes of an older kind of file."""
    if path.suffix.lower() in endings:
        yield path
        return
    from docgen.printing.libreoffice import by_libreoffice
    from workbook.files.save import OutputError

    with TemporaryDirectory() as folder:
        copy = Path(folder) / path.name
        copy.write_bytes(path.read_bytes())
        made = copy.with_suffix(f".{kind}")
        with suppress(OutputError):
            by_libreoffice([copy], kind)
        if not made.exists():
            stop(f"{path.name} 转不成 .{kind}:请用 Excel、WPS 或 Word 另存为 .{kind} 再试。")
        yield made
