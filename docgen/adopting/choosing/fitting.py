"""Whether a figure can be a cell's at all: by the unit behind it, and by more or less before it."""

import re
from typing import Final

from docgen.naming.counted import is_same_unit, units_behind
from docgen.naming.directions import balance_word, direction_of, is_of_several
from docgen.naming.heads import counted_in
from docgen.naming.model import Printed
from docgen.naming.place import Place
from docgen.naming.printing import is_converted
from workbook.adopting.types import is_money
from workbook.viewing.words import bare_words, is_other_count

YEAR: Final = "年"
_UNIT: Final = re.compile(r"亿元|万元|千元|元|%|‰|个百分点|年")
_MEASURES: Final = ("亿元", "万元", "千元", "元", "%", "‰", "个百分点")
_RATE: Final = re.compile(r"[率幅%％]|比例")
_RULE: Final = re.compile(
    r"(规定|法定|上限|下限|红线|警戒线)的?(?:比例|标准|限额|要求|期限)?[为是]?$"
)
_SURPLUS: Final = re.compile(r"[盈余]|净|差")
_CHANGE: Final = re.compile(r"增减|增长|增幅|升降|变化|变动|同比|环比|比上|较上")
_THINGS: Final = tuple("人个名家户次批辆台项件天吨亩")  # that no amount is counted in
_THING: Final = re.compile(r"[个家户批辆台所座条][一-龥]")
_APART: Final = {"天": "次人名元%", "次": "天人名元%", "人": "天次元%"}  # what is counted otherwise


def fits_around(way: Printed, place: Place) -> bool:
    """Whether the unit behind a figure, and a word of more or less before it, are a cell's."""
    before, after = place.before, place.after
    is_in_table = place.paragraph.table is not None
    if is_of_rule(way, before) or (is_in_table and _is_in_another_column(way, place)):
        return False
    said = _UNIT.match(after)
    unit = said[0] if said else ""
    if unit == "个百分点" and way.unit == "%" and _is_of_points(way):
        unit, after = way.unit, way.unit
    is_of_unit = way.unit == units_behind(after) or is_same_unit(way.unit, after)
    if is_converted(way) and not is_in_table and not is_of_unit:
        return False
    if way.unit in _MEASURES and not way.is_exact and after[:1] in _THINGS:
        return False
    if way.unit.endswith("元") and _THING.match(after) and all(map(is_money, way.known_by)):
        return False
    if not way.unit and counted_in(way) in _APART and after and after[0] in _APART[counted_in(way)]:
        return False
    if YEAR in (way.unit, unit):
        return way.unit == unit
    if not way.unit and unit.endswith("元") and not is_money(way.known_by[-1]):
        return False
    if is_other_count(way.unit, after) and not is_same_unit(way.unit, after):
        return False
    is_other = unit in _MEASURES and way.unit and unit != way.unit
    if is_other or (way.unit in _MEASURES and unit and unit != way.unit):
        return False
    if unit == "%" and direction_of(before) and not way.direction:
        return False  # 增长3.70% is no share, whatever its figure
    if way.direction and way.row is not None and is_of_several(before):
        return False  # no row can ask for the sign of another one
    if (word := balance_word(before)) and way.direction:
        return _is_balance_of(word, way)
    return direction_of(before) == way.direction or not (way.direction or way.has_direction)


def _is_in_another_column(way: Printed, place: Place) -> bool:
    """Whether the report's own table has a figure under the head of another column of the list."""
    heads = {bare_words(one) for one in place.paragraph.before[1:]}
    if way.row is None or heads & {*way.known_by}:
        return False
    return not heads.isdisjoint(place.ways.columns_of.get(way.row.table, frozenset()))


def _is_balance_of(word: str, way: Printed) -> bool:
    """Whether 亏损 is said of a cell below nothing, which is no change and no 亏损额 itself."""
    name = "".join(way.known_by)
    is_itself = word.strip("净额率") in name and not _SURPLUS.search(name)
    return way.direction < 0 and not is_itself and not _CHANGE.search(name)


def is_of_rule(way: Printed, before: str) -> bool:
    """Whether a figure is what a rule asks, which no cell holds by its name: 高于规定比例30%."""
    told = _RULE.search(before)
    return told is not None and not any(told[1] in words for words in way.known_by)


def _is_of_points(way: Printed) -> bool:
    """Whether a cell says by how much a share has changed, and no rate: 比上年提高2.6个百分点."""
    return way.direction != 0 and not _RATE.search("".join(way.known_by[1:]))
