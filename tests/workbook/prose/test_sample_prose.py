"""The samples' own prose: each figure is a quote, tied to a cell, or named here as free."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from workbook.checking.check import check
from workbook.checking.kinds import find_kind
from workbook.files.save import save_new
from workbook.form.model import Form
from workbook.making.build import as_bytes, build_workbook
from workbook.prose.compared import Statement
from workbook.prose.told import prose, stated
from workbook.prose.written import WRITTEN
from workbook.reading.saved import SavedBook, open_saved
from workbook.reading.values import Entry, Values

NUMBER = re.compile(r"\d[\d,.]*")
# Numbers of documents, months, telephones and items of a list.
NO_QUANTITY = re.compile(r"[〔（]\d+[〕）]|\d+号|\d+月份?|[\d-]{8,}|企业50强")
# What no cell of the form holds, and so nothing can tie.
FREE = {
    "department": ["年末有1人"],
    "project": [
        "摸查宗教场所55次", "为8名", "排查整治安全隐患2处", "整治非法宗教活动5起", "为8名", "2人",
        "因病缺席1次",
    ],
    "project_sichuan": [
        "群众和参训人员满意度均超过90%", "艺术普及培训1860人次", "完成12个", "举办展演6场",
        "培训传承人80人次",
    ],
}  # fmt: skip
# Figures that are quotes, and such as are tied.
COUNTS = {"department": (24, 0), "project": (2, 6), "project_sichuan": (2, 1)}


def typed(values: Values, form: Form) -> Iterator[Entry]:
    """The texts that a clerk types: what the form gives is its author's."""
    yield from values.fields.values()
    for key, rows in values.tables.items():
        for row in rows:
            yield from (one for column, one in row.items() if column not in form.tables[key].given)


def bare(entry: Entry, statements: list[Statement]) -> Iterator[str]:
    """The numbers of a text that are neither in a quote nor stated nor no quantity at all."""
    text = str(entry.value)
    known = [(one.start, one.end) for one in entry.quotes]
    known += [(one.start, one.end) for one in statements if one.text.entry == entry]
    known += [one.span() for one in NO_QUANTITY.finditer(text)]
    for number in NUMBER.finditer(text):
        if not any(start < number.end() and number.start() < end for start, end in known):
            yield text[max(0, number.start() - 8) : number.end() + 4]


@pytest.mark.parametrize("name", FREE)
def test_each_figure_in_a_samples_prose_is_a_quote_or_tied_or_free(
    name: str, tmp_path: Path
) -> None:
    kind = find_kind(name)
    path = tmp_path / "填报.xlsx"
    save_new(path, as_bytes(build_workbook(kind.form, kind.rules, kind.sample)))
    book = open_saved(path)
    assert isinstance(book, SavedBook)
    values = check(book.snapshot(kind.form), kind.form, kind.rules).values
    found = stated(values, kind.form)
    counts = Counter(one.judged.standing.name for one in found)
    texts = [
        one
        for one in typed(values, kind.form)
        if one.field.type in WRITTEN and one.is_typed and isinstance(one.value, str)
    ]
    assert [one.piece for one in found if one.judged.standing.name == "FREE"] == FREE[name]
    assert (sum(len(one.quotes) for one in texts), counts["TIED"]) == COUNTS[name]
    assert set(counts) <= {"TIED", "FREE"}
    assert [words for one in texts for words in bare(one, found)] == []
    assert prose(values, kind.form, kind.called) == []
