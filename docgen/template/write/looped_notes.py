"""The note that a pass of a loop makes: put into the part of the notes, with an id of its own."""

import re
from typing import Final

from lxml import etree

from docgen.template.model.signs import HOLE
from docgen.template.write.holes import HoleWriter
from docgen.template.write.site import Site

_ROOT: Final = re.compile(r"<[^?!][^>]*>")
_SPACES: Final = re.compile(r'\sxmlns:[\w.-]+="[^"]*"')


def put_note(markup: str, site: Site) -> str:
    """The id of the note with this markup, which stands in the part of the site then."""
    site.rendering.budget.make(len(markup))
    if HOLE in markup:
        markup = HoleWriter().feed(markup.encode()).decode()
    markup = site.rendering.ids.resolved(markup)
    root = _ROOT.search(site.data[0])
    spaces = "".join(_SPACES.findall(root[0])) if root else ""
    (note,) = etree.fromstring(f"<x{spaces}>{markup}</x>")
    return site.rendering.changes.append(site.part, note)
