"""The words of `words.toml` that the rules share."""

import tomllib
from collections.abc import Collection
from functools import cache
from importlib.resources import files

import msgspec
from msgspec import Struct

from workbook.stated.words import canonical, named


class Vocabulary(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole of `words.toml`."""

    identities: dict[str, tuple[str, ...]]
    wholes: tuple[tuple[str, ...], ...]
    also: tuple[str, ...]
    partial: tuple[str, ...]
    others: frozenset[str]
    reasons: tuple[str, ...]


@cache
def vocabulary() -> Vocabulary:
    """The words, read once."""
    text = files("workbook.proof").joinpath("words.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), Vocabulary)


@cache
def short_name(clause: str) -> str:
    """What the words before a figure name, without year, basis and fillers, one word for all."""
    return canonical(named(clause).name)


def last_of_whole(names: Collection[str]) -> int | None:
    """Where a complete set of parts ends among `names`, None where there is none.

    Of 人员经费, 公用经费 that is 1; what `also` may belong to it goes on.
    """
    order = list(names)
    for whole in vocabulary().wholes:
        if all(part in order for part in whole):
            last = max(order.index(part) for part in whole)
            while last + 1 < len(order) and order[last + 1] in vocabulary().also:
                last += 1
            return last
    return None
