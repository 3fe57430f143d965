"""Whether the one cell that a figure may be is meant, though not by its name as it stands.

A report turns a name about, drops its end or says it once for a whole sentence. Nothing here tells
cells apart: what is asked of is the only one that prints the figure, its time and its unit agreed.
"""

import re
from itertools import pairwise
from typing import Final

from docgen.naming.heads import COMMON, ENDS, MEASURED, TOTALS, is_head_right_before, is_turned
from docgen.naming.model import Printed
from docgen.naming.place import Place
from docgen.naming.totals import LINK, is_part_said
from workbook.viewing.words import bare_words

_PIECES: Final = re.compile(r"[，、；：:,;()（）。]")
_LEAST: Final = 2  # digits of a figure that is no mere ordinal
_MANY: Final = 3  # digits of one that few cells share
_SURE: Final = 4  # digits of one that is no other cell's by chance
_TIME: Final = re.compile(r"(?:[上去本今当]一?[年月期季]度?|同期|(?:19|20)\d\d年度?)[数值]?")
_GAP: Final = re.compile(r"[一-龥]{0,4}")  # 公务用车运行(维护费)21.60
_OF_LIST: Final = re.compile(r"[村乡镇个各每其]")  # of others than of the whole
_MOSTLY: Final = 0.75  # of a name's pairs of letters, in any order: 采购农副产品 of 农副产品采购
_LEAST_PAIRS: Final = 4
_COUNTER: Final = re.compile(r"([件次批份户个名人台辆项家所座处场期]次?)数?$")
_COUNTED: Final = re.compile(r"\d[\d.,]*[^\d，；。、]{1,3}[、，]$")  # 接待96批次、784人次
_FLOWS: Final = ("支出", "收入", "经费")
_FILLERS: Final = re.compile(r"^(?:已|共|其中|并|均已|全部)+")
_NO_SUBJECT: Final = re.compile(  # of what is said is what the sentence began with
    r"(?:其中)?(?:占[^，。；]{0,12}|[比较](?:上年|去年|上月|上季度?|上期|年初)[同度期末]*|同比|完成[^，。；]{0,8})的?"
)


def is_nearly_named(figure: str, way: Printed, place: Place) -> bool:
    """Whether what is said before a figure is most of a cell's name, or the end of it counted."""
    if place.paragraph.table is not None:
        return False
    piece, name = _piece(place), _name(way)
    if not piece:
        return False
    digits = _digits(figure)
    is_whole = len(name) > _MANY and name in piece  # 框架协议采购1个
    if (digits >= _LEAST or is_whole) and _begins(name, piece, place):
        return True
    if is_turned(name, piece) and way.unit and place.after.startswith(way.unit):
        return True  # 改造危桥3座 of 危桥改造
    if _is_counted(way, name, piece, place.after):
        return True
    if len(way.known_by) == 1:
        return digits >= _LEAST and _is_turned_about(name, piece)
    is_total = TOTALS.fullmatch(way.known_by[0]) is not None
    if is_total and is_part_said(way, place):
        return False
    least = _LEAST if is_total else _MANY
    if digits < least or _OF_LIST.search(piece) or not is_head_right_before(way, place):
        return False
    return not _TIME.fullmatch(way.known_by[-1]) or is_total or _is_akin_row(way, place)


def _is_akin_row(way: Printed, place: Place) -> bool:
    """Whether a row is told, or letters of it are said, whose head is a time: 比上年的418.60."""
    is_told = place.last is not None and place.last.known_by[0] == way.known_by[0]
    return is_told or any(pair in place.said for pair in _pairs(way.known_by[0]) - COMMON)


def is_row_shortly_named(way: Printed, place: Place) -> bool:
    """Whether what is said is letters of a row's name, of no other's, and its unit follows.

    户均补助2150元 of 户均改厕补助标准, 满意度为93.6% of 村民满意度.
    """
    piece, name = LINK.sub("", _piece(place)), way.known_by[0]
    is_text = bool(way.whole) or (way.row is not None and way.unit == "%")
    if not is_text or place.paragraph.table is not None or not place.after.startswith(way.unit):
        return False
    return _is_shortened(piece, name) and not any(
        _is_shortened(piece, one) for one in place.ways.names if one != name
    )


def _is_shortened(piece: str, name: str) -> bool:
    is_end = len(piece) >= _MANY and name.endswith(piece) and piece not in COMMON
    return is_end or (len(piece) >= _LEAST_PAIRS and {*piece} <= {*name})


def is_said_before(figure: str, way: Printed, place: Place) -> bool:
    """Whether a figure of many digits is of what its sentence began with.

    面向中小企业采购412.63万元，占合同总额的65.26% of 中小企业占比.
    """
    if _digits(figure) < _SURE or not _NO_SUBJECT.fullmatch(_piece(place)):
        return False
    pairs = _pairs(_name(way)) - COMMON
    return any(pair in place.clause for pair in pairs)


def is_begun(way: Printed, place: Place) -> bool:
    """Whether a name is said by how it begins, after one that goes on alike: 处理2件 of 处理投诉.

    受理投诉3件，处理2件: the thing is said once, and its unit stands behind each figure.
    """
    piece, name = _FILLERS.sub("", _piece(place)), _name(way)
    if len(way.known_by) > 1 or not way.unit or not place.after.startswith(way.unit):
        return False
    others = [one for one in place.ways.names if one != name and one.startswith(piece)]
    others = [one for one in others if not one.endswith("率")]
    if len(piece) > _MANY and name in {f"{piece}{end}" for end in _FLOWS}:
        return not others  # 免费开放80.00万元 of 免费开放支出
    return len(piece) == _LEAST and name.startswith(piece) and name != piece and not others


def _piece(place: Place) -> str:
    piece = bare_words(_PIECES.split(place.before)[-1])
    return piece or bare_words(_PIECES.split(_COUNTED.sub("", place.before))[-1])


def _name(way: Printed) -> str:
    words = way.known_by[0]
    return TOTALS.sub("", words) or words


def _digits(figure: str) -> int:
    return len(figure.replace(",", "").replace(".", "").lstrip("-−0"))


def _pairs(words: str) -> set[str]:
    return {one + two for one, two in pairwise(words)}


def _begins(name: str, piece: str, place: Place) -> bool:
    """Whether a name, or that without its end, stands in a piece, and few words behind it."""
    others = [one for one in place.names if one not in name and name not in one]
    for said in dict.fromkeys((name, ENDS.sub("", name), MEASURED.sub("", name))):
        if len(said) < _LEAST or said in COMMON or said not in piece:
            continue
        rest = piece[piece.rindex(said) + len(said) :]
        if _GAP.fullmatch(rest) and not any(one in rest for one in others):
            return True
    return False


def _is_turned_about(name: str, piece: str) -> bool:
    pairs, said = _pairs(name), _pairs(piece)
    is_end = piece[-_LEAST:] in name
    return is_end and len(pairs) >= _LEAST_PAIRS and len(pairs & said) >= _MOSTLY * len(pairs)


def _is_counted(way: Printed, name: str, piece: str, after: str) -> bool:
    """Whether the end of a name is said and its counter follows: 收到投诉1件 of 采购投诉件数."""
    counter = _COUNTER.search(name)
    if counter is None or len(way.known_by) > 1:
        return False
    stem = name[: counter.start()]
    unit = way.unit or counter[1]
    is_said = len(stem) >= _LEAST and piece.endswith(stem[-_LEAST:])
    return is_said and stem[-_LEAST:] not in COMMON and after.startswith(unit)
