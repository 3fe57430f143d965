"""Totals and the figures that are said to be their parts: behind 其中, in brackets, before 合计."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile
from typing import Final

from workbook.proof.arithmetic import MOST_PARTS, best_sum, is_slip, term
from workbook.proof.corrected import Change
from workbook.proof.model import Statement
from workbook.proof.vocabulary import short_name, vocabulary, whole_of
from workbook.stated.clauses import Said, Sentence, Way
from workbook.stated.model import Basis
from workbook.stated.words import named

_OPENS: Final = re.compile(
    r"(?:其中|分别是|分别为|分为|包括|包含|构成|具体为|具体如下|含)[:,]?|组成:"
)
BESIDE: Final = "并列"  # the opening of parts that no word opens
STATES: Final = "状态"  # of what is done and what is not
QUARTERS: Final = "季度"
_STATES: Final = re.compile(
    r"(?:已经?)?(..)[案结毕]?,(?:尚未|正在|仍在|未|待)\1?[案结毕]?|结案,未结案?|已?完工,在建|"
    r"已?办[结理],(?:正在|尚在)办理|已?(?:整改|解决|化解|办结|修复)(?:完成|到位)?,(?:剩余|其余)…"
)
_UNDONE: Final = re.compile(r"正在|尚未|尚在|仍在|未|待|将")
_QUARTER: Final = re.compile(r"(?:第)?([一二三四])季度")
_YEAR: Final = re.compile(r"全年|实际支出|合计|共计")
_SOURCE: Final = re.compile(r"收入|拨款|结转|结余")  # of money, none of which is left out
_LEADS: Final = re.compile(r"主要|分别|具体|其中|由|支出|资金|的|万元")
_OF_THESE: Final = re.compile(r"(?:^|[,:;])由[^,:;。]*$")  # 由甲60万元、乙40万元组成
_MADE_UP: Final = re.compile(r"(?:共同|两部分|[二两三四五六]部分)?(?:组成|构成)")
STARTS: Final = re.compile(r"^(?:其中|包括|具体为|具体如下|分别是)")
_MAINLY: Final = re.compile(r"主要(?:包括|包含|用于|是|为|有|由|支出|构成)")
_CLOSES: Final = re.compile(r"(?:合计|共计|总计|合共)(?:支出|收入|金额|资金|人数|数)?(?:为|达)?$")
_ASIDE: Final = re.compile(
    r"[比较同占]|上年(?!结转|结余)|去年|完成(?=.)|人均|户均|平均|每|标准|差值|差额|累计|余额|历年|不足|超过"
)
_ALL_SPENT: Final = re.compile(
    r"(?:^|年|部门|单位|我[局委办镇校])(?:总|本年|全年)?支出(?:合计|总计|总额)?(?:为|共)?$"
)
_MORE: Final = re.compile(r"结转|结余|调减|核减|收回|压减")
_CUT: Final = re.compile(r"(?:年中|本年)?(?:预算)?(?:调减|核减|压减)(?:预算|指标|资金)?(?:数|额)?")
CUT: Final = "调减"
_TOGETHER: Final = frozenset((Basis.INITIAL, Basis.ADDED))  # are parts of one whole


@dataclass(frozen=True, slots=True)
class Claim:
    """A total and the figures that are said to be its parts."""

    total: Said
    parts: tuple[Said, ...]
    opening: str
    sentence: Sentence

    def holds(self, changed: Change | None = None) -> bool:
        """Whether the parts add up, or would with one figure written otherwise."""
        total, *parts = (
            term(replace(one, value=changed.due) if changed and one is changed.said else one)
            for one in (self.total, *self.parts)
        )
        if best_sum(total, parts) is not None:
            return True
        whole = [parts[at] for at in whole_of([short_name(one.clause) for one in self.parts])]
        return bool(whole) and best_sum(total, whole) is not None

    def is_likely(self) -> bool:
        """Whether the parts add up, or one slip of the hand keeps them from it."""
        return self.holds() or is_slip(term(self.total), [term(one) for one in self.parts])

    def has(self, one: Said) -> bool:
        """Whether a figure is one of them."""
        return any(other is one for other in (self.total, *self.parts))


def claims_of(statement: Statement) -> list[Claim]:
    """Each total of the statement whose parts follow it, precede it, or make it up by name."""
    made: list[Claim] = []
    before: Sentence | None = None
    for sentence, after in pairwise((*statement.sentences, None)):
        assert sentence is not None
        opened = tuple(_gone_on(one, after) for one in _claims(sentence, before))
        made += (*opened, *_closed(sentence), *_budgets(sentence), *_states(sentence))
        made += _quarters(sentence, before)
        made += () if opened else _beside(sentence)
        before = sentence
    return [*made, *_by_name(statement)]


def _gone_on(claim: Claim, after: Sentence | None) -> Claim:
    """其中:人员经费3万元,主要包括工资。公用经费1万元: the parts go on behind the full stop."""
    if after is None or len(claim.parts) != 1 or "。" not in claim.sentence.text:
        return claim
    parts = (*claim.parts, *parts_of(after.figures, 0, claim.total, claim.parts[0].depth))
    is_whole = len(whole_of([short_name(one.clause) for one in parts])) == len(parts) > 1
    return replace(claim, parts=parts) if is_whole else claim


def _claims(sentence: Sentence, before: Sentence | None) -> Iterator[Claim]:
    figures = sentence.figures
    for at, one in enumerate(figures):
        opening = _opening(one) or _of_these(one, sentence)
        if not opening:
            continue
        known = figures[:at]
        if not known and STARTS.match(sentence.text) and before is not None:
            known = before.figures
        depth = one.depth - _opened_behind(one.gap, opening)
        first = next((other for other in figures[at : at + 3] if not _bounds(other)), one)
        tried = [
            Claim(total, parts_of(figures, at, total, depth), opening, sentence)
            for total in _totals(known, first if first.depth == one.depth else one, opening)
        ]
        if tried and (opening not in "(:" or len(tried[0].parts) > 1):
            yield likeliest(tried)


def likeliest(tried: Sequence[Claim]) -> Claim:
    """The one that adds up, else the one that a slip of the hand keeps from it, else the first."""
    for one in tried:
        is_within = len(one.parts) == 1 and one.parts[0].amount <= one.total.amount
        if is_within or one.holds():
            return one
    slips = (one for one in tried if is_slip(term(one.total), [term(part) for part in one.parts]))
    return next(slips, tried[0])


def _by_name(statement: Statement) -> Iterator[Claim]:
    """Totals that stand beside all their parts without a word between: 三公经费 and its three."""
    figures = [one for sentence in statement.sentences for one in sentence.figures]
    opened = any(_OPENS.search(one.gap) for one in figures)
    yield from _spending(statement)
    found: dict[str, list[tuple[Said, Sentence]]] = {}
    for sentence in statement.sentences:
        for one in sentence.figures:
            is_plain = one.way is Way.VALUE and one.depth == 0 and not _ASIDE.search(one.clause)
            if is_plain and named(one.clause).basis in (Basis.NONE, Basis.OUTTURN):
                found.setdefault(short_name(one.clause), []).append((one, sentence))
    for total, whole in () if opened else vocabulary().identities.items():
        names = (total, *whole)
        if all(len(found.get(name, ())) == 1 for name in names):
            said, sentence = found[total][0]
            parts = tuple(found[name][0][0] for name in whole)
            if {one.kind for one in parts} == {said.kind}:
                yield Claim(said, parts, "", sentence)


def _spending(statement: Statement) -> Iterator[Claim]:
    """All spending of a paragraph, and the one 基本支出 and 项目支出 that it states behind it."""
    found: dict[str, list[tuple[Said, Sentence]]] = {}
    for sentence in statement.sentences:
        for one in sentence.figures:
            is_plain = one.way is Way.VALUE and one.depth == 0 and not _ASIDE.search(one.clause)
            if is_plain and not _OPENS.search(one.gap):
                name = short_name(one.clause)
                name = "支出" if _ALL_SPENT.search(one.clause) else name
                found.setdefault(name, []).append((one, sentence))
    names = ("支出", "基本支出", "项目支出")
    if all(len(found.get(name, ())) == 1 for name in names):
        said, *parts = (found[name][0][0] for name in names)
        order = [
            one.start + place[1].start
            for one, place in zip((said, *parts), (found[name][0] for name in names), strict=True)
        ]
        if order == sorted(order) and {one.kind for one in parts} == {said.kind} == {"元"}:
            yield Claim(said, tuple(parts), BESIDE, found["支出"][0][1])


def _opening(one: Said) -> str:
    """The word or the bracket that opens a list of parts right before a figure."""
    gap = one.gap
    found = [match for match in _OPENS.finditer(gap) if _opens(match, gap)]
    if found and not re.search(r"[;。]", gap[found[-1].end() :]):
        return found[-1][0].strip(":,")
    return gap[0] if gap[:1] in ("(", ":") and one.way is Way.VALUE else ""


def _of_these(one: Said, sentence: Sentence) -> str:
    """The word behind a list of parts that begins with 由, if it stands in the same clause."""
    if not _OF_THESE.search(one.gap):
        return ""
    for other in sentence.figures:
        if other.start >= one.start and (found := _MADE_UP.match(other.after)):
            return found[0][-2:]
        if other.start > one.start and re.search(r"[;。]", other.gap):
            break
    return ""


def _opens(match: re.Match[str], gap: str) -> bool:
    """Whether a word opens the parts of a figure before it: not 含 in 人员经费含临聘工资6万元."""
    before = re.split(r"[,;:()]", gap[: match.start()])[-1]
    return match[0][0] not in "含包构" or not _LEADS.sub("", before)


def _totals(known: Sequence[Said], first: Said, opening: str) -> Iterator[Said]:
    """The values before the list that are counted in the same unit, the likeliest first."""
    values = [one for one in known if one.way is Way.VALUE and one.is_exact]
    if not values or first.way is not Way.VALUE:
        return
    if opening in "(:":
        last = known[-1]
        if last is values[-1] and last.kind == first.kind:
            yield last
        return
    if first.gap.count("(") - first.gap.count(")") > _opened_behind(first.gap, opening):
        # 8个项目(含结转项目5个): the list is of what stands right before its bracket.
        known = [one for one in known if one.kind == first.kind and one.depth < first.depth]
        yield from known[-1:] if known and known[-1] in values else ()
        return
    for total in reversed(values):
        if total.kind == first.kind and total.depth <= first.depth and not _is_base(total, known):
            if any(";" in one.gap for one in known if one.start > total.start):
                return
            yield total


def _bounds(one: Said) -> bool:
    """Whether a figure only says what is counted: 其中收入50万元以上的村28个."""
    return bool(re.match(r"(?:及?以[上下内]|至|-)", one.after))


def _opened_behind(gap: str, opening: str) -> int:
    """How many brackets stand open behind the word: one in 其中投入(20分)得18分."""
    words = gap.rpartition(opening)[2] if opening not in "(:" else ""
    return max(0, words.count("(") - words.count(")"))


def _is_base(one: Said, known: Sequence[Said]) -> bool:
    """Whether a figure is what another is held against: 比上年100万元增加, 预算100万元的95%."""
    after = next((other for other in known if other.start > one.start), None)
    if after is None:
        return False
    if after.gap == "的" and after.unit == "%":
        return True
    is_changed = after.way in (Way.AMOUNT, Way.CHANGE_RATE)
    return is_changed and bool(re.search(r"[比较]", one.clause))


def parts_of(figures: Sequence[Said], at: int, total: Said, depth: int) -> tuple[Said, ...]:
    """The values from `at` on that may be parts of the total."""
    made: list[Said] = []
    is_aside = False
    for one in figures[at : at + 2 * MOST_PARTS]:
        is_over = made and (one.gap.startswith(";加") or _MADE_UP.match(one.gap))
        if one.depth < depth or "。" in one.gap or is_over:
            break
        # A部分,主要包括:a、b;B部分: what is listed in between is of A alone.
        behind = re.split("[;。]", one.gap)[-1]
        is_aside = (is_aside and behind == one.gap) or bool(made and _MAINLY.search(behind))
        if is_aside:
            continue
        if one.depth > depth or one.kind != total.kind or one.way is not Way.VALUE:
            continue
        is_weight = one.unit == "分" and re.match(r",?(?:自评)?得", one.after)  # 投入10分得9分
        if not is_weight and not _ASIDE.search(one.clause):
            made.append(one)
    return _of_one_basis(total, made)


def _of_one_basis(total: Said, parts: Sequence[Said]) -> tuple[Said, ...]:
    """The parts that are budgeted where the total is, or spent; none where nobody can tell."""
    own = named(total.clause).basis
    bases = [named(one.clause).basis for one in parts]
    left = [one for one, basis in zip(parts, bases, strict=True) if basis not in _TOGETHER]
    is_together = len(left) < len(parts) and all(_SOURCE.search(one.clause) for one in left)
    if own in (Basis.NONE, Basis.FULL, Basis.BUDGET) and is_together:
        return tuple(parts)
    if own is Basis.NONE:
        return () if len({*bases} - {Basis.NONE}) > 1 else tuple(parts)
    return tuple(one for one, basis in zip(parts, bases, strict=True) if basis in (Basis.NONE, own))


def _beside(sentence: Sentence) -> Iterator[Claim]:
    """A total right before all its parts: 总收入8万元,财政拨款5万元,其他收入3万元."""
    figures = sentence.figures
    start = next((at for at, one in enumerate(figures) if _is_total(one)), None)
    parts: list[Said] = []
    for one in figures[start + 1 :] if start is not None else ():
        if one.way in (Way.SHARE, Way.PERCENT) and not one.depth:
            continue
        is_odd = one.depth or one.way is not Way.VALUE or _ASIDE.search(one.clause)
        if is_odd or one.kind != figures[start or 0].kind or _is_total(one):
            break
        parts.append(one)
    names = [short_name(one.clause) for one in parts]
    is_whole = bool(whole_of(names)) or all(map(_SOURCE.search, names))
    if is_whole and len(parts) > 1 and len(set(names)) == len(parts):
        yield Claim(figures[start or 0], tuple(parts), BESIDE, sentence)


def _states(sentence: Sentence) -> Iterator[Claim]:
    """立案286件,结案251件,未结35件: what is done and what is not are all there is."""
    figures = [one for one in sentence.figures if one.unit != "%"]
    for at, (total, done, rest) in enumerate(zip(figures, figures[1:], figures[2:], strict=False)):
        is_rest = rest.clause in ("剩余", "其余") and _UNDONE.match(rest.after)
        words = f"{done.clause},{rest.clause}{'…' if is_rest else ''}"
        more = takewhile(lambda one: one.way is Way.VALUE, figures[at + 3 : at + 6])
        same = (total, done, rest, *(one for one in more if one.kind == done.kind))
        is_plain = all(
            one.way is Way.VALUE and one.kind == total.kind and one.depth == total.depth
            for one in same
        )
        if is_plain and _STATES.fullmatch(words):
            ways = [Claim(total, same[1:end], STATES, sentence) for end in range(3, len(same) + 1)]
            yield next((one for one in ways if one.holds()), ways[0])


def _quarters(sentence: Sentence, before: Sentence | None) -> Iterator[Claim]:
    """The four quarters of a sentence, and the year that it or the one before states."""
    figures = [one for one in sentence.figures if one.way is Way.VALUE and not one.depth]
    found = [_QUARTER.match(one.clause) for one in figures]
    parts = [one for one, match in zip(figures, found, strict=True) if match]
    if [match[1] for match in found if match] != list("一二三四"):
        return
    around = [*figures, *(before.figures if before else ())]
    totals = [
        one for one in around
        if one.kind == parts[0].kind and one.way is Way.VALUE and _YEAR.search(one.clause)
        and not one.after.startswith("(")
    ]  # fmt: skip
    claims = [Claim(one, tuple(parts), QUARTERS, sentence) for one in totals]
    if claims:
        yield likeliest(claims)


def _is_total(one: Said) -> bool:
    """Whether a figure is of all income or spending."""
    is_plain = one.way is Way.VALUE and not one.depth and not _ASIDE.search(one.clause)
    return is_plain and short_name(one.clause) in vocabulary().others


def _budgets(sentence: Sentence) -> Iterator[Claim]:
    """全年预算 of a sentence that states 年初预算 and what was added, each of them once."""
    found: dict[Basis, list[Said]] = {}
    for one in sentence.figures:
        read = named(one.clause)
        if one.way is Way.VALUE and not one.depth and not read.name:
            found.setdefault(read.basis, []).append(one)
    full, *parts = (found.get(basis, []) for basis in (Basis.FULL, Basis.INITIAL, Basis.ADDED))
    is_plain = all(len(one) == 1 for one in (full, *parts)) and not _MORE.search(sentence.text)
    if is_plain:
        yield Claim(full[0], (parts[0][0], parts[1][0]), "", sentence)
    cut = [
        one for one in sentence.figures
        if _CUT.fullmatch(one.clause) and not one.depth and one.is_exact
    ]  # fmt: skip
    if len(cut) == len(full) == len(parts[0]) == 1 and len(_MORE.findall(sentence.text)) == 1:
        yield Claim(parts[0][0], (cut[0], full[0]), CUT, sentence)  # what was taken, what is left


def _closed(sentence: Sentence) -> Iterator[Claim]:
    """A total that stands behind its parts: 甲3万元,乙4万元,合计7万元."""
    for at, one in enumerate(sentence.figures):
        if one.way is not Way.VALUE or not _CLOSES.search(one.clause):
            continue
        parts: list[Said] = []
        for before in reversed(sentence.figures[:at]):
            if before.unit == "%" or before.way is Way.AMOUNT:
                continue
            is_other = before.kind != one.kind or before.way is not Way.VALUE or before.depth
            if is_other or _CLOSES.search(before.clause):
                break
            parts.insert(0, before)
        if len(parts) > 1:
            yield Claim(one, tuple(parts), "合计", sentence)
