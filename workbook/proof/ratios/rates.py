"""Completion: a percentage against the budget and the outturn of its own sentence."""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Final

from workbook.proof.arithmetic import Fit, rounded_to, term
from workbook.proof.model import Severity, Slip, Spot, Statement, Words
from workbook.proof.percentages import is_rate_slip, is_share_slip, percent, rate_fit
from workbook.stated.clauses import Said, Sentence, Way
from workbook.stated.words import general, named

COMPLETION: Final = "completion"
ZERO_BASE: Final = "zero-base"
_BUDGET: Final = re.compile(r"预算|计划|目标|任务|安排|到位|指标")
_INITIAL: Final = re.compile(r"年初")
_FULL: Final = re.compile(r"全年预算|调整后?预算|调整预算")
_DUE: Final = (  # what is due, by the words of the rate
    (r"到位率", r"预算|计划|下达|应到位"),
    (r"到位|使用率|支付率", r"预算|到位"),
    (r"执行率|支出率", r"预算|安排|下达"),
    (r"完成率|完成(?:计划|目标|任务)|占(?:计划|目标|任务)", r"预算|计划|目标|任务"),
)
_SPENT: Final = re.compile(r"决算|支出|执行|完成|使用|支付|实际")
_OTHER: Final = re.compile(r"[比较]|上年|去年|占|目标|计划|任务|结余|结转")
_EARLIER: Final = re.compile(r"^[比较]?(?:上年|去年|上一年|上期|同期|基期)(?!结转|结余)")
_SUMMED: Final = re.compile(r"累计|共|\d月")
OF: Final = re.compile(r"^的$")
_OF_TASK: Final = re.compile(
    r"^(?:为|(?:超额)?完成|占)(?:[省市县区])?(?:下达|级)?的?(?:年初|全年|年度|调整后?)?(?:预算|计划|任务|目标|(?:债务)?限额|(?:预留|采购)?份额|指标)(?:任务|数|值)?(?:为)?$"
)
# 超计划2处, 多完成2处, 差2公里: how far it is from what was due. 超额完成42处 may be all.
_APART: Final = re.compile(
    r"(?:超(?!市|声|高|低|限|载)[^,;。的]{0,8}|高[出于][^,;。的]{0,6}|[多少](?!功|媒|式|种|年|儿|数)[^,;。的]{0,6}|"
    r"低于[^,;。的]{0,6}|未达[^,;。的]{0,6}|[差欠缺]口?|短[收支缺少]|不足|富余)(?:了|约)?$"
)


def _without_compounds(words: str) -> str:
    """Words without the names that hold 预算 and say no budget: 一般公共预算收入."""
    for one in (*general().words.compounds, "公共财政预算", "一般预算"):
        words = words.replace(one, "") if one != "预算资金" else words
    return words


def completion_rates(statement: Statement) -> Iterator[tuple[str, Slip | None]]:
    """Each 完成预算的…% of the statement against budget and outturn.

    They stand in its own sentence, the budget in the one before, or in a bracket right behind.
    """
    earlier: Sentence | None = None
    for sentence in statement.sentences:
        for at, one in enumerate(sentence.figures):
            known = sentence.figures[:at]
            if not one.is_exact or not known:
                continue
            spot = Spot(sentence, statement)
            if one.gap == "的" and _OF_TASK.search(known[-1].clause):
                yield from _of_task(one, known, spot)
            elif one.way is Way.DONE or _is_of_budget(one, known[-1]):
                behind = _behind(one, sentence.figures[at + 1 :])
                plain = [figure for figure in known if not named(figure.clause).name]
                summed = _summed(earlier, known, one)
                tried = (known, (*behind, *known), (*_unnamed_budgets(earlier), *plain))
                ways = (list(_completion(one, figures, spot)) for figures in tried)
                yield from next(filter(None, ways), summed and _summed_up(one, summed, spot)) or ()
        earlier = sentence


def _is_of_budget(one: Said, before: Said) -> bool:
    """Whether a rate follows 完成预算100万元的."""
    is_rate = one.unit == "%" and bool(OF.match(one.gap))
    return is_rate and bool(re.search(r"完成|占.*预算", before.clause))


