"""A workbook's file with some things changed: whatever is not, and other parts, keep their bytes.

openpyxl loses text boxes, drawings and printer settings of many a bureau's form. Here only the
elements that change are written.
"""

import posixpath
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from itertools import count
from typing import Any, Final

from lxml import etree

from workbook.reading.spots import Spot
from workbook.saving.elements import CellElements, Typed, type_in
from workbook.xlsx.book import Book
from workbook.xlsx.package import MAIN, Package, resolved

TYPES: Final = "[Content_Types].xml"
_CUSTOM: Final = "docProps/custom.xml"
_FORMATS: Final = "http://schemas.openxmlformats.org"
TYPES_NS: Final = f"{_FORMATS}/package/2006/content-types"
RELATIONS_NS: Final = f"{_FORMATS}/package/2006/relationships"
_CUSTOM_NS: Final = f"{_FORMATS}/officeDocument/2006/custom-properties"
_VALUES_NS: Final = f"{_FORMATS}/officeDocument/2006/docPropsVTypes"
_CUSTOM_KIND: Final = f"{_FORMATS}/officeDocument/2006/relationships/custom-properties"
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


class Edited:
    """A file that is being changed; `data` gives the bytes. Raises `PackageError` for broken ones.

    `file.put({Spot("收支", 9, 3): Decimal("195.49")})` types a figure into 收支!C9.
    """

    def __init__(self, file: bytes) -> None:
        self._file = file
        self.package = Package.of(file)
        self.book = Book(self.package)
        self._trees: dict[str, Any] = {}
        self._gone: set[str] = set()

    def add(self, part: str, root: Any, content_type: str) -> None:
        """Put in a part of a name that the file does not have."""
        self._trees[part] = root
        types, extension = self.tree(TYPES), part.rpartition(".")[2]
        if extension == "xml":
            told = {"PartName": f"/{part}"}
            etree.SubElement(types, f"{{{TYPES_NS}}}Override", told, ContentType=content_type)
        elif extension not in {one.get("Extension", "").lower() for one in types}:
            made = etree.Element(f"{{{TYPES_NS}}}Default", Extension=extension)
            made.set("ContentType", content_type)
            types.insert(0, made)

    def drop(self, part: str) -> None:
        """Leave out a part, with what is said of its type."""
        types = self.tree(TYPES)
        for one in list(types):
            if one.get("PartName", "").lower() == f"/{part}".lower():
                types.remove(one)
        self._gone.add(part.lower())
        self._trees.pop(part, None)

    def has(self, part: str) -> bool:
        """Whether the file will have a part."""
        is_there = part in self.package or part in self._trees
        return is_there and part.lower() not in self._gone

    def relate(self, source: str, kind: str, target: str) -> str:
        """Let a part refer to another; the id of the relation comes back."""
        folder, name = posixpath.split(source)
        listed = posixpath.join(folder, "_rels", f"{name}.rels")
        if not self.has(listed):
            self._trees[listed] = etree.Element(
                f"{{{RELATIONS_NS}}}Relationships",
                nsmap={None: RELATIONS_NS},  # type: ignore[dict-item]
            )
        relations = self.tree(listed)
        used = {one.get("Id") for one in relations}
        identity = next(f"rId{n}" for n in count(1) if f"rId{n}" not in used)
        path = posixpath.relpath(target, folder or ".") if source else target
        etree.SubElement(
            relations, f"{{{RELATIONS_NS}}}Relationship", Id=identity, Type=kind, Target=path
        )
        return identity

    def related(self, source: str) -> list[str]:
        """The parts to which a part refers inside the file, as it is now."""
        folder, name = posixpath.split(source)
        listed = posixpath.join(folder, "_rels", f"{name}.rels")
        if listed not in self._trees:
            return [one.part for one in self.package.relations(source).values()]
        return [
            resolved(folder, one.get("Target", ""))
            for one in self._trees[listed]
            if isinstance(one.tag, str) and one.get("TargetMode") != "External"
        ]

    def tree(self, part: str) -> Any:
        """The root of a part, which will be written anew."""
        if part not in self._trees:
            self._trees[part] = self.package.tree(part)
        return self._trees[part]

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

    def seen(self, part: str) -> Any:
        """The root of a part as it is now, only to be looked at."""
        return self._trees[part] if part in self._trees else self.package.tree(part)

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

    def data(self) -> bytes:
        """The file, its members in their order, new ones last."""
        changed = {part.lower(): _serialised(root) for part, root in self._trees.items()}
        made = BytesIO()
        with (
            zipfile.ZipFile(BytesIO(self._file)) as old,
            zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
        ):
            for member in old.infolist():
                if member.filename.lower() in self._gone:
                    continue
                data = changed.pop(member.filename.lower(), None)
                data = old.read(member) if data is None else data
                new.writestr(member, data, zipfile.ZIP_DEFLATED)
            for part in self._trees:
                if part.lower() in changed:
                    # By its name alone a member bears the zip format's first day, and no clock's.
                    member = zipfile.ZipInfo(part)
                    new.writestr(member, changed[part.lower()], zipfile.ZIP_DEFLATED)
        return made.getvalue()


def _results(root: Any) -> Iterator[tuple[Any, Any]]:
    """Each cell of a sheet's part with the result of its formula."""
    for cell in root.iter(f"{MAIN}c"):
        if cell.find(f"{MAIN}f") is not None:
            yield from ((cell, value) for value in cell.findall(f"{MAIN}v"))


def _serialised(root: Any) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
