"""Everything there is to say about a filled form: read it, judge the rules, put the root first."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from workbook.findings.model import Finding, Part, Severity, finding, stands_in_the_way
from workbook.findings.place import Place
from workbook.form.model import Form
from workbook.language.model import Leaf
from workbook.outline.faults import outlined, without_unasked
from workbook.reading.snapshot import Snapshot
from workbook.reading.values import Values, shown
from workbook.rules.causes import likely_causes
from workbook.rules.computing import overwritten
from workbook.rules.defaults import emptied, worked_out
from workbook.rules.judge import Outcome, Verdict, judge, judge_all
from workbook.rules.model import RuleSet
from workbook.rules.quotes import resolve_quotes
from workbook.rules.standing import standing
from workbook.rules.wording import advice, claim_in_words

MOST_ROWS = 10  # a rule that fails on more rows than that is no slip in one cell
MOST_ALIKE = 3  # rows of which the same is said one by one
_ORDER = list(Severity)
_MISSED = (Verdict.FAILS, Verdict.ROUNDING)


@dataclass(frozen=True, slots=True)
class Checked:
    """A form's values, the findings with errors first, and the verdict on every rule."""

    values: Values
    findings: tuple[Finding, ...]
    outcomes: tuple[Outcome, ...] = ()

    @property
    def is_fit(self) -> bool:
        """Whether no error stands in the way of the report."""
        return not stands_in_the_way(self.findings)

    def with_others(self, findings: Iterable[Finding]) -> "Checked":
        """The same with further findings before its own of the same weight."""
        found = sorted((*findings, *self.findings), key=lambda one: _ORDER.index(one.severity))
        return replace(self, findings=tuple(found))

    @property
    def unchecked(self) -> tuple[str, ...]:
        """The rules that could not be checked because a cell is blank or unreadable."""
        waiting = (Verdict.BLANK, Verdict.UNREADABLE)
        return tuple(
            o.rule.spec.id for o in self.outcomes if o.verdict in waiting and not o.rule.spec.each
        )


def check(snapshot: Snapshot, form: Form, rules: RuleSet) -> Checked:
    """All findings on a snapshot, and its values with quotes resolved and printed ranges read."""
    snapshot, values, findings = worked_out(snapshot, form, rules.computed)
    findings += standing(values, snapshot, form)
    findings = without_unasked(findings, values, form)
    findings += overwritten(values, snapshot, rules.computed)
    findings += emptied(values, rules.computed)
    values, quoting = resolve_quotes(values, form, _told(findings))
    values, of_outline = outlined(snapshot, values, form)
    outcomes = judge_all(values, rules)
    findings += [*quoting, *of_outline, *rule_findings(outcomes)]
    return Checked(values, (), tuple(outcomes)).with_others(findings)


def _told(findings: Iterable[Finding]) -> frozenset[Place]:
    """The blank cells of which it is said that they must be filled."""
    blank = [one for one in findings if one.code in ("required", "required-cells")]
    places = (place for one in blank for place in (one.place, *(p.place for p in one.parts)))
    return frozenset(place for place in places if place is not None)


def rule_findings(outcomes: Sequence[Outcome]) -> list[Finding]:
    """A finding for each rule that does not tie, folded under the one that causes it."""
    telling = [o for o in outcomes if o.verdict in (*_MISSED, Verdict.UNCOMPUTABLE)]
    under = _causes(telling)
    roots = [n for n in range(len(telling)) if n not in under]
    on_rows = [telling[n].rule.spec.each for n in roots]
    findings = [_folded(n, telling, under) for n in roots]
    return list(_gathered(findings, on_rows))


def _gathered(findings: Sequence[Finding], on_rows: Sequence[str]) -> Iterator[Finding]:
    """The findings; what is said in the same words of many rows of a table is said once."""
    alike: dict[tuple[str, ...], list[Finding]] = {}
    for number, (one, table) in enumerate(zip(findings, on_rows, strict=True)):
        key = (table, one.rule, one.what, one.todo) if table else (str(number),)
        alike.setdefault(key, []).append(one)
    for same in alike.values():
        yield from same if len(same) <= MOST_ALIKE else [_as_one(same)]


def _as_one(findings: Sequence[Finding]) -> Finding:
    """One finding on the first of some rows; the others take part in it."""
    first, *others = findings
    parts = list({part.place: part for one in findings for part in one.parts}.values())
    places = {first.place, *(part.place for part in parts)}
    parts += [Part(one.label, one.place, None) for one in others if one.place not in places]
    return replace(
        first,
        label=f"{first.label}等 {len(findings)} 处",
        parts=tuple(parts),
        causes=(),
        consequences=tuple(below for one in findings for below in one.consequences),
    )


