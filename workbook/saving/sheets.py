"""Sheets put into a file that is being edited, and taken out of it, with all that leads to them."""

import re
from collections.abc import Iterable
from itertools import count
from typing import Any, Final

from lxml import etree

from workbook.saving.edited import Edited
from workbook.xlsx.package import MAIN, RELATION

_KINDS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_CHAIN: Final = "xl/calcChain.xml"
_ABOUT: Final = "docProps/app.xml"
_LISTS: Final = ("HeadingPairs", "TitlesOfParts")  # of the sheets and names in docProps/app.xml


def drop_sheet(edited: Edited, name: str) -> None:
    """Take a sheet out: its parts, names that lead to it or are its own, what lists it."""
    root = edited.tree(edited.book.part)
    listed = root.find(f"{MAIN}sheets")
    number, element = next(
        (number, one) for number, one in enumerate(listed) if one.get("name") == name
    )
    before = _reached(edited)
    _unrelate(edited, edited.book.part, element.get(RELATION))
    listed.remove(element)
    for part in before - _reached(edited):
        edited.drop(part)
    _drop_names(root, name, number)
    _open_another(root, number)
    _forget_lists(edited)
    edited.forget_texts()


def add_sheet(edited: Edited, name: str, sheet: Any, *, is_hidden: bool = False) -> str:
    """Put in a sheet behind all others; the part that it is comes back."""
    part = next(p for n in count(1) if not edited.has(p := f"xl/worksheets/gouji{n}.xml"))
    edited.add(part, sheet, f"{_TYPES}.worksheet+xml")
    relation = edited.relate(edited.book.part, f"{_KINDS}/worksheet", part)
    root = edited.tree(edited.book.part)
    listed = root.find(f"{MAIN}sheets")
    used = {one.get("sheetId") for one in listed}
    identity = next(str(n) for n in count(1) if str(n) not in used)
    made = etree.SubElement(
        listed, f"{MAIN}sheet", name=name, sheetId=identity, nsmap={"r": _KINDS}
    )
    if is_hidden:
        made.set("state", "hidden")
    made.set(RELATION, relation)
    _forget_lists(edited)
    return part


def _forget_lists(edited: Edited) -> None:
    """Leave out the lists of cells to calculate and of sheets, which programs make anew.

    Excel takes a file for damaged whose list names a cell without a formula.
    """
    if edited.has(_CHAIN):
        for identity, relation in edited.package.relations(edited.book.part).items():
            if relation.part == _CHAIN:
                _unrelate(edited, edited.book.part, identity)
        edited.drop(_CHAIN)
    if edited.has(_ABOUT):
        about = edited.tree(_ABOUT)
        for one in list(about):
            if etree.QName(one).localname in _LISTS:
                about.remove(one)


def _unrelate(edited: Edited, source: str, identity: str) -> None:
    folder, _, name = source.rpartition("/")
    relations = edited.tree(f"{folder}/_rels/{name}.rels")
    for one in list(relations):
        if one.get("Id") == identity:
            relations.remove(one)


def _reached(edited: Edited) -> set[str]:
    """The parts that something leads to from the workbook on, with the lists of their relations."""
    found: set[str] = set()
    waiting = [edited.book.part]
    while waiting:
        part = waiting.pop()
        if part in found or not edited.has(part):
            continue
        found.add(part)
        folder, _, name = part.rpartition("/")
        if edited.has(listed := f"{folder}/_rels/{name}.rels"):
            found.add(listed)
        waiting += edited.related(part)
    return found


def _drop_names(root: Any, sheet: str, number: int) -> None:
    """Leave out names of a sheet or that lead to it; those of later sheets count one less."""
    names = root.find(f"{MAIN}definedNames")
    if names is None:
        return
    quoted = re.escape(sheet.replace("'", "''"))
    leads = re.compile(rf"(?<![\w.])(?:'{quoted}'|{quoted})!")
    for one in list(names):
        local = one.get("localSheetId")
        if local == str(number) or leads.search(one.text or ""):
            names.remove(one)
        elif local is not None and int(local) > number:
            one.set("localSheetId", str(int(local) - 1))
    if not len(names):
        root.remove(names)


def _open_another(root: Any, number: int) -> None:
    """Let the book open on a sheet that it still has and that can be seen."""
    sheets = root.find(f"{MAIN}sheets")
    seen = [n for n, one in enumerate(sheets) if one.get("state", "visible") == "visible"]
    if not seen and len(sheets):
        sheets[0].attrib.pop("state", None)
        seen = [0]
    for view in root.iter(f"{MAIN}workbookView"):
        for which in ("activeTab", "firstSheet"):
            at = int(view.get(which, "0"))
            moved = at - (at > number)
            if which in view.attrib:
                view.set(which, str(moved if moved in seen else seen[0]))


def in_order(parent: Any, made: Any, later: Iterable[str]) -> None:
    """Put an element where its schema wants it: before the first of those that come later."""
    tags = {f"{MAIN}{name}" for name in later}
    following = next((one for one in parent if one.tag in tags), None)
    if following is None:
        parent.append(made)
    else:
        following.addprevious(made)
