"""The bytes of a manifest: what it says of figures, listed, sealed and packed.

It holds elements only, because some programs drop attributes. What it says of a template's tags is
the same in report after report, and stands there packed for the next one.
"""

import zlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final
from zlib import crc32

from docgen.template.model.sourced import Source
from docgen.template.word.package import DEFLATED, STORED, Member
from docgen.template.word.xml import joined, plain_text

NAMESPACE: Final = "urn:gouji:figures:2"
_NO_CELL: Final = Source("", "")
_OPENING: Final = f'<figures xmlns="{NAMESPACE}">'
MOST_STORED: Final = 65_536
FAST: Final = 1  # takes a quarter of the time of 6, and a quarter more room


@dataclass(frozen=True, slots=True)
class Said:
    """A part of what a manifest says that manifests have in common, and the same packed."""

    data: bytes
    packed: bytes


def said(text: str) -> Said:
    """The text as manifests may have it in common."""
    data = _bytes(text)
    return Said(data, _packed(data, zlib.Z_SYNC_FLUSH))


def manifest(name: str, before: str, common: Said, behind: str) -> Member:
    """The part `name` that says all this, at its end a hash of it."""
    first, last = _bytes(f"{_OPENING}{before}"), _bytes(behind)
    checksum = crc32(last, crc32(common.data, crc32(first)))
    ending = _ending(checksum)
    checksum, last = crc32(ending, checksum), last + ending
    size = len(first) + len(common.data) + len(last)
    if size <= MOST_STORED:
        return Member(name, STORED, checksum, size, first + common.data + last)
    begun, ended = _packed(first, zlib.Z_SYNC_FLUSH), _packed(last, zlib.Z_FINISH)
    return Member(name, DEFLATED, checksum, size, begun + common.packed + ended)


def sealed(listed: str) -> bytes:
    """The manifest that lists so much, at its end a hash of all before it."""
    begun = _bytes(f"{_OPENING}{listed}")
    return begun + _ending(crc32(begun))


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "ignore")


def _ending(checksum: int) -> bytes:
    return b"<hash>%08x</hash></figures>" % checksum


def _packed(data: bytes, flush: int) -> bytes:
    """The data deflated by itself, so that it may stand between others that are."""
    packer = zlib.compressobj(FAST, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush(flush)


def listed(names: Sequence[str], texts: Sequence[str], sources: Sequence[Source]) -> str:
    """What a manifest says of figures: their marks, what was printed, and the cells that they know.

    The texts of all of them stand together. Of a cell also its path and its row's key.
    """
    if not names:
        return ""
    said = f"<names>{joined(names)}</names><values>{joined(texts)}</values>"
    if sources.count(_NO_CELL) == len(sources):
        return said
    known = list(chain.from_iterable(sources))
    paths, cells, keys = (_column(known[column::3]) for column in range(3))
    return f"{said}<paths>{paths}</paths><cells>{cells}</cells><keys>{keys}</keys>"


def _column(texts: Collection[str]) -> str:
    """The texts as one; a key or a path is that of many figures, and looked at once."""
    text = joined(texts)
    return text if _is_plain("".join(set(texts))) else plain_text(text)


def plainly_said(text: str) -> str:
    """A text for the inside of an element; most need nothing done."""
    return text if _is_plain(text) else plain_text(text)


def _is_plain(text: str) -> bool:
    return text.isprintable() and not ("&" in text or "<" in text or ">" in text)
