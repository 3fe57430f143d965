"""How a score follows from a figure: methods that are data, each compiled to one expression.

The expression is text of the rule language (`docs/scoring.md`), which is evaluated in Python and
written into the sheet as a formula; `rubrics` makes the printed sentence from the same numbers.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Literal, assert_never

from msgspec import Meta, Struct, field

from workbook.figures.numbers import plain


class Scored(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, tag_field="method"):
    """A method that computes a score, rounded half up to `decimals`."""

    decimals: Annotated[int, Meta(ge=0, le=6)] = 2


class Aimed(Scored, frozen=True, kw_only=True):
    """A method that measures against a target, written here where it is the same every year."""

    target: Decimal | None = None


class Ratio(Aimed, frozen=True, kw_only=True, tag="ratio"):
    """The more the better: weight x value / target, at most the weight (财预〔2020〕10号)."""


class Inverse(Aimed, frozen=True, kw_only=True, tag="inverse"):
    """The less the better: weight x target / value, at most the weight (财预〔2020〕10号)."""


class Equal(Aimed, frozen=True, kw_only=True, tag="equal"):
    """All or nothing: the weight where the value is the target."""


class Steps(Scored, frozen=True, kw_only=True, tag="steps"):
    """`points` off for each `step` that the value lies above or below `bound`, down to 0.

    `whole` counts whole steps only ("每低于5%扣2分": 99.27% loses nothing), otherwise also the part
    of a step. `step_unit` is how the sentence measures a step; blank is the value's own unit, and
    个百分点 for %.

        score = { method = "steps", bound = 100, direction = "above", step = 1, points = 0.5 }
    """

    bound: Decimal
    direction: Literal["above", "below"]
    step: Decimal
    points: Decimal
    whole: bool = True
    step_unit: str = ""


class Tier(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """So many points up to (or from) a limit, the limit itself included."""

    limit: Decimal
    points: Decimal


class Tiers(Scored, frozen=True, kw_only=True, tag="tiers"):
    """The points of the first tier whose limit the value keeps, `otherwise` for a value beyond."""

    compare: Literal["<=", ">="]
    tier: tuple[Tier, ...]
    otherwise: Decimal = Decimal(0)


class Band(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A grade word and the percents of the weight that it stands for, from the upper one down."""

    word: str
    top: Decimal = field(name="from")
    bottom: Decimal = field(name="to")


