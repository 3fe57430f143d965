"""The engine that xlwings talks to, and how LibreOffice becomes xlwings' active program."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

import xlwings as xw

from addin.calc.app import App, Apps
from addin.calc.program.office import Office

NAME = "calc"


class Engine:
    """xlwings' engine over LibreOffice Calc."""

    name = NAME
    type = "desktop"

    def __init__(self) -> None:
        self.apps = Apps(self)

    @staticmethod
    def prepare_xl_data_element(value: Any, _options: object = None) -> Any:
        """A value as a range takes it: numpy's and pandas' own types as Python's, no NaN."""
        if value is None or isinstance(value, str | bool | int):
            return value
        if type(value) is float:
            return value if value == value else None  # noqa: PLR0124 - NaN differs from itself
        if type(value).__name__ == "NAType":  # which refuses to be compared
            return None
        if value != value:  # noqa: PLR0124 - as do NaT and numpy's NaN
            return None
        if type(value).__module__ == "numpy" and hasattr(value, "item"):
            return value.item()
        if isinstance(value, dt.datetime) and hasattr(value, "to_pydatetime"):
            return value.to_pydatetime(warn=False)
        return value

    @staticmethod
    def clean_value_data(
        data: Sequence[Sequence[Any]],
        datetime_builder: Callable[..., Any],
        empty_as: Any,
        number_builder: Callable[[float], Any] | None,
        _err_to_str: bool,
    ) -> list[list[Any]]:
        """Values as the caller's options want them; errors are read as asked by the range."""
        if datetime_builder is dt.datetime and empty_as is None and number_builder is None:
            return [list(row) for row in data]

        def clean(value: Any) -> Any:
            if value is None:
                return empty_as
            if isinstance(value, dt.datetime):
                return _built(value, datetime_builder)
            if number_builder is not None and type(value) is float:
                return number_builder(value)
            return value

        return [[clean(value) for value in row] for row in data]


def _built(value: dt.datetime, builder: Callable[..., Any]) -> Any:
    return builder(
        year=value.year,
        month=value.month,
        day=value.day,
        hour=value.hour,
        minute=value.minute,
        second=value.second,
        microsecond=value.microsecond,
        tzinfo=None,
    )


def register(office: Office | None = None) -> xw.main.Engine:
    """Xlwings' engine "calc", active, with this LibreOffice as one of its programs."""
    engine = xw.engines.engines_by_name.get(NAME)
    if engine is None:
        engine = xw.main.Engine(impl=Engine())
        xw.engines.add(engine)
    if office is not None:
        engine.impl.apps.adopt(App(engine.impl.apps, office))
    engine.activate()
    return engine
