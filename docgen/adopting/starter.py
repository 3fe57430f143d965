"""A first template for a kind that has no report yet: what its form asks, in official format."""

from collections.abc import Sequence
from io import BytesIO

from docx.document import Document

from docgen.naming.model import ROW
from docgen.new_document import new_document
from workbook.adopting.model import Asked, AskedGrid, AskedTable, Block, Found
from workbook.viewing.words import bare_words

_NUMERALS = "一二三四五六七八九十"


def starter(found: Found, title: str) -> bytes:
    """A Word template that prints every field and every table once, for the author to reword."""
    document = new_document()
    document.add_paragraph(title, style="Title")
    for number, (sheet, blocks) in enumerate(found.sheets.items()):
        mark = _NUMERALS[number] if number < len(_NUMERALS) else str(number + 1)
        document.add_paragraph(f"{mark}、{sheet}", style="Heading 1")
        for block in blocks:
            _write(document, block)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _write(document: Document, block: Block) -> None:
    if isinstance(block, AskedTable):
        document.add_paragraph(f"{{%p for {ROW} in {block.key} %}}")
        said = [(f"{one.words}：", one, f"{ROW}.{one.key}") for one in block.columns]
        document.add_paragraph(f"{{{{ loop.index }}}}.{_sentence(said)}")
        document.add_paragraph("{%p endfor %}")
    elif isinstance(block, AskedGrid):
        for row in block.rows:
            own = [(head, one) for (label, head), one in block.cells.items() if label == row]
            said = [(bare_words(head), one, one.key) for head, one in own]
            document.add_paragraph(f"{bare_words(row)}：{_sentence(said)}")
    else:
        for one in block:
            document.add_paragraph(f"{one.words}：{_value(one, one.key)}")


def _sentence(parts: Sequence[tuple[str, Asked, str]]) -> str:
    """What a row says, part by part; of a cell that may stay blank nothing where it is."""
    said = ""
    for words, one, name in parts:
        comma = "，" if said else ""
        part = f"{comma}{words}{_value(one, name)}"
        said += part if one.is_required else f"{{% if {name} is not none %}}{part}{{% endif %}}"
    return f"{said}。"


def _value(one: Asked, name: str) -> str:
    if one.type == "date":
        return f"{{{{ {name}|long_date }}}}"
    unit = one.unit if one.type in ("number", "integer") else ""
    return f"{{{{ {name} }}}}{unit}"
