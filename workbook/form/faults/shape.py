"""What is wrong with a data file's shape: every fault at once, with its line and what may stand.

Data are held against the type that they are to become, piece by piece, so that one slip does not
hide the next. Lines are looked for in the file's own text.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import Any, Final

from msgspec import inspect

Path = tuple[str | int, ...]  # ("sheet", 0, "block", 1, "title")
_HEADER: Final = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY: Final = re.compile(r"""\s*("[^"]*"|'[^']*'|[^\s="'#\[\]]+)\s*=""")
_PART: Final = re.compile(r""""([^"]*)"|'([^']*)'|([^.\s"']+)""")
_MOST_NAMED: Final = 12
_MEANT: Final = {  # what others call it
    "name": "id", "level": "severity", "formula": "claim", "expr": "claim", "rule": "claim",
    "hint": "advice", "text": "message", "名称": "id", "级别": "severity", "公式": "claim",
    "说明": "message", "options": "choices", "digits": "decimals", "note": "help",
    "precision": "decimals", "mandatory": "required",
    # words for what may be written
    **dict.fromkeys(("数字", "数值", "数", "金额", "float", "decimal"), "number"),
    **dict.fromkeys(("文字", "文本", "字符", "string", "str"), "text"),
    **dict.fromkeys(("长文字", "段落", "多行文字"), "paragraphs"),
    **dict.fromkeys(("整数", "int"), "integer"), "日期": "date", "年份": "year", "年度": "year",
    **dict.fromkeys(("选项", "选择", "下拉", "select", "list"), "choice"),
    "错误": "error", "警告": "warning", "提醒": "warning", "提示": "hint",
    "字段": "fields", "表格": "table", "明细表": "table", "季度": "quarter", "月": "month",
}  # fmt: skip


def shape_faults(data: Any, shape: Any, text: str = "") -> list[str]:
    """The faults of `data` as a `shape`; `text` is the file they stand in, "" where lines are none.

    `titel = "小表"` in a form is `第 3 行:没有「titel」这个属性,是不是 title?`.
    """
    lines = _lines(text)
    return [
        f"{_where(path, lines)}{says}" for path, says in _faults(data, inspect.type_info(shape), ())
    ]


def _faults(data: Any, shape: Any, path: Path) -> Iterator[tuple[Path, str]]:
    match shape:
        case inspect.UnionType():
            yield from _of_union(data, shape, path)
        case inspect.StructType():
            yield from _of_struct(data, shape, path)
        case inspect.VarTupleType() | inspect.ListType():
            yield from _of_list(data, shape, path)
        case inspect.DictType():
            if not isinstance(data, Mapping):
                yield path, f"要写成 [{path[-1]}] 或 {{ … }},写的是 {_shown(data)}"
                return
            for key, value in data.items():
                yield from _faults(value, shape.value_type, (*path, key))
        case inspect.LiteralType():
            if data not in shape.values:
                yield path, f"{_named(path)}不能写 {_shown(data)},{_choice(data, shape.values)}"
        case _:
            if (wanted := _wanted(data, shape)) is not None:
                yield path, f"{_named(path)}要写{wanted},写的是 {_shown(data)}"


def _of_union(data: Any, shape: inspect.UnionType, path: Path) -> Iterator[tuple[Path, str]]:
    """The faults as the one type that the data say they are, or as the one that fits best."""
    structs = [one for one in shape.types if isinstance(one, inspect.StructType)]
    tagged = [one for one in structs if one.tag_field]
    if tagged and isinstance(data, Mapping):
        field = tagged[0].tag_field or ""
        tags = [one.tag for one in tagged]
        if field not in data:
            yield path, f"缺了 {field}({_choice('', tags)})"
            return
        chosen = [one for one in tagged if one.tag == data[field]]
        if not chosen:
            says = f"{field} 不能写 {_shown(data[field])},{_choice(data[field], tags)}"
            yield (*path, field), says
            return
        yield from _of_struct(data, chosen[0], path)
        return
    others = [one for one in shape.types if not isinstance(one, inspect.NoneType)]
    tried = [list(_faults(data, one, path)) for one in others]
    if all(tried):
        yield from min(tried, key=len)


def _of_struct(data: Any, shape: inspect.StructType, path: Path) -> Iterator[tuple[Path, str]]:
    if not isinstance(data, Mapping):
        yield path, f"要写成 [{'.'.join(_words(path))}],写的是 {_shown(data)}"
        return
    fields = {one.encode_name: one for one in shape.fields}
    known = [*fields, *([shape.tag_field] if shape.tag_field else [])]
    meant = {_near(key, known) for key in data if key not in known}
    for key, value in data.items():
        if key in fields:
            yield from _faults(value, fields[key].type, (*path, key))
        elif key not in known:
            yield (*path, key), f"没有「{key}」这个属性,{_choice(key, known)}"
    for key, one in fields.items():
        if one.required and key not in data and key not in meant:
            yield path, f"缺了 {key}"


