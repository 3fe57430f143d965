"""What is done to a report in Word, on its XML, and what an audit must then say of its figures.

Each edit takes the body and a source of chance, changes something, and returns what it did to which
mark: "retyped" to another text, "gone", "copied", or nothing that matters.
"""

from copy import deepcopy
from random import Random
from typing import Any

from docx.oxml.ns import qn
from lxml import etree

Element = Any  # of lxml, as python-docx makes them
Effects = list[tuple[str, str]]  # marks with what was done to their figures

BY_HAND = "这是领导亲手写的一句话。"
P, R, T, TR, TBL = qn("w:p"), qn("w:r"), qn("w:t"), qn("w:tr"), qn("w:tbl")
START, END, NAME, ID = qn("w:bookmarkStart"), qn("w:bookmarkEnd"), qn("w:name"), qn("w:id")


def marks_of(element: Element) -> list[Element]:
    """The starts of the marks of figures that end in the same paragraph and hold a text."""
    return [one for one in element.iter(START) if one.get(NAME).startswith("_gj") and held(one)]


def held(start: Element) -> list[Element]:
    """The runs between a mark's beginning and its end."""
    runs = []
    for one in start.itersiblings():
        if one.tag == END and one.get(ID) == start.get(ID):
            return [run for run in runs if run.tag == R and run.find(T) is not None]
        runs.append(one)
    return []


def end_of(start: Element) -> Element:
    """The mark's end."""
    return next(one for one in start.itersiblings(END) if one.get(ID) == start.get(ID))


def before(start: Element) -> str:
    """What stands in the run before a mark."""
    beside = start.getprevious()
    return text_in(beside) if beside is not None else ""


def run(text: str) -> Element:
    """A run of its own."""
    made = etree.SubElement(etree.Element(P), R)
    etree.SubElement(made, T).text = text
    return made


def text_of(start: Element) -> str:
    """What stands in a mark."""
    return "".join(one.text or "" for held_run in held(start) for one in held_run.iter(T))


def overtype(body: Element, chance: Random) -> Effects:
    """Another text is typed in place of a figure."""
    start = chance.choice(marks_of(body))
    old = text_of(start)
    new = ("7654.32" if old != "7654.32" else "1") if old[-1:].isdigit() else "另一个"
    first, *rest = held(start)
    first.find(T).text = new
    for other in rest:
        other.getparent().remove(other)
    return [(start.get(NAME), "retyped")]


def digit_at_the_edge(body: Element, chance: Random) -> Effects:
    """A digit is typed before or behind a figure, outside of its mark."""
    numbers = [one for one in marks_of(body) if text_of(one)[-1:].isdigit()]
    start = chance.choice(numbers)
    if chance.random() < 0.5:
        end_of(start).addnext(run("5"))
    else:
        start.addprevious(run("3"))
    return [(start.get(NAME), "retyped")]


def delete_figure(body: Element, chance: Random) -> Effects:
    """A figure is deleted with its mark, but not between digits, which would become one number."""
    apart = [one for one in marks_of(body) if before(one)[-1:] not in tuple("0123456789.")]
    start = chance.choice(apart)
    end = end_of(start)
    for one in [*held(start), start, end]:
        one.getparent().remove(one)
    return [(start.get(NAME), "gone")]


def delete_paragraph(body: Element, chance: Random) -> Effects:
    """A whole paragraph is deleted."""
    paragraph = chance.choice([one for one in body.iterchildren(P) if marks_of(one)])
    names = [one.get(NAME) for one in marks_of(paragraph)]
    body.remove(paragraph)
    return [(name, "gone") for name in names]


def delete_row(body: Element, chance: Random) -> Effects:
    """A row of a table is deleted."""
    row = chance.choice([one for one in body.iter(TR) if marks_of(one)])
    names = [one.get(NAME) for one in marks_of(row)]
    row.getparent().remove(row)
    return [(name, "gone") for name in names]


def copy_paragraph(body: Element, chance: Random) -> Effects:
    """A paragraph is copied, its marks as LibreOffice renames them."""
    paragraph = chance.choice([one for one in body.iterchildren(P) if marks_of(one)])
    return _copied(paragraph, chance)


def copy_row(body: Element, chance: Random) -> Effects:
    """A row of a table is copied."""
    return _copied(chance.choice([one for one in body.iter(TR) if marks_of(one)]), chance)


def _copied(element: Element, chance: Random) -> Effects:
    names = [one.get(NAME) for one in marks_of(element)]
    copy = deepcopy(element)
    numbers = {}
    for one in copy.iter(START):
        numbers[one.get(ID)] = str(9_000_000 + chance.randrange(900_000))
        one.set(NAME, f"{one.get(NAME)}_Copy_1")
    for one in copy.iter(START, END):
        one.set(ID, numbers.get(one.get(ID), one.get(ID)))
    element.addnext(copy)
    return [(name, "copied") for name in names]


