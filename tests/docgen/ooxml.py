"""Whether a Word file is as the Open XML schemas want it, judged against its own template."""

import re
from collections import Counter
from pathlib import Path
from typing import ClassVar
from zipfile import ZipFile

from lxml import etree
from openxml_audit import OpenXmlValidator
from openxml_audit.context import ValidationContext
from openxml_audit.errors import ValidationError
from openxml_audit.parts import OpenXmlPart
from openxml_audit.schema.validator import SchemaValidator

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


class Remembering(SchemaValidator):
    """Looks at a part once: styles and themes are most of each file, and the same in all of them.

    What the schemas say of a part depends on nothing else in its file.
    """

    known: ClassVar[dict[tuple[str, bytes], list[ValidationError]]] = {}

    def validate_part(self, part: OpenXmlPart, context: ValidationContext) -> list[ValidationError]:
        asked = (part.uri, part.raw_content or b"")
        if asked in self.known:
            context.errors.extend(self.known[asked])
            return context.errors
        before = len(context.errors)
        found = super().validate_part(part, context)
        self.known[asked] = found[before:]
        return found


def new_faults(template: Path, out: Path) -> list[str]:
    """What is wrong with `out` and was not wrong with `template`."""
    return [*(schema_faults(out) - schema_faults(template)), *repairs(out)]


def schema_faults(path: Path) -> Counter:
    """The faults against the schemas, each without its position."""
    validator = OpenXmlValidator(max_errors=0)
    validator._schema_validator = Remembering()
    faults = validator.validate(str(path)).errors
    return Counter({
        re.sub(r"\d+", "#", f"{fault.part_uri} {fault.description}"): 1
        for fault in faults
        if "err" in str(fault.severity).lower() and "stylesWithEffects" not in str(fault.part_uri)
    })  # fmt: skip


def repairs(path: Path) -> list[str]:
    """What Word repairs or refuses although the schemas allow it."""
    with ZipFile(path) as package:
        names = set(package.namelist())
        found = [] if len(names) == len(package.namelist()) else ["a member twice"]
        types = etree.fromstring(package.read("[Content_Types].xml"))
        known = {item.get("PartName") or f".{item.get('Extension').lower()}" for item in types}
        for name in names - {"[Content_Types].xml"}:
            if f"/{name}" not in known and f".{name.rpartition('.')[2].lower()}" not in known:
                found.append(f"{name}: no content type")
        for name in sorted(names):
            if name.endswith((".xml", ".rels")):
                root = etree.fromstring(package.read(name))
                found += [f"{name}: {fault}" for fault in _part_faults(root, name, package)]
    return found


def _part_faults(root, name: str, package: ZipFile) -> list[str]:
    found = [f"{tag} twice: {ids}" for tag, ids in _repeated(root)]
    for tag, wanted in (("tbl", "tr"), ("tr", "tc")):
        for element in root.iter(f"{W}{tag}"):
            if element.find(f".//{W}{wanted}") is None:
                found.append(f"{tag} without {wanted}")
    for cell in root.iter(f"{W}tc"):
        if len(cell) == 0 or cell[-1].tag != f"{W}p":
            found.append("a cell that does not end with a paragraph")
    if root.iter(f"{W}p") and not name.endswith(".rels"):
        found += _dangling(root, name, package)
    return found


def _repeated(root):
    for tag, attribute in ((f"{W}bookmarkStart", f"{W}id"), (f"{W}bookmarkStart", f"{W}name"),
                           (f"{WP}docPr", "id"), (f"{W}num", f"{W}numId")):  # fmt: skip
        ids = [element.get(attribute) for element in root.iter(tag)
               if next(element.iterancestors("{*}Fallback"), None) is None]  # fmt: skip
        if len(set(ids)) != len(ids):
            yield tag.rpartition("}")[2], ids


def _dangling(root, name: str, package: ZipFile) -> list[str]:
    folder, _, base = name.rpartition("/")
    relations = f"{folder}/_rels/{base}.rels"
    known = set()
    if relations in package.namelist():
        for item in etree.fromstring(package.read(relations)):
            known.add(item.get("Id"))
    return [
        f"{value} leads nowhere"
        for element in root.iter()
        for key, value in element.attrib.items()
        if key.startswith(R) and value not in known
    ]
