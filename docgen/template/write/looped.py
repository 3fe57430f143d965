"""What a pass of a loop makes of a note or chart of the template, each with an id of its own."""

import re
from posixpath import splitext
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from docgen.template.model.signs import HOLE
from docgen.template.model.tags import TagForm
from docgen.template.word.changes import read_relations, relations_name, serialised, target_name
from docgen.template.word.package import content_types
from docgen.template.write.holes import HoleWriter
from docgen.template.write.site import Site

_ROOT: Final = re.compile(r"<[^?!][^>]*>")
_SPACES: Final = re.compile(r'\sxmlns:[\w.-]+="[^"]*"')
_NUMBERED: Final = re.compile(r"\d*$")


def identity(markup: str, site: Site) -> str:
    """The id of the note or chart with this markup, which is put into its part or made one."""
    site.rendering.budget.make(len(markup))
    if HOLE in markup:
        markup = HoleWriter().feed(markup.encode()).decode()
    markup = site.rendering.ids.resolved(markup)
    root = _ROOT.search(site.data[0])
    spaces = "".join(_SPACES.findall(root[0])) if root else ""
    (made,) = etree.fromstring(f"<x{spaces}>{markup}</x>")
    if site.spot.form is TagForm.CHART:
        return _related_chart(made, site)
    return site.rendering.changes.append(site.part, made)


def _related_chart(holder: Element, site: Site) -> str:
    """The id of the relationship to a new chart; `holder` says of which it is another."""
    changes, old = site.rendering.changes, holder.get("name", "")
    name = _another(old, etree.tostring(holder[0], xml_declaration=True, encoding="UTF-8"), site)
    relations = read_relations(changes.package, old)
    for one in relations:
        if one.get("TargetMode") != "External":
            target = target_name(old, one.get("Target", ""))
            if target in changes.package.names():
                data = changes.package.read(target)
                site.rendering.budget.make(len(data))
                one.set("Target", f"/{_another(target, data, site)}")
    if len(relations):
        changes.put(relations_name(name), serialised(relations))
    return site.relate("chart", name)


def _another(name: str, data: bytes, site: Site) -> str:
    """The name of a new part with these bytes that is of the kind of the part `name`."""
    changes = site.rendering.changes
    stem, ending = splitext(name)
    types = content_types(changes.package)
    new = changes.new_name(f"{_NUMBERED.sub('', stem)}{{}}{ending}")
    changes.put(new, data, types.get(name.lower(), ""))
    return new
