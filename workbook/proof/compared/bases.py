"""Words that compare: a year with itself, 与上年下降, 持平 and 小于预算 against their figures."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from workbook.proof.model import Severity, Slip, Spot, Statement, Words
from workbook.stated.clauses import Said, Sentence, Way

OWN_YEAR: Final = "own-year"
BASE_WORDS: Final = "base-words"
DIRECTION: Final = "direction"
_YEAR: Final = re.compile(r"((?:19|20)\d\d)年(?![初底末内]|\d|以来|[至到-])(?:度)?")
_COMPARED: Final = re.compile(
    r"(?:[比较]|相较于?|对比)((?:19|20)\d\d)年(?:度)?(?![初底末内\d至到-])([^,;。:()\d]{0,20})"
)
_PART: Final = re.compile(r"[^,]{0,4}(?:季|月|半年|旬|期|第|中|批|同)")
_KINDS: Final = ("年初预算", "全年预算", "预算", "决算", "执行", "收入", "支出")
_WITH: Final = re.compile(
    r"[与同](?:上年|去年|上一年|(?:19|20)\d\d年)度?(?:同期)?(?:的?(?:决算|预算|执行|支出)数?)?"
    r"(增加|减少|增长|下降|上升|降低)(?!率|幅|速|水平|持平|额|数)(?P<figure>[\d.,]+(?:%|[亿万]?元)?)?"
)
_AGAINST: Final = re.compile(
    r"(?:支出)?决算数?(大于|小于|高于|低于|等于|持平于)(?:年初|全年|调整)?预算数?"
)
_SIGNS: Final = {"大": 1, "高": 1, "小": -1, "低": -1}
_COMPLETED: Final = re.compile(
    r"完成(?:年初|全年|调整)?预算数?的?(?P<rate>\d+(?:\.\d+)?)%[,;]?(?:支出)?决算数?"
    r"(?P<word>大于|小于|高于|低于|等于)(?:年初|全年|调整)?预算数?(?P<amount>[\d,.]+[亿万]?元)?"
)
_SAME: Final = re.compile(
    r"[与同和](上年|去年|年初预算|预算)(?:度|同期|决算|预算)?数?(?:相比)?,?(?:基本)?持平"
)
_LEVEL: Final = re.compile(r"(?:相比)?(?:持平|相同|一致|相等)")
_LEVEL_WITH: Final = re.compile(
    r"^,?[与同和](?:上年|去年|(?:19|20)\d\d年)度?(?:同期|决算|年初|预算|实际|支出)*数?(?:的|为)?$"
)


def own_year_bases(statement: Statement) -> Iterator[Slip | None]:
    """A year that is compared with itself: 2026年预算比2026年预算."""
    for sentence in statement.sentences:
        text = sentence.text
        for match in _COMPARED.finditer(text):
            before = text[: match.start()].rpartition(";")[2]
            spoken = [
                year for year in _YEAR.finditer(before)
                if not re.search(r"[比较与同从由]$", before[: year.start()])
            ]  # fmt: skip
            if not spoken:
                continue
            last = spoken[-1]
            own, other = _kind(before[last.end() :]), _kind(match[2])
            if last[1] != match[1]:
                yield None
            elif _PART.match(match[2]):
                continue
            elif own == other or (not other and "年初" not in match[2]):
                due = f"与另一年比,如{int(match[1]) - 1}年"
                words = Words(f"{last[0]}…{match[0]}", due)
                yield Spot(sentence, statement).slip(OWN_YEAR, Severity.ERROR, (), words)


def _kind(words: str) -> str:
    """The last kind of figure that words name, empty where they name none."""
    found = [(words.rfind(kind) + len(kind), len(kind), kind) for kind in _KINDS if kind in words]
    return max(found)[2] if found else ""


def base_words(statement: Statement) -> Iterator[tuple[str, Slip | None]]:
    """与上年下降 lacks its 相比; 决算数小于预算数 and 持平 are held against the figures."""
    earlier: Sentence | None = None
    for sentence in statement.sentences:
        spot = Spot(sentence, statement)
        if earlier is not None and (match := _AGAINST.match(sentence.text)):
            yield from _against_earlier(match, earlier, spot)
        earlier = sentence
        for match in _WITH.finditer(sentence.text):
            words = Words(match[0], f"比上年{match[1]},或与上年相比{match[1]}")
            yield BASE_WORDS, spot.slip(BASE_WORDS, Severity.ERROR, (), words)
        for match in _AGAINST.finditer(sentence.text):
            yield from _against(match, spot)
        for match in _COMPLETED.finditer(sentence.text):
            yield from _completed(match, spot)
        for match in _SAME.finditer(sentence.text):
            yield from _level(match, spot)
        yield from _level_with(spot)


def _against(match: re.Match[str], spot: Spot) -> Iterator[tuple[str, Slip | None]]:
    """决算数小于年初预算数, against the one budget and the one outturn before it."""
    known = [one for one in spot.sentence.figures if one.end <= match.start()]
    yield from _held(match, known, spot)


def _against_earlier(
    match: re.Match[str], earlier: Sentence, spot: Spot
) -> Iterator[tuple[str, Slip | None]]:
    """决算数小于预算数的主要原因是…: of the figures of the sentence before, or its one rate."""
    known = [one for one in earlier.figures if one.depth == 0]
    found = list(_held(match, known, spot))
    rates = [one for one in known if one.way is Way.DONE and "预算" in one.clause]
    is_other = rates and _budget_of(rates[0].clause) != _budget_of(match[0])
    if found or len(rates) != 1 or not rates[0].is_exact or is_other:
        yield from found
        return
    real, said = (rates[0].value > 100) - (rates[0].value < 100), _SIGNS.get(match[1][0], 0)
    if real == said:
        yield DIRECTION, None
    elif real and said:
        due, sign = ("大于", ">") if real > 0 else ("小于", "<")
        words = Words(match[0], f"决算数{due}预算数", f"{rates[0]} {sign} 100%")
        yield DIRECTION, spot.slip(DIRECTION, Severity.ERROR, (rates[0],), words)


def _budget_of(words: str) -> str:
    """Which budget is meant: 年初, 全年, 调整, or any."""
    return next((one for one in ("年初", "全年", "调整") if one in words), "")


def _held(
    match: re.Match[str], figures: Sequence[Said], spot: Spot
) -> Iterator[tuple[str, Slip | None]]:
    known = [one for one in figures if one.way is Way.VALUE]
    budgets = [one for one in known if "预算" in one.clause and "决算" not in one.clause]
    done = [one for one in known if "决算" in one.clause]
    if len(budgets) != 1 or len(done) != 1 or budgets[0].kind != done[0].kind:
        return
    real = done[0].amount - budgets[0].amount
    word = _SIGNS.get(match[1][0], 0)
    if (real > 0) - (real < 0) == word:
        yield DIRECTION, None
        return
    due, sign = ("大于", ">") if real > 0 else ("小于", "<") if real < 0 else ("等于", "=")
    words = Words(match[0], f"决算数{due}预算数", f"{done[0]} {sign} {budgets[0]}")
    yield DIRECTION, spot.slip(DIRECTION, Severity.ERROR, (done[0], budgets[0]), words)


def _completed(match: re.Match[str], spot: Spot) -> Iterator[tuple[str, Slip | None]]:
    """完成预算98%,决算数大于预算数; 100% may be a rounded one, 100.00% and an amount beside not."""
    rate, word = Decimal(match["rate"]), match["word"][0]
    real = (rate > 100) - (rate < 100)
    said = _SIGNS.get(word, 0)
    if real == said:
        yield DIRECTION, None
        return
    is_sure = (bool(real) and bool(said)) or "." in match["rate"] or bool(match["amount"])
    due, sign = ("大于", ">") if real > 0 else ("小于", "<") if real < 0 else ("等于", "=")
    words = Words(match[0], f"决算数{due}预算数", f"{rate}% {sign} 100%")
    severity = Severity.ERROR if is_sure else Severity.HINT
    yield DIRECTION, spot.slip(DIRECTION, severity, (f"{rate}%",), words)


def _level(match: re.Match[str], spot: Spot) -> Iterator[tuple[str, Slip | None]]:
    """支出95万元,上年支出90万元,与上年持平 contradicts its own figures."""
    if "基本" in match[0]:
        return
    known = [
        one for one in spot.sentence.figures if one.end <= match.start() and one.way is Way.VALUE
    ]
    word = "预算" if "预算" in match[1] else r"上年|去年"
    bases = [one for one in known if re.search(word, one.clause)]
    rest = [one for one in known if one not in bases]
    if len(bases) != 1 or len(rest) != 1 or bases[0].kind != rest[0].kind:
        return
    base, now = bases[0], rest[0]
    if base.amount == now.amount:
        yield DIRECTION, None
        return
    due, sign = ("增加", ">") if now.amount > base.amount else ("减少", "<")
    words = Words(match[0], due, f"{now} {sign} {base}")
    yield DIRECTION, spot.slip(DIRECTION, Severity.ERROR, (now, base), words)


def _level_with(spot: Spot) -> Iterator[tuple[str, Slip | None]]:
    """支出2.4万元,与上年2.6万元持平: the figure that is named differs from the one before."""
    figures = spot.sentence.figures
    for at, base in enumerate(figures):
        if not _LEVEL.match(base.after) or not _LEVEL_WITH.search(base.gap):
            continue
        around = figures[at - 1 : at] if at else figures[1:2]
        now = next((one for one in around if one.kind == base.kind and one.way is Way.VALUE), None)
        is_next = at or spot.sentence.text.startswith(("与", "同", "和"))
        if now is None or not is_next or not (now.is_exact and base.is_exact) or ";" in base.gap:
            continue
        if now.amount == base.amount:
            yield DIRECTION, None
            continue
        due, sign = ("增加", ">") if now.amount > base.amount else ("减少", "<")
        words = Words(f"{base.clause[-16:]}{base}持平", due, f"{now} {sign} {base}")
        yield DIRECTION, spot.slip(DIRECTION, Severity.ERROR, (now, base), words)
