"""Everything there is to say about a filled form: read it, judge the rules, put the root first."""

from collections.abc import Collection, Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from workbook.catalogue.model import Language
from workbook.checking.lists import total_rows, unclear_lists
from workbook.checking.rule_findings import rule_findings
from workbook.checking.uncollected import uncollected
from workbook.entries.shares import shares
from workbook.findings.model import Finding, Severity, stands_in_the_way, told_in
from workbook.findings.place import Place
from workbook.form.model import Form
from workbook.outline.faults import outlined, without_unasked
from workbook.prose.told import prose
from workbook.reading.snapshot import Snapshot
from workbook.reading.values import Values
from workbook.rules.computing import overwritten, own_typed
from workbook.rules.defaults import emptied, worked_out
from workbook.rules.judge import Outcome, Verdict, judge_all
from workbook.rules.model import RuleSet
from workbook.rules.quotes import resolve_quotes
from workbook.rules.standing import standing

_ORDER = list(Severity)


class Checked(Struct, frozen=True):
    """A form's values, the findings with errors first, and the verdict on every rule."""

    values: Values
    findings: tuple[Finding, ...]
    outcomes: tuple[Outcome, ...] = ()
    language: Language = "zh"

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


def check(
    snapshot: Snapshot, form: Form, rules: RuleSet, called: Collection[str] | None = None
) -> Checked:
    """All findings on a snapshot, and its values with quotes resolved and printed ranges read.

    Where it is known what the form's figures are `called`, texts that name none are not read.
    """
    with uncollected():
        return judged(worked_out(snapshot, form, rules.computed), form, rules, called)


def judged(
    read: tuple[Snapshot, Values, Sequence[Finding]],
    form: Form,
    rules: RuleSet,
    called: Collection[str] | None = None,
) -> Checked:
    """The same of what was read and `worked_out` already."""
    snapshot, values, faults = read
    findings = list(faults)
    findings += standing(values, snapshot, form)
    findings += shares(values, form)
    findings += total_rows(values, form)
    findings = without_unasked(findings, values, form)
    findings += overwritten(values, snapshot, rules.computed)
    findings += own_typed(values, snapshot, form)
    findings += emptied(values, rules.computed)
    values, quoting = resolve_quotes(values, form, _told(findings))
    values, of_outline = outlined(snapshot, values, form)
    outcomes = judge_all(values, rules)
    # The readers of sentences know Chinese alone.
    if form.language == "zh" and (of_prose := prose(values, form, called)):
        findings += without_unasked(of_prose, values, form)
    findings += [*quoting, *unclear_lists(values, rules), *of_outline]
    findings += rule_findings(outcomes)
    checked = Checked(values, (), tuple(outcomes), form.language)
    return checked.with_others(told_in(form.language, findings))


def _told(findings: Iterable[Finding]) -> frozenset[Place]:
    """The blank cells of which it is said that they must be filled."""
    blank = [one for one in findings if one.code in ("required", "required-cells")]
    places = (place for one in blank for place in (one.place, *(p.place for p in one.parts)))
    return frozenset(place for place in places if place is not None)
