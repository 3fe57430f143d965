"""A report printed for the archive: PDF/A-2b that says what its headings, heads and charts are."""

import io
import re
import shutil
import sys
import threading
import time
import zipfile
from base64 import b64decode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import SimpleNamespace

import pikepdf
import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from empty_document import empty_document
from printed import page_texts

from docgen.printing import fonts, libreoffice, word
from docgen.printing.descriptions import described
from docgen.printing.fonts import missing_fonts
from docgen.printing.libreoffice import by_libreoffice
from docgen.printing.pdf import save_as_pdf
from docgen.report.report import make_report
from docgen.template.lint.annotate import commented
from docgen.template.model.errors import Location
from docgen.template.word.package import Package, read_document, unpack
from workbook.checking.intake import take_in
from workbook.checking.kinds import load_kind
from workbook.files.save import OutputError
from workbook.making.build import build_workbook

KINDS = ("department", "project", "project_sichuan")
TEMPLATES = Path(__file__).parents[2] / "templates"
PICTURE = b64decode(  # of one white point
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsSaT3AAAAABJRU5ErkJggg=="
)
FONTS = ("方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体")


@pytest.fixture(scope="session")
def reports(tmp_path_factory) -> Path:
    """A folder with the three kinds' reports, each with a comment of Word's."""
    folder = tmp_path_factory.mktemp("reports")
    for name in KINDS:
        kind, book = load_kind(TEMPLATES / name), folder / f"{name}.xlsx"
        build_workbook(kind.form, kind.rules, kind.sample).save(book)
        report = make_report(take_in(book), folder / f"{name}.docx").path
        report.write_bytes(commented(report, [(Location(), ("请看一看。",))]))
    return folder


@pytest.fixture(scope="session")
def fetched(reports) -> Iterator[list[str]]:
    """What is fetched from this computer by who opens the folder's document with a linked picture.

    The document names a server that writes down whatever it is asked for.
    """
    asked: list[str] = []

    class Server(BaseHTTPRequestHandler):
        def handle_one_request(self):
            asked.append(self.rfile.readline().decode())
            self.close_connection = True

    with HTTPServer(("127.0.0.1", 0), Server) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        document = empty_document()
        document.add_picture(io.BytesIO(PICTURE))
        address = f"http://127.0.0.1:{server.server_port}/picture.png"
        number = document.part.relate_to(address, RELATION.IMAGE, is_external=True)
        (blip,) = document.element.body.iter(qn("a:blip"))
        del blip.attrib[qn("r:embed")]
        blip.set(qn("r:link"), number)
        document.save(str(reports / "linked.docx"))
        yield asked
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def printed(soffice, reports, fetched) -> Path:
    """The same folder with their PDFs, which one LibreOffice has printed."""
    by_libreoffice([reports / f"{name}.docx" for name in (*KINDS, "linked")], "pdf")
    for name in KINDS:
        made, document = reports / f"{name}.pdf", reports / f"{name}.docx"
        package = read_document(document.read_bytes(), document.name)
        made.write_bytes(described(made.read_bytes(), package))
    return reports


@pytest.fixture(params=KINDS)
def archived(printed, request):
    """A report as a Word document and its PDF."""
    with pikepdf.open(printed / f"{request.param}.pdf") as pdf:
        yield Document(str(printed / f"{request.param}.docx")), pdf


def tags(element) -> list[pikepdf.Dictionary]:
    """What is said of a PDF's structure inside an element, in order."""
    inside = element.get("/K", [])
    kids = [inside] if isinstance(inside, pikepdf.Dictionary) else inside
    return [one for one in kids if isinstance(one, pikepdf.Dictionary) and "/S" in one]


def all_tags(element, *kinds: str) -> list[pikepdf.Dictionary]:
    found = []
    for one in tags(element):
        found += [one] if one.S in kinds else all_tags(one, *kinds)
    return found


