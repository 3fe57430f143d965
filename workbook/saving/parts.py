"""A package of which some parts change: all others keep their bytes and their place in the file."""

import posixpath
import zipfile
from io import BytesIO
from itertools import count
from typing import Any, Final

from lxml import etree

from workbook.xlsx.package import Package, resolved

FORMATS: Final = "http://schemas.openxmlformats.org"
TYPES: Final = "[Content_Types].xml"
TYPES_NS: Final = f"{FORMATS}/package/2006/content-types"
RELATIONS_NS: Final = f"{FORMATS}/package/2006/relationships"


class Parts:
    """The parts of a file that is being changed; `data` gives the bytes.

    `parts.tree("xl/workbook.xml")` is the root of a part, which whoever asks may change. A file
    that is no package raises `PackageError`.
    """

    def __init__(self, file: bytes) -> None:
        self._file = file
        self.package = Package.of(file)
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

    def seen(self, part: str) -> Any:
        """The root of a part as it is now, only to be looked at."""
        return self._trees[part] if part in self._trees else self.package.tree(part)

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


def _serialised(root: Any) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
