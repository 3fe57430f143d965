"""Data that is given as a file, as what a template can name: JSON, TOML, or a workbook.

A workbook of ours gives what its report can name, and has to tie; any other gives a list of rows
for each of its sheets, whose first row says what the columns are called, and its named cells.
"""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, NoReturn

from docgen.report.given_faults import DataError, UnfitError
from docgen.report.report import context_of
from workbook.checking.intake import examine
from workbook.figures.numbers import from_excel
from workbook.findings.model import Finding
from workbook.reading.saved import SavedBook, open_saved
from workbook.reading.snapshot import RawCell
from workbook.reading.spots import referred

_UNREAD: Final = {
    "error": "是错误值",
    "unsaved": "的公式还没有算过,请在 Excel 里打开并保存一次",
    "broken": "读不出来",
}


def read_data(path: Path, extra: Path | None = None) -> dict[str, Any]:
    """What a template can name of the data in a file; raises `DataError` and `UnfitError`."""
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        return _of_workbook(path, extra)
    if path.suffix.lower() not in _READERS:
        raise DataError(f"「{path}」不是数据文件,请用 .json、.toml 或 .xlsx")
    try:
        data = _READERS[path.suffix.lower()](path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise DataError(f"「{path}」{_reason(error)}") from error
    if not isinstance(data, dict):
        raise DataError(f'「{path}」的最外层要是一组有名字的值,如 {{"单位": "统战部"}}')
    return data


def data_paths(data: Mapping[str, Any]) -> list[str]:
    """The paths of all that data has, `项目[*].金额`; an empty list may have anything below it."""
    return list(dict.fromkeys(path for key, value in data.items() for path in _below(key, value)))


def _below(path: str, value: Any) -> Iterator[str]:
    if isinstance(value, Mapping) and value:
        for key, one in value.items():
            yield from _below(f"{path}.{key}", one)
    elif isinstance(value, list) and value:
        for one in value:
            yield from _below(f"{path}[*]", one)
    else:
        yield path


def _reason(error: Exception) -> str:
    """Why a text is no data, without the reader's own English."""
    spot = re.search(r"line (\d+),? column (\d+)", str(error))
    if isinstance(error, UnicodeDecodeError):
        return "不是 UTF-8 编码的文本,请另存为 UTF-8"
    where = f"第 {spot[1]} 行第 {spot[2]} 列" if spot else "某一处"
    is_toml = isinstance(error, tomllib.TOMLDecodeError)
    hint = "(TOML 里中文的名字要加引号)" if is_toml else ""
    return f"{where}写得不对,请核对引号、逗号和括号{hint}"


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} 不是数")


def _json(text: str) -> Any:
    return json.loads(text, parse_float=Decimal, parse_constant=_no_number)


def _toml(text: str) -> Any:
    return tomllib.loads(text, parse_float=Decimal)


_READERS: Final = {".json": _json, ".toml": _toml}


def _of_workbook(path: Path, extra: Path | None) -> dict[str, Any]:
    book = open_saved(path)
    if isinstance(book, Finding):
        raise DataError(str(book))
    if book.identity.kind is None:
        return _of_sheets(path, book)
    intake = examine(path, book, extra)
    if intake.kind is None or not intake.checked.is_fit:
        raise UnfitError(intake)
    return context_of(intake.kind, intake.checked.values)


def _of_sheets(path: Path, book: SavedBook) -> dict[str, Any]:
    """The rows of each sheet by the words in its first row, and the cells that have a name."""
    data: dict[str, Any] = {}
    for sheet in book.book.parts:
        by_row: dict[int, dict[int, Any]] = {}
        for row, column in sorted(book.book.sheet(sheet).cells):
            value = _value(path, book.anywhere(sheet, row, column))
            if value is not None:
                by_row.setdefault(row, {})[column] = value
        names = by_row.pop(min(by_row), {}) if by_row else {}
        data[sheet] = [
            {str(name): cells.get(column) for column, name in names.items()}
            for cells in by_row.values()
        ]
    for name, reference in book.book.names.items():
        if (spot := referred(reference)) and spot.sheet in book.book.parts:
            data[name] = _value(path, book.anywhere(*spot))
    return data


def _value(path: Path, cell: RawCell) -> Any:
    if cell.kind in _UNREAD:
        raise DataError(f"「{path.name}」的 {cell.place} {_UNREAD[cell.kind]}")
    return from_excel(cell.value) if cell.kind == "number" else cell.value