def words_by_mark(page) -> dict[int, str]:
    """What is printed on a page under each mark that the structure refers to."""
    said, open_marks, letters = {}, [], {}
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BDC" | "BMC":
                is_marked = len(operands) > 1 and isinstance(operands[1], pikepdf.Dictionary)
                open_marks.append(operands[1].get("/MCID") if is_marked else None)
            case "EMC":
                open_marks.pop()
            case "Tf":
                listed = page.Resources.Font[operands[0]].ToUnicode.read_bytes()
                codes = re.findall(rb"<(..)>\s*<((?:....)+)>", listed)
                letters = {int(a, 16): bytes.fromhex(b.decode()) for a, b in codes}
            case "Tj" | "TJ":
                pieces = operands[0] if str(operator) == "TJ" else operands
                texts = [bytes(one) for one in pieces if isinstance(one, pikepdf.String)]
                text = b"".join(letters[code] for one in texts for code in one)
                mark = open_marks[-1] if open_marks else None
                said[mark] = said.get(mark, "") + text.decode("utf-16-be")
    return said


def words_of(element, pages) -> str:
    """The text of an element of the structure, without blanks."""
    inside = element.get("/K", [])
    kids = inside if isinstance(inside, pikepdf.Array) else [inside]
    said = ""
    for one in kids:
        if isinstance(one, int):
            said += pages[element.Pg.objgen].get(one, "")
        else:
            said += words_of(one, pages)
    return "".join(said.split())


def test_it_says_to_be_pdf_a_2b_and_holds_nothing_that_such_a_file_must_not(archived):
    _, pdf = archived
    assert (pdf.check_pdf_syntax(), pdf.get_warnings(), pdf.is_encrypted) == ([], [], False)
    with pdf.open_metadata() as said:
        assert (said["pdfaid:part"], said["pdfaid:conformance"]) == ("2", "B")
    (intent,) = pdf.Root.OutputIntents
    assert (intent.S, intent.DestOutputProfile.N) == ("/GTS_PDFA1", 3)
    forbidden = {"/JS", "/JavaScript", "/Launch", "/EmbeddedFiles", "/EF", "/AA", "/XFA", "/AF"}
    dictionaries = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary)]
    used = {key for one in dictionaries for key in one.keys()}  # noqa: SIM118 - it has no iterator
    kinds = {str(one[key]) for one in dictionaries for key in ("/S", "/Type") if key in one}
    assert forbidden & (used | kinds) == set()


def test_every_font_is_inside_and_its_letters_can_be_read_out(archived):
    _, pdf = archived
    dictionaries = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary)]
    used = [one for one in dictionaries if one.get("/Type") == "/Font"]
    assert used
    for font in used:
        described_by = font.get("/DescendantFonts", [font])[0].FontDescriptor
        files = {"/FontFile", "/FontFile2", "/FontFile3"} & set(described_by.keys())
        assert (len(files), "/ToUnicode" in font) == (1, True), font.BaseFont


def test_it_is_tagged_in_chinese_and_bears_the_reports_title(archived):
    document, pdf = archived
    title = document.core_properties.title
    assert title.endswith("绩效自评报告")
    assert (pdf.Root.MarkInfo.Marked, pdf.Root.Lang) == (True, "zh-CN")
    assert (pdf.docinfo.Title, pdf.Root.ViewerPreferences.DisplayDocTitle) == (title, True)
    with pdf.open_metadata() as said:
        assert said["dc:title"] == title


def test_headings_are_the_reports_own(archived):
    document, pdf = archived
    pages = {page.obj.objgen: words_by_mark(page) for page in pdf.pages}
    levels = ("/H1", "/H2", "/H3", "/H4")
    tagged = [
        (str(one.S), words_of(one, pages)) for one in all_tags(pdf.Root.StructTreeRoot, *levels)
    ]
    styled = [
        (p.style.name.replace("Heading ", "/H"), "".join(p.text.split()))
        for p in document.paragraphs
        if p.style.name.startswith("Heading ")
    ]
    assert tagged == styled


def test_the_cells_of_repeated_head_rows_are_heads_and_no_others(archived):
    document, pdf = archived
    repeated = [
        len(table.findall(f"{qn('w:tr')}/{qn('w:trPr')}/{qn('w:tblHeader')}"))
        for table in document.element.body.iter(qn("w:tbl"))
    ]
    heads = [
        [{str(cell.S) for cell in tags(row)} for row in tags(table)]
        for table in all_tags(pdf.Root.StructTreeRoot, "/Table")
    ]
    assert any(repeated)
    assert heads == [
        [{"/TH"} if at < count else {"/TD"} for at in range(len(rows))]
        for count, rows in zip(repeated, heads, strict=True)
    ]


def test_comments_are_not_printed(archived):
    document, pdf = archived
    assert list(document.element.body.iter(qn("w:commentReference")))
    assert [page for page in pdf.pages if "/Annots" in page] == []


