"""The sentences of an audit: what is said of a figure, a copy, a row or a paragraph, and where."""

from collections.abc import Iterator, Sequence
from typing import Final

from docgen.audit.judging import Audited, Copied, State
from docgen.audit.merging import Change
from docgen.manifest.blocks import Block
from docgen.template.model.errors import PART_NAMES
from workbook.catalogue import audits as said
from workbook.catalogue.model import LIST_MARK, Language, Text, listed

HEADS: Final = {
    State.STALE: said.STALE,
    State.EDITED: said.EDITED,
    State.LOST: said.LOST,
    State.DOUBLED: said.DOUBLED,
}
_MOST_BLOCKS: Final = 3  # of a change that are quoted
_MOST_LETTERS: Final = 60  # of each of them


def place_of(one: Audited, language: Language = "zh") -> str:
    """Where in the document a figure stands, as its reader counts."""
    if one.place is None:
        return ""
    where = one.place.where
    within = where.within(language)
    is_body = where.part() == PART_NAMES["document"][0]
    return within if is_body else f"{where.part(language)} {within}".rstrip()


def name_of(one: Audited, language: Language) -> str:
    """The figure's name and cell as the clerk knows them."""
    figure = one.figure
    names = listed(language, (path.replace("[*].", " ") for path in figure.paths))
    row = said.OF_ROW(language, row=figure.key) if figure.key else ""
    cells = cells_of(figure.cell, language)
    return f"{names}{row}{said.OF_CELL(language, cell=cells) if cells else ''}"


def cells_of(cells: str, language: Language) -> str:
    """The cells of a figure, which its manifest has with 、 between them."""
    return listed(language, cells.split(LIST_MARK.zh))


def block_place(block: Block | None, language: Language = "zh") -> str:
    """Where in the document a row or paragraph stands, as its reader counts."""
    if block is None or not block.lines:
        return ""
    return block.lines[0].where.within(language)


def quoted(block: Block, language: Language) -> str:
    """The words of a row or paragraph in quotes, the first of them."""
    text = block.text.replace("\n", "")
    short = f"{text[:_MOST_LETTERS]}…" if len(text) > _MOST_LETTERS else text
    return said.QUOTED(language, text=short)


def _texts(blocks: Sequence[Block], language: Language) -> str:
    """The words of rows and paragraphs, the first few of them."""
    texts = [quoted(block, language) for block in blocks if block.text]
    is_more = len(texts) > _MOST_BLOCKS
    more = said.AND_MORE(language, count=len(texts)) if is_more else ""
    return f"{''.join(texts[:_MOST_BLOCKS])}{more}" or said.BLANK_ROW(language)


def sentence(one: Audited, language: Language = "zh") -> str:
    """What is to be said of a figure, and what to do."""
    blank = said.BLANK(language)
    shown = {
        "page": one.printed or blank,
        "now": one.current or blank,
        "was": one.original or blank,
    }
    return _judgement(one)(language, **shown)


def _judgement(one: Audited) -> Text:
    if one.current is None:
        return said.NOT_MATCHED
    if one.state is State.STALE:
        return said.IS_STALE
    if one.state is State.EDITED:
        return said.BOTH_EDITED if one.workbook_changed else said.IS_EDITED
    if one.state is State.DOUBLED:
        return said.IS_DOUBLED
    return said.NOT_FOUND if one.place is None else said.NO_MARK


def copy_told(copy: Copied, language: Language) -> Iterator[str]:
    """A paragraph or row that stands more than once: where, and what to do about it."""
    places = listed(language, dict.fromkeys(line.where.within(language) for line in copy.places))
    names = list(dict.fromkeys(name_of(one, language) for one in copy.figures))
    more = said.AND_MORE(language, count=len(names)) if len(names) > _MOST_BLOCKS else ""
    yield f"{said.DOUBLED(language)}{places} {listed(language, names[:_MOST_BLOCKS])}{more}"
    yield f"    {copy_sentence(copy, language)}"


def copy_sentence(copy: Copied, language: Language) -> str:
    """What is to be said of a copied paragraph or row, and which of its figures are not true."""
    what = said.IS_COPY(language, count=len(copy.places), figures=len(copy.marks))
    blank = said.BLANK(language)
    wrong = (
        said.COPY_DIFFERS(
            language,
            place=place_of(one, language),
            name=name_of(one, language),
            page=one.printed or blank,
            now=one.current or blank,
        )
        for one in copy.figures
        if one.printed != one.current
    )
    return "".join((what, *wrong))


def change_told(change: Change, language: Language) -> Iterator[str]:
    """What comes, goes or reads otherwise, each row or paragraph with its place."""
    head = said.ADDED if not change.old else said.REMOVED if not change.new else said.CHANGED
    place = block_place(change.place, language)
    if change.at and not change.old:
        place = said.BESIDE(language, place=place)
    yield f"{head(language)}{place} {_texts(change.old or change.new, language)}"
    if change.old and change.new:
        yield f"    {said.NOW_GIVEN(language, texts=_texts(change.new, language))}"


def change_sentence(change: Change, language: Language) -> str:
    """Why rows or paragraphs are listed, and what to do."""
    text = said.MORE_THERE if not change.old else said.GONE_THERE
    what = (said.OTHER_THERE if change.old and change.new else text)(language)
    if change.at is None:
        return said.NOWHERE(language, what=what)
    if change.is_edited:
        return said.BY_HAND(language, what=what)
    return said.REFRESH(language, what=what)


def reworded_sentence(there: Block | None, language: Language) -> str:
    """What is to be said of a head, label or unit that somebody has changed."""
    if there is None:
        return said.HEAD_GONE(language)
    return said.HEAD_OTHER(language, text=quoted(there, language))
