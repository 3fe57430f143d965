"""A kind's `import.toml`: phrases of hand-made reports, written like a template."""

import tomllib
from collections.abc import Iterator
from typing import Final

import msgspec
from msgspec import Struct

from docgen.importing.inverse import words_lines
from docgen.importing.patterns import Pattern, phrase_pattern
from docgen.importing.pieces import Words
from workbook.checking.data_files import KindError
from workbook.checking.kinds import Kind

FILE: Final = "import.toml"
LEAST_LETTERS: Final = 2


class SayingsFile(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole of `import.toml`."""

    phrase: tuple[str, ...] = ()


def kind_phrases(kind: Kind) -> list[Pattern]:
    """The patterns of a kind's phrases; raises `KindError` with all that is wrong with them."""
    path = kind.file(FILE)
    if not path.exists():
        return []
    try:
        file = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8-sig")), SayingsFile)
    except (OSError, ValueError) as error:
        raise KindError([f"{path}:{error}"]) from error
    phrases = file.phrase
    if path.parent != kind.folder:  # of the kind that it extends, which may ask for more
        phrases = tuple(phrase for phrase in phrases if _is_asked(phrase, kind))
    faults = [f"{path}:{fault}" for phrase in phrases for fault in _faults(phrase, kind)]
    if faults:
        raise KindError(faults)
    return [
        phrase_pattern(line.pieces, kind.form)
        for phrase in phrases
        for line in words_lines(phrase, kind.form)
    ]


def _is_asked(phrase: str, kind: Kind) -> bool:
    """Whether all that a phrase names is in the form."""
    lines = words_lines(phrase, kind.form)
    holes = sum(len(phrase_pattern(line.pieces, kind.form).holes) for line in lines)
    return holes == phrase.count("{{")


def _faults(phrase: str, kind: Kind) -> Iterator[str]:
    lines = words_lines(phrase, kind.form)
    if len(lines) != 1:
        yield f"「{phrase}」里没有字"
        return
    pattern = phrase_pattern(lines[0].pieces, kind.form)
    if pattern.letters < LEAST_LETTERS or not isinstance(lines[0].pieces[0], Words):
        yield f"「{phrase}」要以至少两个字开头,才认得出来"
    if len(pattern.holes) != phrase.count("{{"):
        yield f"「{phrase}」里有表单没有的名称"