def _behind(rate: Said, following: Sequence[Said]) -> Sequence[Said]:
    """The budgets in 完成预算的98.10%(预算数880万元)."""
    if not following or not following[0].gap.startswith("("):
        return ()
    inside = takewhile(lambda one: one.depth > rate.depth, following)
    return [one for one in inside if "预算" in one.clause]


def _unnamed_budgets(earlier: Sentence | None) -> Sequence[Said]:
    """The whole budgets of the sentence before: those after all changes, where it states them."""
    values = [
        one for one in (earlier.figures if earlier else ())
        if one.way is Way.VALUE and one.is_exact and not one.depth and "预算" in one.clause
        and not named(one.clause).name
    ]  # fmt: skip
    return [one for one in values if _FULL.search(one.clause)] or values


def _summed(
    earlier: Sentence | None, known: Sequence[Said], rate: Said
) -> tuple[Said, Said] | None:
    """累计完成9万元,其中…。全年预算12万元,完成全年预算的75%: what was done, the budget."""
    values = [one for one in known if one.way is Way.VALUE and one.is_exact]
    if len(values) != 1 or not earlier or not earlier.figures or "全年" not in values[0].clause:
        return None
    done = earlier.figures[0]
    is_sum = done.way is Way.VALUE and done.is_exact and _SUMMED.search(done.gap) is not None
    is_same = done.kind == values[0].kind and "预算" in values[0].clause and values[0].value
    return (done, values[0]) if is_sum and is_same and "全年" in rate.clause else None


def _summed_up(
    rate: Said, pair: tuple[Said, Said], spot: Spot
) -> Iterator[tuple[str, Slip | None]]:
    if fits(rate, *pair) is Fit.EXACT:
        yield COMPLETION, None
    elif is_share_slip(term(rate), *map(term, pair)):
        yield COMPLETION, off(COMPLETION, rate, pair, spot)


def _of_task(rate: Said, known: Sequence[Said], spot: Spot) -> Iterator[tuple[str, Slip | None]]:
    """收入100万元,为预算90万元的111.11%: the figure stands right before, or begins the rest."""
    due = known[-1]
    known = [*(one for one in known[:-1] if not _is_aside(one, due)), due]
    before = known[-2:-1]
    if not before and due is spot.sentence.figures[0]:
        before = [one for one in spot.sentence.figures[2:3] if one.gap.startswith(",")]
    done = next((one for one in before if one.kind == due.kind and one.way is Way.VALUE), None)
    is_beyond = done is not None and done.gap[:1] in (",", "(") and is_apart(done)
    if done is not None and is_beyond and fits(rate, done, due) is not Fit.EXACT:
        known, done = [one for one in known if one is not done], None
    far = _first_of(known, due) if done is None else None
    if far is not None and _fits_or_slips(rate, far, due):
        done = far
    if done is None or not (done.is_exact and due.is_exact and due.value) or ";" in due.gap:
        return
    is_right = fits(rate, done, due) is Fit.EXACT
    yield COMPLETION, None if is_right else off(COMPLETION, rate, (done, due), spot)


def is_apart(one: Said) -> bool:
    """Whether a figure may be no more than what was done beyond what was due, or short of it."""
    return bool(_APART.search(one.clause))


def _is_aside(one: Said, due: Said) -> bool:
    """Whether a figure is no outturn of this year: the base in a bracket, or 上年同期12亿元."""
    return one.depth > due.depth or (one.way is Way.VALUE and bool(_EARLIER.search(one.clause)))


def _fits_or_slips(rate: Said, part: Said, whole: Said) -> bool:
    is_slip = is_share_slip(term(rate), term(part), term(whole))
    return is_slip or fits(rate, part, whole) is Fit.EXACT


def _first_of(known: Sequence[Said], due: Said) -> Said | None:
    """支出95万元,较上年90万元增长5.56%,完成预算100万元的95%: what is spoken of first."""
    start = max((at for at, one in enumerate(known) if ";" in one.gap), default=0)
    ones = [
        one for one in known[start:-1]
        if one.way is Way.VALUE and one.kind == due.kind and not one.depth
        and not re.search(r"[比较]|上年", one.gap)
    ]  # fmt: skip
    return ones[0] if len(ones) == 1 else None


