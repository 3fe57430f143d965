"""Templates written as lists of paragraphs and tables, and documents read back the same way."""

import io
import re
from copy import deepcopy
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml import OxmlElement, parse_xml
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from empty_document import empty_document
from lxml import etree

from docgen.template import compile_template, render
from docgen.template.model.errors import TemplateError

# A paragraph is a text; `**bold**` and `//italic//` are runs of their own, `¦` parts two runs.
# A table is a list of rows; a cell is a text, or a tuple of paragraphs and tables.
Block = "str | list[list[str | tuple]]"
MARKUP = re.compile(r"(\*\*.+?\*\*|//.+?//|¦)")


def fill(container: Document | _Cell, blocks) -> None:
    for block in blocks:
        if isinstance(block, str):
            write(container.add_paragraph(), block)
            continue
        width = max(len(row) for row in block)
        table = container.add_table(rows=0, cols=width)
        if isinstance(container, _Cell):  # python-docx adds a paragraph of its own
            container._tc.remove(container._tc[-1])
        for row in block:
            cells = table.add_row().cells
            for cell, content in zip(cells, row, strict=False):
                fill_cell(cell, content)


def fill_cell(cell: _Cell, content) -> None:
    if isinstance(content, str):
        write(cell.paragraphs[0], content)
        return
    cell._tc.remove(cell.paragraphs[0]._p)
    fill(cell, content)


def write(paragraph: Paragraph, text: str) -> None:
    for piece in MARKUP.split(text):
        if piece.startswith("**"):
            paragraph.add_run(piece[2:-2]).bold = True
        elif piece.startswith("//"):
            paragraph.add_run(piece[2:-2]).italic = True
        elif piece and piece != "¦":
            paragraph.add_run(piece)


def read(container) -> list:
    return [
        read_paragraph(block) if isinstance(block, Paragraph) else read_table(block)
        for block in container.iter_inner_content()
    ]


def read_table(table: Table) -> list:
    assert len(table.rows), "a table without rows"
    rows = [[_Cell(tc, table) for tc in row._tr.tc_lst] for row in table.rows]
    assert all(rows), "a row without cells"
    return [[read_cell(cell) for cell in row] for row in rows]


def read_cell(cell: _Cell):
    blocks = read(cell)
    assert blocks, "a cell without paragraphs"
    assert cell._tc[-1].tag.endswith("}p"), "a cell that does not end with a paragraph"
    return blocks[0] if len(blocks) == 1 else tuple(blocks)


def read_paragraph(paragraph: Paragraph) -> str:
    marked: list[tuple[str, str]] = []
    for run in paragraph._p.xpath(".//w:r"):
        text = Run(run, paragraph).text
        mark = "**" if Run(run, paragraph).bold else "//" if Run(run, paragraph).italic else ""
        if marked and marked[-1][0] == mark:
            text = marked.pop()[1] + text
        if text:
            marked.append((mark, text))
    return "".join(f"{mark}{text}{mark}" for mark, text in marked)


class Word:
    """Makes templates and renders them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def template(self, *blocks, header="", footer="", title="", cut=False) -> Path:
        document = empty_document()
        document._body.clear_content()
        fill(document, blocks)
        if header:
            write(document.sections[0].header.paragraphs[0], header)
        if footer:
            write(document.sections[0].footer.paragraphs[0], footer)
        document.core_properties.title = title
        if cut:
            cut_runs(document)
        return self.save(document)

    def save(self, document: Document) -> Path:
        path = self.folder / f"template{len(list(self.folder.iterdir()))}.docx"
        document.save(path)
        return path

    def document(self, path: Path, options=None, **values) -> Document:
        out = self.folder / "out.docx"
        render(path, values, out, **(options or {}))
        return docx.Document(io.BytesIO(out.read_bytes()))

    def render(self, *blocks, options=None, **values) -> list:
        """The rendered body; the same with every run cut into single characters."""
        whole = read(self.document(self.template(*blocks), options, **values))
        cut = read(self.document(self.template(*blocks, cut=True), options, **values))
        assert cut == whole
        return whole

    def peer(self, *blocks, **values) -> list:
        """What docxtpl makes of the same template."""
        docxtpl = pytest.importorskip("docxtpl")
        template = docxtpl.DocxTemplate(self.template(*blocks))
        template.render(values, autoescape=True)
        template.save(self.folder / "peer.docx")
        return read(docx.Document(self.folder / "peer.docx"))

    def faults(self, *blocks, options=None, **values) -> list[str]:
        """The faults, each as one Chinese line."""
        with pytest.raises(TemplateError) as caught:
            compile_template(self.template(*blocks), **(options or {})).render(values)
        assert all(fault.english() for fault in caught.value.faults)
        return [fault.chinese() for fault in caught.value.faults]


SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
}


def with_body(body: str) -> Document:
    """A document with this XML in its body; `[x]` is a run with the text x."""
    document = empty_document()
    document._body.clear_content()
    body = body.replace("[", '<w:r><w:t xml:space="preserve">').replace("]", "</w:t></w:r>")
    names = " ".join(f'xmlns:{name}="{uri}"' for name, uri in SPACES.items())
    for element in parse_xml(f"<w:x {names}>{body}</w:x>"):
        document.element.body.insert(-1, element)
    return document


def body_of(document: Document) -> str:
    """The XML of a body in the same way, without its section."""
    body = document.element.body
    text = "".join(etree.tostring(item, encoding="unicode") for item in body[:-1])
    text = re.sub(r' xmlns:\w+="[^"]*"', "", text).replace(' xml:space="preserve"', "")
    text = text.replace("<w:r><w:t>", "[").replace("</w:t></w:r>", "]")
    return text.replace("<w:t></w:t>", "")


def made(word: "Word", body: str, **values) -> str:
    """What comes of a template with this XML in its body."""
    return body_of(word.document(word.save(with_body(body)), **values))


def cut_runs(document: Document) -> None:
    """One run a character, with what Word leaves between runs."""
    for run in list(document.element.body.iter("{*}r")):
        text = Run(run, document).text
        for character in text:
            twin = deepcopy(run)
            Run(twin, document).text = character
            run.addprevious(twin)
            run.addprevious(OxmlElement("w:proofErr"))
        if text:
            run.getparent().remove(run)