def test_charts_are_described(archived):
    document, pdf = archived
    drawn = [one.get("descr") for one in document.element.body.iter(qn("wp:docPr"))]
    figures = all_tags(pdf.Root.StructTreeRoot, "/Figure")
    assert all(drawn)
    assert [str(one.get("/Alt")) for one in figures] == drawn


def test_nothing_is_fetched_that_a_document_names(printed, fetched):
    assert (printed / "linked.pdf").exists()
    assert fetched == []


def test_its_pages_are_those_of_the_report(printed):
    pages = page_texts(printed / "department.pdf")
    assert len(pages) == 21
    assert "2022 年度芦淞区委统战部整体支出" in pages[0]
    words = ["".join(page.split()) for page in pages]
    assert words[7].endswith("2023年3月15日—8—")
    assert words[8].startswith("附件1部门整体支出绩效评价基础数据表")
    assert words[-1].endswith("—21—")


@pytest.mark.parametrize("change", ["one more drawing", "a drawing that floats", "no end"])
def test_a_pdf_whose_figures_may_be_others_stays_as_it_is(change):
    figure = b"\n7 0 obj\n<</Type/StructElem\n/S/Figure\n/K[1 ]\n>>\nendobj\n"
    pdf = b"%%PDF-1.6\n%b\ntrailer\n<</Size 8>>\nstartxref\n9\n%%%%EOF\n" % figure
    drawing = '<wp:{0}><wp:docPr id="1" name="图" descr="支出构成"/></wp:{0}>'
    drawings = {"one more drawing": ["inline"] * 2, "a drawing that floats": ["inline", "anchor"]}
    body = "".join(drawing.format(one) for one in drawings.get(change, ["inline"]))
    package = one_part(body)
    if change == "no end":
        assert b"/Alt<FEFF652F51FA6784" in described(pdf, package)
        pdf = pdf.replace(b"trailer", b"")
    elif change == "a drawing that floats":
        pdf += figure
    assert described(pdf, package) == pdf


def one_part(body: str) -> Package:
    """A package as far as its drawings are asked for."""
    namespace = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as made:
        made.writestr(
            "[Content_Types].xml",
            f'<T><O PartName="/word/d.xml" ContentType="{main}"/></T>',
        )
        made.writestr("word/d.xml", f'<d xmlns:wp="{namespace}">{body}</d>')
    return unpack(written.getvalue())


@pytest.fixture
def printer(monkeypatch, tmp_path):
    """A LibreOffice and a list of fonts that are only played."""

    def make(sources, kind, is_over):
        for source in sources:
            made.append(source.name)
            source.with_suffix(".pdf").write_bytes(b"%PDF of " + source.name.encode())

    made: list[str] = []
    monkeypatch.setattr("docgen.printing.pdf.by_libreoffice", make)
    (tmp_path / "fc-list").write_text("#!/bin/sh\nprintf 'KaiTi_GB2312,楷体_GB2312,simhei,黑体,'\n")
    (tmp_path / "fc-list").chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda *_, **__: str(tmp_path / "fc-list"))
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    return made


def test_fonts_that_this_computer_lacks_are_named(reports, printer, tmp_path):
    target = tmp_path / "新 文件夹" / "报告 #1.pdf"
    printed = save_as_pdf(reports / "department.docx", target)
    assert (printer, target.read_bytes()) == (["report.docx"], b"%PDF of report.docx")
    assert (printed.path, printed.standard, printed.backup) == (target, "PDF/A-2b", None)
    assert list(printed.warnings()) == [
        "这台电脑没有字体“方正小标宋简体”、“仿宋_GB2312”、“宋体”,PDF 里换成了别的字体。"
        "请装上字体,再导出一次。"
    ]


def test_tracked_changes_are_told_of(reports, printer, tmp_path):
    document = Document(str(reports / "project.docx"))
    run = document.paragraphs[4].runs[0]._r
    change = OxmlElement("w:ins")
    change.set(qn("w:id"), "1")
    run.addprevious(change)
    change.append(run)
    document.save(str(tmp_path / "修订.docx"))
    *_, told = save_as_pdf(tmp_path / "修订.docx", tmp_path / "修订.pdf").warnings()
    assert told == (
        "文档里还有修订,PDF 里也许照样印着。请在 Word 里接受或拒绝全部修订,再导出一次。"
    )


