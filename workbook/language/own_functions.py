"""Functions that a kind brings from an installed package: what they are given, and may give."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, localcontext
from typing import Any, Final

from workbook.catalogue import own_functions as says
from workbook.catalogue.model import Language, listed
from workbook.figures.numbers import MOST_DECIMALS
from workbook.form.own_functions import OwnFunction
from workbook.language.excel import ExcelCells
from workbook.language.expression import Expression
from workbook.language.model import PLAIN, LookUp, NotApplicableError, Told, Type

MOST: Final = Decimal("1e15")  # that a figure of a workbook may be
MOST_TEXT: Final = 32_767  # letters of a cell
_LONG: Final = 120  # letters of what an exception says
TYPES: Final = {
    "number": Type.NUMBER,
    "text": Type.TEXT,
    "date": Type.DATE,
    "flag": Type.FLAG,
    "numbers": Type.COLUMN,
    "texts": Type.TEXTS,
}
_PYTHON: Final[dict[str, tuple[type, ...]]] = {
    "number": (Decimal, int),
    "text": (str,),
    "date": (date,),
    "flag": (bool,),
}


class OwnFunctionError(NotApplicableError):
    """A function of a kind's own gave nothing that can be used; the message says what it did."""

    def __init__(self, told: Callable[[Language], str]) -> None:
        super().__init__(told("zh"))
        self.told = told


def unusable(own: OwnFunction) -> str:
    """Why a function cannot be used here, for the author and for the clerk; "" where it can."""
    from workbook.files.installed import FunctionError, takes  # noqa: PLC0415 - few kinds have any

    count = len(own.takes)
    try:
        is_right = takes(own.call, count)
    except FunctionError as error:
        return says.UNUSABLE("zh", name=own.name, why=error)
    return (
        "" if is_right else f"函数「{own.name}」:takes 写了 {count} 个参数,「{own.call}」不收这么多"
    )


def called(own: OwnFunction, arguments: Sequence[Any]) -> Any:
    """What a function gives for these, a figure as `Decimal`; raises `OwnFunctionError`."""
    from workbook.files.installed import FunctionError, installed_function  # noqa: PLC0415 - as above

    try:
        with localcontext():  # whatever it does to the precision stays with it
            made = installed_function(own.call)(*map(_plain, arguments))
    except FunctionError as error:
        why = error.told
        raise OwnFunctionError(
            lambda language: says.UNUSABLE(language, name=own.name, why=why(language))
        ) from error
    except (Exception, SystemExit) as error:
        kind = "" if isinstance(error, ValueError) and str(error) else type(error).__name__
        told = ": ".join(filter(None, (kind, str(error).strip().partition("\n")[0])))[:_LONG]
        raise OwnFunctionError(
            lambda language: says.FAILED(language, name=own.name, why=told)
        ) from error
    if (fault := _misgiven(own, made)) is not None:
        raise OwnFunctionError(
            lambda language: says.GAVE(language, name=own.name, why=fault(language))
        )
    return Decimal(made) if own.gives == "number" and isinstance(made, int) else made


def _plain(value: Any) -> Any:
    """A value as nobody's but Python's own: what knows its cell is a plain figure or text again."""
    if value is None or isinstance(value, bool | date):
        return value
    if isinstance(value, Decimal | int):
        return Decimal(value)
    if isinstance(value, list | tuple):
        return tuple(map(_plain, value))
    return str(value)


def _misgiven(own: OwnFunction, made: object) -> Callable[[Language], str] | None:
    """What is wrong with what a function gave, None where nothing is."""
    is_other = isinstance(made, bool) and own.gives != "flag"
    if is_other or isinstance(made, datetime) or not isinstance(made, _PYTHON[own.gives]):
        is_float, found = isinstance(made, float), type(made).__name__
        return lambda language: says.OTHER_TYPE(
            language,
            wanted=says.TYPES[own.gives](language),
            gives=own.gives,
            found=found,
            hint=says.NO_FLOAT(language) if is_float else "",
        )
    if isinstance(made, Decimal | int) and not _is_small(Decimal(made)):
        return says.TOO_LARGE.__call__
    if isinstance(made, str) and len(made) > MOST_TEXT:
        return lambda language: says.TOO_LONG(language, most=MOST_TEXT)
    return None


def _is_small(figure: Decimal) -> bool:
    return figure.is_finite() and abs(figure) < MOST


@dataclass(frozen=True)
class OwnCall(Expression):
    """A function of the kind's own and what it is asked of: `折旧(原值, 年限)`.

    It has no form in Excel: what is made of it is judged by the program alone.
    """

    own: OwnFunction
    arguments: tuple[Expression, ...]

    @property
    def type(self) -> Type:
        return TYPES[self.own.gives]

    @property
    def parts(self) -> tuple[Expression, ...]:
        return self.arguments

    @property
    def decimals(self) -> int:
        if self.own.gives != "number":
            return 0
        return MOST_DECIMALS if self.own.decimals is None else self.own.decimals

    def value(self, look_up: LookUp) -> Any:
        return called(self.own, [one.value(look_up) for one in self.arguments])

    def excel(self, cells: ExcelCells) -> str:
        return "NA()"

    def words(self, told: Told = PLAIN) -> str:
        said = listed(told.language, (one.words(told) for one in self.arguments))
        return f"{self.own.name}({said})"


def is_own(*trees: Expression | None) -> bool:
    """Whether a function of the kind's own takes part in one of these expressions."""
    return any(isinstance(one, OwnCall) for tree in trees if tree for one in tree.walk())
