"""Words by which a figure in a text is not the form's, or may not be, from `words.toml`."""

import tomllib
from functools import cache
from importlib.resources import files

import msgspec
from msgspec import Struct


class ProseWords(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole of `words.toml`.

    `intended` has 计划: the 20 of 计划支出20万元 is not held against the form's 支出.
    """

    intended: tuple[str, ...]
    partial: tuple[str, ...]
    elsewhere: tuple[str, ...]
    item: tuple[str, ...]
    economic: tuple[str, ...]
    under: tuple[str, ...]
    bodies: tuple[str, ...]
    names: tuple[str, ...]
    own: tuple[str, ...]
    by: tuple[str, ...]
    this_year: tuple[str, ...]
    other_year: tuple[str, ...]
    undivided: tuple[str, ...]
    done: tuple[str, ...]
    loose: frozenset[str]
    shares: frozenset[str]
    done_so: tuple[str, ...]
    reached: tuple[str, ...]
    of_rate: tuple[str, ...]


@cache
def prose_words() -> ProseWords:
    """The words that every form shares."""
    text = files("workbook.prose").joinpath("words.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), ProseWords)