def _of_list(data: Any, shape: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(data, Mapping):
        yield path, f"[{'.'.join(_words(path))}] 要写成 [[{'.'.join(_words(path))}]]"
    elif not isinstance(data, list | tuple):
        yield path, f"{_named(path)}要写成 [ … ],写的是 {_shown(data)}"
    else:
        for number, one in enumerate(data):
            yield from _faults(one, shape.item_type, (*path, number))


def _wanted(data: Any, shape: Any) -> str | None:
    """What is to be written where `data` do not fit; None where they do."""
    match shape:
        case inspect.StrType():
            is_figure = isinstance(data, int | Decimal) and not isinstance(data, bool)
            example = data if is_figure else "万元"
            return None if isinstance(data, str) else f'文字,两边加引号,如 "{example}"'
        case inspect.BoolType():
            return None if isinstance(data, bool) else " true 或 false,不加引号"
        case inspect.IntType() | inspect.FloatType() | inspect.DecimalType():
            return _wanted_number(data, shape)
        case inspect.DateType():
            return None if isinstance(data, date) else "日期,如 2023-03-15,不加引号"
        case inspect.NoneType():
            return None if data is None else "别的"
    return None


def _wanted_number(data: Any, shape: Any) -> str | None:
    is_whole = isinstance(shape, inspect.IntType)
    least, most = getattr(shape, "ge", None), getattr(shape, "le", None)
    is_number = isinstance(data, int if is_whole else int | float | Decimal)
    fits = is_number and not isinstance(data, bool)
    if fits and (least is None or data >= least) and (most is None or data <= most):
        return None
    limits = ""
    if least is not None and most is not None:
        limits = f"({_plain(least)} 至 {_plain(most)})"
    elif least is not None:
        limits = f"(不小于 {_plain(least)})"
    return f"{'整数' if is_whole else '数字'}{limits},不加引号"


def _plain(number: float) -> str:
    return format(number, "g")


def _shown(data: Any) -> str:
    if isinstance(data, bool):
        return str(data).lower()
    if isinstance(data, str):
        return f'"{data[:30]}"'
    if isinstance(data, Mapping):
        return "一张表"
    return "[ … ]" if isinstance(data, list | tuple) else str(data)


def _choice(given: Any, known: Sequence[Any]) -> str:
    """`是不是 title?`, or what may be written."""
    words = [str(one) for one in known]
    if near := _near(given, words):
        return f"是不是 {near}?"
    listed = "、".join(words[:_MOST_NAMED])
    return f"可写的有 {listed}{' 等' if len(words) > _MOST_NAMED else ''}"


def _near(given: Any, known: Sequence[str]) -> str:
    if (meant := _MEANT.get(str(given).casefold())) in known:
        return str(meant)
    return next(iter(get_close_matches(str(given), known, 1, 0.6)), "")


def _words(path: Path) -> list[str]:
    return [one for one in path if isinstance(one, str)]


def _named(path: Path) -> str:
    """The last property of a path; of an item in a list which one."""
    if path and isinstance(path[-1], int):
        return f"{_words(path)[-1]} 的第 {path[-1] + 1} 项"
    return f"{path[-1]} " if path else ""


def _where(path: Path, lines: Mapping[Path, int]) -> str:
    for end in range(len(path), 0, -1):
        if path[:end] in lines:
            return f"第 {lines[path[:end]]} 行:"
    said = [f"第 {one + 1} 个" if isinstance(one, int) else f"{one} " for one in path[:-1]]
    return f"{''.join(said).strip()}:" if said else ""


def _lines(text: str) -> dict[Path, int]:
    """The first line of each thing in a TOML file."""
    found: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    here: Path = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            here = _entered(header[1] == "[[", _parts(header[2]), counts)
            found.setdefault(here, number)
            for end in range(1, len(here)):
                found.setdefault(here[:end], number)
        elif key := _KEY.match(line):
            found.setdefault((*here, *_parts(key[1])), number)
    return found


def _parts(words: str) -> list[str]:
    return ["".join(one) for one in _PART.findall(words)]


def _entered(is_item: bool, parts: list[str], counts: dict[Path, int]) -> Path:
    """The path of a header; a list that it names is meant by its last item so far."""
    path: Path = ()
    for part in parts[:-1]:
        path = (*path, part)
        if path in counts:
            path = (*path, counts[path] - 1)
    path = (*path, parts[-1])
    if is_item:
        counts[path] = counts.get(path, 0) + 1
        return (*path, counts[path] - 1)
    return path
