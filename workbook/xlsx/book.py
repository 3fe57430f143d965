"""A whole file: its sheets in order, its names and tables, its texts and number formats."""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Self

from msgspec import Struct

from workbook.xlsx.addresses import Corners, corners_of
from workbook.xlsx.package import MAIN, RELATION, Package, PackageError, Relation, rooted
from workbook.xlsx.sheet import FileSheet, read_sheet, text_of

_PROPERTIES: Final = "docProps/custom.xml"
_TIMES: Final = "docProps/core.xml"
# The formats that a file names by number alone (ECMA-376 part 1, 18.8.30, and its list for zh-cn).
_MONTH, _DAY = 'yyyy"年"m"月"', 'm"月"d"日"'
_HALF_DAY: Final = 'AM/PM h"时"mm"分"'
_BUILT_IN: Final = {
    **{1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00"},
    **{12: "# ?/?", 13: "# ??/??", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy"},
    **{18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm"},
    **dict.fromkeys((5, 6), '"¥"#,##0'),
    **dict.fromkeys((7, 8, 44), '"¥"#,##0.00'),
    **dict.fromkeys((27, 36, 50, 52, 57), _MONTH),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), _DAY),
    **{30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"'},
    **dict.fromkeys((34, 55), _HALF_DAY),
    **dict.fromkeys((35, 56), f'{_HALF_DAY}ss"秒"'),
    **{37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 41: "#,##0", 42: '"¥"#,##0'},
    **{43: "#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@"},
}


class FileTable(Struct, frozen=True):
    """A table of a sheet: its name, the cells that it covers, how many of its rows are totals."""

    name: str
    sheet: str
    corners: Corners
    totals: int


class Book:
    """An open file, of which each part is read when it is first asked for."""

    @classmethod
    def at(cls, path: Path) -> Self:
        """The file at `path`, which is not kept open; PackageError where it is no workbook."""
        return cls(Package.of(path.read_bytes()))

    def __init__(self, package: Package) -> None:
        self._package = package
        self._read: dict[str, FileSheet] = {}
        self._broken: dict[str, PackageError] = {}

    @cached_property
    def part(self) -> str:
        """The part that all others are reached from; who asks for properties alone needs none."""
        for relation in self._package.relations().values():
            if relation.type == "officeDocument":
                return relation.part
        raise PackageError("_rels/.rels:没有指明工作簿在哪里")

    @cached_property
    def _root(self) -> Any:
        return self._package.tree(self.part)

    @cached_property
    def _related(self) -> Mapping[str, Relation]:
        """What the workbook's part refers to, by id."""
        return self._package.relations(self.part)

    @property
    def is_workbook(self) -> bool:
        """Whether it is one at all; a Word file that was only renamed is none."""
        return str(self._root.tag).rpartition("}")[2] == "workbook"

    @property
    def is_transitional(self) -> bool:
        """Whether it is the usual form of the format; the strict one has names of its own."""
        return str(self._root.tag) == f"{MAIN}workbook"

    @cached_property
    def parts(self) -> Mapping[str, str]:
        """The sheets of cells in order, by name, with their parts; sheets of charts are none."""
        return dict(self._sheets)

    @cached_property
    def _sheets(self) -> list[tuple[str, str]]:
        found = []
        for one in self._root.iter(f"{MAIN}sheet"):
            relation = self._related.get(one.get(RELATION, ""))
            if relation is not None and relation.type == "worksheet":
                found.append((one.get("name", ""), relation.part))
        return found

    def _part_sheets(self) -> None:
        """Raise `PackageError` where two sheets have one name or one part."""
        for what, said in (
            (Counter(name.lower() for name, _ in self._sheets), "两张工作表同名"),
            (Counter(part for _, part in self._sheets), "两张工作表指着同一部分"),
        ):
            if twice := next((one for one, count in what.items() if count > 1), None):
                raise PackageError(f"{self.part}:{said}({twice[:40]})")

    def sheet(self, name: str) -> FileSheet:
        """The cells of a sheet, read once, as its `PackageError` where it is broken."""
        if name in self._broken:
            raise self._broken[name]
        if name not in self._read:
            try:
                self._read[name] = read_sheet(self._package, self.parts[name])
            except PackageError as error:
                self._broken[name] = error
                raise
        return self._read[name]

    def read(self, sheets: Mapping[str, int]) -> None:
        """Read these sheets and what they all need, so that whatever is broken there shows.

        With each comes the last row of which something is asked.
        """
        self._package.weigh()
        self._part_sheets()
        for name, last in sheets.items():
            self._read[name] = read_sheet(self._package, self.parts[name], last)
        for kept in ("names", "tables", "properties", "texts", "formats"):
            getattr(self, kept)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What the names of the whole book stand for, `预算收支!$C$9`.

        Raises `PackageError` for one that stands for two things, as only a bent file says.
        """
        found: dict[str, str] = {}
        for one in self._root.iter(f"{MAIN}definedName"):
            name, text = one.get("name", ""), one.text or ""
            if one.get("localSheetId") is not None:
                continue
            if found.setdefault(name, text) != text:
                raise PackageError(f"{self.part}:名称“{name[:20]}”指着两个地方")
        return found

    @cached_property
    def tables(self) -> tuple[FileTable, ...]:
        """All tables, sheet by sheet; one whose range makes no sense is left out."""
        return tuple(self._tables())

    def _tables(self) -> Iterator[FileTable]:
        for sheet, part in self.parts.items():
            for relation in self._package.relations(part).values():
                if relation.type != "table":
                    continue
                root = self._package.tree(relation.part)
                corners = corners_of(root.get("ref", ""))
                if corners is not None and corners.bottom > corners.top:
                    name = root.get("displayName") or root.get("name", "")
                    totals = root.get("totalsRowCount", "0")
                    yield FileTable(name, sheet, corners, int(totals == "1"))

    def _only(self, kind: str) -> str | None:
        """The part of a kind of which a workbook has one, if it has it."""
        return next((one.part for one in self._related.values() if one.type == kind), None)

    @property
    def shared_part(self) -> str | None:
        """The part of the texts that cells share."""
        return self._only("sharedStrings")

    @cached_property
    def texts(self) -> list[str]:
        """The texts that cells share, by number."""
        part = self.shared_part
        if part is None:
            return []
        return [text_of(one) for one in self._package.elements(part, f"{MAIN}sst", f"{MAIN}si")]

    @property
    def styles_part(self) -> str | None:
        """The part of the looks of cells."""
        return self._only("styles")

    @cached_property
    def formats(self) -> list[str]:
        """The number format of each style."""
        part = self.styles_part
        if part is None:
            return []
        root = rooted(self._package.tree(part), part, f"{MAIN}styleSheet")
        own = {
            one.get("numFmtId"): one.get("formatCode", "")
            for one in root.iterfind(f"{MAIN}numFmts/{MAIN}numFmt")
        }
        styles = root.iterfind(f"{MAIN}cellXfs/{MAIN}xf")
        return [_format(one.get("numFmtId", "0"), own) for one in styles]

    def format_of(self, style: int) -> str:
        """The number format of a cell of that style."""
        return self.formats[style] if style < len(self.formats) else "General"

    @cached_property
    def counts_from_1904(self) -> bool:
        """Whether days are counted from 1904, as books of old Macs do."""
        settings = self._root.find(f"{MAIN}workbookPr")
        return settings is not None and settings.get("date1904") in ("1", "true")

    @cached_property
    def properties(self) -> Mapping[str, str]:
        """The custom properties of the file."""
        if _PROPERTIES not in self._package:
            return {}
        root = self._package.tree(_PROPERTIES)
        return {one.get("name", ""): "".join(map(str, one.itertext())) for one in root}

    @property
    def is_dated(self) -> bool:
        """Whether the file says when it was made and when it was saved."""
        if _TIMES not in self._package:
            return False
        said = {str(one.tag).rpartition("}")[2] for one in self._package.tree(_TIMES) if one.text}
        return said >= {"created", "modified"}


def _format(number: str, own: Mapping[str | None, str]) -> str:
    if number in own:
        return own[number]
    is_number = number.isascii() and number.isdigit()
    return _BUILT_IN.get(int(number), "General") if is_number else "General"
