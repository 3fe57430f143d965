"""A book of ours grafted onto a file: its sheets, and what it says of cells of the others."""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any, Final

from lxml import etree

from workbook.saving.edited import Edited
from workbook.saving.sheets import add_sheet, in_order
from workbook.xlsx.book import Book
from workbook.xlsx.package import MAIN, Package, PackageError

_FORMATS, _RULES = f"{MAIN}conditionalFormatting", f"{MAIN}dataValidations"
# What may stand behind conditional formats, and behind entry rules (ECMA-376 part 1, 18.3.1.99).
_AFTER_RULES: Final = (
    "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks",
    "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing",
    "drawingHF", "legacyDrawing", "legacyDrawingHF", "picture", "oleObjects", "controls",
    "webPublishItems", "tableParts", "extLst",
)  # fmt: skip
_AFTER_FORMATS: Final = ("dataValidations", *_AFTER_RULES)
_PARTS: Final = ("font", "fill", "border")  # of a cell's look, numbered each for itself
# What may stand behind the lists of looks that a file may lack (18.8.39).
_AFTER_NUMBERS: Final = ("fonts", "fills", "borders", "cellStyleXfs", "cellXfs")
_AFTER_DIFFERENT: Final = ("tableStyles", "colors", "extLst")
_FIRST_OWN: Final = 164  # of number formats: those before it every program knows


def graft(edited: Edited, made: bytes, own: Mapping[str, bool]) -> dict[str, Any]:
    """Put a book of ours into a file that is being edited.

    Its sheets named in `own` become sheets of the file, hidden where that is true; their roots
    come back. Of any other sheet its conditional formats and entry rules go to the file's sheet of
    the same name, behind those that it has. Names come along. Raises `PackageError` for a file
    without styles.
    """
    package = Package.of(made)
    book = Book(package)
    looks = _Looks(package.tree(_styles(book)), edited.tree(_styles(edited.book)))
    grown = {}
    for name, part in sorted(book.parts.items(), key=lambda one: own.get(one[0], False)):
        root = package.tree(part)
        for rule in root.iter(f"{MAIN}cfRule"):
            if rule.get("dxfId"):
                rule.set("dxfId", looks.different(int(rule.get("dxfId"))))
        if name in own:
            _dress(root, looks, book)
            _show(root, edited)
            add_sheet(edited, name, root, is_hidden=own[name])
            grown[name] = root
        elif name in edited.book.parts:
            _lay(root, edited.tree(edited.book.parts[name]))
    edited.name(book.names)
    _name_locally(edited, package.tree(book.part), grown)
    return grown


def _name_locally(edited: Edited, source: Any, own: Iterable[str]) -> None:
    """Bring along the names of a sheet's own, such as that of the rows which repeat in print."""
    there = [one.get("name") for one in edited.tree(edited.book.part).find(f"{MAIN}sheets")]
    sheets = [one.get("name") for one in source.find(f"{MAIN}sheets")]
    for one in source.iter(f"{MAIN}definedName"):
        sheet = sheets[int(one.get("localSheetId"))] if one.get("localSheetId") else ""
        if sheet in own:
            made = deepcopy(one)
            made.set("localSheetId", str(there.index(sheet)))
            edited.listed_names().append(made)


def _styles(book: Book) -> str:
    if book.styles_part is None:
        raise PackageError(f"{book.part}:没有样式")
    return book.styles_part


def _dress(root: Any, looks: "_Looks", book: Book) -> None:
    """Give cells, rows and columns the numbers that their looks have in the file."""
    for tag, which in (("c", "s"), ("row", "s"), ("col", "style")):
        for one in root.iter(f"{MAIN}{tag}"):
            if one.get(which):
                one.set(which, looks.cell(int(one.get(which))))
    for cell in root.iter(f"{MAIN}c"):
        if cell.get("t") == "s":  # a text that cells share becomes the cell's own
            words = book.texts[int(cell.findtext(f"{MAIN}v"))]
            del cell[:]
            cell.set("t", "inlineStr")
            etree.SubElement(etree.SubElement(cell, f"{MAIN}is"), f"{MAIN}t").text = words


