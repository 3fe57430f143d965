"""A copy of the clerk's workbook in which quotes take the place of figures in texts."""

from collections.abc import Mapping
from pathlib import Path

from workbook.catalogue.commands import NOT_QUOTED
from workbook.files.save import OutputError, save_new
from workbook.findings.place import Place
from workbook.form.model import Form
from workbook.prose.told import quoted
from workbook.reading.values import Values
from workbook.saving.texts import with_texts
from workbook.xlsx.package import PackageError

NOTHING = NOT_QUOTED.zh


def quote(source: Path, values: Values, form: Form, copy: Path) -> int:
    """Write the copy and say how many figures became quotes; none is written where there is none.

    `values` are what was read of `source`. Raises `OutputError` when there cannot be a copy.
    """
    if copy.resolve() == source.resolve():
        raise OutputError("引用要写到另一份文件里,请换一个文件名。")
    texts = quoted(values, form) if form.language == "zh" else {}
    if not texts:
        return 0
    try:
        words = {place: text for place, (text, _) in texts.items()}
        data, written = with_texts(source.read_bytes(), words)
    except (OSError, PackageError) as error:
        raise OutputError(f"「{source.name}」读不下去,做不了引用副本。") from error
    save_new(copy, data, form.language)
    return count_of(texts, written)


def count_of(texts: Mapping[Place, tuple[str, int]], written: frozenset[Place]) -> int:
    """How many figures became quotes in the cells that could be written."""
    return sum(count for place, (_, count) in texts.items() if place in written)
