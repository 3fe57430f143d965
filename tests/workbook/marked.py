"""Texts of examples: a line is a paragraph, lines between bars are the rows of a table."""

import re
from collections.abc import Sequence

from workbook.proof.model import Place, Statement, Table
from workbook.stated.folded import level_of, numbering

UNIT = re.compile(r"单位[:：](亿元|万元|元)")


def blocks(text: str) -> list[str | list[list[str]]]:
    """The paragraphs of a text, and its tables as rows of cells."""
    found: list[str | list[list[str]]] = []
    for line in filter(None, text.strip("\n").split("\n")):
        if not line.startswith("|"):
            found.append(line)
        elif found and isinstance(found[-1], list):
            found[-1].append(line[1:-1].split("|"))
        else:
            found.append([line[1:-1].split("|")])
    return found


def read(text: str) -> tuple[list[Statement], list[Table]]:
    """A text as the rules take it."""
    statements: list[Statement] = []
    tables: list[Table] = []
    topic = above = unit = ""
    for count, block in enumerate(blocks(text), 2):
        if isinstance(block, str):
            if level_of(numbering(block)) and len(block) < 30:
                topic = block[len(numbering(block)) :]
            statements.append(Statement(block, Place(count), topic))
            match = UNIT.match(block)
            above, unit = (above, match[1]) if match else (block, "")
            continue
        number = len(tables) + 1
        places = [
            [Place(0, number, row, column) for column in range(1, len(cells) + 1)]
            for row, cells in enumerate(block, 1)
        ]
        tables.append(Table(block, places, unit, above, topic))
        statements += of_cells(block, places)
    return statements, tables


def of_cells(rows: Sequence[Sequence[str]], places: Sequence[Sequence[Place]]) -> list[Statement]:
    return [
        Statement(cell, place, is_cell=True)
        for row, at in zip(rows, places, strict=True)
        for cell, place in zip(row, at, strict=True)
        if cell.strip()
    ]
