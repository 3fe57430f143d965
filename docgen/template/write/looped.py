"""What a pass of a loop makes of a note or chart of the template, each with an id of its own."""

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from posixpath import splitext
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from docgen.template.model.signs import HOLE, Token, token
from docgen.template.model.tags import TagForm
from docgen.template.word.changes import read_relations, relations_name, serialised, target_name
from docgen.template.word.names import PARAGRAPHS, W14, P
from docgen.template.word.names import PROPERTIES_ID as ID
from docgen.template.word.package import content_types, main_part
from docgen.template.write.holes import HoleWriter
from docgen.template.write.site import Site

_ROOT: Final = re.compile(r"<[^?!][^>]*>")
_SPACES: Final = re.compile(r'\sxmlns:[\w.-]+="[^"]*"')
_MORE: Final = ("/commentsExtended", "/commentsIds")
_FIRST_PARAGRAPH: Final = 0x60000000  # Word wants less than 0x80000000
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
    old, paragraphs = made.get(ID, ""), made.get(PARAGRAPHS)
    number = site.rendering.changes.append(site.part, made)
    if paragraphs is None:
        return number
    made.attrib.pop(PARAGRAPHS)
    _know_again(made, paragraphs.split(" "), site)
    return token(Token.GIVEN_ID, f"comment:{old}:{number}")


def _know_again(comment: Element, paragraphs: Sequence[str], site: Site) -> None:
    """Let the parts that say more of comments say the same of the paragraphs of a copy."""
    rendering = site.rendering
    changes, given = rendering.changes, rendering.ids.open_ids
    main = main_part(changes.package)
    relations = read_relations(changes.package, main)
    told = {
        target_name(main, one.get("Target", ""))
        for one in relations
        if one.get("Type", "").endswith(_MORE)
    }
    parts = {name: etree.fromstring(changes.package.read(name))
             for name in changes.package.names() if name in told}  # fmt: skip
    for paragraph, old in zip(comment.iter(P), paragraphs, strict=False):
        if old:
            new = f"{changes.next_number('paraId', ()) + _FIRST_PARAGRAPH:08X}"
            given[f"paragraph:{old}"] = new
            paragraph.set(f"{W14}paraId", new)
            for name, before in parts.items():
                _say_more(changes.tree(name), deepcopy(before), (old, new), given)


def _say_more(
    root: Element, before: Element, paragraph: tuple[str, str], given: Mapping[str, str]
) -> None:
    """Copy what a part says of a paragraph; what it said of the template's own is left out."""
    old, new = paragraph
    for entry in [one for one in root if _paragraph_of(one) == old]:
        root.remove(entry)
    for entry in [one for one in before if _paragraph_of(one) == old]:
        for name in map(str, entry.keys()):
            if name.endswith("}paraId"):
                entry.set(name, new)
            elif name.endswith("}paraIdParent"):
                parent = entry.get(name, "")
                entry.set(name, given.get(f"paragraph:{parent}", parent))
            elif name.endswith("}durableId"):
                entry.set(name, new)
        root.append(entry)


def _paragraph_of(entry: Element) -> str:
    return next((str(v) for name, v in entry.attrib.items() if str(name).endswith("}paraId")), "")


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
