"""publish.xml, the list of add-ins that WPS reads when it starts: our line in it, all others kept.

What others wrote stays as it is, to the byte: only our own element is written, replaced or taken
out. The element's attributes are those that npm's wpsjs 2.2 writes (src/lib/debug_publish.js).
"""

import codecs
import re
from typing import Final
from xml.sax.saxutils import quoteattr

from lxml import etree

NAME: Final = "gouji"
_ROOT, _ELEMENT = "jsplugins", "jspluginonline"
_NEW: Final = f'<?xml version="1.0" encoding="UTF-8"?>\n<{_ROOT}>\n</{_ROOT}>\n'
_MARKS: Final = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_ATTRIBUTES: Final = r"""(?:[^>"']|"[^"]*"|'[^']*')*?"""
# Comments and the like first, so that nothing is found inside of them.
_PIECE: Final = re.compile(
    rf"(?P<aside><!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>)"
    rf"|(?P<online><{_ELEMENT}\b{_ATTRIBUTES}(?:/>|>.*?</{_ELEMENT}\s*>))"
    rf"|(?P<blank><{_ROOT}\b{_ATTRIBUTES}/>)"
    rf"|(?P<end></{_ROOT}\s*>)",
    re.DOTALL,
)


class PublishError(Exception):
    """The list is broken, or of a shape that nobody knows; it is left as it is."""


def address_in(data: bytes) -> str | None:
    """The address that our line leads to; None where the list has none."""
    ours = [one for one in _parsed(data).iter(_ELEMENT) if one.get("name") == NAME]
    return ours[0].get("url", "") if ours else None


def with_address(data: bytes | None, url: str) -> bytes:
    """The list with our line, in the place of an older one or behind all others."""
    line = (
        f'<{_ELEMENT} name="{NAME}" type="et" url={quoteattr(url)} debug="" '
        'enable="enable_dev" install="null"/>'
    )
    data = data if data and _without_mark(data).strip() else _NEW.encode()
    text, encoding, mark = _decoded(data)
    new_line = "\r\n" if "\r\n" in text else "\n"
    pieces = list(_PIECE.finditer(text))
    ours = [one for one in pieces if one["online"] and _is_ours(one["online"])]
    if ours:
        changed = _spliced(text, ours, [line, *[""] * (len(ours) - 1)])
    elif blank := [one for one in pieces if one["blank"]]:
        opening = blank[0]["blank"].removesuffix("/>").rstrip()
        changed = _spliced(text, blank[:1], [f"{opening}>{new_line}  {line}{new_line}</{_ROOT}>"])
    elif end := [one for one in pieces if one["end"]]:
        changed = _with_line(text, end[-1].start(), line, new_line)
    else:
        raise PublishError
    return _checked(data, mark + changed.encode(encoding), url)


def _with_line(text: str, at: int, line: str, new_line: str) -> str:
    """The text with a line before what stands at `at`: one of its own, where that has one too."""
    own_line = re.search(r"\n[ \t]*\Z", text[:at])
    if own_line is None:
        return text[:at] + line + text[at:]
    at = own_line.start() + 1
    return f"{text[:at]}  {line}{new_line}{text[at:]}"


def without_address(data: bytes) -> bytes:
    """The list without our line."""
    text, encoding, mark = _decoded(data)
    pieces = _PIECE.finditer(text)
    ours = [one for one in pieces if one["online"] and _is_ours(one["online"])]
    changed = _spliced(text, ours, [""] * len(ours))
    return _checked(data, mark + changed.encode(encoding), None)


def has_others(data: bytes) -> bool:
    """Whether anything stands in the list besides our line."""
    return any(one.get("name") != NAME for one in _parsed(data))


def _parsed(data: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise PublishError from error
    if root.tag != _ROOT:
        raise PublishError
    return root


def _decoded(data: bytes) -> tuple[str, str, bytes]:
    """The text, its encoding, and the mark that it begins with."""
    root = _parsed(data)
    mark = data[: len(data) - len(_without_mark(data))]
    encoding = {_MARKS[1]: "utf-16-le", _MARKS[2]: "utf-16-be"}.get(mark)
    encoding = encoding or root.getroottree().docinfo.encoding or "utf-8"
    try:
        return data[len(mark) :].decode(encoding), encoding, mark
    except (LookupError, UnicodeDecodeError) as error:
        raise PublishError from error


def _without_mark(data: bytes) -> bytes:
    mark = next((one for one in _MARKS if data.startswith(one)), b"")
    return data[len(mark) :]


def _is_ours(element: str) -> bool:
    """Whether an element is ours; by itself it need not know the prefixes that stand above it."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    found = etree.fromstring(element, parser)
    return found is not None and found.get("name") == NAME


def _spliced(text: str, pieces: list[re.Match[str]], instead: list[str]) -> str:
    """The text with other words in the place of some pieces; a line left blank goes, too."""
    for piece, words in reversed(list(zip(pieces, instead, strict=True))):
        before, after = text[: piece.start()], text[piece.end() :]
        if not words and re.search(r"\n[ \t]*\Z", before) and re.match(r"[ \t]*\r?\n", after):
            before = before[: before.rindex("\n")].removesuffix("\r")
        text = before + words + after
    return text


def _checked(before: bytes, after: bytes, url: str | None) -> bytes:
    """The new list, once it has been read back and says of the others what the old one said."""
    if address_in(after) != url or _others(after) != _others(before):
        raise PublishError
    return after


def _others(data: bytes) -> list[bytes]:
    elements = (one for one in _parsed(data) if one.get("name") != NAME)
    return [etree.tostring(one, with_tail=False) for one in elements]
