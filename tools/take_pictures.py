"""Take the manual's pictures anew: LibreOffice in Chinese on a screen in memory, and a report.

    python tools/take_pictures.py [FOLDER]

Needs LibreOffice with its Chinese words, Xvfb, Chromium, ImageMagick and pdftoppm. It is run by
hand, after what the pictures show has changed; they are then looked at, and `tools/build_docs.py`
is run.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from io import BytesIO
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import xlwings as xw  # noqa: E402 - the path comes first
from desk_pictures import neat_home, of_the_desk  # noqa: E402 - as above
from docx import Document  # noqa: E402 - as above
from docx.oxml import OxmlElement  # noqa: E402 - as above
from docx.oxml.ns import qn  # noqa: E402 - as above
from openpyxl import Workbook, load_workbook  # noqa: E402 - as above
from openpyxl.styles import Border, Font, Side  # noqa: E402 - as above

from addin.calc.engine import register  # noqa: E402 - as above
from addin.calc.program.bridge import properties  # noqa: E402 - as above
from addin.calc.program.office import start  # noqa: E402 - as above
from addin.extension.package import build_extension  # noqa: E402 - as above
from addin.ribbon.press import press  # noqa: E402 - as above
from docgen.audit.audit import audit_report  # noqa: E402 - as above
from docgen.audit.telling.commenting import save_commented  # noqa: E402 - as above
from docgen.printing.pdf import save_as_pdf  # noqa: E402 - as above
from docgen.report.report import make_report  # noqa: E402 - as above
from workbook.checking.intake import take_in  # noqa: E402 - as above
from workbook.checking.kinds import find_kind  # noqa: E402 - as above
from workbook.making.examples_sheet import build_example  # noqa: E402 - as above

WIDTH, HEIGHT = 1200, 700
GUIDE, FORM = "填报说明", "预算收支"
TALL = 1100  # of a page with its comments
START, END = qn("w:bookmarkStart"), qn("w:bookmarkEnd")
LOW = 430  # of a picture whose lower part would be blank
SETTLED = 5.0  # seconds until all is drawn
PAGES = (0, 2, -8)  # of the report: its first, one with figures, an annex
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Linguistic/General"><prop oor:name="UILocale"
 oor:op="fuse"><value>zh-CN</value></prop></item>
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale"
 oor:op="fuse"><value>zh-CN</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Misc"><prop oor:name="ShowTipOfTheDay"
 oor:op="fuse"><value>false</value></prop></item>
</oor:items>
"""
# Puts those settings into the fresh profile that LibreOffice is started with.
IN_CHINESE = """#!/bin/sh
for word; do case "$word" in -env:UserInstallation=file://*)
  user="${{word#-env:UserInstallation=file://}}/user"; mkdir -p "$user"
  cp "{settings}" "$user/registrymodifications.xcu";; esac; done
exec "{soffice}" "$@"
"""


class Agreeing:
    """A clerk who says yes and reads nothing."""

    def say(self, text: str) -> None:
        """Read it."""
        print(text)

    def agrees(self, question: str) -> bool:
        """Say yes."""
        print(question)
        return True

    def status(self, text: str) -> None:
        """Read it."""

    def place_to_save(self, proposal: Path) -> Path | None:
        """Take what is proposed."""
        return proposal

    def file_to_open(self, folder: Path, ending: str) -> Path | None:
        """Choose none."""

    def show(self, path: Path) -> None:
        """Look at it."""


@contextmanager
def screen(height: int = HEIGHT) -> Iterator[None]:
    """A screen of the size of a picture."""
    reader, writer = os.pipe()
    command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", f"{WIDTH}x{height}x24"]
    server = subprocess.Popen([*command, "-nolisten", "tcp"], pass_fds=[writer])
    os.close(writer)
    try:
        with os.fdopen(reader) as told:
            os.environ["DISPLAY"] = f":{told.readline().strip()}"
        yield
    finally:
        server.terminate()
        server.wait()


@contextmanager
def calc(folder: Path, *, to_author: bool = False) -> Iterator[None]:
    """Calc in Chinese with the extension, as xlwings' program."""
    settings, program = folder / "settings.xcu", folder / "soffice"
    settings.write_text(SETTINGS)
    program.write_text(IN_CHINESE.format(settings=settings, soffice=shutil.which("soffice")))
    program.chmod(0o755)
    os.environ["UNO_SHARED_PACKAGES_CACHE"] = (folder / "shared").as_uri()
    build_extension(folder / "gouji.oxt", sys.executable, "0.1.0", to_author=to_author)
    profile = f"-env:UserInstallation={(folder / 'unopkg').as_uri()}"
    add = ["unopkg", "add", "--shared", "--force", profile, str(folder / "gouji.oxt")]
    subprocess.run(add, check=True, stdin=subprocess.DEVNULL)
    os.environ["SAL_USE_VCLPLUGIN"] = "gen"  # whatever desktops have left here
    office = start(visible=True, program=str(program))
    try:
        register(office)
        yield
    finally:
        office.close()


