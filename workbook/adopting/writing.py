"""What was found, written as the data files of a kind."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Final

from workbook.adopting.grids import column_unit
from workbook.adopting.model import Asked, AskedGrid, AskedTable, Block, Found
from workbook.figures.numbers import round_half_up
from workbook.reading.own_cells import MOST_DECIMALS
from workbook.viewing.boxes import Value
from workbook.viewing.words import bare_words

Lines = Iterator[str]
_MANY: Final = 4  # cells of which the same is said, to be told in one line
_QUOTED: Final = re.compile(r"「[^」]*」|=\S+")


def form_text(kind: str, found: Found) -> str:
    """`form.toml` of the kind."""
    title = bare_words(found.title) or kind
    name = next((one.key for one in found.asked() if one.key.endswith("单位名称")), "")
    lines = [
        f"# {title}:照单位自己的表读出来的,表本身是 form.xlsx。写法见 docs/forms.md。",
        f"kind = {_text(kind)}",
        "version = 1",
        f"title = {_text(title)}",
        *([f"period = {_text(found.period)}"] if found.period != "year" else []),
        f"report_name = {_text(f'{{{{ {name} }}}}{title}' if name else title)}",
    ]
    for sheet, blocks in found.sheets.items():
        lines += ["", "[[sheet]]", f"name = {_text(sheet)}"]
        for block in blocks:
            lines += _block(block, sheet)
    return "\n".join(lines) + "\n"


def _block(block: Block, sheet: str) -> Lines:
    yield from ("", "[[sheet.block]]")
    if isinstance(block, AskedTable):
        yield 'type = "table"'
        yield f"key = {_text(block.key)}"
        yield f"title = {_text(block.title)}"
        yield f"rows = {min(block.bottom - block.top + 1, 1000)}"
        yield f"row_name = {_text((block.row_name or block.columns[0]).key)}"
        for column in block.columns:
            yield from ("", "[[sheet.block.column]]", *_field(column))
    elif isinstance(block, AskedGrid):
        yield from _grid(block)
    else:
        yield 'type = "fields"'
        yield f"title = {_text(sheet)}"
        for one in block:
            yield from ("", "[[sheet.block.field]]", *_field(one))


def _grid(grid: AskedGrid) -> Lines:
    yield 'type = "grid"'
    yield f"title = {_text(grid.title)}"
    for head, key in grid.columns.items():
        first = next(one for (_, other), one in grid.cells.items() if other == head)
        column = replace(
            first,
            key=key,
            words=bare_words(head),
            compute="",
            is_required=True,
            prior="",
            unit=column_unit(grid, head),
            is_signed=any(one.is_signed for (_, o), one in grid.cells.items() if o == head),
        )
        yield from ("", "[[sheet.block.column]]", *_field(column))
        signed = [one for (_, o), one in grid.cells.items() if o == head and _is_signed(one)]
        if signed and not _is_signed(column):  # amounts are in some of its rows alone
            yield "signed = true"
    for label, key in grid.rows.items():
        own = {head: one for (other, head), one in grid.cells.items() if other == label}
        yield from ("", "[[sheet.block.row]]", f"key = {_text(key)}")
        if bare_words(label) != key:
            yield f"label = {_text(bare_words(label))}"
        units = {one.unit for head, one in own.items() if one.unit != column_unit(grid, head)}
        if units:
            yield f"unit = {_text(units.pop())}"
        if len(own) < len(grid.columns):
            yield f"only = [{', '.join(_text(grid.columns[head]) for head in own)}]"
        told = {grid.columns[head]: text for head, one in own.items() if (text := _own(one))}
        if told:
            yield "  [sheet.block.row.cells]"
            yield from (f"  {_text(column)} = {{ {text} }}" for column, text in told.items())


def _own(one: Asked) -> str:
    """What one cell of a grid has that its column does not say."""
    if one.compute:
        return f"compute = {_text(one.compute)}"
    said = [f"prior = {_text(one.prior)}"] if one.prior else []
    if one.is_own_formula:
        said.append("own_formula = true")
    if not one.is_required:
        said.append("required = false")
        said += ['empty = "zero"'] if one.type in ("number", "integer") else []
    return ", ".join(said)


def _field(one: Asked) -> Lines:
    yield f"key = {_text(one.key)}"
    if one.words != one.key:
        yield f"label = {_text(one.words)}"
    yield f"type = {_text(one.type)}"
    if one.type in ("number", "integer") and one.unit:
        yield f"unit = {_text(one.unit)}"
    if one.type == "number" and one.decimals is not None:
        yield f"decimals = {min(one.decimals, MOST_DECIMALS)}"
    if _is_signed(one):
        yield "signed = true"
    if one.is_percent or one.is_partly_percent:
        yield "as_share = true"
    if one.is_merged:
        yield "merged = true"
    if one.is_own_formula:
        yield "own_formula = true"
    if one.behind:
        yield f"behind = {_text(one.behind)}"
    if one.own_words:
        yield f"own_words = {_text(one.own_words)}"
    if one.is_period:
        yield "period = true"
    if one.prior:
        yield f"prior = {_text(one.prior)}"
    if not one.is_carried:
        yield "carry = false"
    if one.type == "choice":
        yield f"choices = [{', '.join(map(_text, one.choices))}]"
    if one.compute:
        yield f"compute = {_text(one.compute)}"
    elif not one.is_required:
        yield "required = false"
        if one.type in ("number", "integer"):
            yield 'empty = "zero"'


def _is_signed(one: Asked) -> bool:
    """Whether a cell takes an amount that may lie below 0."""
    is_amount = one.type == "number" and one.unit.endswith("元")
    return is_amount and one.is_signed and not one.compute


def rules_text() -> str:
    """`rules.toml` of the kind: what its formulas say is in form.toml already."""
    lines = [
        "# 什么必须相符。表里的公式已写成 form.toml 里的 compute;",
        "# 其他要核对的写在这里,写法见 docs/rules.md。",
    ]
    return "\n".join(lines) + "\n"


def sample_text(found: Found) -> str:
    """`sample.toml`: what last year's book holds; "" for a blank one.

    What a formula gave that nobody here works out stands in it as if it had been typed.
    """
    lines = ["# 去年填好的一份。", "", "[fields]"]
    asked = [one for one in found.asked() if not one.compute]
    for one in asked:
        if said := _value(one.value, one):
            lines.append(f"{_text(one.key)} = {said}")
    for table in found.tables():
        columns = {one.key: one for one in table.columns if not one.compute}
        for row in table.rows:
            lines += ["", f"[[tables.{_text(table.key)}]]"]
            lines += [
                f"{_text(key)} = {said}"
                for key, value in row.items()
                if key in columns and (said := _value(value, columns[key]))
            ]
    typed = any(one.value not in (None, "") and not one.formula for one in found.asked())
    is_blank = not typed and not any(table.rows for table in found.tables())
    return "" if is_blank else "\n".join(lines) + "\n"


def open_text(found: Found, others: Mapping[str, list[str]]) -> str:
    """`待定.md`: what somebody has to decide, with what was proposed."""
    lines = [
        "# 待定",
        "",
        "程序拿不准的都列在这里,括号前是位置。改 form.toml 或 rules.toml,不必改程序。",
        "",
    ]
    lines += ["## 可疑的合计", ""]
    lines += [f"- {one.spot.place} {one.formula}:{one.says}。" for one in found.suspects] or [
        "无。"
    ]
    lines += ["", "## 没有弄清楚的", ""]
    lines += [f"- {one}。" for one in _gathered(found.open)] or ["无。"]
    for heading, items in others.items():
        lines += ["", f"## {heading}", "", *([f"- {one}" for one in items] or ["无。"])]
    return "\n".join(lines) + "\n"


def _gathered(sentences: Iterable[str]) -> Lines:
    """The sentences, those that say the same of many cells as one: `表!B4 等 72 处:…`."""
    alike: dict[tuple[str, str], list[str]] = {}
    for one in sentences:
        place, sign, says = one.partition(":")
        kind = _QUOTED.sub("", says) if sign else one
        alike.setdefault((place.rpartition("!")[0], kind), []).append(one)
    for some in alike.values():
        if len(some) < _MANY:
            yield from some
        else:
            first, _, says = some[0].partition(":")
            others = [one.partition(":")[0].rpartition("!")[2] for one in some[1:_MANY]]
            yield f"{'、'.join([first, *others])} 等 {len(some)} 处,如:{says}"


def sample_value(value: Value | None, one: Asked) -> Value | None:
    """A value as the form's type takes it, a percentage as it is shown; None where it does not."""
    if one.type in ("number", "integer", "year"):
        if not isinstance(value, int | Decimal):
            return None
        shown = Decimal(value) * 100 if one.is_percent else value
        if one.is_own_formula and isinstance(shown, Decimal):  # as it is when it is read
            return round_half_up(shown, min(one.decimals or MOST_DECIMALS, MOST_DECIMALS))
        return shown
    if one.type == "date":
        return value if isinstance(value, date) else None
    return None if value is None else str(value)


def _value(value: Value | None, one: Asked) -> str:
    """A value in TOML, "" for none and for one that is not of the form's type."""
    made = None if value in (None, "") else sample_value(value, one)
    if made is None:
        return ""
    if isinstance(made, date):
        return made.isoformat()
    if isinstance(made, Decimal):
        return _decimal(made)
    return str(made) if isinstance(made, int) else _text(str(made))


def _decimal(number: Decimal) -> str:
    text = format(number.normalize(), "f")
    return text if "." in text else f"{text}.0"


def _text(words: str) -> str:
    """A text as TOML has it in one line."""
    signs = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": ""}
    return f'"{"".join(signs.get(sign, sign) for sign in words)}"'
