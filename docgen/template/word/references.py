"""What refers to bookmarks: fields and links, found in a tree and led to the bookmark of a pass."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from lxml.etree import _Element as Element

from docgen.template.model.signs import Token, held_token
from docgen.template.word.names import FIELD_CHAR, FIELD_MARK, INSTRUCTION, R_NS, VAL, W

BOOKMARK: Final = f"{W}bookmarkStart"
_LINK, _SIMPLE = f"{W}hyperlink", f"{W}fldSimple"
_ADDRESS: Final = f"{{{R_NS}}}id"
_ANCHOR, _CODE = f"{W}anchor", f"{W}instr"
# ECMA-376 part 1, 17.16.5; Word takes no other letters for the name of a bookmark. A link with an
# address before it leads into another file.
_REFERS: Final = re.compile(
    r'\s*(?:(?:PAGE|NOTE)?REF\s+"?|HYPERLINK\s+(?=\\)(?:[^\\]|\\(?!l\b))*\\l\s*"?)(\w+)',
    re.IGNORECASE,
)
_CONTENTS: Final = re.compile(r'\s*TOC\s(?:[^\\]|\\(?!b\b))*\\b\s*"?(\w+)', re.IGNORECASE)
# `{ name }` is `{ REF name }`, unless a field is called so (17.16.5)
_IMPLIED: Final = re.compile(r"\s*(\w+)\s*(?:\\.*)?$", re.DOTALL)
_FIELDS: Final = frozenset((
    "ADDRESSBLOCK", "ADVANCE", "ASK", "AUTHOR", "AUTONUM", "AUTONUMLGL", "AUTONUMOUT", "AUTOTEXT",
    "AUTOTEXTLIST", "BARCODE", "BIBLIOGRAPHY", "CITATION", "COMMENTS", "COMPARE", "CREATEDATE",
    "DATABASE", "DATE", "DDE", "DDEAUTO", "DOCPROPERTY", "DOCVARIABLE", "EDITTIME", "EQ",
    "FILENAME", "FILESIZE", "FILLIN", "FORMCHECKBOX", "FORMDROPDOWN", "FORMTEXT", "GREETINGLINE",
    "HYPERLINK", "IF", "INCLUDEPICTURE", "INCLUDETEXT", "INDEX", "INFO", "KEYWORDS",
    "LASTSAVEDBY", "LINK", "LISTNUM", "MACROBUTTON", "MERGEFIELD", "MERGEREC", "MERGESEQ", "NEXT",
    "NEXTIF", "NOTEREF", "NUMCHARS", "NUMPAGES", "NUMWORDS", "PAGE", "PAGEREF", "PRINT",
    "PRINTDATE", "PRIVATE", "QUOTE", "RD", "REF", "REVNUM", "SAVEDATE", "SECTION", "SECTIONPAGES",
    "SEQ", "SET", "SKIPIF", "STYLEREF", "SUBJECT", "SYMBOL", "TA", "TC", "TEMPLATE", "TIME",
    "TITLE", "TOA", "TOC", "USERADDRESS", "USERINITIALS", "USERNAME", "XE",
))  # fmt: skip
_WHOLE: Final = re.compile(r"(\w+)$")


@dataclass(frozen=True, slots=True)
class Reference:
    r"""A reference to the bookmark `name`, which stands in a text from letter `start` to `end`.

    The text is an attribute of the one element in `holders`, or that of all of them together.

    The code ` REF _Ref12 \h` between a field's signs has `Reference("_Ref12", holders, "", 5, 11)`.
    """

    name: str
    holders: Sequence[Element]
    attribute: str
    start: int
    end: int
    is_implied: bool = False  # the code is the name alone, and may be meant as something else

    def text(self) -> str:
        """The text in which the name stands."""
        if self.attribute:
            return self.holders[0].get(self.attribute, "")
        return _text(self.holders)

    def lead(self, said: str) -> None:
        """Let it lead to the bookmark of the pass that `said` names."""
        first, *others = self.holders
        text = self.text()
        led = f"{text[: self.start]}{held_token(Token.REFERENCE, said)}{text[self.end :]}"
        if self.attribute:
            first.set(self.attribute, led)
            return
        first.text = led
        for other in others:
            other.text = ""


def references(root: Element) -> Iterator[Reference]:
    """What in a tree refers to bookmarks; a form field has the name of its own."""
    for name in root.iterfind(f".//{W}ffData/{W}name"):
        if match := _WHOLE.match(name.get(VAL, "")):
            yield Reference(match[1], (name,), VAL, *match.span(1))
    for element in root.iter(_LINK):
        match = None if element.get(_ADDRESS) else _WHOLE.match(element.get(_ANCHOR, ""))
        if match:
            yield Reference(match[1], (element,), _ANCHOR, *match.span(1))
    for element in root.iter(_SIMPLE):
        yield from _referring(element.get(_CODE, ""), (element,), _CODE)
    for code in _codes(root):
        if not any(map(len, code)):  # a tag in a code has the name of its own bookmark to say
            yield from _referring(_text(code), code, "")


def _referring(text: str, holders: Sequence[Element], attribute: str) -> Iterator[Reference]:
    """The reference that the code of a field is, if it is one."""
    if match := _REFERS.match(text) or _CONTENTS.match(text):
        yield Reference(match[1], holders, attribute, *match.span(1))
    elif (match := _IMPLIED.match(text)) and match[1].upper() not in _FIELDS:
        yield Reference(match[1], holders, attribute, *match.span(1), is_implied=True)


def _codes(root: Element) -> Iterator[Sequence[Element]]:
    """The pieces of the code of each field that has any, inner fields left out."""
    stack: list[list[Element]] = []
    for item in root.iter(FIELD_CHAR, INSTRUCTION):
        kind = item.get(FIELD_MARK)
        if item.tag == INSTRUCTION:
            if stack:
                stack[-1].append(item)
        elif kind == "begin":
            stack.append([])
        elif stack and kind in ("separate", "end"):
            # behind the sign that parts a code from its result there is no more of it
            code = stack.pop()
            if code:
                yield code
            if kind == "separate":
                stack.append([])


def _text(pieces: Sequence[Element]) -> str:
    return "".join(piece.text or "" for piece in pieces)
