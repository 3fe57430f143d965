"""The words around figures in documents, from `words.toml`, and what a name is without them."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final, NamedTuple

import msgspec
from msgspec import Struct

from workbook.stated.folded import letters, numbering
from workbook.stated.model import Basis

BEFORE: Final = "上年"
CARRIED: Final = ("年初结转", "年末结转")
_YEAR: Final = re.compile(
    r"(?:截至|截止|至)?((?:19|20)\d\d)年(?:度|末|底|\d{1,2}月(?:末|底|\d{1,2}日)?)?"
)
# What was left of the year before belongs to this one.
_CARRIED: Final = re.compile(
    r"^(?:其中)?(?:(?:截至|截止)?(?P<year>(?:19|20)\d\d)年?度?)?"
    r"(?:上年度?末?|上一年|年初|期初|(?P<end>(?:本|当)年年?末|年末|年终|期末))(?:累计)?结转(?:[和与及]?结余)?(?:资金|收入)?"
    r"(?:合计|共计|为|有|是|共)*$"
)
_BEGINS: Final = re.compile(r"((?:19|20)\d\d)年(初(?:部门)?预算|末结转|末结余)")  # 2022年年初预算
_OF_YEAR: Final = re.compile(r"(?:本年度?|全年|当年)$")
_BUDGETED: Final = re.compile(r"((?:年初|全年|调整后)(?:部门)?预算)(?:收入|支出)")  # one of a side
_WITHIN: Final = re.compile(r"(?<=.)(?:当年|全年|本年度?)(?=(?:实际)?(?:支出|执行|使用))")
_HIDDEN: Final = "\ue000"  # stands for 预算 where the word says no basis
_ENDS: Final = 2  # letters of the shortest body's name


class Same(Struct, frozen=True, forbid_unknown_fields=True):
    """Ways to say one name, the name itself first."""

    says: tuple[str, ...]


class Lists(Struct, frozen=True, forbid_unknown_fields=True):
    """The plain lists of `words.toml`.

    `before` has 上年 and 去年, `inexact` has 约 and 近, `parts` has 其中.
    """

    compounds: tuple[str, ...]
    neutral: tuple[str, ...]
    verbs: tuple[str, ...]
    totals: frozenset[str]
    parts: tuple[str, ...]
    opens: tuple[str, ...]
    change: tuple[str, ...]
    share: tuple[str, ...]
    rate: tuple[str, ...]
    inexact: tuple[str, ...]
    before: tuple[str, ...]
    bodies: str
    levels: tuple[str, ...]
    apart: tuple[str, ...]
    whole: tuple[str, ...]
    items: tuple[str, ...]


class Only(Struct, frozen=True, forbid_unknown_fields=True):
    """A part that is the whole in a report that does not speak of the other part."""

    whole: str
    unless: tuple[str, ...]

    def is_in(self, text: str) -> bool:
        """Whether a text speaks of the other part."""
        return any(word in text for word in self.unless)


class WordsFile(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole of `words.toml`.

    `short_basis["年初"]` is 年初预算, `near[">"]` is ≥, `same` has 编制 as a way to say 编制数.
    """

    basis: dict[str, tuple[str, ...]]
    words: Lists
    same: tuple[Same, ...]
    only: dict[str, Only]
    titled: dict[str, frozenset[str]]
    sorts: dict[str, frozenset[str]]
    part: dict[str, dict[str, str]]
    ending: dict[str, str]
    signs: dict[str, tuple[str, ...]]
    near: dict[str, str]
    bounds: dict[str, str]
    hints: dict[str, tuple[str, ...]]
    nothing: dict[str, tuple[str, ...]]
    attained: dict[str, tuple[str, ...]]
    unit: dict[str, str]
    short_basis: dict[str, str]
    source: dict[str, tuple[str, ...]]
    all_funds: frozenset[str]
    funded: dict[str, tuple[str, ...]]
    classifiers: tuple[str, ...]
    large: tuple[str, ...]
    item_head: frozenset[str]
    head: dict[str, tuple[str, ...]]
    label: dict[str, tuple[str, ...]]
    sort: dict[str, tuple[str, ...]]


class Named(NamedTuple):
    """A figure's name taken apart: the name alone, its basis and its year."""

    name: str
    basis: Basis
    year: str


