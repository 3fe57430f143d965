"""Reports as clerks make them by hand: from lines of text, without styles, runs split anywhere."""

import re
from random import Random
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from empty_document import empty_document

NUMERALS = "一二三四五六七八九十"
TOP = re.compile(rf"(?:[{NUMERALS}]+|\d)、\s*(?=\D)")
SECOND = re.compile(rf"[(（](?:[{NUMERALS}]|\d)[)）]\s*(?=\D)")
ITEM = re.compile(r"\d\.(?=\D|\d{4}年)")
FORMS = (TOP, SECOND, ITEM)
LEVELS = (("chineseCountingThousand", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."))
WORDS = '<w:t xml:space="preserve">'
WIDE = str.maketrans("0123456789.", "０１２３４５６７８９．")


def level_of(line):
    """0 for 一、 or the like, 1 for （一）, 2 for 1. and None for a line without a number."""
    if ITEM.match(line):
        return 2
    is_heading = len(line) < 40 and "。" not in line
    return next((n for n in (0, 1) if is_heading and FORMS[n].match(line)), None)


def add(document, text, seed=0):
    """A paragraph of directly formatted runs that end anywhere."""
    random = Random(seed)
    runs = []
    while text:
        size = random.randint(1, 9)
        bold = "" if random.random() < 0.1 else ' w:val="0"'
        words = escape(text[:size]).replace("\n", f"</w:t><w:br/>{WORDS}")
        properties = f'<w:rPr><w:b{bold}/><w:sz w:val="32"/></w:rPr>'
        runs.append(f"<w:r>{properties}{WORDS}{words}</w:t></w:r>")
        text = text[size:]
    paragraph = document.add_paragraph()
    paragraph._p.extend(parse_xml(f"<w:p {nsdecls('w')}>{''.join(runs)}</w:p>"))
    return paragraph


def plain(lines):
    """The lines as they are; a list of rows among them is a table."""
    document = empty_document()
    for number, line in enumerate(lines):
        if isinstance(line, str):
            add(document, line, number)
        else:
            add_table(document, line)
    return document


def automatic(lines):
    """Headings and items numbered by Word, none of it typed."""
    document = empty_document()
    _define_list(document)
    for number, line in enumerate(lines):
        level = level_of(line)
        if level is None:
            add(document, line, number)
            continue
        paragraph = add(document, FORMS[level].sub("", line, count=1), number)
        properties = parse_xml(
            f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>'
        )
        paragraph._p.get_or_add_pPr().append(properties)
    return document


def _define_list(document):
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for n, (style, text) in enumerate(LEVELS)
    )
    root = document.part.numbering_part.element
    abstract = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>'
    number = f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'
    root.insert(0, parse_xml(abstract))
    root.append(parse_xml(number))


def renumbered(lines):
    """第一部分, 一., （1） and full-width amounts, the headings in heading styles."""
    document = empty_document()
    counts = [0, 0]
    for number, line in enumerate(lines):
        level = level_of(line)
        if level in (0, 1):
            counts = [counts[0] + 1, 0] if level == 0 else [counts[0], counts[1] + 1]
            count = NUMERALS[counts[level] - 1]
            words = f"第{count}部分 " if level == 0 else f"{count}. "
            paragraph = add(document, words + FORMS[level].sub("", line, count=1), number)
            paragraph.style = document.styles[f"Heading {level + 1}"]
        elif level == 2:
            add(document, f"（{line[0]}）{wide(line[2:])}", number)
        else:
            add(document, wide(line), number)
    return document


def wide(text):
    """A short text's amounts in full-width digits, as some keyboards give them."""
    if len(text) > 200:
        return text
    return re.sub(r"\d+\.\d+(?=万元)", lambda match: match[0].translate(WIDE), text)


def add_table(document, rows):
    """A table with the rows' words."""
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, words in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, words, strict=True):
            cell.text = text