def _show(root: Any, edited: Edited) -> None:
    """Let the sheet not be selected beside the one on which the file opens."""
    views = root.find(f"{MAIN}sheetViews")
    if views is None:
        return
    if edited.tree(edited.book.part).find(f"{MAIN}bookViews") is None:
        root.remove(views)  # each refers to a window of the file
    for view in views:
        view.attrib.pop("tabSelected", None)


def _lay(source: Any, target: Any) -> None:
    """Add conditional formats and entry rules to a sheet of the file."""
    last = max((int(one.get("priority", "0")) for one in target.iter("{*}cfRule")), default=0)
    for one in list(source.iterchildren(_FORMATS)):
        for rule in one:
            rule.set("priority", str(last + int(rule.get("priority"))))
        in_order(target, one, _AFTER_FORMATS)
    rules = source.find(_RULES)
    if rules is None:
        return
    there = target.find(_RULES)
    if there is None:
        in_order(target, rules, _AFTER_RULES)
        return
    there.extend(list(rules))
    there.set("count", str(len(there)))


class _Looks:
    """Looks of cells of one file put into another, each once; numbers are given as texts."""

    def __init__(self, source: Any, target: Any) -> None:
        self._source, self._target = source, target
        self._known: dict[tuple[str, int], int] = {}

    def cell(self, number: int) -> str:
        """The number that the look of a cell has in the file."""
        if ("xf", number) not in self._known:
            look = deepcopy(self._source.find(f"{MAIN}cellXfs")[number])
            for part in _PARTS:
                at = int(look.get(f"{part}Id", "0"))
                look.set(f"{part}Id", str(self._part(part, at)))
            look.set("numFmtId", self._numbers(look.get("numFmtId", "0")))
            look.set("xfId", "0")
            self._known["xf", number] = _appended(self._target.find(f"{MAIN}cellXfs"), look)
        return str(self._known["xf", number])

    def different(self, number: int) -> str:
        """The number that the look of a conditional format has."""
        if ("dxf", number) not in self._known:
            listed = self._listed("dxfs", _AFTER_DIFFERENT)
            look = deepcopy(self._source.find(f"{MAIN}dxfs")[number])
            self._known["dxf", number] = _appended(listed, look)
        return str(self._known["dxf", number])

    def _part(self, part: str, number: int) -> int:
        if (part, number) not in self._known:
            made = deepcopy(self._source.find(f"{MAIN}{part}s")[number])
            self._known[part, number] = _appended(self._target.find(f"{MAIN}{part}s"), made)
        return self._known[part, number]

    def _numbers(self, number: str) -> str:
        """The number of a number format, of one of our own a new one."""
        if int(number) < _FIRST_OWN:
            return number
        if ("numFmt", int(number)) not in self._known:
            formats = self._source.find(f"{MAIN}numFmts")
            code = next(one.get("formatCode") for one in formats if one.get("numFmtId") == number)
            listed = self._listed("numFmts", _AFTER_NUMBERS)
            used = [int(one.get("numFmtId", "0")) for one in listed]
            made = max([_FIRST_OWN - 1, *used]) + 1
            _appended(listed, etree.Element(f"{MAIN}numFmt", numFmtId=str(made), formatCode=code))
            self._known["numFmt", int(number)] = made
        return str(self._known["numFmt", int(number)])

    def _listed(self, name: str, later: tuple[str, ...]) -> Any:
        """A list of looks, put in where the file has none."""
        found = self._target.find(f"{MAIN}{name}")
        if found is None:
            found = etree.Element(f"{MAIN}{name}")
            in_order(self._target, found, later)
        return found


def _appended(listed: Any, made: Any) -> int:
    """Put an element at the end of a list that says how many it has; its number comes back."""
    if listed is None:
        raise PackageError("样式不全")
    listed.append(made)
    listed.set("count", str(len(listed)))
    return len(listed) - 1
