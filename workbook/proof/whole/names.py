"""Names in two spellings: the unit whose report it is, and a unit of measure."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from workbook.proof.model import Severity, Slip, Statement

RULE: Final = "two-spellings"
_OWNER: Final = re.compile(r"(?:单位|部门)名称:?([\u4e00-\u9fff()]{5,30})$")
_TITLE: Final = re.compile(
    r"^(?:关于)?(?:(?:19|20)\d\d年度?)?([\u4e00-\u9fff]{5,24}?)(?:关于)?(?:(?:19|20)\d\d年度?)?(?:部门|单位)?(?:整体|项目|预算|决算|财政|绩效)"
)
_BODIES: Final = "部局委办院心所站镇乡道位校馆会厅处社团队府室库园场司局)"
_MEASURES: Final = (("㎡", "平方米"), ("Km", "公里"), ("km", "公里"), ("kg", "公斤"))
_MOST: Final = 4000  # letters of text that may be the name, looked at one by one


def spellings(statements: Sequence[Statement]) -> Iterator[Slip | None]:
    """Spellings of the unit's name that differ by one letter, and measures written in two ways."""
    name = _owner(statements)
    if name:
        yield from _near(name, statements)
    text = "".join(one.folded.text for one in statements if not one.is_cell)
    for short, long in _MEASURES:
        if re.search(rf"\d{short}", text) and re.search(rf"\d{long}", text):
            place = next(one for one in statements if re.search(rf"\d{short}", one.folded.text))
            yield Slip(
                RULE, Severity.HINT, place.place, place.text[:80], (), f"{short}、{long}都用了",
                "全文用一种写法",
            )  # fmt: skip


def _owner(statements: Sequence[Statement]) -> str:
    for one in statements[:8]:
        text = one.folded.text
        match = _OWNER.search(text) or _TITLE.match(text)
        if match and not one.is_cell and match[1][-1] in _BODIES:
            return match[1]
    return ""


def _near(name: str, statements: Sequence[Statement]) -> Iterator[Slip | None]:
    """What has the name's first two letters and its last, and differs by one in between."""
    if len(name) < 6:
        return
    middle = len(name) - 3
    pattern = re.compile(
        rf"{name[:2]}(?:[\u4e00-\u9fff]{{{middle}}}|[\u4e00-\u9fff]{{{middle - 1}}}|"
        rf"[\u4e00-\u9fff]{{{middle + 1}}}){name[-1]}"
    )
    seen: Counter[str] = Counter()
    for one in statements:
        for match in pattern.finditer(one.folded.text):
            found = match[0]
            if found == name:
                yield None
            elif _is_one_off(found, name) and not seen[found]:
                seen[found] += 1
                yield Slip(
                    RULE, Severity.HINT, one.place, one.text[:80], (), f"“{found}”",
                    f"“{name}”(前面是这样写的)",
                )  # fmt: skip


def _is_one_off(found: str, name: str) -> bool:
    """Whether two names differ by one letter that is put in, left out or another."""
    if len(found) == len(name):
        return sum(a != b for a, b in zip(found, name, strict=True)) == 1
    short, long = sorted((found, name), key=len)
    return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