@cache
def general() -> WordsFile:
    """The words that every field shares."""
    text = files("workbook.stated").joinpath("words.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), WordsFile)


@cache
def _canonical() -> dict[str, str]:
    return {letters(way): same.says[0] for same in general().same for way in same.says}


@cache
def _own_words() -> tuple[str, ...]:
    """Beginnings that are no fillers although they look like one: 全年预算, 本年追加."""
    return tuple(way for ways in general().basis.values() for way in ways)


def canonical(name: str) -> str:
    """One word for all that say the same as `name`: 核定编制 is 编制数."""
    name = letters(name)
    for ending, instead in general().ending.items():
        if name.endswith(ending):
            name = name.removesuffix(ending) + instead
            break
    return _canonical().get(name, name)


def ways_of(name: str) -> list[str]:
    """All words that say the same as `name`, its own among them."""
    whole = canonical(name)
    return [letters(name), *(way for way, one in _canonical().items() if one == whole)]


def source_of(name: str) -> str:
    """The source of money that a name is of, in the words of `words.toml`; mostly it is none."""
    bare = letters(name)
    bare = bare.removeprefix("其中")
    return next((one for one, ways in general().source.items() if bare in ways), "")


def is_known(name: str) -> bool:
    """Whether `name` is one of the ways to say a name that `words.toml` lists."""
    return letters(name) in _canonical()


@lru_cache(maxsize=4096)  # a form's own names are asked for again and again
def named(words: str) -> Named:
    """The words before a figure taken apart; a number before them and fillers are gone."""
    text = _BEGINS.sub(r"\1年年\2", letters(words[len(numbering(words)) :]))
    if carried := _CARRIED.search(text):
        return Named(CARRIED[bool(carried["end"])], Basis.NONE, carried["year"] or "")
    text, year = _without_year(text)
    text = _BUDGETED.sub(r"\1", _WITHIN.sub("", _without_ends(text)))
    for compound in general().words.compounds:
        text = text.replace(compound, compound.replace("预算", _HIDDEN))
    for basis, ways in general().basis.items():
        for way in ways:
            if way in text:
                rest = _without_ends(text.replace(way, "", 1))
                rest = _OF_YEAR.sub("", "" if rest in general().words.verbs else rest)
                if len(rest) > 1 or not rest:
                    rest = "" if rest in ("支出", "收入") else rest
                    return Named(rest.replace(_HIDDEN, "预算"), Basis(basis), year)
    return Named(text.replace(_HIDDEN, "预算"), Basis.NONE, year)


def _without_year(text: str) -> tuple[str, str]:
    for word in general().words.before:
        if word in text:
            return text.replace(word, "", 1), BEFORE
    match = _YEAR.search(text)
    return (text[: match.start()] + text[match.end() :], match[1]) if match else (text, "")


def _without_ends(text: str) -> str:
    """`text` without fillers before a name and verbs behind it, but never without a name."""
    if text in _canonical():
        return text
    for word in general().words.neutral:
        is_filler = text.startswith(word) and not text.startswith(_own_words())
        if is_filler and len(text) > len(word) + 1:
            return _without_ends(text.removeprefix(word))
    for word in general().words.verbs:
        if text.endswith(word) and len(text) > len(word):
            return _without_ends(text.removesuffix(word))
    return text


def is_body(words: str) -> bool:
    """Whether words may be a body's name, or a level of one: 水利局, 局机关, 本级, 全系统."""
    levels = general().words.levels
    return words.endswith(levels) or (len(words) >= _ENDS and words[-1] in general().words.bodies)


@lru_cache(maxsize=16)
def _ways(known: frozenset[str]) -> tuple[str, ...]:
    """The known names in all words for them, the longest first."""
    ways = {way for way, one in _canonical().items() if one in known}
    return tuple(sorted(known | ways, key=len, reverse=True))


def parted(name: str, known: Iterable[str]) -> tuple[str, str]:
    """A body and what is named of it, `区统战部` and `行政编制`; mostly there is no body.

    The longest of the known names counts, and only where the words before it end like a body's.
    """
    if canonical(name) in known:  # 机关工勤编制
        return "", name
    for one in _ways(frozenset(known)):
        if not one or not name.endswith(one) or name == one:
            continue
        body = name.removesuffix(one).removesuffix("人员")
        for word in general().words.neutral:
            body = body.removesuffix(word) if len(body) >= len(word) + _ENDS else body
        if is_body(body):
            return body, one
    return "", name
