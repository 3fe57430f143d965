"""What stands in a Word file, as lines of text that can be compared."""

import hashlib
import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import IO, Any, Final

from lxml import etree

WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_EMBEDDED: Final = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed",
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
)
_TOLD: Final = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_SIGNS: Final = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
# Attributes that say when and by whom something was typed, or number it.
_PASSING: Final = re.compile(r"^(?:rsid\w*|paraId|textId|id|docPr)$")


def told(file: Path | IO[bytes]) -> list[str]:
    """Each part's paragraphs, runs, tables and pictures, a line each."""
    with zipfile.ZipFile(file) as package:
        lines = []
        for name in sorted(filter(_TOLD.fullmatch, package.namelist())):
            lines += [f"== {name}", *_Part(package, name).lines()]
        return lines


class _Part:
    def __init__(self, package: zipfile.ZipFile, name: str) -> None:
        self._package = package
        self._root: Any = etree.fromstring(package.read(name))
        folder, _, stem = name.rpartition("/")
        relations = f"{folder}/_rels/{stem}.rels"
        self._targets: dict[str, str] = {}
        if relations in package.namelist():
            for one in etree.fromstring(package.read(relations)):
                self._targets[one.get("Id", "")] = one.get("Target", "")

    def lines(self) -> Iterator[str]:
        for element in self._root.iter(f"{WORD}p", f"{WORD}tbl", f"{WORD}tr", f"{WORD}tc"):
            kind = etree.QName(element).localname
            looks = self._looks(element.find(f"{WORD}{kind}Pr"))
            yield f"{kind} {looks}".rstrip()
            if kind == "p":
                yield from self._runs(element)
            if kind == "tbl":
                yield f"  grid {len(element.findall(f'{WORD}tblGrid/{WORD}gridCol'))}"

    def _runs(self, paragraph: Any) -> Iterator[str]:
        runs = (
            (self._looks(run.find(f"{WORD}rPr")), self._text(run))
            for run in paragraph.iter(f"{WORD}r")
            if next(run.iterancestors(f"{WORD}p")) is paragraph
        )
        shown = (one for one in runs if one[1])
        for looks, alike in groupby(shown, lambda one: one[0]):
            yield f"  {''.join(text for _, text in alike)!r} {looks}".rstrip()

    def _text(self, run: Any) -> str:
        made = ""
        for one in run:
            kind = etree.QName(one).localname if isinstance(one.tag, str) else ""
            if kind in ("t", "instrText", "delText"):
                made += one.text or ""
            elif kind in ("drawing", "pict", "object"):
                made += f"<{kind} {self._pictures(one)}>"
            else:
                made += _SIGNS.get(kind, "")
        return made

    def _pictures(self, element: Any) -> str:
        found = []
        for one in element.iter():
            for attribute in _EMBEDDED:
                target = self._targets.get(one.get(attribute, ""), "")
                if target and f"word/{target}" in self._package.namelist():
                    data = self._package.read(f"word/{target}")
                    if target.endswith(".docx"):  # which bears the time when it was made
                        data = "".join(told(BytesIO(data))).encode()
                    found.append(hashlib.sha256(data).hexdigest()[:8])
            if etree.QName(one).localname in ("extent", "shape"):
                found.append(f"{one.get('cx', '')}x{one.get('cy', '')}{one.get('style', '')}")
        return " ".join(found)

    def _looks(self, properties: Any) -> str:
        """Properties without what changes from one saving to the next, in one order."""
        if properties is None:
            return ""
        told = []
        for one in properties:
            if not isinstance(one.tag, str):
                continue
            said = "".join(
                f" {etree.QName(name).localname}={value}"
                for name, value in sorted(one.attrib.items())
                if not _PASSING.match(etree.QName(name).localname)
            )
            inner = self._looks(one)
            told.append(f"{etree.QName(one).localname}{said}{f'({inner})' if inner else ''}")
        return "; ".join(sorted(told))
