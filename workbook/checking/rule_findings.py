"""What there is to say of the rules that do not tie: one finding for one slip."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec.structs import replace

from workbook.catalogue.findings import AND_PLACES, COLUMN_LABEL, DIVISOR
from workbook.checking.roots import roots_of
from workbook.findings.model import Finding, Part, finding, told_in
from workbook.findings.place import Place
from workbook.reading.values import shown
from workbook.rules.causes import Cause, likely_causes
from workbook.rules.judge import Outcome, Verdict
from workbook.rules.wording import advice, claim_in_words

MOST_ALIKE = 3  # rows of which the same is said one by one
MOST_CAUSED = 100  # rows of a rule for which a cause is looked for: more are no slips
_CODES = {Verdict.FAILS: "rule-fails", Verdict.ROUNDING: "rule-rounding"}
_TELLING = (Verdict.FAILS, Verdict.ROUNDING, Verdict.UNCOMPUTABLE)


def rule_findings(outcomes: Sequence[Outcome]) -> list[Finding]:
    """A finding for each rule that does not tie, folded under the one that causes it."""
    telling = [o for o in outcomes if o.verdict in _TELLING]
    causes = list(_causes(telling))
    under = roots_of(telling, causes)
    found = [_finding(*one) for one in zip(telling, causes, strict=True)]
    on_rows = [one.rule.spec.each for n, one in enumerate(telling) if n not in under]
    return list(_gathered(list(_folded(found, under)), on_rows))


def _causes(telling: Sequence[Outcome]) -> Iterator[Sequence[Cause]]:
    """The likely causes of each; of a thousand rows of a rule those of the first alone."""
    seen: Counter[str] = Counter()
    for outcome in telling:
        seen[outcome.rule.spec.id] += 1
        yield likely_causes(outcome) if seen[outcome.rule.spec.id] <= MOST_CAUSED else ()


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
    others = [one for one in others if one.place not in places]
    parts += [Part(one.label, one.place, None, is_place=True) for one in others]
    return replace(
        first,
        label=AND_PLACES(first.language, label=first.label, count=len(findings)),
        parts=tuple(parts),
        causes=(),
        consequences=tuple(below for one in findings for below in one.consequences),
    )


def _folded(found: Sequence[Finding], under: Mapping[int, int]) -> Iterator[Finding]:
    """Those that nothing explains, each with those under it."""
    below: dict[int, list[Finding]] = {}
    for number, root in under.items():
        below.setdefault(root, []).append(found[number])
    for number, one in enumerate(found):
        if number not in under:
            under_it = tuple(below.get(number, ()))
            yield replace(one, consequences=under_it) if under_it else one


def _finding(outcome: Outcome, causes: Sequence[Cause]) -> Finding:
    rule = outcome.rule
    words = {
        "claim": claim_in_words(outcome),
        "todo": advice(outcome),
        "rule": rule.spec.id,
        "tolerance": shown(outcome.tolerance),
        "reason": outcome.failure or DIVISOR.zh,
    }
    other = "own-function-failed" if outcome.failure else "rule-uncomputable"
    code = _CODES.get(outcome.verdict, other)
    is_weighed = outcome.verdict is Verdict.FAILS or bool(outcome.failure)
    expected = "" if outcome.expected is None else shown(outcome.expected)
    place, label, found = _subject(outcome)
    (made,) = told_in(rule.language, [finding(code, place, label, found, expected, **words)])
    return replace(
        made,
        severity=rule.severity if is_weighed else made.severity,
        difference=outcome.difference,
        parts=tuple(
            Part(e.label, e.place, e.value)
            for e in outcome.figures()
            if e.value is None or isinstance(e.value, Decimal)
        ),
        causes=tuple(cause.words for cause in causes),
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
        label = COLUMN_LABEL(outcome.rule.language, table=leaf.table, column=leaf.field.name)
        return entries[0].place, label, ""
    return entries[0].place, entries[0].label, shown(entries[0].value)
