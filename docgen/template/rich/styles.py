"""The styles that another document's text uses, found by name or copied."""

from copy import deepcopy
from itertools import chain, count
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from docgen.template.word.changes import Changes, serialised
from docgen.template.word.names import W
from docgen.template.word.package import Package, main_part

STYLE, NAME, VAL = f"{W}style", f"{W}name", f"{W}val"
STYLE_ID, TYPE = f"{W}styleId", f"{W}type"
USES: Final = (f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")
LEADS: Final = (f"{W}basedOn", f"{W}link", f"{W}next")


class Styles:
    """The styles of the document being made, into which those of `package` are brought."""

    def __init__(self, package: Package, changes: Changes) -> None:
        self._changes = changes
        self._name = changes.related(main_part(changes.package), "styles")
        self._root = etree.fromstring(changes.read(self._name)) if self._name else None
        source = Changes(package).related(main_part(package), "styles")
        root = etree.fromstring(package.read(source)) if source else etree.Element("none")
        self._source = {style.get(STYLE_ID, ""): style for style in root.findall(STYLE)}
        self._given: dict[str, str] = {}
        self._copied: list[Element] = []

    def bring(self, holder: Element) -> list[Element]:
        """Rename the styles used in `holder` to those of this document; those newly copied."""
        for use in holder.iter(*USES):
            if new := self._mapped(use.get(VAL, "")):
                use.set(VAL, new)
        return self._copied

    def keep(self) -> None:
        """Write the styles back, if there are new ones."""
        if self._copied and self._root is not None and self._name:
            self._changes.put(self._name, serialised(self._root))

    def _mapped(self, old: str) -> str:
        style = self._source.get(old)
        if old in self._given or style is None or self._root is None:
            return self._given.get(old, "")
        known = {_key(item): item.get(STYLE_ID, "") for item in self._root.findall(STYLE)}
        if _key(style) in known:
            self._given[old] = known[_key(style)]
            return self._given[old]
        return self._copy(old, style, self._root, set(known.values()))

    def _copy(self, old: str, style: Element, root: Element, used: set[str]) -> str:
        names = chain((old,), (f"{old}_{number}" for number in count(1)))
        new = next(name for name in names if name not in used)
        self._given[old] = new
        twin = deepcopy(style)
        twin.set(STYLE_ID, new)
        twin.attrib.pop(f"{W}default", "")
        root.append(twin)
        self._copied.append(twin)
        for lead in list(twin.iterchildren(*LEADS)):
            if other := self._mapped(lead.get(VAL, "")):
                lead.set(VAL, other)
            else:
                twin.remove(lead)
        return new


def _key(style: Element) -> tuple[str, str]:
    name = style.find(NAME)
    return style.get(TYPE, ""), "" if name is None else name.get(VAL, "").lower()
