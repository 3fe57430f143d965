"""The traces of a document that was just made, read from its bytes while they are unpacked.

A tree of ten thousand rows takes more memory than all that was done before it, and more time than
the document took to make. Where only a tree tells (text boxes, tracked changes, letters without
ink), `docgen.manifest.blocks` is asked, which says the same of every document.

The bytes are cut at the marks and at the ends of texts. What stands between two texts is the
template's, the same in row after row and report after report, so it is read once and kept; of a
figure only its mark is wanted.
"""

import re
import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from enum import Enum, auto
from functools import lru_cache
from typing import Final, NamedTuple
from zlib import crc32

from docgen.manifest.blocks import NO_TABLE, Trace, table_name
from docgen.manifest.lines import FIGURE
from docgen.template.word.names import MAIN
from docgen.template.word.package import STORED, Member
from docgen.template.write.marks import OF_A_TABLE

AT_ONCE: Final = 1_000_000  # bytes
MOST_KEPT: Final = 1_000  # passages, and pieces of markup
_FIGURE: Final = FIGURE.encode()
_PARAGRAPH_ENDS: Final = b"</w:p>"
_START: Final = b'<w:bookmarkStart w:id="'
_OPENING_ENDS: Final = b' xml:space="preserve">'
_TEXT_ENDS: Final = b"</w:t>"
_RUN_ENDS: Final = b"/w:t></w:r>"
_OPENS_TEXT: Final = re.compile(rb"w:t(?: .*)?", re.DOTALL)
# Boxes, changes, letters without ink, copies for older programs, comments.
_ODD: Final = (
    rb'w:(?:vanish|d?strike)(?! w:val="(?:0|false|off)")'
    rb"|w:(?:ins|del|move(?:From|To)|altChunk|txbxContent)(?=[ />])|mc:|!"
)
_TOKEN: Final = re.compile(
    rb"<(?:(/?w:(?:p|tr|tbl))(?=[ />])([^>]*)>|w:(noBreakHyphen|sym)(?=[ />])|(" + _ODD + rb"))"
)
_BREAKS_OUT: Final = re.compile(rb"<(?:/?w:(?:p|tr|tbl)(?=[ />])|" + _ODD + rb")")
_MAIN: Final = MAIN.encode()
_NAMES: Final = b'xmlns:w="%s"' % _MAIN
_MARK: Final = b'"_gj'
_OF_A_TABLE: Final = OF_A_TABLE.encode()


class OnlyInTreeError(Exception):
    """The document holds what only its tree tells."""


def read_traces(document: Member, figures: Collection[bytes]) -> list[Trace]:
    """The traces of a document's main part, whose figures have these marks; none without marks.

    Raises `OnlyInTreeError`.
    """
    reading = _Reading(figures)
    for piece in _pieces(document):
        reading.read(piece)
    return reading.traces if reading.is_marked else []


def _pieces(document: Member) -> Iterator[bytes]:
    """The part's bytes, each piece up to the end of a paragraph; the last is what follows."""
    if document.method == STORED:
        yield bytes(document.packed)
        return
    unpacker = zlib.decompressobj(-15)
    packed, rest = bytes(document.packed), b""
    while not unpacker.eof:
        rest += unpacker.decompress(packed, AT_ONCE)
        packed = unpacker.unconsumed_tail
        whole, end, rest = rest.rpartition(_PARAGRAPH_ENDS)
        yield whole + end
    yield rest


class _End(Enum):
    """What ends: a paragraph outside of tables, a row, a table."""

    PARAGRAPH = auto()
    ROW = auto()
    TABLE = auto()


class _Place(NamedTuple):
    """How many tables are open, and whether a paragraph is."""

    depth: int
    in_paragraph: bool


class _Passage(NamedTuple):
    """What stands between two figures: words, then what ends there with the words behind it.

    A bar is the end of a paragraph in a table; `behind` is where one is at the passage's end.
    """

    words: bytes
    ends: Sequence[tuple[_End, bytes]]
    behind: _Place


