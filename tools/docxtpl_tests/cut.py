"""A Word file with each of its runs cut into runs of one letter, as Word's spelling check may."""

import re
import zipfile
from copy import deepcopy
from pathlib import Path
from typing import Any, Final

from lxml import etree

WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CUT: Final = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")


def cut_into_letters(path: Path) -> None:
    """Cut the runs of the file at `path` in place; one that holds more than text stays whole."""
    with zipfile.ZipFile(path) as package:
        parts = {one: package.read(one) for one in package.namelist()}
    for name in filter(_CUT.fullmatch, parts):
        root: Any = etree.fromstring(parts[name])
        for run in list(root.iter(f"{WORD}r")):
            _cut(run)
        parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name, data)


def _cut(run: Any) -> None:
    held = [one for one in run if one.tag != f"{WORD}rPr"]
    if len(held) != 1 or held[0].tag != f"{WORD}t" or len(held[0].text or "") < 2:
        return
    for letter in held[0].text:
        part = deepcopy(run)
        text = part.find(f"{WORD}t")
        text.text = letter
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.addprevious(part)
    run.getparent().remove(run)