class Bands(
    Struct,
    frozen=True,
    forbid_unknown_fields=True,
    kw_only=True,
    tag_field="method",
    tag="bands",
):
    """Qualitative: a grade word is chosen and a score entered, which must lie in the word's band.

    Each band holds its lower end and not its upper one, but for the first, which holds both
    (财预〔2020〕10号: 100%—80%(含)、80%—60%(含)、60%—0%).
    """

    band: tuple[Band, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The words to choose from."""
        return tuple(band.word for band in self.band)


ComputingMethod = Ratio | Inverse | Equal | Steps | Tiers
Method = ComputingMethod | Bands


class Grade(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A word for totals from `least` on."""

    word: str
    least: Decimal = field(name="from")


class Grades(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The words for a total, best first, and the word for what is below them all."""

    grade: tuple[Grade, ...]
    otherwise: str

    @property
    def words(self) -> tuple[str, ...]:
        """All words, best first."""
        return (*(grade.word for grade in self.grade), self.otherwise)


class ScoreCase(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How the rows of one sort are scored; without `score` they are not scored at all."""

    of: str
    score: Method | None = None


class Scoring(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Which columns of a table take part in scoring its rows.

    `score` is computed from `value`, `weight` and `target`. Given rows bring their own method; in
    other tables the word in column `sort` picks one of the cases. `entered` is the score that
    somebody typed, `reason` why a point was lost, `rubric` the sentence that says how it is scored,
    `unit` the value's unit, `word` the grade word of a qualitative row and `aim` its target.

        scoring = { score = "得分", weight = "分值", value = "实际完成值", target = "年度指标值" }
    """

    score: str
    weight: str
    value: str
    target: str = ""
    sort: str = ""
    entered: str = ""
    reason: str = ""
    rubric: str = ""
    unit: str = ""
    word: str = ""
    aim: str = ""
    case: tuple[ScoreCase, ...] = ()

    @property
    def columns(self) -> dict[str, str]:
        """The columns by what they are to the scoring."""
        return {key: getattr(self, key) for key in self.__struct_fields__ if key != "case"}

    def needed(self, method: Method) -> tuple[str, ...]:
        """The columns that must be filled for a row to be scored by a method."""
        if isinstance(method, Bands):
            return (self.word, self.entered)
        is_aimed = isinstance(method, Aimed) and method.target is None
        return (self.value, self.target) if is_aimed else (self.value,)


def score_expression(method: ComputingMethod, value: str, weight: str, target: str = "") -> str:
    """The score as an expression of the rule language, from 0 to `weight`.

    `value`, `weight` and `target` are expressions themselves. `Aimed` methods need a target, here
    or in their data and not in both, else `ValueError`; the others use none. A division by zero
    means 不适用 and is left to whoever evaluates: `Ratio` divides so on a target of 0 or less.
    """
    value, weight = f"({value})", f"({weight})"
    match method:
        case Ratio() | Inverse() | Equal():
            score = _aimed(method, value, weight, f"({_target(method, target)})")
        case Steps():
            score = f"max(0, {weight} - {plain(method.points)} * max(0, {_steps(method, value)}))"
        case Tiers():
            tiers = [
                (plain(tier.points), f"{value} {method.compare} {plain(tier.limit)}")
                for tier in method.tier
            ]
            score = f"min({weight}, {_choice(tiers, plain(method.otherwise))})"
        case _:
            assert_never(method)
    return f"round({score}, {method.decimals})"


def claim_expression(method: Bands, word: str, score: str, weight: str) -> str:
    """What must be true of a score entered for a chosen word: that it lies in the word's band.

    `word`, `score` and `weight` are expressions. False for a word that is not in the list.
    """
    return " or ".join(
        f"(({word}) == {quoted(band.word)} and {_share(weight, band.bottom)} <= ({score})"
        f" {'<=' if band is method.band[0] else '<'} {_share(weight, band.top)})"
        for band in method.band
    )


def grade_expression(grades: Grades, total: str) -> str:
    """The word for a total, as an expression of the rule language."""
    choices = [(quoted(g.word), f"({total}) >= {plain(g.least)}") for g in grades.grade]
    return _choice(choices, quoted(grades.otherwise))


def quoted(word: str) -> str:
    """A word as a literal of the rule language; `scoring_faults` keeps quotes out of words."""
    return f'"{word}"'


def _target(method: Aimed, target: str) -> str:
    if bool(target) == (method.target is not None):
        raise ValueError("a target is due, once: in the method or beside it")
    return target or plain(method.target or Decimal(0))


def _aimed(method: Ratio | Inverse | Equal, value: str, weight: str, target: str) -> str:
    match method:
        case Ratio():
            return f"{weight} * max(0, min(1, {value} / max(0, {target})))"
        case Inverse():
            part = f"({weight} * {target} / {value} if {target} > 0 else 0)"
            return f"{weight} if {value} <= {target} else {part}"
        case Equal():
            return f"{weight} if {value} == {target} else 0"


def _steps(method: Steps, value: str) -> str:
    bound = plain(method.bound)
    beyond = f"{bound} - {value}" if method.direction == "below" else f"{value} - {bound}"
    steps = f"({beyond}) / {plain(method.step)}"
    return f"floor({steps})" if method.whole else steps


def _choice(choices: Sequence[tuple[str, str]], otherwise: str) -> str:
    """The first value whose condition holds, as nested conditions in parentheses."""
    text = otherwise
    for value, condition in reversed(choices):
        text = f"({value} if {condition} else {text})"
    return text


def _share(weight: str, percent: Decimal) -> str:
    return f"({weight}) * {plain(percent / 100)}"
