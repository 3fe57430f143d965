"""Functions of the kind's own in a template: `{{ 原值|折旧(5) }}` and `{{ 折旧(原值, 5) }}`."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from docgen.report.filters import filters_of as filters_in
from docgen.template.model.stand_in import StandIn
from workbook.catalogue import own_functions as says
from workbook.catalogue.model import Language
from workbook.form.model import Form
from workbook.form.own_functions import OwnFunction
from workbook.language.own_functions import OwnFunctionError, called

Filters = Mapping[str, Callable[..., Any]]
_TAKEN: Final[dict[str, tuple[type, ...]]] = {
    "number": (Decimal, int),
    "text": (str,),
    "date": (date,),
    "flag": (bool,),
    "numbers": (list, tuple),
    "texts": (list, tuple),
}


def filters_of(form: Form) -> Filters:
    """What the template of a kind may do to a value: what all may, and the functions of its own."""
    general = filters_in(form.language)
    return {**general, **own_names(form)} if form.function else general


def own_names(form: Form) -> Filters:
    """The functions of a kind's own as a template calls them."""
    return {one.name: _for_templates(one, form.language) for one in form.function}


@lru_cache
def _for_templates(own: OwnFunction, language: Language) -> Callable[..., Any]:
    """A function that refuses what is not its own; the same one for the same words in form.toml.

    It raises `TypeError`, whose words stand in the template's fault.
    """

    def asked(*values: Any) -> Any:
        if given := [one for one in values if isinstance(one, StandIn)]:
            return given[0]  # 不适用, and in a draft what is still due
        if len(values) != len(own.takes):
            count, found = len(own.takes), len(values)
            raise TypeError(says.COUNT(language, name=own.name, wanted=count, found=found))
        for number, (one, wanted) in enumerate(zip(values, own.takes, strict=True), start=1):
            is_other = isinstance(one, bool) and wanted != "flag"
            if is_other or not isinstance(one, _TAKEN[wanted]):
                told = says.NOTHING if one is None else says.ANOTHER
                words = {"name": own.name, "number": number, "found": told(language)}
                raise TypeError(
                    says.ARGUMENT(language, wanted=says.TYPES[wanted](language), **words)
                )
        try:
            return called(own, values)
        except OwnFunctionError as error:
            raise TypeError(error.told(language)) from error

    asked.__name__ = asked.__qualname__ = own.name
    asked.__module__ = own.call.partition(":")[0]  # whose programs are kept in no cache
    return asked
