"""Whether words before an amount name what it was spent on, and which of its amounts they say."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

import msgspec
from msgspec import Struct

from workbook.stated.clauses import Way, read_sentences
from workbook.stated.folded import fold, letters, numbering
from workbook.stated.model import Basis
from workbook.stated.words import general, named

_LEAST: Final = 2  # letters of a name
_MARKS: Final = re.compile(r"[,;:。!?]")
_BRACKETED: Final = re.compile(r"\([^()]*\)")
_YEARS: Final = re.compile(r"(?:上|去)年度?|(?:19|20)\d\d年(?:度|末|底)?")
_PART_OF_YEAR: Final = re.compile(r"季度|半年|\d月|月份")
_OF_ONE: Final = re.compile(r"每[\u4e00-\u9fff]|[人户日月]均")
_OPEN_END: Final = re.compile(r"[的由从至到达为]$")
_EARLIER: Final = re.compile(rf"(?:由|从)(?:{_YEARS.pattern})?的?$")
# Words of time and of budgets, which begin no name: 年初预算也是9万元, 年初未安排.
_OF_BUDGET: Final = re.compile(
    r"(?:年初|年中|期初|期中)|(?:全年|本年度?|当年)?(?:部门)?(?:预算|决算)"
    r"(?:$|[也亦同均都未无没]|数|额|为|是|批复|核定|安排|追加|调[整增减])"
)
_UNFINISHED: Final = re.compile(r"(?:年初|年中|[也亦均都未]|没有|也是|同样)$")
_ALSO: Final = re.compile(r"(?:也|亦|均|都|同样|同)(?:是|为)?$|(?<=[算出行])(?:是|为)$")
_LATER: Final = re.compile(
    r"(?:增加|减少|提高|下降|增长|上升|降低|压减|压缩|调整|增|减|降)(?:到|至|为)"
    rf"(?:{_YEARS.pattern})?的?$"
)


_SURE: Final = re.compile(
    r"(?:项目|经费|专项|补助|补贴|工程|费)$|..(?:补助|专项|改革|发展|保障)资金$"
)


class Words(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole of `items.toml`.

    `spent` has 实际使用: the item of 防汛经费实际使用18万元 is 防汛经费.
    """

    spent: tuple[str, ...]
    granted: tuple[str, ...]
    other: tuple[str, ...]
    tails: tuple[str, ...]
    fronts: tuple[str, ...]
    fillers: tuple[str, ...]
    leads: tuple[str, ...]
    gains: tuple[str, ...]
    money: tuple[str, ...]
    sources: tuple[str, ...]
    categories: frozenset[str]
    objects: frozenset[str]
    generic: frozenset[str]
    sums: frozenset[str]


class Kept(NamedTuple):
    """Which amount of an item is meant: its basis, and its year where that is said."""

    basis: Basis
    year: str = ""


class Parted(NamedTuple):
    """A name, empty where the words have none; of an amount of another kind nothing is kept."""

    name: str
    kept: Kept | None


@cache
def item_words() -> Words:
    """The words around items."""
    text = files("workbook.stated").joinpath("items.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), Words)


def is_item(words: str) -> bool:
    """Whether words before an amount name an item, and nothing of what the amount is.

    防汛经费 does; 防汛经费计划, 环卫经费较上年增加, 省级资金 and 一季度支付防汛经费 do not.
    """
    text = fold(words).text
    if _MARKS.search(text):
        return False
    said = read_sentences(f"{text}1万元")[-1].figures[-1:]  # none behind letters: 5G
    if any(one.way is not Way.VALUE or not one.is_exact for one in said):
        return False
    name, kept = parted(text)
    return (name == text or (kept is not None and text.endswith("支出"))) and _is_name(text)


def is_surely_item(words: str) -> bool:
    """Whether a name ends as items' names do, by which a list is known to be one of items."""
    return _SURE.search(words) is not None


def is_head(words: str) -> bool:
    """Whether words name no item but say what an amount is: 预算金额, 执行数, 到位资金."""
    name, kept = parted(_BRACKETED.sub("", fold(words).text))
    return not name and (kept is None or kept.basis is not Basis.NONE)


def is_generic(name: str) -> bool:
    """Whether a name is that of any item, 项目 or 专项资金."""
    return name in item_words().generic or named(name).name in item_words().generic


def is_sum(words: str) -> bool:
    """Whether an amount is that of all items before it together."""
    return letters(_without_front(words)) in item_words().sums


def is_gain(words: str) -> bool:
    """Whether words are of money that spending has brought or saved: 带动社会投资, 节约资金."""
    ways = item_words()
    return words.startswith(ways.gains) and words.endswith(ways.money)


def parted(words: str) -> Parted:
    """The name of an item before an amount, and which of its amounts is meant.

    防汛经费预算 is 防汛经费 and a budget, 实际使用 no name and an outturn, 防汛经费下达 an amount
    that is not kept.
    """
    rest = _ALSO.sub("", _without_front(words))
    year = named(rest).year
    if match := _EARLIER.search(rest):
        return Parted(_filled(rest[: match.start()]), None)
    if match := _LATER.search(rest):
        return Parted(_filled(rest[: match.start()]), Kept(Basis.NONE, year))
    for tail in ("", *item_words().tails):
        bare = rest.removesuffix(tail)
        for way, basis in _endings() if rest.endswith(tail) else ():
            if bare.endswith(way):
                kept = None if basis is None else Kept(basis, year)
                return Parted(_filled(bare.removesuffix(way)), kept)
    return Parted(_filled(rest), Kept(Basis.NONE, year))


def _without_front(words: str) -> str:
    rest = words[len(numbering(words)) :]
    for word in item_words().fronts:
        if rest.startswith(word):
            return _without_front(rest.removeprefix(word))
    return rest


def _filled(words: str) -> str:
    """A name without 实际 and the like behind it, empty where there is nothing else."""
    bare = letters(_YEARS.sub("", words))
    for word in item_words().fillers:
        bare = bare.replace(word, "")
    if not bare:
        return ""
    for word in item_words().fillers:
        words = words.removesuffix(word)
    return words


@cache
def _endings() -> tuple[tuple[str, Basis | None], ...]:
    """What a name may be followed by, the longest first, with the basis that it says."""
    words = item_words()
    made: dict[str, Basis | None] = dict.fromkeys(words.other)
    made |= dict.fromkeys(words.spent, Basis.OUTTURN)
    made |= {f"年初{way}": Basis.INITIAL for way in words.granted}
    made |= {way: Basis(basis) for basis, ways in general().basis.items() for way in ways}
    return tuple(sorted(made.items(), key=lambda one: len(one[0]), reverse=True))


def _is_name(text: str) -> bool:
    words = item_words()
    bare = letters(_BRACKETED.sub("", text))
    return not (
        len(bare) < _LEAST
        or {bare, f"{bare}支出"} & words.categories
        or is_generic(bare)
        or is_sum(bare)
        or not named(text).name
        or bare.startswith((*words.leads, "全年"))
        or _OF_BUDGET.match(bare)
        or _UNFINISHED.search(bare)
        or is_gain(bare)
        or _OPEN_END.search(bare)
        or _PART_OF_YEAR.search(text)
        or _OF_ONE.search(text)
        or _is_source(bare)
    )


def _is_source(name: str) -> bool:
    """Whether a name is that of a source alone: 省级资金, 自筹资金, 上级专项补助资金."""
    words = "|".join(item_words().sources)
    return re.fullmatch(f"(?:{words})*资金", name) is not None
