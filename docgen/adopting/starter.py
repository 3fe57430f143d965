"""A first template for a kind that has no report yet: what its form asks, in official format."""

from io import BytesIO

from docx.document import Document

from docgen.adopting.rows import ROW
from docgen.new_document import new_document
from workbook.adopting.model import Asked, AskedGrid, AskedTable, Block, Found
from workbook.adopting.words import bare_words

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
        said = [_said(one, f"{ROW}.{one.key}") for one in block.columns]
        document.add_paragraph(f"{{{{ loop.index }}}}.{'，'.join(said)}。")
        document.add_paragraph("{%p endfor %}")
    elif isinstance(block, AskedGrid):
        for row in block.rows:
            own = [(head, one) for (label, head), one in block.cells.items() if label == row]
            said = [f"{bare_words(head)}{_value(one, one.key)}" for head, one in own]
            document.add_paragraph(f"{bare_words(row)}：{'，'.join(said)}。")
    else:
        for one in block:
            if one.type == "paragraphs":
                document.add_paragraph(f"{one.words}：")
                document.add_paragraph(f"{{{{ {one.key}|paragraphs }}}}")
            else:
                document.add_paragraph(f"{_said(one, one.key)}。")


def _said(one: Asked, name: str) -> str:
    return f"{one.words}：{_value(one, name)}"


def _value(one: Asked, name: str) -> str:
    if one.type == "date":
        return f"{{{{ {name}|long_date }}}}"
    unit = one.unit if one.type in ("number", "integer") else ""
    return f"{{{{ {name} }}}}{unit}"
