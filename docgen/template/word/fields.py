"""Word's fields that the data may have changed, set to be updated when the file is opened."""

import re
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from docgen.template.model.signs import HELD_START, HELD_TAG, Token, held_token
from docgen.template.word.changes import Changes, serialised
from docgen.template.word.names import W
from docgen.template.word.package import Member, Package, main_part

FIELDS: Final = (f"{W}fldSimple", f"{W}fldChar", f"{W}instrText")
STALE: Final = re.compile(r"\s*(TOC|TOA|INDEX|REF|PAGEREF|NOTEREF|SEQ|STYLEREF|=)")
LINK: Final = re.compile(r"\s*HYPERLINK")  # shows the same wherever it leads
CONTENTS: Final = ("TOC", "TOA", "INDEX")
# what stands after `w:updateFields` in `w:settings` (ECMA-376 part 1, 17.15.1.78)
_AFTER: Final = frozenset((
    "hdrShapeDefaults", "footnotePr", "endnotePr", "compat", "docVars", "rsids", "mathPr",
    "attachedSchema", "themeFontLang", "clrSchemeMapping", "doNotIncludeSubdocsInStats",
    "doNotAutoCompressPictures", "forceUpgrade", "captions", "readModeInkLockDown",
    "smartTagType", "schemaLibrary", "shapeDefaults", "doNotEmbedSmartTags", "decimalSymbol",
    "listSeparator", "docId", "chartTrackingRefBased",
))  # fmt: skip


def set_fields(root: Element) -> bool:
    """Whether `root` holds a table of contents; fields that depend on the text are set dirty.

    So are those whose code holds a tag: their results are those of the template.

    That of a table of contents is a token, by which the writer knows that it was printed.
    """
    has_contents = False
    for field in root.iter(f"{W}fldSimple"):
        code = field.get(f"{W}instr", "")
        has_contents |= _set_dirty(field, code, is_filled=HELD_TAG in code or HELD_START in code)
    begin: Element | None = None
    said, is_filled = "", False
    for item in root.iter(f"{W}fldChar", f"{W}instrText"):
        if item.tag == f"{W}instrText":
            said += item.text or ""
            is_filled |= len(item) > 0 or HELD_START in said  # tags, a name that a pass decides
            continue
        if begin is not None:
            has_contents |= _set_dirty(begin, said, is_filled=is_filled)
        said, is_filled = "", False
        begin = item if item.get(f"{W}fldCharType") == "begin" else None
    return has_contents


def _set_dirty(field: Element, said: str, *, is_filled: bool) -> bool:
    match = STALE.match(said)
    if match is None and (not is_filled or LINK.match(said)):
        return False
    is_contents = match is not None and match[1] in CONTENTS
    field.set(f"{W}dirty", held_token(Token.CONTENTS) if is_contents else "true")
    return is_contents


def updating_settings(package: Package) -> list[Member]:
    """The settings that let Word update all fields on opening; nothing where there are none."""
    changes = Changes(package)
    name = changes.related(main_part(package), "settings")
    if name is None:
        return []
    root = etree.fromstring(package.read(name))
    for old in root.findall(f"{W}updateFields"):
        root.remove(old)
    update = etree.Element(f"{W}updateFields")
    update.set(f"{W}val", "true")
    after = (n for n, item in enumerate(root) if etree.QName(item).localname in _AFTER)
    root.insert(next(after, len(root)), update)
    changes.put(name, serialised(root))
    return changes.members()
