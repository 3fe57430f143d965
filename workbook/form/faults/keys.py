"""Keys of fields, tables and columns that cannot be the names of Excel, of rules or of templates.

A key becomes a defined name in the workbook, a variable in rules and a tag in the template.
"""

import re
from collections.abc import Iterator

from workbook.catalogue.model import Language
from workbook.catalogue.reports import ROUNDING_NOTE
from workbook.catalogue.sheets import ROW_ORDER, ROW_USED, ROW_VERDICT, generated_names
from workbook.form.model import Form
from workbook.form.outline import PAGES, SECTIONS

MOST_LETTERS = 200  # of a key; Excel's names end at 255, and ours put a word before some
# Excel reads R, C and R1C1 as addresses too, whatever style of references is set.
_CELL_LIKE = re.compile(r"[A-Za-z]{1,3}\d{1,7}|[RrCc]|[Rr]\d*[Cc]\d*")
# Names that Excel keeps for itself, and a sheet's that it does not give away.
_EXCELS = frozenset((
    "print_area", "print_titles", "criteria", "database", "extract", "consolidate_area",
    "sheet_title", "auto_open", "auto_close", "auto_activate", "auto_deactivate", "recorder",
    "data_form",
))  # fmt: skip
_WORDS = frozenset(  # of the language of rules and templates
    ("and", "or", "not", "if", "else", "elif", "for", "in", "is", "none", "true", "false")
)


def key_faults(form: Form) -> Iterator[str]:
    """Fields and tables share Excel's one namespace of names, which ignores case."""
    seen: set[str] = set()
    single = [f.key for sheet in form.sheet for f in sheet.fields]
    tables = [t.key for sheet in form.sheet for t in sheet.tables]
    for key in (*single, *tables):
        if key.casefold() in seen:
            yield f"「{key}」重复:字段和表的 key 在整张表单里只能出现一次"
        seen.add(key.casefold())
    columns = {c.key for t in form.tables.values() for c in t.column}
    own = {one(form.language) for one in (ROW_VERDICT, ROW_ORDER, ROW_USED)}
    for key in sorted(columns & own | {*single, *tables} & _of_templates(form)):
        yield f"「{key}」不能作 key:程序自己要用这个名字"
    for key in {*single, *tables, *columns}:
        if not key.isidentifier() or key.startswith("_") or len(key) > MOST_LETTERS:
            yield (
                f"「{key}」不能作 key:只能用汉字、字母、数字和下划线,"
                f"不以数字或下划线开头,最多 {MOST_LETTERS} 个字{_without_signs(key)}"
            )
        elif key.casefold() in _WORDS:
            yield f"「{key}」不能作 key:它在规则和模板里是语法用的词,请换一个名字"
        elif is_cell_like(key, form.language):
            yield f"「{key}」不能作 key:Excel 会把它当成单元格地址,或是 Excel 和程序自用的名称"


def _of_templates(form: Form) -> set[str]:
    """What the program itself gives a template."""
    return {SECTIONS, PAGES, ROUNDING_NOTE(form.language)}


def is_cell_like(key: str, language: Language = "zh") -> bool:
    """Whether Excel takes a key for a cell's address or a name of its own, or the program does."""
    is_excels = _CELL_LIKE.fullmatch(key) is not None or key.casefold() in _EXCELS
    return is_excels or key.casefold().startswith(generated_names(language))


def _without_signs(key: str) -> str:
    """The key that was meant by one with blanks, or with its unit behind it; "" where none is."""
    bare = re.sub(r"\W", "", re.sub(r"[(（\[【].*", "", key))
    is_key = bare.isidentifier() and bare != key and not bare.startswith("_")
    return f',是不是「{bare}」?印在表上的字写在 label 里,如 label = "{key}"' if is_key else ""