def test_a_pdf_that_was_there_is_kept(reports, printer, tmp_path):
    target = tmp_path / "报告.pdf"
    target.write_bytes(b"old")
    kept = save_as_pdf(reports / "department.docx", target).backup
    assert kept is not None and kept.read_bytes() == b"old"


def test_word_prints_as_iso_19005_1_and_windows_is_asked_for_fonts(reports, monkeypatch, tmp_path):
    asked, windows = [], SimpleNamespace(platform="win32")

    class Opened:
        Fields = SimpleNamespace(Update=lambda: None)

        def ExportAsFixedFormat(self, pdf, *how):  # noqa: N802 - Word's own name
            asked.append(how)
            Path(pdf).write_bytes(b"%PDF of Word")

        def Close(self, **_):  # noqa: N802 - the same
            pass

    documents = SimpleNamespace(Open=lambda path, **_: Opened())
    program = SimpleNamespace(Documents=documents, Quit=lambda: None)
    monkeypatch.setattr(word, "_new_word", lambda: program)
    for module in (word, fonts):
        monkeypatch.setattr(module, "sys", windows)
    known = lambda screen, font, note, rest: font != "仿宋_GB2312" and note({}, {}, 4, rest)  # noqa: E731
    gui = SimpleNamespace(GetDC=int, ReleaseDC=lambda *_: None, EnumFontFamilies=known)
    monkeypatch.setitem(sys.modules, "win32gui", gui)
    printed = save_as_pdf(reports / "department.docx", tmp_path / "报告.pdf")
    assert (printed.standard, printed.missing) == ("PDF/A-1", ("仿宋_GB2312",))
    assert (tmp_path / "报告.pdf").read_bytes() == b"%PDF of Word"
    ((kind, *_, with_tags, _, as_iso),) = asked
    assert (kind, with_tags, as_iso) == (17, True, True)


def test_a_document_is_asked_for_the_fonts_of_its_letters_alone(reports, monkeypatch):
    monkeypatch.setattr(fonts, "_lacking", list)
    package = read_document((reports / "department.docx").read_bytes(), "报告.docx")
    assert missing_fonts(package) == FONTS


def test_without_a_program_to_print_with_the_clerk_is_told(reports, tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda *_, **__: None)
    with pytest.raises(OutputError) as told:
        save_as_pdf(reports / "department.docx", tmp_path / "报告.pdf")
    assert str(told.value) == "导出 PDF 要用 Word 或 LibreOffice,这台电脑上都没有找到。"


@pytest.fixture
def stand_in(tmp_path, monkeypatch):
    """Takes what a script does that is found as LibreOffice."""

    def put(*lines):
        program = tmp_path / "soffice"
        program.write_text("\n".join(["#!/bin/sh", *lines, ""]))
        program.chmod(0o755)
        monkeypatch.setattr(libreoffice, "_programs", lambda: iter([str(program)]))
        (tmp_path / "报告.docx").touch()
        return tmp_path / "报告.docx"

    return put


def is_gone(child):
    """Whether the process whose number stands in the file has ended, which may take a moment."""
    status = Path("/proc", child.read_text().strip(), "stat")
    for _ in range(200):
        if not status.exists() or status.read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.02)
    return False


def test_a_program_that_fails_is_told_of(stand_in):
    with pytest.raises(OutputError, match="LibreOffice 没能把报告转成 PDF"):
        by_libreoffice([stand_in("exit 1")], "pdf")


def test_a_program_that_is_stuck_is_ended_with_all_that_it_started(stand_in, tmp_path, monkeypatch):
    monkeypatch.setattr(libreoffice, "LONGEST", 0.5)
    source = stand_in("sleep 60 &", f"echo $! > '{tmp_path}/child'", "wait")
    with pytest.raises(OutputError, match="LibreOffice 没能把报告转成 PDF"):
        by_libreoffice([source], "pdf")
    assert is_gone(tmp_path / "child")


def test_a_program_that_nobody_waits_for_any_more_is_ended_and_nothing_is_said(stand_in, tmp_path):
    child = tmp_path / "child"
    source = stand_in("sleep 60 &", f"echo $! > '{child}'", "wait")
    by_libreoffice([source], "pdf", lambda: child.exists() and bool(child.read_text()))
    assert is_gone(child)