def of_the_installation(folder: Path) -> None:
    """The list of extensions with ours in it, as somebody sees it who has just added the file."""
    app = xw.apps.active
    book = app.books.add()
    look_at(book, book.sheets[0].name, "A1")
    listed = app.impl.office.service("com.sun.star.deployment.ui.PackageManagerDialog")
    listed.startExecuteModal(None)
    take(folder / "extension.png", 600)
    book.close()


def look_at(book: xw.Book, sheet: str, address: str, zoom: int = 80) -> None:
    """Bring a cell to the front, everything else out of the way."""
    book.sheets[sheet].activate()
    controller: Any = book.impl.document.getCurrentController()
    # As a hand would go there: another way leaves the hint of the cell before on the screen.
    go = book.app.impl.office.service("com.sun.star.frame.DispatchHelper").executeDispatch
    go(controller.getFrame(), ".uno:GoToCell", "", 0, properties(ToPoint=address))
    controller.Sidebar.setVisible(False)
    controller.setPropertyValue("ZoomType", 3)  # com.sun.star.view.DocumentZoomType.BY_VALUE
    controller.setPropertyValue("ZoomValue", zoom)
    controller.getFrame().getContainerWindow().setPosSize(0, 0, WIDTH, HEIGHT, 15)


def take(path: Path, height: int = HEIGHT, part: str = "") -> None:
    """Write what is on the screen, the upper part of it or another: `765x745+210+310`."""
    time.sleep(SETTLED)
    crop = [
        "-crop",
        part or f"{WIDTH}x{height}+0+0",
        "+repage",
        "-dither",
        "None",
        "-colors",
        "200",
    ]
    subprocess.run(["import", "-window", "root", *crop, f"PNG8:{path}"], check=True)
    print(path)


def of_the_workbook(folder: Path, sample: Path) -> None:
    """The pictures of the sheets, the buttons and what they do."""
    book = xw.apps.active.books.open(str(sample))
    clerk = Agreeing()
    look_at(book, GUIDE, "A1", 72)
    take(folder / "guide.png")
    book.sheets[FORM].range("C17").value = 195.94
    look_at(book, FORM, "A1")
    take(folder / "form.png")
    press("validate", book, clerk)
    look_at(book, FORM, "A1")
    take(folder / "calc.png")
    look_at(book, "校验结果", "A1", 75)
    take(folder / "results.png", LOW)
    press("clear_marks", book, clerk)
    for total in ("C17", "C20", "C24"):
        look_at(book, FORM, total)
        press("insert_check", book, clerk)
    look_at(book, FORM, "F20")
    take(folder / "insert.png")
    look_at(book, "核对示例", "G6")
    take(folder / "example.png", LOW)
    book.close()


def of_the_report(folder: Path, sample: Path) -> None:
    """Pages of the report, side by side."""
    report = make_report(take_in(sample), sample.with_name("报告.docx")).path
    printed = sample.with_name("报告.pdf")
    save_as_pdf(report, printed)
    pages = sample.with_name("page")
    subprocess.run(["pdftoppm", "-r", "50", "-png", printed, pages], check=True)
    made = sorted(sample.parent.glob("page-*.png"))
    look = ["-bordercolor", "#808080", "-border", "4", "-background", "#808080", "+append"]
    shown = [made[number] for number in PAGES]
    subprocess.run(["convert", *shown, *look, f"PNG8:{folder / 'report.png'}"], check=True)


def of_the_audit(folder: Path, sample: Path) -> None:
    """A page of a report with a comment at each figure that is not in order, in Writer."""
    copy = commented_report(sample)
    desktop = xw.apps.active.impl.office.desktop
    loaded = desktop.loadComponentFromURL(copy.as_uri(), "_blank", 0, ())
    controller: Any = loaded.getCurrentController()
    controller.Sidebar.setVisible(False)
    controller.getFrame().getContainerWindow().setPosSize(0, 0, WIDTH, TALL, 15)
    controller.ViewSettings.ZoomType, controller.ViewSettings.ZoomValue = 3, 75  # BY_VALUE
    sought = loaded.createSearchDescriptor()
    for name, words, part in (
        ("edited.png", "“三公”经费支出", "765x650+210+310"),
        ("audit.png", "六、资金使用", "765x745+210+310"),
    ):
        sought.SearchString = words
        controller.select(loaded.findFirst(sought).getStart())
        take(folder / name, part=part)
    loaded.close(True)


