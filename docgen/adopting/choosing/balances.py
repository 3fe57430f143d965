"""The cell below nothing that a figure behind 亏损, 超支 or 赤字 is, where its name is another."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from docgen.adopting.choosing.winning import first_of_alike, keys_of
from docgen.naming.directions import balance_word
from docgen.naming.heads import TOTALS
from docgen.naming.model import Printed
from docgen.naming.place import Place
from workbook.viewing.words import bare_words

_BALANCE: Final = re.compile(r"[盈亏]|[结节]余|价差|差额|损益|利润|收支|净[额流收]|超支|赤字")
_PIECES: Final = re.compile(r"[，、；：:,;。（）()]")
_PLAIN: Final = re.compile(  # what is said of any balance
    r"收支|相抵后?|[本当][年月期季]度?|全[年县市区镇乡局校院馆厂队公司]*|年度|月度|季度|累计|实际|出现|产生|发生|形成|其中|[仍共均为约了]"
)
_LEAST: Final = 3  # digits of a figure that its sign, its unit and its word tell


def of_balance(figure: str, found: Sequence[Printed], place: Place) -> Printed | None:
    """The one balance that holds a figure: 本月亏损4715.62元 of 本月收支结余, where it is of it."""
    word = balance_word(place.before)
    if not word or sum(map(str.isdigit, figure.strip("0."))) < _LEAST:
        return None
    own = [way for way in found if way.direction < 0 and way.row is None]
    own = first_of_alike([way for way in own if _BALANCE.search("".join(way.known_by))])
    if len(keys_of(own)) != 1 or not place.after.startswith(own[0].unit):
        return None
    return own[0] if _is_of(own[0], word, place) else None


def _is_of(way: Printed, word: str, place: Place) -> bool:
    """Whether what is said before the word is nothing of its own, or letters of a cell's name."""
    piece = bare_words(_PIECES.split(place.before)[-1]).removesuffix("了").removesuffix(word)
    rest, name = _PLAIN.sub("", piece), "".join(way.known_by)
    if len(rest) > 1:
        return any(one + other in name for one, other in pairwise(rest))
    row = way.known_by[0]
    return bool(TOTALS.search(row) or _BALANCE.search(row)) or row in place.said
