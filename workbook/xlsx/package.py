"""The parts of a file, and how they hang together; a broken one is a fault that names it."""

import posixpath
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import IO, Any, Final, NamedTuple, Self

from lxml import etree

from workbook.files.archive import BROKEN, pieces

MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ROOT: Final = ""
_AT_ONCE: Final = 128 << 10  # bytes that are parsed before what they hold is asked for
_SMALL: Final = 2 << 20  # bytes of XML, of which a tree takes twenty times as many
# The budget of a workbook. Two thousand projects in a form of ours are a million and a half cells;
# each takes at least two bytes of the packed file, and brings two elements or three.
MOST_CELLS: Final = 2_000_000
_FREE_CELLS, _FREE_MARKS = 100_000, 500_000
_MOST_MARKS: Final = 12_000_000
_LIGHT: Final = 8 << 20  # bytes of XML that cannot hold too much
_MOST_AT_ONCE: Final = 250_000  # elements in memory, of a small part or between two that are asked


# A comment in the middle of a figure would leave its first digits.
_SAFE: Final[Any] = {
    **{"resolve_entities": False, "no_network": True, "huge_tree": False},
    **{"remove_comments": True, "remove_pis": True},
}


class PackageError(Exception):
    """A part of the file is not what it should be: `xl/workbook.xml:标记没有闭合`."""


class TooLargeError(PackageError):
    """The file holds more than a workbook of ours can."""


class Relation(NamedTuple):
    """What a part refers to: the kind of thing (`worksheet`, `table`), and where it is."""

    type: str
    part: str


class Package:
    """An open .xlsx file; parts are found whatever the case of their names, as programs do."""

    @classmethod
    def of(cls, file: bytes) -> Self:
        """A file's bytes as a package."""
        try:
            return cls(zipfile.ZipFile(BytesIO(file)))
        except BROKEN as error:
            raise PackageError(str(error)) from error

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = {name.lower(): name for name in archive.namelist()}
        self._cells_left = MOST_CELLS

    def __contains__(self, part: str) -> bool:
        return part.lower() in self._names

    def weigh(self) -> None:
        """Raise `TooLargeError` for more cells or elements than a file of its size can mean.

        They are counted while each member is unpacked piece by piece and thrown away. A count of
        `<c` takes some other elements for cells, which are few.
        """
        entries = self._archive.infolist()
        if sum(entry.file_size for entry in entries) <= _LIGHT:
            return
        packed = sum(entry.compress_size for entry in entries)
        most_cells = min(MOST_CELLS, _FREE_CELLS + packed // 2)
        most_marks = min(_MOST_MARKS, _FREE_MARKS + packed * 2)
        cells = marks = 0
        for entry in entries:
            with self.open(entry.filename) as stream, _faults_named(entry.filename):
                for piece in pieces(stream):
                    cells += piece.count(b"<c") + piece.count(b":c")
                    marks += piece.count(b"<")
                    if cells > most_cells or marks > most_marks:
                        raise TooLargeError(entry.filename)

    def spend(self, cells: int) -> None:
        """Count cells that are being read; raises `TooLargeError` for the one that is too many."""
        self._cells_left -= cells
        if self._cells_left < 0:
            raise TooLargeError

    def open(self, part: str) -> IO[bytes]:
        """A part as a stream of bytes."""
        try:
            return self._archive.open(self._names[part.lower()])
        except KeyError:
            raise PackageError(f"{part}:文件里没有这一部分") from None
        except BROKEN as error:
            raise PackageError(f"{part} 解不开({error})") from error

    def tree(self, part: str) -> Any:
        """The root of a small part of XML."""
        parser = etree.XMLParser(**_SAFE)
        if self._size(part) > 2 * _LIGHT:
            raise TooLargeError(part)
        with self.open(part) as stream, _faults_named(part):
            content = b"".join(pieces(stream))
            if content.count(b"<") > 2 * _MOST_AT_ONCE:
                raise TooLargeError(part)
            return _checked(etree.fromstring(content, parser), part)

    def elements(self, part: str, root: str, *tags: str) -> Iterator[Any]:
        """Elements of these tags in a part of any size with this root, in order.

        In a large part each is whole until the next one is asked for: it holds one at a time.
        """
        if self._size(part) <= _SMALL:
            yield from rooted(self.tree(part), part, root).iter(*tags)
            return
        parser = etree.XMLPullParser(("end",), tag=tags, **_SAFE)
        marks = 0
        with self.open(part) as stream, _faults_named(part):
            for piece in pieces(stream, _AT_ONCE):
                parser.feed(piece)
                marks += piece.count(b"<")
                for _, ended in parser.read_events():
                    element: Any = ended
                    yield element
                    element.clear()
                    while element.getprevious() is not None:
                        del element.getparent()[0]
                    marks = 0
                if marks > 2 * _MOST_AT_ONCE:  # none of them asked for: they would all be kept
                    raise TooLargeError(part)
            rooted(_checked(parser.close(), part), part, root)

    def _size(self, part: str) -> int:
        name = self._names.get(part.lower())
        return self._archive.getinfo(name).file_size if name else 0

    def relations(self, part: str = _ROOT) -> dict[str, Relation]:
        """What a part refers to inside the file, by id; the file's own are those of ""."""
        folder, name = posixpath.split(part)
        listed = posixpath.join(folder, "_rels", f"{name}.rels")
        if listed not in self:
            return {}
        return {
            one.get("Id", ""): Relation(
                one.get("Type", "").rpartition("/")[2], resolved(folder, one.get("Target", ""))
            )
            for one in self.tree(listed)
            if isinstance(one.tag, str) and one.get("TargetMode") != "External"
        }


@contextmanager
def _faults_named(part: str) -> Iterator[None]:
    """Whatever is wrong with a part's bytes or its XML becomes the fault that names it."""
    try:
        yield
    except etree.XMLSyntaxError as error:
        raise PackageError(f"{part} 第 {error.lineno or 1} 行不是完整的 XML") from error
    except BROKEN as error:
        raise PackageError(f"{part} 解不开({error})") from error


def _checked(root: Any, part: str) -> Any:
    """The root of a part that has no document type, with which texts could hide or grow."""
    if root is None or root.getroottree().docinfo.doctype:
        raise PackageError(f"{part}:XML 里不应有文档类型声明")
    return root


def rooted(element: Any, part: str, root: str) -> Any:
    """The root of a part, which is of this tag: with another nothing in it would be found."""
    if element.tag != root:
        name = root.rpartition("}")[2]
        raise PackageError(f"{part}:应当以 {name} 开头,而且用 Excel 通常的格式保存")
    return element


def resolved(folder: str, target: str) -> str:
    """The part that a target leads to: from the root, or from the folder of who refers to it."""
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