def of_the_author(folder: Path, made: Path) -> None:
    """The buttons with which a form is drawn, and the rules that they have written."""
    path = made / "县文化馆收支表.xlsx"
    path.write_bytes(own_form())
    book = xw.apps.active.books.open(str(path))
    author = Agreeing()
    for name, sheet, cells in (
        ("mark_fields", "收支", "B2"),
        ("mark_fields", "收支", "B6:C10"),
        ("mark_total", "收支", "B6:B8"),
        ("mark_total", "收支", "B9"),
        ("mark_list", "活动", "A2:D7"),
    ):
        book.sheets[sheet].activate()
        book.sheets[sheet].range(cells).select()
        press(name, book, author)
    look_at(book, "收支", "B9", 110)
    take(folder / "authoring.png", LOW)
    look_at(book, "规则", "B3", 110)
    take(folder / "rules.png", LOW)
    book.close()


def own_form() -> bytes:
    """A form as a bureau has it, filled."""
    book = Workbook()
    money, events = book.active, book.create_sheet("活动")
    money.title = "收支"
    rows: list[tuple[Any, ...]] = [
        ("县文化馆收支表",), ("单位名称：", "县文化馆"), (), ("单位：万元",),
        ("项目", "上年数", "本年数"), ("基本支出", 171.5, 180.25), ("其中：人员经费", 150, 158.25),
        ("公用经费", 21.5, 22), ("支出合计", "=B6+B10", "=C6+C10"), ("项目支出", 40, 52.5),
    ]  # fmt: skip
    for row in rows:
        money.append(row)
    for row in (
        ("公共文化活动明细",), ("活动名称", "日期", "场次", "经费(万元)"),
        ("送戏下乡", "2025-03-01", 12, 8.5), ("全民阅读", "2025-04-23", 6, 2.25),
        ("广场舞展演", "2025-08-08", 3, 4), ("非遗进校园", "2025-09-10", 10, 3.75),
        ("春节联欢", "2025-01-20", 1, 6), ("合计", "", "=SUM(C3:C7)", "=SUM(D3:D7)"),
    ):  # fmt: skip
        events.append(row)
    side = Side(style="thin", color="FF7F7F7F")
    for sheet, area in ((money, "A5:C10"), (events, "A2:D8")):
        sheet["A1"].font = Font(size=16, bold=True)
        sheet.row_dimensions[1].height = 28
        sheet.column_dimensions["A"].width = 24
        for letter in "BCD":
            sheet.column_dimensions[letter].width = 16
        for line in sheet[area]:
            for cell in line:
                cell.border = Border(left=side, right=side, top=side, bottom=side)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def commented_report(sample: Path) -> Path:
    """A report that somebody has edited, of a workbook that was changed, with an audit's comments.

    One figure is out of date, one retyped, one retyped and changed in the workbook too, one has
    lost its mark, and one is there twice.
    """
    report = make_report(take_in(sample), sample.with_name("领导改.docx")).path
    document = Document(str(report))
    for text, new in (("171.74", "171.47"), ("5.01", "5.10")):
        _marked(document, text)[1].find(qn("w:t")).text = new
    lost = _marked(document, "0.03")[0]
    for end in list(document.element.body.iter(START, END)):
        if end.get(qn("w:id")) == lost.get(qn("w:id")):
            end.getparent().remove(end)
    mark, run = _marked(document, "23.75")
    words = [mark, run, *list(run.itersiblings())[:2]]  # with the mark's end and 万元
    for word in reversed(words):
        words[-1].addnext(deepcopy(word))
    projects = _marked(document, "4.68")[0].getparent()
    projects.get_or_add_pPr().append(OxmlElement("w:keepLines"))  # all of it on one picture
    document.save(str(report))
    book = load_workbook(sample)
    book["项目支出"]["C6"], book["项目支出"]["C7"] = 4.70, 4.99
    book.save(sample.with_name("又改.xlsx"))
    changed = take_in(sample.with_name("又改.xlsx"))
    assert changed.kind is not None
    found = audit_report(report, changed.kind, changed.checked.values, changed.path)
    copy = sample.with_name("批注.docx")
    save_commented(report, found, copy)
    return copy


def _marked(document: Any, text: str) -> tuple[Any, Any]:
    """The first mark of the body that holds this text alone, and its run."""
    for mark in document.element.body.iter(START):
        run = mark.getnext()
        if run is not None and "".join(one.text or "" for one in run.iter(qn("w:t"))) == text:
            return mark, run
    raise LookupError(text)


def main() -> None:
    """Take all of them."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "clerk"
    kind = find_kind("department")
    of_the_desk(folder)
    with neat_home() as home:
        made = home / "填报"
        made.mkdir()
        sample = Path(made, "填报.xlsx")
        build_example(kind.form, kind.rules, kind.sample).save(sample)
        of_the_report(folder, sample)
        with screen(TALL), calc(made):
            of_the_audit(folder, sample)
        with screen(), calc(made):  # which is closed with the list, that nothing else closes
            of_the_installation(folder)
        with screen(), calc(made):
            of_the_workbook(folder, sample)
        with screen(), calc(made, to_author=True):
            of_the_author(folder.parent / "author", made)


if __name__ == "__main__":
    main()
