"""How much it weighs that figures do not add up: an error, a hint, or nothing."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from workbook.proof.adding.carried import DIVIDED
from workbook.proof.adding.claim import CUT, OPPOSED, QUARTERS, STATES, Claim
from workbook.proof.adding.exhaustive import (
    are_opposite,
    follow_down,
    is_closed,
    is_numbered,
    is_of_one_noun,
    may_have_none,
    names_all_classes,
    run,
    says_more,
)
from workbook.proof.arithmetic import Term, exchanged, is_slip, significant, sum_of, term
from workbook.proof.model import Severity
from workbook.proof.vocabulary import short_name
from workbook.stated.clauses import Said

MADE_UP_OF: Final = ("组成", "构成")
_TENFOLD: Final = (Decimal("0.1"), Decimal(10), Decimal(100), Decimal(10_000))
_UNITS: Final = (Decimal("0.0001"), Decimal(10_000))  # 元 for 万元
_EACH: Final = re.compile(
    r"(?:^|[,;:])(?:资金来源(?:构成)?(?:为|是)?|具体为|具体如下|分别是|分别为)[:,]?[^,;:。]*$"
)
_OFFICE: Final = {"公务接待费", "公务用车运行维护费"}  # who travels abroad says so
_NAMED: Final = re.compile(r"[、,][^\d、,;。:()]+")
_ONLY_SUM: Final = re.compile(r"(?:合计|共计|总计|合共|共)(?:为|达)?")
_MOST: Final = Decimal("0.9")  # of a total that parts give which leave hardly anything out
_TWO: Final = 2
_TELLING: Final = 3  # digits of a figure that is hardly another's by chance
_CLOSED: Final = re.compile(r"^([\u4e00-\u9fff]{2,}?)(?:合计|共计|总计|总共|合共|共)")
_ALL_OF: Final = re.compile(
    r"[两二三四五六七八九十几各]|以上|上述|全[年部体省市县区镇乡局校院]|年度|本|支出|收入|资金|经费|金额|预算|"
    r"总|累计|人数|单位|部门|我"
)
_TIME: Final = re.compile(r"季度|半年|月")
_TIMES_OF_YEAR: Final = {"季度": 4, "半年": 2, "月": 12}
_OF_EACH: Final = re.compile(r"每[类种个批期组级档](?!月)")
_BY_USE: Final = re.compile(r"用车$|领导干部$")  # 轿车 may be one of them
_CAR: Final = re.compile(r"车$|领导干部$")
_LAST: Final = (
    "不合格",
    "不达标",
    "不满意",
    "未达标",
    "未通过",
    "不同意",
    "不予受理",
    "未参加",
    "不足",
)
_BY_GRADE: Final = re.compile(r"[\"“]?(?:优|良)(?:秀|好)?[\"”]?(?:等次|等级)?的?$")
_OF_ANY: Final = re.compile(r"新能源|电动|混动|国产|进口|租[用赁]|新[购增]|更新|报废|封存")  # 用车


def is_over_by_slip(claim: Claim) -> bool:
    """Whether a slip of the hand makes the parts more than the whole."""
    total, terms = term(claim.total), [term(one) for one in claim.parts]
    telling = [significant(one) >= _TELLING for one in terms]
    is_long = significant(total) >= _TELLING and len(terms) > _TWO and sum(telling) > _TWO - 1
    is_telling = significant(total) >= _TELLING and all(telling)
    is_telling |= is_long and claim.total.kind == "元" and 2 * sum(telling) >= len(terms)
    return is_telling and sum_of(terms) > total.amount and is_slip(total, terms)


def severity_of(claim: Claim, parts: Sequence[Said]) -> Severity | None:
    """How much it weighs that parts do not add up which may not be all there are.

    Where the words behind the list say that one counts twice, or that some are left out, and where
    the total is of something else that they name, it is no error.
    """
    if _OF_EACH.search(claim.total.clause):
        return None  # 6期,分为三类,每类2期:党务类2期、…: of each part, of which nothing is the sum
    found = _severity_of(claim, parts)
    is_open = says_more(claim.sentence.text[parts[-1].end :]) or _is_of_another(claim, parts)
    is_open = is_open or _is_of_year(claim, parts)
    return Severity.HINT if found and is_open else found


def _is_of_year(claim: Claim, parts: Sequence[Said]) -> bool:
    """Whether the total is of a year, of which the parts are some quarters or months."""
    times = [match[0] for one in parts if (match := _TIME.search(one.clause))]
    is_whole = len(times) == _TIMES_OF_YEAR.get(times[0], 0) if times else True
    return claim.opening == "合计" and "全年" in claim.total.clause and not is_whole


def _is_of_another(claim: Claim, parts: Sequence[Said]) -> bool:
    """城市低保3万元、农村低保4万元,特困人员合计9万元: of none that stands before it."""
    match = _CLOSED.search(claim.total.clause) if claim.opening == "合计" else None
    name = match[1] if match else ""
    before = claim.sentence.text[: parts[-1].end]
    return bool(name) and name[-2:] not in before and not _ALL_OF.search(name)


def _severity_of(claim: Claim, parts: Sequence[Said]) -> Severity | None:
    total, terms = term(claim.total), [term(one) for one in parts]
    added = sum(one.amount for one in terms)
    if claim.opening == OPPOSED:
        return _severity_of_opposed(claim, is_near=is_slip(total, terms))
    is_telling = sum(significant(one) >= _TELLING for one in terms) >= len(terms) / 2
    is_near = is_slip(total, terms)
    is_long = significant(total) > _TELLING - (len(parts) > _TWO)
    shifts = (*_TENFOLD, *_UNITS) if is_long else _UNITS
    is_shifted = any(total.amount == added * by for by in shifts)
    is_single = claim.opening == "其中" and is_of_one_noun(parts, claim.total.unit)
    is_excess = added > total.amount and (claim.opening == STATES or is_single)
    is_larger = any(one.amount > total.amount for one in terms) and bool(added)
    if is_shifted or (
        is_near
        and (
            is_larger
            or is_excess
            or _is_complete(claim, parts)
            or ((is_telling or _is_exchanged(total, terms)) and added > total.amount / 2)
        )
    ):
        return Severity.ERROR
    is_over = added > total.amount and all(one.amount < total.amount for one in terms)
    is_short = is_near and added >= total.amount * _MOST
    is_list = claim.opening in (*MADE_UP_OF, STATES)
    return Severity.HINT if is_list or is_over or is_short else None


def _is_exchanged(total: Term, terms: Sequence[Term]) -> bool:
    """Whether two digits that changed places keep three parts and more from their total.

    Parts that leave something out would add up to just that by chance in one list of hundreds.
    """
    excess = sum_of(terms) - total.amount
    dues = [(total, total.amount + excess), *((one, one.amount - excess) for one in terms)]
    return len(terms) > _TWO and any(
        significant(one) >= _TELLING and exchanged(one, due) for one, due in dues
    )


def _severity_of_opposed(claim: Claim, *, is_near: bool) -> Severity | None:
    """Kinds that exclude each other are never more than all; fewer only where there is no other."""
    is_over = sum(one.amount for one in claim.parts) > claim.total.amount
    is_whole = any(word in claim.parts[-1].clause for word in _LAST) or _BY_GRADE.search(
        claim.parts[0].clause
    )
    behind = claim.sentence.figures[claim.sentence.figures.index(claim.parts[-1]) + 1 :]
    is_last = all(one.kind != claim.total.kind for one in behind)
    return Severity.ERROR if is_over or (is_near and is_whole and is_last) else None


def _is_complete(claim: Claim, parts: Sequence[Said]) -> bool:
    """Whether the words leave nothing out: 其他 comes last, 以上 and 以下, all that is scored."""
    first, last = parts[0].clause, parts[-1].clause
    is_joined = claim.opening == "合计" and (len(run(parts)) == len(parts) or _is_all(claim))
    is_state = claim.opening == STATES and "在建" not in last
    is_named = "三公" in claim.total.clause and {short_name(one.clause) for one in parts} == _OFFICE
    is_told = bool(_EACH.search(parts[0].gap)) or is_numbered(parts, claim.sentence.text)
    if claim.opening in (QUARTERS, DIVIDED, CUT) or is_joined or is_state or is_named or is_told:
        return True
    is_over = sum(one.amount for one in parts) > claim.total.amount
    is_whole = names_all_classes(parts) and (is_over or not may_have_none(parts))
    is_over_list = is_over and is_closed(parts, claim.opening)
    if is_whole or is_over_list or _leaves_none(parts, claim):
        return True
    is_cars = claim.total.unit == "辆" and all(_CAR.search(one.clause) for one in parts)
    is_of_any = any(_OF_ANY.search(one.clause) for one in parts)
    is_even = len({bool(_BY_USE.search(one.clause)) for one in parts}) == 1
    if is_cars and is_over and "车" in claim.total.clause and is_even and not is_of_any:
        return True
    is_scored = claim.total.unit == "分" and "分" in claim.total.clause
    is_ranged = "以上" in first + parts[0].gap and "以下" in last + parts[-1].gap
    return is_scored or is_ranged or bool(re.search(r"^(?:及|和)?(?:其他|其它|其余)", last))


def _leaves_none(parts: Sequence[Said], claim: Claim) -> bool:
    """Whether the items themselves are all: 在编 and 非在编, ranges without a gap, a list."""
    return are_opposite(parts) or follow_down(parts, claim.total) or _is_listed(parts, claim)


def _is_listed(parts: Sequence[Said], claim: Claim) -> bool:
    """Whether a colon right behind the total lists all of it: 12处:甲3处、乙5处、丙2处、丁2处.

    Nobody begins such a list who means some of them; two may be the first of more.
    """
    is_of_unit = all(one.unit == claim.total.unit for one in parts) and len(parts) > _TWO
    return is_of_unit and claim.opening == ":" and is_closed(parts, ":")


def _is_all(claim: Claim) -> bool:
    """Whether a bare 共计 ends a list that stands alone: 甲编制3名,乙编制4名,共计7名."""
    first, *rest = claim.parts
    before = re.split("[;。]", claim.sentence.text[: first.start - len(first.clause)])[-1]
    is_plain = all(_NAMED.fullmatch(one.gap) for one in rest) and not claim.parts[0].depth
    return is_plain and not before and bool(_ONLY_SUM.fullmatch(claim.total.clause))


def weight(total: Term, parts: Sequence[Term]) -> Severity:
    """An error, or a hint for a last digit."""
    off = abs(sum(one.amount for one in parts) - total.amount)
    step = max((2 * one.half for one in (total, *parts)), default=0)
    return Severity.HINT if step and off <= step else Severity.ERROR
