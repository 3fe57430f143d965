"""Lists of a unit's offices and of the bodies below it, with their count or without one.

我院设立案庭、刑事审判庭、民事审判庭。
县教育局内设办公室、人事股等7个股室        taken where the names are as many as the count
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from docgen.importing.matching.found import Found, Statement
from docgen.importing.matching.model import Catch
from docgen.importing.said.sayings import Offices
from docgen.importing.template.pieces import Hole, Target
from docgen.stated.outline import Line
from workbook.catalogue import imports as told
from workbook.form.model import Form
from workbook.prose.figures import is_within
from workbook.stated.counted import number_of
from workbook.stated.folded import letters

LEAST_NAMES: Final = 2
MOST_NAMES: Final = 60
LEAST_BARE: Final = 3  # names without a count and a word for what they are
_NUMERAL: Final = r"(?:\d{1,3}|[二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])"
_NOUN: Final = (
    r"(?:内设|职能|业务|行政|综合|临床|医技|所属|下属|直属|二级|全额拨款|公益|预算|独立核算|财政){0,4}+"
    r"(?:机构|科室|股室|处室|部室|部门|科|股|处|室|庭|事业单位|单位)"
)
_NAME: Final = r"[^,;:。、()\d]{2,20}(?:\([^()]*\))?"
_LIST: Final = re.compile(
    rf"(?P<before>[^,;:。、()]{{0,16}}?)(?P<verb>内设|下设|设立(?!案)|设有|下辖|下属|所属|另有|设)"
    rf"(?P<noun>{_NOUN})?(?:共有|共|有|了)?(?:(?P<count>{_NUMERAL})[个家])?(?P<behind>{_NOUN})?"
    rf"(?:,?(?:分别)?(?:包括|包含|为|是|有|即)|[:(])*"
    rf"(?P<names>{_NAME}(?:、{_NAME}){{1,{MOST_NAMES}}}|{_NAME}?(?=[1一][个家]{_NOUN}))"
    rf"(?:,?(?:共计|共有|共))?(?:(?P<total>{_NUMERAL})[个家](?P<kind>{_NOUN})?)?"
    rf"(?=[,;。)]|$)"
)
_INSIDE: Final = re.compile(r"内设|职能|科|股|处室|部室|室$|庭$")
_UNDER: Final = re.compile(r"所属|下属|直属|二级|事业单位|预算单位")
_OFFICE: Final = re.compile(r"(?:科|股|室|处|庭|办|部|队|局|组)(?:\([^()]*\))?$")
_BODY: Final = re.compile(
    r"(?:[科股室处庭办部队局组院委所站镇乡校馆会厅园场库]|中心|街道|学|公司|集团|小组|[一二三四五六七八九十]中)"
    r"(?:\([^()]*\))?$"
)
_TOLD: Final = re.compile(  # a clause goes on behind the last name
    r"均|负责|隶属|属于|位于|(?:[科股室处庭办队局院所站]|中心)(?:[为是有都共]|运[转行]|人员|全[部体])"
)
_LEAST_BODY: Final = 3  # letters of a body's name
_VERBS: Final = re.compile(r"[设属辖]|另有")  # no list stands behind any other
_VERB: Final = re.compile(r"内设|下设|下属|所属|下辖|另有")
_AND: Final = re.compile(r"(以及|和|及)(?![^()]*\))")
_OWN: Final = re.compile(
    r"^(?:目前|现|共|其中|机关|单位|部门|本级|我|本|全|局|院|委|办|馆|校|镇|乡|中心|所|站|部)*$"
)


@dataclass(frozen=True, slots=True)
class _Listed:
    """A list of names: whether they are offices or bodies below the unit, and where they stand."""

    is_inside: bool
    names: Sequence[str]
    start: int
    end: int


def add_offices(
    found: Found, form: Form, offices: Offices, lines: Sequence[Line], bodies: Collection[str]
) -> None:
    """Add the lists that the report gives of the unit's own, where it gives one of each sort.

    `bodies` are what the report calls its unit.
    """
    for key, is_inside in ((offices.inside, True), (offices.under, False)):
        if key not in form.fields or found.fields.get(key):
            continue
        listed = [
            (line, one)
            for line in lines
            if line.table is None and not line.is_long and _VERBS.search(line.text)
            for one in _lists(line.folded.text, bodies)
            if one.is_inside is is_inside
        ]
        if len(listed) == 1:
            line, one = listed[0]
            first, last = line.folded.origin[one.start], line.folded.origin[one.end - 1] + 1
            catch = Catch(Hole((Target("", key),)), "、".join(one.names), line, first, last)
            found.add(key, Statement([catch], told.FROM_LIST.said()))
            if line not in found.used:
                found.partly.setdefault(line, []).append(key)


def _lists(text: str, bodies: Collection[str]) -> list[_Listed]:
    """The whole lists of a paragraph that are the unit's own."""
    made: list[_Listed] = []
    for match in _LIST.finditer(text):
        count = match["total"] or match["count"]
        listed = match["names"].removesuffix("等")
        names = _names(listed, None if count is None else number_of(count))
        is_inside = _sort(match, names)
        is_whole = listed == match["names"] or count is not None
        is_whole = is_whole and _are_names(names, is_counted=count is not None)
        if is_inside is not None and is_whole and _is_own(match["before"], bodies):
            made.append(
                _Listed(is_inside, names, match.start("names"), match.start("names") + len(listed))
            )
    return made


def _names(text: str, count: int | None) -> list[str]:
    """The names of a list, none where they are not as many as is said.

    A 和 parts the last two of them or stands in a name: the count tells, or how both end.
    """
    names = re.split(r"、(?![^()]*\))", text)
    if any(_VERB.search(name) for name in names):
        return []
    first, mark, last = (
        _AND.split(names[-1], maxsplit=1) if _AND.search(names[-1]) else ("", "", "")
    )
    parted = [*names[:-1], first, last] if mark else names
    if count is None:
        return parted if _OFFICE.search(first) and _OFFICE.search(last) else names
    return next((one for one in (names, parted) if len(one) == count), [])


def _are_names(names: Sequence[str], *, is_counted: bool) -> bool:
    """Whether names end like those of offices or bodies, the last at least where they are counted.

    So does 县三中 behind 县二中. What goes on as a clause, 财务股均正常运转, is none.
    """
    if not names or any(_TOLD.search(name) for name in names):
        return False
    if is_counted:
        *others, last = names
        return _BODY.search(last) is not None or any(name[-1] == last[-1] for name in others)
    return all(_BODY.search(name) for name in names)


def _sort(match: re.Match[str], names: Sequence[str]) -> bool | None:
    """Whether names are offices, by the word for them, the verb or how they end; None: unsure."""
    noun = "".join(match[key] or "" for key in ("noun", "behind", "kind"))
    verb = match["verb"]
    if len(names) < LEAST_NAMES and not noun:
        return None
    for sort, answer in ((_UNDER, False), (_INSIDE, True)):
        if sort.search(noun):
            return answer
    if verb in ("下属", "所属"):
        return None if any(len(name) < _LEAST_BODY for name in names) else False
    is_office = sum(_OFFICE.search(name) is not None for name in names) * 4 >= len(names) * 3
    if verb == "内设":
        return True
    return True if is_office and len(names) >= LEAST_BARE and not noun else None


def _is_own(before: str, bodies: Collection[str]) -> bool:
    """Whether the words before the verb are of the report's own unit, or of none."""
    said = letters(before)
    return _OWN.match(said) is not None or any(is_within(said, letters(one)) for one in bodies)