def _completion(rate: Said, known: Sequence[Said], spot: Spot) -> Iterator[tuple[str, Slip | None]]:
    values = [
        one for one in known if one.way is Way.VALUE and one.is_exact and not is_apart(one)
    ][-4:]  # fmt: skip
    budgets = [one for one in values if _is_budget(one, rate)]
    spent = [
        one for one in values
        if one not in budgets and not _OTHER.search(one.clause)
        and not (_INITIAL.search(one.clause) and "预算" in one.clause)
    ]  # fmt: skip
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
    if any(fits_exactly(rate, pair) for pair in pairs):
        yield COMPLETION, None
        return
    pairs = [pair for pair in pairs if _is_of_item(pair, rate, values, spot)]
    if len(pairs) != 1:  # of what was arranged at first and what in the end the latter counts
        pairs = [
            pair for pair in pairs
            if _FULL.search(pair[1].clause) and _SPENT.search(pair[0].clause)
            and is_rate_slip(term(rate), term(pair[0]), term(pair[1]))
        ]  # fmt: skip
    if len(pairs) != 1:
        return
    done, budget = pairs[0]
    if not (_names_nothing(rate) or is_rate_slip(term(rate), term(done), term(budget))):
        return
    if pairs[0][1].value:
        yield COMPLETION, off(COMPLETION, rate, pairs[0], spot)
    elif rate.value:
        yield ZERO_BASE, _on_zero(rate, pairs[0], spot)


def fits_exactly(rate: Said, pair: tuple[Said, Said]) -> bool:
    """Whether a rate is that of a part and a whole, which is not 0."""
    return bool(pair[1].value) and fits(rate, *pair) is Fit.EXACT


def _is_of_item(pair: tuple[Said, Said], rate: Said, values: Sequence[Said], spot: Spot) -> bool:
    """Whether a pair may be of the item behind the last ; that the rate ends.

    计划14座,完成14座;渠道86.4公里,完成率105.4%: the item has its own figure, and the plan of
    another is none of its own. 计划招生800人;实际招生812人 is one matter in two clauses.
    """
    start = spot.sentence.text.rfind(";", 0, rate.start)
    done, due = pair
    if not any(one.start > start and one.unit != "%" for one in values):
        return True
    others = [one for one in values if one.start < start and one not in pair]
    return done.start > start and (due.start > start or not others)


def _names_nothing(rate: Said) -> bool:
    """Whether the words before a rate speak of the budget alone."""
    words = re.sub(
        r"完成|的|了|总体|整体|年初|全年|调整后?|预算|数|执行率|执行进度|支出|总额|为|达到?|\d|年|安排|资金|"
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


def fits(rate: Said, part: Said, whole: Said) -> Fit:
    """How a percentage agrees with the figures that it is of."""
    return rate_fit(term(rate), part.amount, whole.amount, (part.half, whole.half))


def off(rule: str, rate: Said, pair: tuple[Said, Said], spot: Spot) -> Slip:
    """A percentage that is off, with what it should be."""
    part, whole = pair
    due = rounded_to(percent(part.amount, whole.amount), max(rate.decimals, 2))
    is_near = fits(rate, part, whole) is Fit.ROUNDED and abs(due - rate.value) < 1
    severity = Severity.HINT if is_near else Severity.ERROR
    words = Words(f"{rate.clause[-16:]}{rate}", f"{due}%", f"{part} ÷ {whole} = {due}%")
    return spot.slip(rule, severity, (part, whole, rate), words)


def _on_zero(rate: Said, pair: tuple[Said, Said], spot: Spot) -> Slip:
    part, whole = pair
    severity = Severity.ERROR if part.value else Severity.HINT
    due = "预算为 0,不能算完成百分比"
    words = Words(f"{rate.clause[-16:]}{rate}", due, f"{whole} 作除数")
    return spot.slip(ZERO_BASE, severity, (part, whole, rate), words)
