"""What a unit has one of in a year, 在职人员 and 本年支出合计, and the body whose it is."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from workbook.proof.model import Statement
from workbook.stated.counted import COUNTED
from workbook.stated.folded import letters, numbering
from workbook.stated.model import Quantity, Relation
from workbook.stated.words import canonical, general, named

SCOPES: Final = re.compile(
    r"一般公共预算|财政拨款|政府性基金|国有资本经营|社会保险基金|专户|市本级|县本级|区本级|省本级|本级|"
    r"所属|下属"
)
_RATES: Final = frozenset(("预算执行率", "财政供养人员控制率", "三公经费控制率", "公用经费控制率"))
_RATE_FILLERS: Final = re.compile(
    r"^(?:其中|(?:19|20)\d\d年度?|本年度?|全年|年度|我[局委办部院]|本单位|我单位|部门)*(?:部门整体支出|整体支出|部门|整体|总体)?"
)
_EACH: Final = frozenset(("编制数", "行政编制", "事业编制", "工勤编制"))  # parts of it too
_PARTLY_POST: Final = re.compile(r"年初|期初|改革前|调整前|原|空编|超编|控制数")
_LONE: Final = {  # what a unit has one of in a year, the longest first
    "本年收入合计": "本年收入合计", "本年支出合计": "本年支出合计",
    "收入总计": "收入总计", "支出总计": "支出总计",
    "实有在职人员": "在职人员", "实有在职人数": "在职人员", "在编在职人员": "在职人员",
    "在职在编人员": "在职人员", "在职人员": "在职人员", "在职人数": "在职人员",
    "在职职工": "在职人员",
}  # fmt: skip
_VERBS: Final = re.compile(r"(?:分别为|仅为|仅|共计|总计|总数|达到|为|是|共|达|有)+$")
_PARTLY: Final = re.compile(
    r"年初|期初|其中|[男女]|党员|岁|学历|职称|编外|临聘|[\u4e00-\u9fff]科(?=在职)|行政|事业|工勤|参公"
)
_BODY: Final = re.compile(
    r"[\u4e00-\u9fff]{1,14}?(?:中心|大队|分局|本级|机关|公司|[站所队院馆校局委办部镇乡室科股])(?=[\u4e00-\u9fff:,(])"
)
_OF_BODY: Final = re.compile(r"([\u4e00-\u9fff]{2,12})(?:内设|下设)")
_OWN: Final = tuple(f"{one}{word}" for one in "我本全" for word in "局委办部院站所镇乡校馆会处")
_TAIL: Final = 3  # letters by which a body is known in the title
_LEAD: Final = 20  # letters of a line that names a body


def led(statements: Sequence[Statement]) -> Iterator[tuple[Statement, str]]:
    """Each statement with the line above that names a body alone, `（一）甲中心` or `甲中心：`."""
    lead = ""
    for one in statements:
        text = one.folded.text
        number = numbering(text)
        words = text[len(number) :].rstrip(":")
        is_line = not one.is_cell and len(words) < _LEAD and not re.search(r"[\d,;。]", words)
        if is_line and (number or words.endswith(tuple(general().words.bodies))):
            lead = words if _BODY.search(f"{words},") else ""
        yield one, lead


def lone_of(around: str, one: Quantity) -> str | None:
    """The whole name of what a unit has one of, as it was written; None for all else."""
    if one.name in COUNTED:
        return one.name
    if one.unit == "%":
        said = _RATE_FILLERS.sub("", _VERBS.sub("", letters(around)))
        return said if said in _RATES else None
    post = canonical(one.name)
    if post in _EACH and not one.prefix and not _PARTLY_POST.search(around):
        return post
    if one.relation is Relation.PART or _PARTLY.search(around):
        return None
    said = named(around).name or letters(around)
    ways = (said, _VERBS.sub("", said))
    words, name = next(
        ((way, name) for way in ways for name in _LONE if way.endswith(name)), (said, "")
    )
    whose = SCOPES.sub("", words.removesuffix(name))
    is_whole = not whose or whose.endswith(tuple(general().words.bodies))
    return _LONE[name] if name and is_whole else None


def body_of(statement: Statement, one: Quantity, head: str, lead: str) -> str:
    """The office or station that is spoken of last before a figure, where it is not the unit."""
    if one.name in COUNTED:
        before = _OF_BODY.findall(statement.folded.text[: one.start])
        body = one.prefix or (before[-1] if before else "")
        return "" if body.endswith(_OWN) or body in head else body
    for words in (statement.folded.text[: one.start], lead, statement.topic):
        for found in reversed(_BODY.findall(f"{words},")):
            own = any(found.endswith(way) for way in _OWN)
            return "" if own or found[-_TAIL:] in head else found
    return ""