def _causes(telling: Sequence[Outcome]) -> dict[int, int]:
    """For each outcome that another explains, that other, which nothing explains in turn.

    A total that is right once its part is mended explains nothing further.
    """
    missed = Counter(outcome.rule.spec.id for outcome in telling)
    able = [
        number
        for number, outcome in enumerate(telling)
        if _can_explain(outcome) and missed[outcome.rule.spec.id] <= MOST_ROWS
    ]
    explained_by = {
        number: [c for c in able if c != number and _explains(telling[c], outcome)]
        for number, outcome in enumerate(telling)
    }
    on_top: dict[int, bool] = {}

    def stands(number: int) -> bool:
        if number not in on_top:
            on_top[number] = True  # so that of two that explain each other the earlier one stays
            on_top[number] = not any(stands(cause) for cause in explained_by[number])
        return on_top[number]

    folded = [number for number in range(len(telling)) if not stands(number)]
    roots = {n: [cause for cause in explained_by[n] if on_top[cause]] for n in folded}
    return {number: causes[0] for number, causes in roots.items() if causes}


def _folded(number: int, telling: Sequence[Outcome], under: Mapping[int, int]) -> Finding:
    below = tuple(_finding(telling[n]) for n, top in under.items() if top == number)
    return replace(_finding(telling[number]), consequences=below)


def _can_explain(cause: Outcome) -> bool:
    """Whether a rule says what its total should be."""
    return cause.rule.total is not None and cause.verdict in _MISSED


def _explains(cause: Outcome, effect: Outcome) -> bool:
    """Whether `effect` ties once the total of `cause` is right; a warning hides no error."""
    total = cause.rule.total
    assert total is not None and cause.expected is not None
    if effect.verdict not in _MISSED or _rank(effect) < _rank(cause):
        return False
    if cause.rule.spec.each and effect.rule.spec.each and cause.operands.row != effect.operands.row:
        return False
    if not _reads(effect, _moved(cause, total)):
        return False
    (entry,) = cause.operands.entries(total)
    trial = effect.operands.with_trial(entry, cause.expected, effect.rule.leaves)
    mended = judge(effect.rule, trial)
    return mended.verdict is Verdict.TIES or (
        mended.verdict is Verdict.ROUNDING and effect.verdict is Verdict.FAILS
    )


def _moved(cause: Outcome, total: Leaf) -> set[str]:
    """The keys of a total and of all that is computed from it, columns under their table."""
    own = total.key_on(cause.rule.each)
    return {own, *(cell.key for cell in cause.operands.dependents.get(total.field.key, ()))}


def _reads(outcome: Outcome, keys: set[str]) -> bool:
    return any(leaf.key_on(outcome.rule.each) in keys for leaf in outcome.rule.leaves)


def _rank(outcome: Outcome) -> int:
    is_rounding = outcome.verdict is Verdict.ROUNDING
    return _ORDER.index(Severity.HINT if is_rounding else outcome.rule.severity)


def _finding(outcome: Outcome) -> Finding:
    rule = outcome.rule
    words = {
        "claim": claim_in_words(outcome),
        "todo": advice(outcome),
        "rule": rule.spec.id,
        "tolerance": shown(outcome.tolerance),
        "reason": "除数为 0",
    }
    code = {Verdict.FAILS: "rule-fails", Verdict.ROUNDING: "rule-rounding"}.get(
        outcome.verdict, "rule-uncomputable"
    )
    expected = "" if outcome.expected is None else shown(outcome.expected)
    place, label, found = _subject(outcome)
    made = finding(code, place, label, found, expected, **words)
    return replace(
        made,
        severity=rule.severity if outcome.verdict is Verdict.FAILS else made.severity,
        difference=outcome.difference,
        parts=tuple(
            Part(e.label, e.place, e.value)
            for e in outcome.figures()
            if e.value is None or isinstance(e.value, Decimal)
        ),
        causes=likely_causes(outcome),
        rule=rule.spec.id,
        source=rule.spec.source,
    )


def _subject(outcome: Outcome) -> tuple[Place | None, str, str]:
    """The place, label and value that the finding points at; of a column, where it begins."""
    leaf = outcome.rule.subject
    if not outcome.rule.leaves:
        return None, leaf.table, ""
    entries = outcome.operands.entries(leaf) or list(outcome.entries())
    if not entries:
        return None, leaf.table, ""
    if leaf.table:
        return entries[0].place, f"{leaf.table}各行{leaf.field.name}", ""
    return entries[0].place, entries[0].label, shown(entries[0].value)