class _Reading:
    """The blocks read so far, and what was read of the one that is open.

    `words` are those of the open block, without figures; `mark` is that of its first figure;
    `openings` are the starts of figures' runs that are in order.
    """

    def __init__(self, figures: Collection[bytes]) -> None:
        self.traces: list[Trace] = []
        self.is_marked = False
        self._figures = figures
        self._words: list[bytes] = []
        self._mark = b""
        self._of_table, self._is_told = "", False  # the first mark of a row in the open table
        self._place = _Place(0, in_paragraph=False)
        self._tables = self._rows = 0
        self._openings: set[bytes] = set()

    def read(self, piece: bytes) -> None:
        """Go on with a piece that ends between two elements."""
        first, *marked = piece.split(_START)
        self._pass(first)
        for one in marked:
            number, _, rest = one.partition(b'" w:name="')
            name, _, following = rest.partition(b'"/>')
            if name in self._figures:
                following = self._figure(name, number, following)
            elif name.startswith(b"_gj"):
                self.is_marked = True
                if b'"' in name:
                    raise OnlyInTreeError
                if name.startswith(_OF_A_TABLE) and not self._is_told:
                    self._of_table, self._is_told = name.decode(), True
            elif not number.isdigit():  # somebody else's, with more to it
                following = one.partition(b"/>")[2]
            self._pass(following)

    def _figure(self, name: bytes, number: bytes, following: bytes) -> bytes:
        """Read a figure; what follows its end."""
        inside, end, following = following.partition(b'<w:bookmarkEnd w:id="%b"/>' % number)
        if not end or not self._place.in_paragraph:
            raise OnlyInTreeError
        self.is_marked = True
        opening, _, text = inside.partition(_OPENING_ENDS)
        if text.partition(b"<")[2] != _RUN_ENDS:
            opening = inside
        if opening not in self._openings:
            if _BREAKS_OUT.search(inside) or _MAIN in inside:
                raise OnlyInTreeError
            self._openings.add(opening)
        if not self._mark:
            self._mark = name
        self._words.append(_FIGURE)
        return following

    def _pass(self, passage: bytes) -> None:
        """Read what stands between two figures."""
        words, ends, self._place = _passage(passage, self._place)
        self._words.append(words)
        for end, words in ends:
            if end is _End.TABLE:
                self._tables += self._rows > 0
                self._rows, self._is_told = 0, False
            else:
                self._end(is_row=end is _End.ROW)
            self._words, self._mark = [words], b""

    def _end(self, *, is_row: bool) -> None:
        read = b"".join(self._words)
        if is_row:
            self._rows += 1
            read = read.removesuffix(b"|")  # behind the last paragraph
        words = "".join(_plain(read).split())
        table = self._tables if is_row else NO_TABLE
        told, of_table = f"{crc32(words.encode()):08x}", table_name(self._of_table)
        self.traces.append(Trace(told, self._mark.decode(), table, of_table))
        self._of_table = ""


@lru_cache(MOST_KEPT)
def _passage(passage: bytes, place: _Place) -> _Passage:
    """What stands between two figures, read from `place` on."""
    *texts, last = passage.split(_TEXT_ENDS)
    found: list[bytes | _End] = []
    for piece in texts:
        markup, _, text = piece.rpartition(b">")
        if b"&#" in text:
            raise OnlyInTreeError
        said, place = _markup(markup, place)
        found += said
        found.append(text)
    said, place = _markup(last, place)
    return _Passage(*_parted((*found, *said)), place)


def _parted(found: Iterable[bytes | _End]) -> tuple[bytes, Sequence[tuple[_End, bytes]]]:
    """The words before the first end, and each end with the words behind it."""
    words: list[list[bytes]] = [[]]
    ends = []
    for one in found:
        if isinstance(one, bytes):
            words[-1].append(one)
        else:
            ends.append(one)
            words.append([])
    first, *others = map(b"".join, words)
    return first, tuple(zip(ends, others, strict=True))


@lru_cache(MOST_KEPT)
def _markup(markup: bytes, place: _Place) -> tuple[Sequence[bytes | _End], _Place]:
    """The signs and ends in the markup between two texts, and where one is behind it.

    What opens the second text is not closed.
    """
    if markup.count(_MAIN) != markup.count(_NAMES) or _MARK in markup:
        raise OnlyInTreeError
    is_closed = markup.endswith(b">") or not markup
    if not is_closed and not _OPENS_TEXT.fullmatch(markup.rpartition(b"<")[2]):
        raise OnlyInTreeError
    depth, in_paragraph = place
    found: list[bytes | _End] = []
    for holder, ending, sign, odd in _TOKEN.findall(markup):
        is_empty = ending.endswith(b"/")
        if odd or (is_empty and holder != b"w:p"):  # no program writes empty rows
            raise OnlyInTreeError
        if sign:
            found.append(b"-")
        elif holder == b"w:tbl":
            depth += 1
        elif holder == b"/w:tbl":
            depth -= 1
            found += (_End.TABLE,) if depth == 0 else ()
        elif holder == b"/w:tr":
            found += (_End.ROW,) if depth == 1 else ()
        elif holder == b"w:p" and not is_empty:
            in_paragraph = True
        elif holder.endswith(b"p"):
            in_paragraph = False
            found.append(b"|" if depth else _End.PARAGRAPH)
    return found, _Place(depth, in_paragraph)


def _plain(text: bytes) -> str:
    """A text of XML as it reads."""
    plain = text.decode()
    if "&" in plain:
        for sign, letter in (("lt", "<"), ("gt", ">"), ("quot", '"'), ("apos", "'"), ("amp", "&")):
            plain = plain.replace(f"&{sign};", letter)
    return plain
