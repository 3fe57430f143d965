"""Python functions of an installed package that a kind names for its rules and its template.

Whether they may be used the settings of the computer say, see `workbook.files.installed`.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Annotated, Final, Literal

from msgspec import Meta, Struct

Taken = Literal["number", "text", "date", "flag", "numbers", "texts"]
Given = Literal["number", "text", "date", "flag"]
_CALL: Final = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*:[^\W\d_]\w*")
_MOST_LETTERS: Final = 200


class OwnFunction(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One function: what rules and templates call it, where it stands, what it takes and gives.

    Figures come to it as `Decimal`, days as `date`, columns as tuples, and it gives such again.
    `decimals` are those to which its figures are compared; nine where it says none.

        [[function]]
        name = "折旧"
        call = "bureau_rules.assets:depreciation"
        takes = ["number", "number"]
        gives = "number"
        decimals = 2
    """

    name: str
    call: str
    takes: tuple[Taken, ...]
    gives: Given
    decimals: Annotated[int, Meta(ge=0, le=6)] | None = None


def own_function_faults(
    functions: Iterable[OwnFunction], keys: Iterable[str], known: Iterable[str]
) -> Iterator[str]:
    """What is wrong with them in words for the author; `known` are names that have a meaning."""
    taken = {key.casefold(): f"「{key}」已是一个填报项或表的 key" for key in keys}
    taken |= {name.casefold(): f"「{name}」是程序自己的函数" for name in known}
    for one in functions:
        if not one.name.isidentifier() or one.name[:1] == "_" or len(one.name) > _MOST_LETTERS:
            yield f"函数的 name「{one.name}」只能用汉字、字母、数字和下划线,不以数字或下划线开头"
        elif said := taken.get(one.name.casefold()):
            yield f"函数的 name 不能再用「{one.name}」:{said},请换一个名字"
        if not _CALL.fullmatch(one.call):
            yield (
                f'函数「{one.name}」的 call 要写成 "包.模块:函数",'
                f'如 "bureau_rules.assets:depreciation";写的是「{one.call}」'
            )
        if not one.takes:
            yield f"函数「{one.name}」的 takes 是空的:至少要有一个参数,同样的参数要给同样的结果"
        taken[one.name.casefold()] = f"「{one.name}」写了两次"
