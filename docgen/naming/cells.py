"""The single cells of a workbook with the words that stand beside and above them."""

from collections.abc import Iterator

from workbook.adopting.model import Asked, AskedGrid, Block, Found
from workbook.viewing.words import bare_words


def titled(found: Found) -> Iterator[tuple[str, Block]]:
    """Each block with its title; totals under a table have the table's."""
    for sheet, blocks in found.sheets.items():
        title = sheet
        for block in blocks:
            title = title if isinstance(block, tuple) else f"{sheet} {block.title}"
            yield title, block


def known_cells(found: Found) -> Iterator[tuple[Asked, tuple[str, ...]]]:
    """Each single cell with the words that stand beside it and above it."""
    for block in (block for blocks in found.sheets.values() for block in blocks):
        yield from of_block(block)


def of_block(block: Block) -> Iterator[tuple[Asked, tuple[str, ...]]]:
    """The same of one block."""
    if isinstance(block, AskedGrid):
        for (row, head), one in block.cells.items():
            yield one, (in_one_word(bare_words(row)), in_one_word(bare_words(head)))
    elif isinstance(block, tuple):
        for one in block:
            yield one, tuple(map(in_one_word, one.known_by or (one.words,)))


def in_one_word(text: str) -> str:
    """A text in which what has two words of equal length has one."""
    return text.replace("节支", "节约").replace("支付", "付").replace("新增", "增加")
