"""Fields of a Word document that have a result: what they say, and what they show."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from docgen.template.word.names import MAIN, XML_SPACE, P, R, W

TOC, PAGEREF = re.compile(r"\s*TOC\b"), re.compile(r"\s*PAGEREF\b")
_DIRTY: Final = f"{W}dirty"


@dataclass(frozen=True, slots=True)
class Field:
    r"""A field, what it says, and its three signs: its result stands behind the second.

    ` PAGEREF _Toc7 \h ` shows the page of the bookmark _Toc7.
    """

    says: str
    begin: Element
    separate: Element
    end: Element

    def clean(self) -> None:
        """Let it be one that Word need not update for itself."""
        if _DIRTY in self.begin.attrib:
            del self.begin.attrib[_DIRTY]

    def show(self, result: str) -> None:
        """Let it show `result`."""
        self.clean()
        separate = run_of(self.separate)
        for run in list(between(separate, run_of(self.end))):
            take(run)
        separate.addnext(made("r", {}, text(result)))


def fields(root: Element, wanted: re.Pattern[str]) -> list[Field]:
    """The fields that say what is wanted and have a result, in order."""
    found: list[Field] = []
    opened: list[tuple[list[str], list[Element]]] = []  # what each says, its signs so far
    for item in root.iter(f"{W}fldChar", f"{W}instrText"):
        kind = item.get(f"{W}fldCharType")
        if kind == "begin":
            opened.append(([], [item]))
        elif opened and kind == "separate":
            opened[-1][1].append(item)
        elif opened and kind == "end":
            words, signs = opened.pop()
            says = "".join(words)
            if len(signs) == len(("begin", "separate")) and wanted.match(says):
                found.append(Field(says, signs[0], signs[1], item))
        elif opened and len(opened[-1][1]) == len(("begin",)):
            opened[-1][0].append(item.text or "")
    return found


def field_runs(says: str) -> Iterator[Element]:
    """The runs of a new field that shows nothing yet."""
    code = made("instrText", {XML_SPACE: "preserve"})
    code.text = says
    for inside in (sign("begin"), code, sign("separate"), text(""), sign("end")):
        yield made("r", {}, inside)


def sign(kind: str) -> Element:
    """The sign that begins a field, parts it from its result, or ends it."""
    return made("fldChar", {f"{W}fldCharType": kind})


def text(words: str) -> Element:
    """A text whose blanks stay."""
    element = made("t", {XML_SPACE: "preserve"})
    element.text = words
    return element


def made(name: str, attributes: dict[str, str], *inside: Element) -> Element:
    """A new element of Word's."""
    element = etree.Element(f"{W}{name}", attributes, nsmap={"w": MAIN})
    element.extend(inside)
    return element


def paragraph_of(element: Element) -> Element:
    """The paragraph in which an element stands."""
    return next(element.iterancestors(P))


def run_of(element: Element) -> Element:
    """The run in which an element stands."""
    return next(element.iterancestors(R))


def between(first: Element, last: Element) -> Iterator[Element]:
    """What stands between two elements beside each other."""
    for element in first.itersiblings():
        if element is last:
            return
        yield element


def take(element: Element) -> None:
    """Take an element out of the document."""
    around = element.getparent()
    assert around is not None
    around.remove(element)
