"""A workbook's file with some things changed: values, results, names, what it says of itself.

openpyxl loses text boxes, drawings and printer settings of many a bureau's form. Here only the
elements that change are written.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from lxml import etree

from workbook.reading.spots import Spot
from workbook.saving.elements import CellElements, Typed, type_in
from workbook.saving.parts import FORMATS, Parts
from workbook.xlsx.book import Book
from workbook.xlsx.package import MAIN

_CUSTOM: Final = "docProps/custom.xml"
_CUSTOM_NS: Final = f"{FORMATS}/officeDocument/2006/custom-properties"
_VALUES_NS: Final = f"{FORMATS}/officeDocument/2006/docPropsVTypes"
_CUSTOM_KIND: Final = f"{FORMATS}/officeDocument/2006/relationships/custom-properties"
_CUSTOM_TYPE: Final = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
# What Excel shows of a file under 属性; when it was made and saved is no secret.
_PERSONAL: Final = {
    "docProps/core.xml": (
        "creator", "lastModifiedBy", "title", "subject", "description", "keywords", "category",
        "contentStatus", "lastPrinted", "revision",
    ),
    "docProps/app.xml": ("Manager", "Company", "HyperlinkBase"),
}  # fmt: skip
_USERS: Final = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # properties that a user has added
# What may stand before the defined names of a workbook (ECMA-376 part 1, 18.2.27).
_BEFORE_NAMES: Final = frozenset(
    f"{MAIN}{name}"
    for name in (
        "fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets",
        "functionGroups", "externalReferences",
    )
)  # fmt: skip


class Edited(Parts):
    """A file that is being changed; `data` gives the bytes. Raises `PackageError` for broken ones.

    `file.put({Spot("收支", 9, 3): Decimal("195.49")})` types a figure into 收支!C9.
    """

    def __init__(self, file: bytes) -> None:
        super().__init__(file)
        self.book = Book(self.package)

    def is_typed(self, spot: Spot) -> bool:
        """Whether the file has the cell, and no formula in it."""
        cell = self.book.sheet(spot.sheet).cells.get((spot.row, spot.column))
        return cell is not None and not cell.formula

    def put(self, values: Mapping[Spot, Typed]) -> None:
        """Type values into cells, None to empty one; a formula's cell is typed over."""
        for name in dict.fromkeys(spot.sheet for spot in values):
            wanted = {spot: value for spot, value in values.items() if spot.sheet == name}
            cells = CellElements(self.tree(self.book.parts[name]))
            for spot, value in wanted.items():
                if value is not None or cells.has(spot):
                    type_in(cells.at(spot), value)

    def put_results(self, values: Mapping[Spot, Typed]) -> None:
        """Let formulas, which stay, have given these values."""
        for spot, value in values.items():
            cell = CellElements(self.tree(self.book.parts[spot.sheet])).at(spot)
            formula = cell.find(f"{MAIN}f")
            type_in(cell, value)
            if cell.get("t") == "inlineStr":  # which no formula gives
                type_in(cell, None)
                cell.set("t", "str")
                etree.SubElement(cell, f"{MAIN}v").text = str(value)
            cell.insert(0, formula)

    def forget_results(self) -> None:
        """Take away what formulas gave, and the shared texts that no cell shows any more."""
        for part in self.book.parts.values():
            if any(True for _ in _results(self.seen(part))):
                for cell, value in list(_results(self.tree(part))):
                    cell.remove(value)
        self.forget_texts()

    def forget_texts(self) -> None:
        """Take away the shared texts that no cell shows any more."""
        shown = set()
        for part in self.book.parts.values():
            for cell in self.seen(part).iter(f"{MAIN}c") if self.has(part) else ():
                if cell.get("t") == "s":
                    shown.add(int(cell.findtext(f"{MAIN}v") or "-1"))
        shared = self.book.shared_part
        if shared is None or all(number in shown for number, _ in enumerate(self.book.texts)):
            return
        for number, item in enumerate(self.tree(shared).iter(f"{MAIN}si")):
            if number not in shown:
                for child in list(item):
                    item.remove(child)
                etree.SubElement(item, f"{MAIN}t").text = ""

    def name(self, names: Mapping[str, str]) -> None:
        """Give the workbook names, `{"基本支出": "'收支'!$C$9"}`, in place of those it has."""
        if not names:
            return
        listed = self.listed_names()
        for one in list(listed):
            if one.get("name") in names and one.get("localSheetId") is None:
                listed.remove(one)
        for name, reference in names.items():
            etree.SubElement(listed, f"{MAIN}definedName", name=name).text = reference
        listed[:] = sorted(listed, key=lambda one: (one.get("name") or "").casefold())

    def listed_names(self) -> Any:
        """The element that lists the workbook's names, those of single sheets among them."""
        root = self.tree(self.book.part)
        listed = root.find(f"{MAIN}definedNames")
        if listed is None:
            listed = etree.Element(f"{MAIN}definedNames")
            before = [one for one in root if one.tag in _BEFORE_NAMES]
            before[-1].addnext(listed)
        return listed

    def say(self, properties: Iterable[tuple[str, str]]) -> None:
        """Give the file custom properties, in place of those of the same names."""
        if _CUSTOM in self.package:
            root = self.tree(_CUSTOM)
        else:
            root = etree.Element(
                f"{{{_CUSTOM_NS}}}Properties",
                nsmap={None: _CUSTOM_NS, "vt": _VALUES_NS},  # type: ignore[dict-item]
            )
            self.add(_CUSTOM, root, _CUSTOM_TYPE)
            self.relate("", _CUSTOM_KIND, _CUSTOM)
        said = dict(properties)
        for one in list(root):
            if one.get("name") in said:
                root.remove(one)
        used = {int(one.get("pid", "1")) for one in root}
        for pid, (name, value) in enumerate(said.items(), start=max(used, default=1) + 1):
            item = etree.SubElement(
                root, f"{{{_CUSTOM_NS}}}property", fmtid=_USERS, pid=str(pid), name=name
            )
            etree.SubElement(item, f"{{{_VALUES_NS}}}lpwstr").text = value

    def forget_people(self) -> None:
        """Take away what the file says of who made it, for whom, and of what it is about."""
        for part, names in _PERSONAL.items():
            if part not in self.package:
                continue
            said = [one for one in self.seen(part) if etree.QName(one).localname in names]
            if said:
                root = self.tree(part)
                for one in list(root):
                    if etree.QName(one).localname in names:
                        root.remove(one)

    def calculate_on_opening(self) -> None:
        """Let whatever program opens the file calculate all of it."""
        root = self.tree(self.book.part)
        settings = root.find(f"{MAIN}calcPr")
        if settings is None:
            settings = etree.Element(f"{MAIN}calcPr")
            (root.find(f"{MAIN}definedNames") or root.find(f"{MAIN}sheets")).addnext(settings)
        settings.set("fullCalcOnLoad", "1")


def _results(root: Any) -> Iterator[tuple[Any, Any]]:
    """Each cell of a sheet's part with the result of its formula."""
    for cell in root.iter(f"{MAIN}c"):
        if cell.find(f"{MAIN}f") is not None:
            yield from ((cell, value) for value in cell.findall(f"{MAIN}v"))
