"""Chinese words on the sheets are set with Chinese punctuation."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from loaded import load_workbook
from written import REPORTS

from workbook.checking.kinds import find_kind
from workbook.form.sample import NOTHING
from workbook.making.build import build_workbook
from workbook.making.examples_sheet import build_example

HALF = re.compile(r"[\u3001-\u303f\u4e00-\u9fff\u201c\u201d][,:;?()]|[,:;?()][\u4e00-\u9fff\u201c]")


def words(path: Path) -> Iterator[tuple[str, str]]:
    """All that a person reads on the sheets: cells, what formulas give, prompts, what prints."""
    for sheet in load_workbook(path, data_only=True).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str):
                    yield f"{sheet.title}!{cell.coordinate}", cell.value
        for one in sheet.data_validations.dataValidation:
            for text in (one.promptTitle, one.prompt, one.errorTitle, one.error):
                yield f"{sheet.title}!{one.sqref}", text or ""
        for part in (sheet.oddHeader, sheet.oddFooter):
            for side in (part.left, part.center, part.right):
                yield f"{sheet.title} 页眉页脚", side.text or ""


@pytest.mark.parametrize("name", [*REPORTS])
def test_no_half_width_sign_touches_a_chinese_word_on_any_sheet(name: str, tmp_path: Path) -> None:
    kind = find_kind(name)
    blank, example = tmp_path / "空表.xlsx", tmp_path / "样例.xlsx"
    build_workbook(kind.form, kind.rules, NOTHING).save(blank)
    build_example(kind.form, kind.rules, kind.sample).save(example)
    typed = {str(value) for value in kind.sample.fields.values()}
    typed |= {str(v) for rows in kind.sample.tables.values() for row in rows for v in row.values()}
    found = [
        (place, text)
        for path in (blank, example)
        for place, text in words(path)
        if HALF.search(text) and text not in {one.strip() for one in typed}
    ]
    assert found == []
