"""The traces of a document that was just made, read from its bytes while they are unpacked.

A tree of ten thousand rows takes more memory than all that was done before it, and more time than
the document took to make. Where only a tree tells (text boxes, tracked changes, letters without
ink), `docgen.manifest.blocks` is asked, which says the same of every document.
"""

import re
import zlib
from collections.abc import Collection, Iterator
from typing import Final
from zlib import crc32

from docgen.manifest.blocks import NO_TABLE, Trace
from docgen.manifest.lines import FIGURE
from docgen.template.word.names import MAIN
from docgen.template.word.package import STORED, Member

AT_ONCE: Final = 1_000_000  # bytes
_FIGURE: Final = FIGURE.encode()
_END: Final = b"</w:p>"
_TOKEN: Final = re.compile(
    rb"<(?:w:t(?: [^>]*)?>([^<]*)<"
    rb'|w:bookmarkStart w:id="(\d+)" w:name="(_gj[^"]*)"'
    rb'|w:bookmarkEnd w:id="(\d+)"'
    rb"|(/?w:(?:p|tr|tbl))(?=[ />])([^>]*)>"
    rb"|w:(noBreakHyphen|sym)(?=[ />]))"
)
_TEXT, _START, _STOP, _HOLDER = 1, 3, 4, 6  # the last group of each kind of token but of a sign
_NAMES: Final = b'xmlns:w="%s"' % MAIN.encode()
_MARK: Final = b'"_gj'
_ODD: Final = (
    b"txbxContent",
    b"<w:ins",
    b"<w:del",
    b"<w:move",
    b"<w:altChunk",
    b"<mc:",
    b"<!",
    b"&#",
)
_UNSEEN: Final = (b"<w:vanish", b"strike")
_IS_UNSEEN: Final = re.compile(rb'<w:(?:vanish|d?strike)(?! w:val="(?:0|false|off)")')


class OnlyInTreeError(Exception):
    """The document holds what only its tree tells."""


def read_traces(document: Member, figures: Collection[bytes]) -> list[Trace]:
    """The traces of a document's main part, whose figures have these marks; none without marks.

    Raises `OnlyInTreeError`.
    """
    reading = _Reading(figures)
    for piece in _pieces(document):
        if _is_odd(piece) or reading.read(piece) != piece.count(_MARK):
            raise OnlyInTreeError
    return reading.traces if reading.is_marked else []


def _is_odd(piece: bytes) -> bool:
    """Whether there are boxes, changes, letters without ink or texts that are written otherwise."""
    if any(sign in piece for sign in _ODD) or piece.count(MAIN.encode()) != piece.count(_NAMES):
        return True
    return any(sign in piece for sign in _UNSEEN) and _IS_UNSEEN.search(piece) is not None


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
        whole, end, rest = rest.rpartition(_END)
        yield whole + end
    yield rest


class _Reading:
    """The blocks read so far, and what was read of the one that is open.

    `words` are those of the open block, without figures; `mark` is that of its first figure;
    `open_mark` is the name and number of a figure that is read now.
    """

    def __init__(self, figures: Collection[bytes]) -> None:
        self.traces: list[Trace] = []
        self.is_marked = False
        self._figures = figures
        self._words: list[bytes] = []
        self._mark = b""
        self._open_mark: tuple[bytes, bytes] | None = None
        self._in_paragraph = False
        self._depth = self._tables = self._rows = 0

    def read(self, piece: bytes) -> int:
        """Go on with a piece that ends between two elements; how many marks begin there."""
        marks = 0
        for token in _TOKEN.finditer(piece):
            kind = token.lastindex
            if kind == _TEXT:
                if self._open_mark is None:
                    self._words.append(token[_TEXT])
            elif kind == _HOLDER:
                self._holder(token[5], is_empty=token[_HOLDER].endswith(b"/"))
            elif kind == _START:
                marks += 1
                self._start(token[_START], token[2])
            elif kind == _STOP:
                self._stop(token[_STOP])
            elif self._open_mark is None:
                self._words.append(b"-")
        self.is_marked = self.is_marked or marks > 0
        return marks

    def _start(self, name: bytes, number: bytes) -> None:
        if name in self._figures:
            if self._open_mark or not self._in_paragraph:
                raise OnlyInTreeError
            self._open_mark = name, number

    def _stop(self, number: bytes) -> None:
        if self._open_mark and self._open_mark[1] == number:
            self._mark = self._mark or self._open_mark[0]
            self._words.append(_FIGURE)
            self._open_mark = None

    def _holder(self, name: bytes, *, is_empty: bool) -> None:
        """A paragraph, row or table begins or ends; no program writes empty rows or tables."""
        if is_empty and name != b"w:p":
            raise OnlyInTreeError
        match name:
            case b"w:p":
                if self._depth == 0:
                    self._begin()
                self._in_paragraph = not is_empty
                if is_empty:
                    self._paragraph_ends()
            case b"/w:p":
                self._paragraph_ends()
            case b"w:tr" if self._depth == 1:
                self._begin()
            case b"/w:tr" if self._depth == 1:
                self._rows += 1
                del self._words[-1:]  # the bar behind the last paragraph
                self._end(self._tables)
            case b"w:tbl":
                self._depth += 1
                self._rows = 0 if self._depth == 1 else self._rows
            case b"/w:tbl":
                self._depth -= 1
                self._tables += self._depth == 0 and self._rows > 0

    def _paragraph_ends(self) -> None:
        if self._open_mark:
            raise OnlyInTreeError
        self._in_paragraph = False
        if self._depth:
            self._words.append(b"|")
        else:
            self._end(NO_TABLE)

    def _begin(self) -> None:
        self._words, self._mark = [], b""

    def _end(self, table: int) -> None:
        words = "".join(_plain(b"".join(self._words)).split())
        self.traces.append(Trace(f"{crc32(words.encode()):08x}", self._mark.decode(), table))


def _plain(text: bytes) -> str:
    """A text of XML as it reads."""
    plain = text.decode()
    if "&" in plain:
        for sign, letter in (("lt", "<"), ("gt", ">"), ("quot", '"'), ("apos", "'"), ("amp", "&")):
            plain = plain.replace(f"&{sign};", letter)
    return plain
