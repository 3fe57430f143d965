"""Completion and shares: a percentage against the figures that it is said to be made of."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from workbook.proof.arithmetic import Fit, percent, rate_fit, rounded_to, term
from workbook.proof.model import Severity, Slip, Spot, Statement, Words
from workbook.proof.vocabulary import short_name, whole_of
from workbook.stated.clauses import Said, Sentence, Way
from workbook.stated.words import general

COMPLETION: Final = "completion"
SHARE: Final = "share"
ZERO_BASE: Final = "zero-base"
_BUDGET: Final = re.compile(r"预算|计划|目标|任务|安排|到位|指标")
_INITIAL: Final = re.compile(r"年初")
_FULL: Final = re.compile(r"全年预算|调整后?预算|调整预算")
_DUE: Final = (  # what is due, by the words of the rate
    (r"到位率", r"预算|计划|下达|应到位"),
    (r"到位|使用率|支付率", r"预算|到位"),
    (r"完成率|完成(?:计划|目标|任务)|占(?:计划|目标|任务)", r"预算|计划|目标|任务"),
)
_SPENT: Final = re.compile(r"决算|支出|执行|完成|使用|支付|实际")
_OTHER: Final = re.compile(r"[比较]|上年|去年|占|目标|计划|任务|结余|结转")
_TOTAL_WORDS: Final = re.compile(r"占比?(?:为|达)?$|占(?:总|全部|本年|年度|其|支出|收入|合计)")
_OF: Final = re.compile(r"^的$")


def _without_compounds(words: str) -> str:
    """Words without the names that hold 预算 and say no budget: 一般公共预算收入."""
    for one in (*general().words.compounds, "公共财政预算", "一般预算"):
        words = words.replace(one, "") if one != "预算资金" else words
    return words


def completion_rates(statement: Statement) -> Iterator[tuple[str, Slip | None]]:
    """Each 完成预算的…% of the statement against budget and outturn in its own sentence."""
    for sentence in statement.sentences:
        for at, one in enumerate(sentence.figures):
            known = sentence.figures[:at]
            if not one.is_exact or not known:
                continue
            if one.way is Way.DONE or _is_of_budget(one, known[-1]):
                yield from _completion(one, known, Spot(sentence, statement))


def _is_of_budget(one: Said, before: Said) -> bool:
    """Whether a rate follows 完成预算100万元的."""
    is_rate = one.unit == "%" and bool(_OF.match(one.gap))
    return is_rate and bool(re.search(r"完成|占.*预算", before.clause))


def _completion(rate: Said, known: Sequence[Said], spot: Spot) -> Iterator[tuple[str, Slip | None]]:
    values = [one for one in known if one.way is Way.VALUE and one.is_exact][-4:]
    budgets = [one for one in values if _is_budget(one, rate)]
    spent = [one for one in values if one not in budgets and not _OTHER.search(one.clause)]
    if "到位" not in rate.clause:
        spent = [one for one in spent if not one.clause.endswith("到位")]
    pairs = [
        (done, budget)
        for budget in reversed(budgets)
        for done in reversed(spent)
        if done.kind == budget.kind
    ]
    if not pairs:
        return
    for done, budget in pairs:
        if budget.value and _fits(rate, done, budget) is Fit.EXACT:
            yield COMPLETION, None
            return
    is_sure = len(pairs) == 1 and _names_nothing(rate)
    if not is_sure:
        return
    if pairs[0][1].value:
        yield COMPLETION, _off(COMPLETION, rate, pairs[0], spot)
    elif rate.value:
        yield ZERO_BASE, _on_zero(rate, pairs[0], spot)


def _names_nothing(rate: Said) -> bool:
    """Whether the words before a rate speak of the budget alone."""
    words = re.sub(
        r"完成|的|了|年初|全年|调整后?|预算|数|执行率|执行进度|支出|总额|为|达到?|\d|年|安排|资金|"
        r"到位率|使用率|支付率|计划|目标|任务|率",
        "",
        rate.clause,
    )
    return len(words) <= 1


def _is_budget(one: Said, rate: Said) -> bool:
    due = next((due for words, due in _DUE if re.search(words, rate.clause)), r"预算")
    if "到位率" in rate.clause and "到位" in one.clause:
        return "应到位" in one.clause
    is_due = re.search(due, _without_compounds(one.clause))
    if not is_due or re.search(r"决算|执行数|支出数", one.clause):
        return False
    if _INITIAL.search(rate.clause):
        return not _FULL.search(one.clause)
    return not (_FULL.search(rate.clause) and _INITIAL.search(one.clause))


def shares(statement: Statement) -> Iterator[tuple[str, Slip | None]]:
    """Each 占…% of the statement against the part before it and its whole."""
    earlier: tuple[Said, ...] = ()
    for sentence in statement.sentences:
        spot, told = Spot(sentence, statement), 0
        for at, one in enumerate(sentence.figures):
            known = sentence.figures[:at]
            if sentence.text.startswith("其中"):
                known = (*earlier, *known)
            is_share = one.way is Way.SHARE
            is_of = one.unit == "%" and bool(_OF.match(one.gap)) and bool(known)
            if one.is_exact and len(known) > 1 and (is_share or is_of):
                found = list(_share(one, known, spot)) or list(_of_named(one, known, earlier, spot))
                told += len(found)
                yield from found
        if not told:
            yield from _shares_of_all(sentence, spot)
        earlier = sentence.figures


def _share(rate: Said, known: Sequence[Said], spot: Spot) -> Iterator[tuple[str, Slip | None]]:
    values = [one for one in known if one.way is Way.VALUE and one.is_exact]
    if len(values) < 2:
        return
    if _OF.match(rate.gap):  # 占总支出100万元的26.8%
        whole, part = known[-1], values[-2]
        if "占" not in whole.clause or "预算" in whole.clause or whole not in values:
            return
        wholes = [whole]
    else:
        part = values[-1]
        if part is not known[-1]:
            return
        wholes = [one for one in values[:-1] if one.kind == part.kind and one.amount >= part.amount]
    if not wholes or wholes[0].kind != part.kind:
        return
    fits = [_fits(rate, part, one) for one in wholes if one.value]
    if Fit.EXACT in fits:
        yield SHARE, None
    elif named := _named_whole(rate, wholes):
        yield SHARE, _off(SHARE, rate, (part, named), spot)
    elif fits and (_OF.match(rate.gap) or _is_of_total(rate, known, spot.sentence)):
        yield SHARE, _off(SHARE, rate, (part, wholes[0]), spot)


def _of_named(
    rate: Said, known: Sequence[Said], earlier: Sequence[Said], spot: Spot
) -> Iterator[tuple[str, Slip | None]]:
    """税收收入占地方财政收入66.19%: both are named, their figures stand before."""
    words = re.fullmatch(r"(.*?)占到?(.{3,}?)(?:的?比重|的)?(?:为|达到?)?", rate.clause)
    if words is None:
        return
    both = dict.fromkeys((*earlier, *known))
    values = [one for one in both if one.way is Way.VALUE and one.is_exact]
    parts = [one for one in values if words[1] and _is_called(one, words[1])]
    parts = parts if words[1] else [one for one in values[-1:] if one is known[-1]]
    wholes = [one for one in values if _is_called(one, words[2])]
    if len(parts) == 1 and len(wholes) == 1 and wholes[0].value and parts[0].kind == wholes[0].kind:
        is_right = _fits(rate, parts[0], wholes[0]) is Fit.EXACT
        yield SHARE, None if is_right else _off(SHARE, rate, (parts[0], wholes[0]), spot)


def _is_called(one: Said, name: str) -> bool:
    return re.sub(r"(?:累计|共|完成|为|达到?|总额)+$", "", one.clause).endswith(name)


def _shares_of_all(sentence: Sentence, spot: Spot) -> Iterator[tuple[str, Slip | None]]:
    """A list that names all parts of a whole, each with its share: the whole is their sum."""
    figures = sentence.figures
    pairs = [
        (one, rate) for one, rate in pairwise(figures)
        if one.way is Way.VALUE and rate.way is Way.SHARE and rate.clause in ("占", "占比")
        and one.is_exact and rate.is_exact
    ]  # fmt: skip
    parts = [one for one, _ in pairs]
    if len(parts) < 2 or len(whole_of([short_name(one.clause) for one in parts])) != len(parts):
        return
    total = sum(one.amount for one in parts)
    if not total or len({one.kind for one in parts}) > 1:
        return
    for one, rate in pairs:
        due = percent(one.amount, total)
        fit = rate_fit(term(rate), one.amount, total, (one.half, one.half))
        if fit is Fit.EXACT:
            yield SHARE, None
            continue
        shown = f"{rounded_to(due, max(rate.decimals, 2))}%"
        severity = Severity.HINT if fit is Fit.ROUNDED else Severity.ERROR
        words = Words(
            f"{one.clause[-16:]}{one},{rate.clause}{rate}", shown,
            f"{one} ÷ ({' + '.join(map(str, parts))}) = {shown}",
        )  # fmt: skip
        yield SHARE, spot.slip(SHARE, severity, (*parts, rate), words)


def _named_whole(rate: Said, wholes: Sequence[Said]) -> Said | None:
    """The whole that 占一般公共预算收入的 names, where a figure before is called just so."""
    name = re.sub(r"^.*占|的$|的比重.*$|比重.*$|总额", "", rate.clause)
    found = [one for one in wholes if one.value and one.clause.endswith(name)]
    return found[0] if len(name) > 3 and len(found) == 1 else None


def _is_of_total(rate: Said, known: Sequence[Said], sentence: Sentence) -> bool:
    """Whether 占 speaks of the one total before 其中, of which the figure is a part."""
    head, opened, _ = sentence.text[: rate.start].partition("其中")
    totals = [one for one in known if one.end <= len(head) and one.way is Way.VALUE]
    is_own = re.search(r"[;。]", sentence.text[len(head) : rate.start].rstrip(";")) is None
    is_listed = all(one.end <= len(head) or one.way in (Way.VALUE, Way.SHARE) for one in known)
    words = _TOTAL_WORDS.search(rate.clause)
    return bool(opened) and len(totals) == 1 and bool(words) and (is_own or is_listed)


def _fits(rate: Said, part: Said, whole: Said) -> Fit:
    return rate_fit(term(rate), part.amount, whole.amount, (part.half, whole.half))


def _off(rule: str, rate: Said, pair: tuple[Said, Said], spot: Spot) -> Slip:
    part, whole = pair
    due = rounded_to(percent(part.amount, whole.amount), max(rate.decimals, 2))
    is_near = _fits(rate, part, whole) is Fit.ROUNDED and abs(due - rate.value) < 1
    severity = Severity.HINT if is_near else Severity.ERROR
    words = Words(f"{rate.clause[-16:]}{rate}", f"{due}%", f"{part} ÷ {whole} = {due}%")
    return spot.slip(rule, severity, (part, whole, rate), words)


def _on_zero(rate: Said, pair: tuple[Said, Said], spot: Spot) -> Slip:
    part, whole = pair
    severity = Severity.ERROR if part.value else Severity.HINT
    due = "预算为 0,不能算完成百分比"
    words = Words(f"{rate.clause[-16:]}{rate}", due, f"{whole} 作除数")
    return spot.slip(ZERO_BASE, severity, (part, whole, rate), words)