def split_run(body: Element, chance: Random) -> Effects:
    """A program cuts a figure into several runs."""
    first = held(chance.choice([one for one in marks_of(body) if len(text_of(one)) > 1]))[0]
    text = first.find(T).text or ""
    second = deepcopy(first)
    first.find(T).text, second.find(T).text = text[:1], text[1:]
    first.addnext(second)
    return []


def move_section(body: Element, chance: Random) -> Effects:
    """A paragraph is moved elsewhere."""
    paragraphs = [one for one in body.iterchildren(P) if marks_of(one)]
    one, other = chance.sample(paragraphs, 2)
    other.addnext(one)
    return []


def replace_all(body: Element, chance: Random) -> Effects:
    """A figure is replaced everywhere, and its marks are left empty in front of the new text."""
    numbers = [one for one in marks_of(body) if text_of(one)[-1:].isdigit()]
    start = chance.choice([one for one in numbers if len(text_of(one)) > 3])
    old, touched = text_of(start), []
    for one in marks_of(body):
        if text_of(one) == old:
            end_of(one).addnext(run("4321.09"))
            for held_run in held(one):
                held_run.getparent().remove(held_run)
            touched.append((one.get(NAME), "retyped"))
    return touched


def change_unit(body: Element, chance: Random) -> Effects:
    """万元 behind a figure becomes 亿元."""
    found = []
    for one in marks_of(body):
        behind = end_of(one).getnext()
        word = None if behind is None or behind.tag != R else behind.find(T)
        if word is not None and (word.text or "").startswith("万元") and text_of(one)[-1].isdigit():
            found.append((one, word))
    start, word = chance.choice(found)
    word.text = "亿元" + word.text[2:]
    return [(start.get(NAME), "retyped")]


def join_paragraphs(body: Element, chance: Random) -> Effects:
    """A paragraph is joined to the one before it, as by deleting the mark at its end."""
    paragraphs = [one for one in body.iterchildren(P) if text_in(one).endswith("。")]
    first = chance.choice([one for one in paragraphs if one.getnext().tag == P])
    second = first.getnext()
    for child in list(second):
        if child.tag != qn("w:pPr"):
            first.append(child)
    if second.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is None:
        body.remove(second)
    return []


def split_paragraph(body: Element, chance: Random) -> Effects:
    """A paragraph is cut in two before a figure."""
    start = chance.choice([one for one in marks_of(body) if one.getparent().getparent() is body])
    first = start.getparent()
    second = etree.Element(P)
    for child in [start, *start.itersiblings()]:
        second.append(child)
    first.addnext(second)
    return []


def write_paragraph(body: Element, chance: Random) -> Effects:
    """Somebody writes a paragraph."""
    chance.choice([one for one in body.iterchildren(P) if marks_of(one)]).addnext(typed(BY_HAND))
    return []


def write_on(body: Element, chance: Random) -> Effects:
    """Somebody goes on writing in a paragraph."""
    paragraphs = [one for one in body.iterchildren(P) if text_in(one).endswith("。")]
    chance.choice(paragraphs).append(run(BY_HAND))
    return []


def write_in_row(body: Element, chance: Random) -> Effects:
    """Somebody writes into a row of a table, in a cell of words."""
    cells = [one for one in body.iter(qn("w:tc")) if text_in(one) and not marks_of(one)]
    paragraph = next(chance.choice(cells).iterchildren(P))
    paragraph.append(run(BY_HAND))
    return []


def delete_table(body: Element, chance: Random) -> Effects:
    """A whole table is deleted."""
    table = chance.choice([one for one in body.iterchildren(TBL) if marks_of(one)])
    names = [one.get(NAME) for one in marks_of(table)]
    body.remove(table)
    return [(name, "gone") for name in names]


def typed(text: str) -> Element:
    """A paragraph of its own."""
    made = etree.Element(P)
    made.append(run(text))
    return made


def text_in(element: Element) -> str:
    """All that is written in an element."""
    return "".join(one.text or "" for one in element.iter(T))


EDITS = (
    overtype, digit_at_the_edge, delete_figure, delete_paragraph, delete_row, copy_paragraph,
    copy_row, split_run, move_section, replace_all, change_unit, join_paragraphs, split_paragraph,
    write_paragraph, write_on, write_in_row, delete_table,
)  # fmt: skip


def edited(body: Element, seed: int, count: int = 4) -> tuple[dict[str, set[str]], list[str]]:
    """Some edits, one after the other: what was done to each mark in all, and what was done."""
    chance, done, effects = Random(seed), [], {}
    for _ in range(count):
        edit = chance.choice(EDITS)
        try:
            touched = edit(body, chance)
        except IndexError:  # nothing left that it could be done to
            continue
        done.append(edit.__name__)
        for name, effect in touched:
            effects.setdefault(name.partition("_Copy_")[0], set()).add(effect)
    return effects, done
