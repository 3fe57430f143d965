"""The parts of a document that say how it looks: text, styles, theme, lists, settings, footers."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from docgen.template.model.errors import Location, TemplateError, TemplateFault
from docgen.template.word.changes import read_relations, target_name
from docgen.template.word.names import R_NS, STRICT, VAL, W
from docgen.template.word.package import Package, main_part

_OFF: Final = frozenset(("0", "false", "off"))


@dataclass(frozen=True, slots=True)
class Parts:
    """The trees of a document's parts; a part that is missing is None.

    `footers` are the trees of headers and footers by the id under which a section refers to them.

    Where a section refers to its header as rId7, `footers["rId7"]` is the tree of word/header1.xml.
    """

    name: str
    main: Element
    styles: Element | None
    numbering: Element | None
    settings: Element | None
    theme: Element | None
    footers: dict[str, Element]

    def setting(self, name: str) -> Element | None:
        """The setting called `name`."""
        return None if self.settings is None else self.settings.find(f"{W}{name}")


def read_parts(package: Package) -> Parts:
    """The trees of the document in `package`; raises `TemplateError` for a Strict one."""
    name = main_part(package)
    main = etree.fromstring(package.read(name))
    if STRICT in main.nsmap.values():
        raise TemplateError([TemplateFault("strict", Location(name))])
    related = list(_related(package, name))
    of_kind = {kind: tree for kind, _, tree in related}
    return Parts(
        name,
        main,
        of_kind.get("styles"),
        of_kind.get("numbering"),
        of_kind.get("settings"),
        of_kind.get("theme"),
        {number: tree for kind, number, tree in related if kind in ("footer", "header")},
    )


def _related(package: Package, part: str) -> Iterator[tuple[str, str, Element]]:
    """The kind, the id and the tree of each part of XML that `part` refers to."""
    names = {name.lower(): name for name in package.names()}
    for relation in read_relations(package, part):
        if relation.get("TargetMode") == "External":
            continue
        kind = (relation.get("Type") or "").rpartition("/")[2]
        target = names.get(target_name(part, relation.get("Target", "")).lower())
        if kind in ("styles", "numbering", "settings", "theme", "footer", "header") and target:
            yield kind, relation.get("Id", ""), etree.fromstring(package.read(target))


def child_value(element: Element | None, path: str) -> str | None:
    """The `w:val` of the element at `path`, such as `pPr/jc`; None where there is none."""
    found = None if element is None else element.find("/".join(f"{W}{n}" for n in path.split("/")))
    return None if found is None else found.get(VAL)


def is_on(element: Element | None) -> bool:
    """Whether a property that is on or off is there and on."""
    return element is not None and element.get(VAL, "1").lower() not in _OFF


def reference(element: Element) -> str:
    """The id of the part that the element refers to."""
    return element.get(f"{{{R_NS}}}id", "")


def number(text: str | None) -> int | None:
    """A measure in twips or half-points as Word writes it, `560` or `28pt`; None for no number."""
    if text is None:
        return None
    for unit, twips in (("pt", 20.0), ("mm", 1440 / 25.4), ("cm", 1440 / 2.54), ("in", 1440.0)):
        if text.endswith(unit):
            return _rounded(text.removesuffix(unit), twips)
    return _rounded(text, 1)


def _rounded(text: str, factor: float) -> int | None:
    try:
        value = float(text) * factor
    except ValueError:
        return None
    return round(value) if abs(value) < 1_000_000 else None
