"""The words of `words.toml` that the rules share."""

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import msgspec
from msgspec import Struct

from workbook.stated.words import canonical, named


class RatioWords(Struct, frozen=True, forbid_unknown_fields=True):
    """A rate that all know by its name and the words of its two figures, as patterns.

    `less` is what is taken away of the whole, instead of a `part`: 产销差率 of 供水 and 售水.
    """

    rate: str
    whole: str
    part: str = ""
    less: str = ""


class Proportion(Struct, frozen=True, forbid_unknown_fields=True):
    """A proportion's name, and the words of its two figures, as patterns."""

    name: str
    first: str
    second: str


class Vocabulary(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole of `words.toml`.

    `identities["基本支出"]` is 人员经费 and 公用经费: a paragraph that names all three has a sum.
    """

    identities: dict[str, tuple[str, ...]]
    posts: dict[str, tuple[str, ...]]
    totals: dict[str, tuple[str, ...]]
    wholes: tuple[tuple[str, ...], ...]
    classes: tuple[tuple[str, ...], ...]
    ratios: tuple[RatioWords, ...]
    proportions: tuple[Proportion, ...]
    payers: tuple[tuple[str, ...], ...]
    opposites: tuple[tuple[str, ...], ...]
    also: tuple[str, ...]
    partial: tuple[str, ...]
    others: frozenset[str]
    doubled: frozenset[str]


@cache
def vocabulary() -> Vocabulary:
    """The words, read once."""
    text = files("workbook.proof").joinpath("words.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), Vocabulary)


@cache
def short_name(clause: str) -> str:
    """What the words before a figure name, without year, basis and fillers, one word for all."""
    return canonical(named(clause).name)


def whole_of(names: Sequence[str], total: str | None = None) -> list[int]:
    """Which of the names make up a complete set of parts, none where no set is complete.

    Of 人员经费, 基本工资, 公用经费 these are 0 and 2; what `also` may belong to it counts too.
    `total` are the words of what they are parts of: 在职人员 and 离退休人员 are not all
    of 受益12人.
    """
    known = set(names)
    for whole in vocabulary().wholes:
        if not known.issuperset(whole):
            continue
        asked = vocabulary().totals.get(whole[0], ())
        if total is not None and asked and not any(word in total for word in asked):
            continue
        if all(names.count(part) == 1 for part in whole):
            members = {*whole, *vocabulary().also}
            return [at for at, name in enumerate(names) if name in members]
    return []
