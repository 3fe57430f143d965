"""Signs in a document that look like a piece of a tag, and would be printed as they are."""

import re
from collections.abc import Iterator
from typing import Final

from lxml.etree import _Element as Element

from docgen.template.model.errors import Location, TemplateFault
from docgen.template.read.part import paragraphs, parse_part
from docgen.template.read.scan import scan
from docgen.template.word.names import P, T
from docgen.template.word.package import Package, template_parts
from docgen.template.word.xml import nearest

_LONE: Final = re.compile(r"[}｝][}｝]|[%％][}｝]|[{｛]\s*[\u4e00-\u9fff]\w{0,19}\s*[}｝]")
_SIGNS: Final = "{}｛｝"


def lone_signs(package: Package) -> Iterator[TemplateFault]:
    """A hint for each lone `}}` or `{基本}` in the paragraphs whose tags are well written."""
    for name, content in template_parts(package):
        if not any(sign.encode() in content for sign in _SIGNS):
            continue
        root = parse_part(name, content)
        if isinstance(root, TemplateFault):
            continue
        in_raw = False
        for paragraph, where in paragraphs(root, name):
            texts = [one.text or "" for one in paragraph.iter(T) if _is_in(one, paragraph)]
            pieces, in_raw = _outside("".join(texts), in_raw=in_raw)
            yield from (_fault(match, where) for piece in pieces for match in _LONE.finditer(piece))


def _is_in(text: Element, paragraph: Element) -> bool:
    return nearest(text, P) is paragraph


def _outside(text: str, *, in_raw: bool) -> tuple[list[str], bool]:
    """What stands outside the tags of a text, and whether it ends between raw and endraw.

    Beside a tag that is not well written any sign may be a piece of it.
    """
    pieces: list[str] = []
    done = 0
    tags = scan(text, in_raw=in_raw)
    is_faulty = any(tag.troubles for tag in tags)
    for tag in tags:
        if not in_raw:
            pieces.append(text[done : tag.start])
        done, in_raw = tag.end, tag.keyword == "raw"
    if is_faulty:
        return [], in_raw
    return (pieces if in_raw else [*pieces, text[done:]]), in_raw


def _fault(match: re.Match[str], where: Location) -> TemplateFault:
    word = match[0].strip("{}｛｝%％ ") or "名字"
    details = {"sign": match[0], "instead": f"{{{{ {word} }}}}"}
    return TemplateFault("lone-sign", where, "", details)
